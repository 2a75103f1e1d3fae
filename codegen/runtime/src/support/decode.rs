//! Decoding, with the path of each error.
//!
//! The loop that reads an object is here once. A type supplies the names of its properties, the field of each, and how the
//! fields make a value.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::json::visit_long_integers;
use super::path::{Segment, at, error_at};
use super::tape::Tape;
use super::unknown_fields::UnknownFields;

/// A type that decodes from JSON, with errors that have paths.
pub trait Decode<'de>: Sized {
    /// Decodes a value.
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// An object with listed properties.
pub trait Object: Sized {
    /// The name in error messages.
    const NAME: &'static str;
    /// The names of its properties.
    const PROPERTIES: &'static [&'static str];
    /// The properties that have been read so far.
    type Fields: Default;

    /// Returns the index of a property.
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

/// Writes what a type expects.
// A function, since each `write!` is a page of code.
pub fn expecting(f: &mut fmt::Formatter<'_>, what: &str, name: &str) -> fmt::Result {
    write!(f, "{what} ({name})")
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

/// Removes from an error the text that came in place of an object or a list, since it may be a secret.
///
/// Deserializers refuse such a text themselves and show it. A visitor that accepts anything could report it otherwise, but
/// that is slower, and longer to compile.
#[cold]
#[inline(never)]
pub fn without_text<E: de::Error>(error: E) -> E {
    match message_without_text(&error.to_string()) {
        Some(message) => E::custom(message),
        None => error,
    }
}

fn message_without_text(message: &str) -> Option<String> {
    const EXPECTED: &str = ", expected ";
    let text = message.strip_prefix("invalid type: string ")?;
    // `rfind` is a page of code, and long messages are not what it would be for.
    let at = text.as_bytes().windows(EXPECTED.len()).rposition(|window| window == EXPECTED.as_bytes())?;
    Some(format!("invalid type: string{}", text.get(at..)?))
}

/// Reads an object from its entries.
#[inline]
pub fn object_from_map<'de, T: Object, A: MapAccess<'de>>(mut map: A) -> Result<T, A::Error> {
    let mut builder = ObjectBuilder::new();
    builder.read(&mut map)?;
    builder.build()
}

/// An object that is being read.
pub struct ObjectBuilder<T: Object> {
    fields: T::Fields,
    unknown_fields: UnknownFields,
    keys: Keys,
}

impl<T: Object> ObjectBuilder<T> {
    /// Creates a builder without any property.
    #[inline]
    pub fn new() -> Self {
        Self { fields: T::Fields::default(), unknown_fields: UnknownFields::new(), keys: Keys::new(T::index) }
    }

    /// Creates a builder with some fields set.
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

    /// Reads the value of the property with this name from a map that has given its key already.
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

/// The error of a property that comes twice: one of the two values would be lost.
pub const DUPLICATE: &str = "duplicate property";

/// The value of a property, if it has been read.
///
/// It names the outer of two nested `Option`s: the outer one is about the property, the inner one about null.
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

    /// Reads an optional value, and keeps a null that its type does not allow.
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

    /// Reads a constant, and keeps any other value.
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
    slot.ok_or_else(|| error_at(name, "the required property is missing"))
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

/// The only value of a property.
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    /// A string.
    String(&'static str),
    /// An integer, of `i64` or `u64`.
    Integer(i128),
    /// A number that is not an integer.
    Number(f64),
    /// A boolean.
    Boolean(bool),
}

/// Decodes to `None` if the value is the constant, otherwise to the value.
impl<'de> DeserializeSeed<'de> for &Constant {
    type Value = Option<Box<Value>>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Box<Value>>, D::Error> {
        match self {
            // Strings are the rule, and comparing them needs no buffer.
            Constant::String(text) => deserializer.deserialize_any(ConstantVisitor(text)),
            other => Ok(other.unless(Value::decode(deserializer)?)),
        }
    }
}

impl Constant {
    /// Returns the value, unless it is the constant.
    fn unless(self, value: Value) -> Option<Box<Value>> {
        let is_constant = match self {
            Self::String(text) => value.as_str() == Some(text),
            Self::Integer(number) => {
                let integer = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
                integer == Some(number)
            }
            Self::Number(number) => value.as_f64() == Some(number),
            Self::Boolean(truth) => value.as_bool() == Some(truth),
        };
        (!is_constant).then(|| Box::new(value))
    }
}

struct ConstantVisitor<'a>(&'a str);

impl<'de> Visitor<'de> for ConstantVisitor<'_> {
    type Value = Option<Box<Value>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok((text != self.0).then(|| Box::new(Value::String(text.to_owned()))))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(Box::new(value.into())))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(Box::new(value.into())))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(Box::new(value.into())))
    }

    visit_long_integers! { |_, number| Some(Box::new(Value::Number(number))) }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(Box::new(value.into())))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Some(Box::new(Value::Null)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        from_elements(seq).map(Box::new).map(Some)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        from_entries(map).map(Box::new).map(Some)
    }
}

/// Finds keys among listed names.
///
/// As a seed it decodes to the index of a listed name, which fits into a register, and keeps any other name until it is
/// taken. A function pointer stands for the type, so that one piece of code reads the keys of all types.
struct Keys {
    index: fn(&str) -> Option<usize>,
    unknown: String,
}

impl Keys {
    const fn new(index: fn(&str) -> Option<usize>) -> Self {
        Self { index, unknown: String::new() }
    }

    /// Takes the last name that is not a listed one.
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

impl<'de> DeserializeSeed<'de> for &mut Keys {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Keys {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, key: &str) -> Result<Option<usize>, E> {
        Ok(self.find(key))
    }
}

/// Decodes a value where serde takes a seed.
pub struct Seed<T>(PhantomData<T>);

impl<T> Seed<T> {
    /// Creates a seed.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Decode<'de>> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

/// Decodes a value from a tree, with the code that also decodes recorded values.
pub fn from_tree<T: for<'de> Decode<'de>>(tree: Value) -> Result<T, serde_json::Error> {
    T::decode(&mut Tape::from(tree).play())
}

/// Decodes a value from the entries of an object.
pub fn from_entries<'de, T: Decode<'de>, A: MapAccess<'de>>(map: A) -> Result<T, A::Error> {
    T::decode(de::value::MapAccessDeserializer::new(map))
}

/// Decodes a value from the elements of a list.
pub fn from_elements<'de, T: Decode<'de>, A: SeqAccess<'de>>(seq: A) -> Result<T, A::Error> {
    T::decode(de::value::SeqAccessDeserializer::new(seq))
}

/// Decodes the properties that a schema does not list but has a type for.
pub fn additional<T, E>(unknown_fields: &mut UnknownFields, listed: &[&str]) -> Result<BTreeMap<String, T>, E>
where
    T: for<'de> Decode<'de>,
    E: de::Error,
{
    let decode = |(name, value): (String, Value)| match from_tree(value) {
        Ok(value) => Ok((name, value)),
        Err(error) => Err(error_at(&name, error)),
    };
    unknown_fields.take_all_but(listed).into_iter().map(decode).collect()
}

/// Decodes an integer with listed values.
pub fn integer_enum<'de, T: From<i64>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    i64::deserialize(deserializer).map(T::from)
}

/// Decodes a string with listed values.
pub fn string_enum<'de, T: for<'a> From<&'a str>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(StringEnumVisitor(PhantomData))
}

struct StringEnumVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for StringEnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}
