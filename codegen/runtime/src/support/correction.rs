//! The correction of values for lenient decoding, and the tables of properties that it follows.

use serde_json::{Map, Value};

use super::json_path::{Segment, push};

/// The structure of a type, as far as the correction needs it.
#[derive(Debug)]
pub enum Shape {
    /// Any value. Its empty value is null.
    Any,
    /// A boolean. Its empty value is `false`.
    Boolean,
    /// A number. Its empty value is 0.
    Number,
    /// A string, or an enum of strings. Its empty value is `""`.
    String,
    /// A list.
    List(&'static Shape),
    /// A map.
    Map(&'static Shape),
    /// An object.
    Object(&'static [Property]),
    /// A union by the value of a property. Its empty value is an unknown variant with the tag `""`.
    Tagged(&'static str, &'static [(&'static str, &'static Shape)]),
}

/// A property of an object.
#[derive(Debug)]
pub struct Property {
    /// The name.
    pub name: &'static str,
    /// The structure of its value.
    pub shape: &'static Shape,
    /// The treatment of its absence.
    pub absence: Absence,
    /// Whether null is allowed.
    pub nullable: bool,
}

impl Property {
    /// Returns a required property. It is corrected if it is missing or null.
    #[must_use]
    pub const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, absence: Absence::Corrected, nullable: false }
    }

    /// Returns a property for which the strict decoder has a value.
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

/// The treatment of a missing property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The property takes its type's empty value.
    Corrected,
    /// The strict decoder has a value for it, such as a default. Only a null is corrected: it is
    /// removed.
    Defaulted,
    /// The property is optional, and stays missing.
    Fine,
}

/// Corrects a value, and returns the paths of the properties that were missing or null.
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

/// Returns the empty value of a type.
///
/// The recursion ends, since the generator rejects a schema whose required properties contain each
/// other.
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
