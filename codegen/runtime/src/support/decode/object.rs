//! Objects with listed properties.
//!
//! All types share the loop that reads an object. A type supplies the names of its properties, the
//! field of each property, and the conversion of the fields to a value.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::constant::Constant;
use super::messages::{DUPLICATE, MISSING, expecting, without_text};
use super::traits::{Decode, Seed};
use crate::support::json_path::{Segment, at, error_at};
use crate::support::unknown_fields::UnknownFields;

/// An object with listed properties.
pub trait Object: Sized {
    /// The name in error messages.
    const NAME: &'static str;
    /// The names of the listed properties.
    const PROPERTIES: &'static [&'static str];
    /// The properties that have been read so far.
    type Fields: Default;

    /// Returns the index of a property, or `None` if it is not listed.
    fn index(name: &str) -> Option<usize>;

    /// Reads the value of the property with this index into its field.
    fn read_field<'de, A: MapAccess<'de>>(
        fields: &mut Self::Fields,
        index: usize,
        reader: FieldReader<'_, A>,
    ) -> Result<(), A::Error>;

    /// Builds the value.
    fn build<E: de::Error>(fields: Self::Fields, unknown_fields: UnknownFields) -> Result<Self, E>;
}

/// Decodes an object.
#[inline]
pub fn object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match deserializer.deserialize_map(ObjectVisitor(PhantomData)) {
        Ok(object) => Ok(object),
        Err(error) => Err(without_text(error)),
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f, "an object", T::NAME)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        object_from_map(map)
    }
}

/// Reads an object from the entries of a map.
#[inline]
pub fn object_from_map<'de, T: Object, A: MapAccess<'de>>(mut map: A) -> Result<T, A::Error> {
    let mut builder = ObjectBuilder::new();
    builder.read(&mut map)?;
    builder.build()
}

/// A partially read object.
pub struct ObjectBuilder<T: Object> {
    fields: T::Fields,
    unknown_fields: UnknownFields,
    keys: KeyLookup,
}

impl<T: Object> ObjectBuilder<T> {
    /// Creates a builder without properties.
    #[inline]
    pub fn new() -> Self {
        Self { fields: T::Fields::default(), unknown_fields: UnknownFields::new(), keys: KeyLookup::new(T::index) }
    }

    /// Creates a builder in which some fields are set.
    #[inline]
    pub fn with_fields(set: impl FnOnce(&mut T::Fields)) -> Self {
        let mut builder = Self::new();
        set(&mut builder.fields);
        builder
    }

    /// Reads all entries of a map.
    #[inline]
    pub fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(&mut self.keys)? {
            self.read_field(key, map)?;
        }
        Ok(())
    }

    /// Reads the value of a property from a map whose last key was the property's name.
    pub fn read_value<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let key = self.keys.find(name);
        self.read_field(key, map)
    }

    #[inline]
    fn read_field<'de, A: MapAccess<'de>>(&mut self, key: Option<usize>, map: &mut A) -> Result<(), A::Error> {
        let Some(index) = key else { return keep(&mut self.unknown_fields, self.keys.take_unknown(), map) };
        let name = T::PROPERTIES[index];
        let reader = FieldReader { name, map, unknown_fields: &mut self.unknown_fields };
        match T::read_field(&mut self.fields, index, reader) {
            Ok(()) => Ok(()),
            Err(error) => Err(at(&error, Segment::Key(name))),
        }
    }

    /// Builds the value.
    #[inline]
    pub fn build<E: de::Error>(self) -> Result<T, E> {
        T::build(self.fields, self.unknown_fields)
    }
}

#[cold]
fn keep<'de, A: MapAccess<'de>>(unknown_fields: &mut UnknownFields, name: String, map: &mut A) -> Result<(), A::Error> {
    let value = map.next_value_seed(Seed::<Value>::new()).map_err(|error| at(&error, Segment::Key(&name)))?;
    if unknown_fields.contains_key(&name) {
        return Err(error_at(&name, DUPLICATE));
    }
    unknown_fields.insert(name, value);
    Ok(())
}

/// The value of a property, if it has been read.
///
/// This alias marks the outer of two nested `Option`s. The inner one is `None` for null.
pub type Slot<T> = Option<T>;

/// Reads the value of one property.
pub struct FieldReader<'a, A> {
    name: &'static str,
    map: &'a mut A,
    unknown_fields: &'a mut UnknownFields,
}

impl<'de, A: MapAccess<'de>> FieldReader<'_, A> {
    /// Reads a value.
    #[inline]
    pub fn value<T: Decode<'de>>(self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if slot.is_some() {
            return Err(de::Error::custom(DUPLICATE));
        }
        *slot = Some(self.map.next_value_seed(Seed::new())?);
        Ok(())
    }

    /// Reads an optional value. A null that its type does not allow is kept as an unknown field.
    #[inline]
    pub fn optional<T: Decode<'de>>(self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if slot.is_some() || self.unknown_fields.get(self.name).is_some() {
            return Err(de::Error::custom(DUPLICATE));
        }
        *slot = self.map.next_value_seed(Seed::<Option<T>>::new())?;
        if slot.is_none() {
            self.unknown_fields.insert(self.name, Value::Null);
        }
        Ok(())
    }

    /// Reads a constant. Any other value is kept as an unknown field.
    #[inline]
    pub fn constant(self, slot: &mut Slot<()>, constant: &Constant) -> Result<(), A::Error> {
        if slot.is_some() {
            return Err(de::Error::custom(DUPLICATE));
        }
        *slot = Some(());
        if let Some(other) = self.map.next_value_seed(constant)? {
            self.unknown_fields.insert(self.name, *other);
        }
        Ok(())
    }
}

/// Returns the value of a required property.
pub fn required<T, E: de::Error>(slot: Option<T>, name: &str) -> Result<T, E> {
    slot.ok_or_else(|| error_at(name, MISSING))
}

/// Returns the value of an optional property with a default.
pub fn or_default<T>(
    slot: Option<T>,
    name: &'static str,
    unknown_fields: &mut UnknownFields,
    default: impl FnOnce() -> T,
) -> T {
    slot.unwrap_or_else(|| {
        if unknown_fields.get(name).is_none() {
            unknown_fields.note_absent(name);
        }
        default()
    })
}

/// Looks up keys among the listed names.
///
/// As a seed, it decodes to the index of a listed name, which fits into a register. It keeps any
/// other name until the caller takes it. It holds a function pointer instead of a type parameter:
/// the same code reads the keys of all types.
struct KeyLookup {
    index: fn(&str) -> Option<usize>,
    unknown: String,
}

impl KeyLookup {
    const fn new(index: fn(&str) -> Option<usize>) -> Self {
        Self { index, unknown: String::new() }
    }

    /// Takes the last name that is not listed.
    fn take_unknown(&mut self) -> String {
        std::mem::take(&mut self.unknown)
    }

    #[inline]
    fn find(&mut self, key: &str) -> Option<usize> {
        let index = (self.index)(key);
        if index.is_none() {
            self.keep(key);
        }
        index
    }

    #[cold]
    fn keep(&mut self, key: &str) {
        key.clone_into(&mut self.unknown);
    }
}

impl<'de> DeserializeSeed<'de> for &mut KeyLookup {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut KeyLookup {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, key: &str) -> Result<Option<usize>, E> {
        Ok(self.find(key))
    }
}
