//! The tables of required properties that lenient decoding reads, and the correction that they describe.

use serde_json::{Map, Value};

use super::json_path::{Segment, push};

/// The required properties in the values of a type.
#[derive(Debug)]
pub enum Shape {
    /// Any value; null when empty.
    Any,
    /// A truth value; false when empty.
    Boolean,
    /// A number; zero when empty.
    Number,
    /// A string, or an enum of strings; `""` when empty.
    String,
    /// A list.
    List(&'static Shape),
    /// A map.
    Map(&'static Shape),
    /// An object.
    Object(&'static [Property]),
    /// A union by the value of a property; an unknown variant with the tag `""` when empty.
    Tagged(&'static str, &'static [(&'static str, &'static Shape)]),
}

/// The expectations of a property.
#[derive(Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Its values.
    pub shape: &'static Shape,
    /// How its absence is treated.
    pub absence: Absence,
    /// Null is allowed.
    pub nullable: bool,
}

impl Property {
    /// Returns a required property: it is corrected if it is missing or null.
    #[must_use]
    pub const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, absence: Absence::Corrected, nullable: false }
    }

    /// Returns a property that the strict decoder has a value for.
    #[must_use]
    pub const fn defaulted(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, absence: Absence::Defaulted, nullable: false }
    }

    /// Returns a property that may be missing.
    #[must_use]
    pub const fn optional(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, absence: Absence::Fine, nullable: false }
    }

    /// Allows null.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// How the absence of a property is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It takes its type's empty value.
    Corrected,
    /// The strict decoder has a value for it, such as a default. Only a null is corrected, by removing it.
    Defaulted,
    /// Nothing: it is optional.
    Fine,
}

/// Corrects a value, and returns the paths of what was missing or null.
pub fn correct(shape: &Shape, value: &mut Value) -> Vec<String> {
    let mut corrector = Corrector::default();
    corrector.correct(shape, value);
    corrector.corrected
}

#[derive(Default)]
struct Corrector {
    path: String,
    corrected: Vec<String>,
}

impl Corrector {
    fn correct(&mut self, shape: &Shape, value: &mut Value) {
        match (shape, value) {
            (Shape::List(items), Value::Array(list)) => {
                for (index, item) in list.iter_mut().enumerate() {
                    self.within(Segment::Index(index), |corrector| corrector.correct(items, item));
                }
            }
            (shape, Value::Object(object)) => self.correct_object(shape, object),
            _ => {}
        }
    }

    fn correct_object(&mut self, shape: &Shape, object: &mut Map<String, Value>) {
        match shape {
            Shape::Map(values) => {
                for (name, value) in object {
                    self.within(Segment::Key(name), |corrector| corrector.correct(values, value));
                }
            }
            Shape::Object(properties) => {
                for property in *properties {
                    self.within(Segment::Key(property.name), |corrector| corrector.correct_property(property, object));
                }
            }
            Shape::Tagged(tag, variants) => self.correct_tagged(tag, variants, object),
            _ => {}
        }
    }

    fn within(&mut self, segment: Segment<'_>, correct: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push(&mut self.path, segment);
        correct(self);
        self.path.truncate(length);
    }

    fn correct_property(&mut self, property: &Property, object: &mut Map<String, Value>) {
        let null_is_missing = !property.nullable;
        match object.get_mut(property.name) {
            Some(Value::Null) if null_is_missing => match property.absence {
                Absence::Fine => return,
                Absence::Defaulted => {
                    object.remove(property.name);
                }
                Absence::Corrected => {
                    object.insert(property.name.to_owned(), empty(property.shape));
                }
            },
            Some(value) => return self.correct(property.shape, value),
            None if property.absence == Absence::Corrected => {
                object.insert(property.name.to_owned(), empty(property.shape));
            }
            None => return,
        }
        self.corrected.push(self.path.clone());
    }

    fn correct_tagged(&mut self, tag: &str, variants: &[(&str, &Shape)], object: &mut Map<String, Value>) {
        match object.get(tag) {
            None | Some(Value::Null) => {
                object.insert(tag.to_owned(), Value::String(String::new()));
                self.within(Segment::Key(tag), |corrector| corrector.corrected.push(corrector.path.clone()));
            }
            Some(value) => {
                let variant = variants.iter().find(|(name, _)| value == name).map(|(_, shape)| *shape);
                if let Some(shape) = variant {
                    self.correct_object(shape, object);
                }
            }
        }
    }
}

/// Returns the empty value of a type. It ends, since the generator refuses a schema whose required properties contain
/// each other.
fn empty(shape: &Shape) -> Value {
    match shape {
        Shape::Any => Value::Null,
        Shape::Boolean => Value::Bool(false),
        Shape::Number => Value::from(0),
        Shape::String => Value::String(String::new()),
        Shape::List(_) => Value::Array(Vec::new()),
        Shape::Map(_) => Value::Object(Map::new()),
        Shape::Object(properties) => {
            let mut object = Map::new();
            for property in properties.iter().filter(|property| property.absence == Absence::Corrected) {
                object.insert(property.name.to_owned(), empty(property.shape));
            }
            Value::Object(object)
        }
        Shape::Tagged(tag, _) => {
            let mut object = Map::new();
            object.insert((*tag).to_owned(), Value::from(""));
            Value::Object(object)
        }
    }
}
