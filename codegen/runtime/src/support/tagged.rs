//! Unions that a tag tells apart, decoded in one pass.
//!
//! Entries before the tag are held back, and given to the variant ahead of those that follow. A scalar costs nothing
//! by that: a held string is moved into its field. Only what truly cannot be typed before the tag is known, lists and
//! objects, is read into a tree first; an unknown variant may give any property any shape, so that even a type on
//! which all known variants agree must not be insisted on.

use std::fmt;
use std::marker::PhantomData;
use std::vec;

use serde_core::de::value::StrDeserializer;
use serde_core::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::decode::{DUPLICATE, Key, Keys, Seed, text_for_object};
use super::path::{Segment, at, error_at};

/// A union that a tag tells apart.
pub trait Tagged: Sized {
    /// What an error message calls it.
    const NAME: &'static str;
    /// The property that is the tag.
    const TAG: &'static str;
    /// Its known values.
    const TAGS: &'static [&'static str];
    /// The tag, and all properties of all variants.
    const PROPERTIES: &'static [&'static str];

    /// Reads the variant that the tag with this index selects.
    fn variant<'de, A: MapAccess<'de>>(tag: usize, map: A) -> Result<Self, A::Error>;

    /// Keeps a variant that is not listed.
    fn unknown(value: Value) -> Self;
}

/// Decodes a tagged union.
pub fn tagged<'de, T: Tagged, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(TaggedVisitor(PhantomData))
}

struct TaggedVisitor<T>(PhantomData<T>);

impl<'de, T: Tagged> Visitor<'de> for TaggedVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<T, E> {
        Err(text_for_object(T::NAME))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut held = Vec::new();
        match tag::<T, A>(&mut map, &mut held)? {
            Tag::Known(index) => {
                let held = held.into_iter();
                T::variant(index, Entries { tag: Some((T::TAG, T::TAGS[index])), held, value: None, rest: map })
            }
            Tag::Unknown(tag) => {
                held.push((Name::Listed(T::TAG), Value::String(tag)));
                unknown(held, map).map(T::unknown)
            }
        }
    }
}

enum Tag {
    Known(usize),
    Unknown(String),
}

/// A name without an allocation, where it is a listed one.
enum Name {
    Listed(&'static str),
    Unlisted(String),
}

impl Name {
    fn as_str(&self) -> &str {
        match self {
            Self::Listed(name) => name,
            Self::Unlisted(name) => name,
        }
    }
}

type Held = (Name, Value);

/// Reads up to the tag.
fn tag<'de, T: Tagged, A: MapAccess<'de>>(map: &mut A, held: &mut Vec<Held>) -> Result<Tag, A::Error> {
    let mut keys = Keys::new(T::PROPERTIES);
    while let Some(key) = map.next_key_seed(&mut keys)? {
        let name = match key {
            Key::Listed(index) if T::PROPERTIES[index] == T::TAG => {
                return map.next_value_seed(TagSeed(T::TAGS)).map_err(|error| at(&error, Segment::Key(T::TAG)));
            }
            Key::Listed(index) => Name::Listed(T::PROPERTIES[index]),
            Key::Unlisted(name) => Name::Unlisted(name),
        };
        match map.next_value_seed(Seed::<Value>::new()) {
            Ok(value) => held.push((name, value)),
            Err(error) => return Err(at(&error, Segment::Key(name.as_str()))),
        }
    }
    Err(error_at(T::TAG, "the required property is missing"))
}

struct TagSeed(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for TagSeed {
    type Value = Tag;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tag, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for TagSeed {
    type Value = Tag;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Tag, E> {
        Ok(match self.0.iter().position(|tag| *tag == text) {
            Some(index) => Tag::Known(index),
            None => Tag::Unknown(text.to_owned()),
        })
    }
}

/// The whole object of an unknown variant.
#[cold]
fn unknown<'de, A: MapAccess<'de>>(held: Vec<Held>, mut map: A) -> Result<Value, A::Error> {
    let mut object = Map::new();
    for (name, value) in held {
        add(&mut object, name.as_str().to_owned(), value)?;
    }
    while let Some(name) = map.next_key::<String>()? {
        let value = map.next_value_seed(Seed::<Value>::new()).map_err(|error| at(&error, Segment::Key(&name)))?;
        add(&mut object, name, value)?;
    }
    Ok(Value::Object(object))
}

fn add<E: de::Error>(object: &mut Map<String, Value>, name: String, value: Value) -> Result<(), E> {
    if object.contains_key(&name) {
        return Err(error_at(&name, DUPLICATE));
    }
    object.insert(name, value);
    Ok(())
}

/// An object's entries: the tag, what was held back, and the rest.
///
/// The tag goes first, so that whoever reads the object sees it once, and sees a second one as such.
struct Entries<A> {
    tag: Option<(&'static str, &'static str)>,
    held: vec::IntoIter<Held>,
    value: Option<HeldValue>,
    rest: A,
}

enum HeldValue {
    Tag(&'static str),
    Other(Value),
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        if let Some((name, tag)) = self.tag.take() {
            self.value = Some(HeldValue::Tag(tag));
            return seed.deserialize(text(name)).map(Some);
        }
        if let Some((name, value)) = self.held.next() {
            self.value = Some(HeldValue::Other(value));
            return seed.deserialize(text(name.as_str())).map(Some);
        }
        self.rest.next_key_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            None => self.rest.next_value_seed(seed),
            Some(HeldValue::Tag(tag)) => seed.deserialize(text(tag)),
            Some(HeldValue::Other(value)) => seed.deserialize(value).map_err(de::Error::custom),
        }
    }
}

fn text<E: de::Error>(text: &str) -> StrDeserializer<'_, E> {
    text.into_deserializer()
}
