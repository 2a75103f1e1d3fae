//! Decoding what breaks its schema.
//!
//! The value is mended before it is decoded: each required property that is missing or null takes its type's empty
//! value, and its path is noted. What to expect where is a table that each type has; one function reads it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::path::{Segment, push};

/// A type of the API.
pub trait Model: Serialize + DeserializeOwned {
    #[doc(hidden)]
    fn shape() -> &'static Shape;
}

/// A value that was decoded leniently.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lenient<T> {
    /// The value.
    pub value: T,
    /// The paths of the required properties that were missing or null, as in `data[0].user`, in the order of the
    /// schema. Their values are empty: `""`, `0`, `false`, an empty list or map, an object of empty values, an unknown
    /// variant.
    pub mended: Vec<String>,
}

/// Decodes JSON, giving each missing or null required property its type's empty value.
///
/// ```ignore
/// let session = lenient::from_slice::<ChatSession>(body)?;
/// for path in &session.mended {
///     eprintln!("the server left out {path}");
/// }
/// ```
///
/// # Errors
///
/// When the text is not JSON, or breaks the schema in any other way.
pub fn from_slice<T: Model>(json: &[u8]) -> Result<Lenient<T>, serde_json::Error> {
    from_value(serde_json::from_slice(json)?)
}

/// As [`from_slice`], from text.
///
/// # Errors
///
/// When the text is not JSON, or breaks the schema in any other way.
pub fn from_str<T: Model>(json: &str) -> Result<Lenient<T>, serde_json::Error> {
    from_value(serde_json::from_str(json)?)
}

/// As [`from_slice`], from a value.
///
/// # Errors
///
/// When the value breaks the schema in any other way.
pub fn from_value<T: Model>(mut json: Value) -> Result<Lenient<T>, serde_json::Error> {
    let mut mender = Mender::default();
    mender.mend(T::shape(), &mut json);
    Ok(Lenient { value: T::deserialize(json)?, mended: mender.mended })
}

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
            let required = properties.iter().filter(|property| property.absence == Absence::Mended);
            required.map(|property| (property.name.to_owned(), empty(property.shape))).collect()
        }
        Shape::Tagged(tag, _) => Value::Object(Map::from_iter([((*tag).to_owned(), Value::from(""))])),
    }
}
