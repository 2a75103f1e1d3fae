//! Tagged unions, decoded in one pass.
//!
//! A [`tape`](super::tape) records the entries before the tag. The variant reads the tape first,
//! then the remaining entries. If the tag is unknown, the tape records all entries, and becomes a
//! value. No entry is decoded before the tag is known: an unknown variant may give any property any
//! type, even if all known variants agree on it.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::value::BorrowedStrDeserializer;
use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::decode::{MISSING, Object, ObjectBuilder, expecting, from_entries, without_text};
use super::json_path::{Segment, at, error_at};
use super::tape::Tape;
use super::tape_deserializer::TapeDeserializer;

/// A union whose tag selects the variant.
pub trait Tagged: Sized {
    /// The name in error messages.
    const NAME: &'static str;
    /// The property that is the tag.
    const TAG: &'static str;
    /// The known values of the tag.
    const TAGS: &'static [&'static str];

    /// Returns the index of a tag's value, or `None` if it is unknown.
    fn index(name: &str) -> Option<usize>;

    /// Reads the variant that the value with this index selects.
    fn variant<'de, A: MapAccess<'de>>(tag: usize, entries: VariantEntries<'de, A>) -> Result<Self, A::Error>;

    /// Keeps an unknown variant.
    fn unknown(value: Value) -> Self;
}

/// Decodes a tagged union.
#[inline]
pub fn tagged<'de, T: Tagged, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match deserializer.deserialize_map(TaggedVisitor(PhantomData)) {
        Ok(union) => Ok(union),
        Err(error) => Err(without_text(error)),
    }
}

struct TaggedVisitor<T>(PhantomData<T>);

impl<'de, T: Tagged> Visitor<'de> for TaggedVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f, "an object", T::NAME)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut before = Tape::new();
        match tag(&mut map, &mut before, T::TAG, T::index)? {
            FoundTag::Known(index) => {
                let tag = Some((T::TAG, T::TAGS[index]));
                T::variant(index, VariantEntries { before: before.play(), tag, rest: map, resting: false })
            }
            FoundTag::Unknown(tag) => {
                before.push(T::TAG);
                before.push(tag);
                // The rest goes onto the tape too: reading a value from half a tape and half a map would need more code.
                before.record_entries(&mut map)?;
                from_entries(&mut before.play()).map(T::unknown)
            }
        }
    }
}

enum FoundTag {
    Known(usize),
    Unknown(String),
}

/// Reads the entries up to the tag.
#[inline]
fn tag<'de, A: MapAccess<'de>>(
    map: &mut A,
    before: &mut Tape<'de>,
    name: &'static str,
    index: fn(&str) -> Option<usize>,
) -> Result<FoundTag, A::Error> {
    while let Some(found) = before.record_key_unless(name, map)? {
        if found {
            return map.next_value_seed(TagSeed(index)).map_err(|error| at(&error, Segment::Key(name)));
        }
        before.record_value(map)?;
    }
    Err(error_at(name, MISSING))
}

struct TagSeed(fn(&str) -> Option<usize>);

impl<'de> DeserializeSeed<'de> for TagSeed {
    type Value = FoundTag;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FoundTag, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for TagSeed {
    type Value = FoundTag;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, text: &str) -> Result<FoundTag, E> {
        Ok(match self.0(text) {
            Some(index) => FoundTag::Known(index),
            None => FoundTag::Unknown(text.to_owned()),
        })
    }
}

/// The entries of a variant: those before the tag, the tag, and the rest.
pub struct VariantEntries<'de, A: MapAccess<'de>> {
    before: TapeDeserializer<'de, A::Error>,
    tag: Option<(&'static str, &'static str)>,
    rest: A,
    /// Whether the last key was from `rest`.
    resting: bool,
}

impl<'de, A: MapAccess<'de>> VariantEntries<'de, A> {
    /// Decodes an object from the entries.
    ///
    /// Most variants are objects. They read the three parts one after another, which saves a
    /// decision at each entry.
    pub fn object<T: Object>(self) -> Result<T, A::Error> {
        self.read(ObjectBuilder::new())
    }

    /// Decodes an object whose constant is the tag. `set` marks the constant's field as read, which
    /// saves comparing the tag again.
    pub fn object_with_fields<T: Object>(mut self, set: impl FnOnce(&mut T::Fields)) -> Result<T, A::Error> {
        self.tag = None;
        self.read(ObjectBuilder::with_fields(set))
    }

    #[inline]
    fn read<T: Object>(mut self, mut builder: ObjectBuilder<T>) -> Result<T, A::Error> {
        while let Some(key) = self.before.next_key() {
            builder.read_value(&key, &mut self.before)?;
        }
        if let Some((name, tag)) = self.tag {
            self.before.insert(tag);
            builder.read_value(name, &mut self.before)?;
        }
        builder.read(&mut self.rest)?;
        builder.build()
    }
}

/// Variants that are not objects, such as unions, read the entries one by one.
impl<'de, A: MapAccess<'de>> MapAccess<'de> for VariantEntries<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        if !self.before.is_at_end() {
            return self.before.next_key_seed(seed);
        }
        if let Some((name, tag)) = self.tag.take() {
            self.before.insert(tag);
            return seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some);
        }
        self.resting = true;
        self.rest.next_key_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        if self.resting { self.rest.next_value_seed(seed) } else { self.before.next_value_seed(seed) }
    }
}
