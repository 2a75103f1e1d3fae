//! What is required where: the tables that lenient decoding reads, and the one function that reads them.

use serde_json::{Map, Value};

use super::path::{Segment, push};

/// What is required where in the values of a type.
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

/// What is expected of a property.
#[derive(Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Its values.
    pub shape: &'static Shape,
    /// What happens where there is none.
    pub absence: Absence,
    /// Null is a value of it.
    pub nullable: bool,
}

impl Property {
    /// A property that is mended.
    #[must_use]
    pub const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, absence: Absence::Mended, nullable: false }
    }

    /// A property that a strict decoder has a value for.
    #[must_use]
    pub const fn defaulted(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, absence: Absence::Defaulted, nullable: false }
    }

    /// A property that may be missing.
    #[must_use]
    pub const fn optional(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, absence: Absence::Fine, nullable: false }
    }

    /// With null as a value.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// What happens where a property has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It is mended.
    Mended,
    /// A strict decoder has a value for it, as for a default; only a null is mended, by taking it out.
    Defaulted,
    /// Nothing: it is optional.
    Fine,
}

/// Mends a value, and tells the paths of what was missing or null.
pub fn mend(shape: &Shape, value: &mut Value) -> Vec<String> {
    let mut mender = Mender::default();
    mender.mend(shape, value);
    mender.mended
}

#[derive(Default)]
struct Mender {
    path: String,
    mended: Vec<String>,
}

impl Mender {
    fn mend(&mut self, shape: &Shape, value: &mut Value) {
        match (shape, value) {
            (Shape::List(items), Value::Array(list)) => {
                for (index, item) in list.iter_mut().enumerate() {
                    self.within(Segment::Index(index), |mender| mender.mend(items, item));
                }
            }
            (shape, Value::Object(object)) => self.mend_object(shape, object),
            _ => {}
        }
    }

    fn mend_object(&mut self, shape: &Shape, object: &mut Map<String, Value>) {
        match shape {
            Shape::Map(values) => {
                for (name, value) in object {
                    self.within(Segment::Key(name), |mender| mender.mend(values, value));
                }
            }
            Shape::Object(properties) => {
                for property in *properties {
                    self.within(Segment::Key(property.name), |mender| mender.mend_property(property, object));
                }
            }
            Shape::Tagged(tag, variants) => self.mend_tagged(tag, variants, object),
            _ => {}
        }
    }

    fn within(&mut self, segment: Segment<'_>, mend: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push(&mut self.path, segment);
        mend(self);
        self.path.truncate(length);
    }

    fn mend_property(&mut self, property: &Property, object: &mut Map<String, Value>) {
        let null_is_missing = !property.nullable;
        match object.get_mut(property.name) {
            Some(Value::Null) if null_is_missing => match property.absence {
                Absence::Fine => return,
                Absence::Defaulted => {
                    object.remove(property.name);
                }
                Absence::Mended => {
                    object.insert(property.name.to_owned(), empty(property.shape));
                }
            },
            Some(value) => return self.mend(property.shape, value),
            None if property.absence == Absence::Mended => {
                object.insert(property.name.to_owned(), empty(property.shape));
            }
            None => return,
        }
        self.mended.push(self.path.clone());
    }

    fn mend_tagged(&mut self, tag: &str, variants: &[(&str, &Shape)], object: &mut Map<String, Value>) {
        match object.get(tag) {
            None | Some(Value::Null) => {
                object.insert(tag.to_owned(), Value::String(String::new()));
                self.within(Segment::Key(tag), |mender| mender.mended.push(mender.path.clone()));
            }
            Some(value) => {
                let variant = variants.iter().find(|(name, _)| value == name).map(|(_, shape)| *shape);
                if let Some(shape) = variant {
                    self.mend_object(shape, object);
                }
            }
        }
    }
}

/// The empty value of a type. A schema whose required properties contain each other has no finite value, and is
/// refused by the generator, so that this ends.
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
            for property in properties.iter().filter(|property| property.absence == Absence::Mended) {
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
