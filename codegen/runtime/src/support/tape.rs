//! Records values whose type is not known yet.
//!
//! A tape is a list of tokens. Unlike a tree, it needs few allocations, and it does not copy
//! strings that the input lends. Playing the tape produces the same values as the input.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::decode::Decode;
use super::json_number::{NUMBER, number, visit_long_integers};
use super::json_path::{Segment, at};
use super::tape_deserializer::TapeDeserializer;
use super::tape_token::TapeToken;

/// A recording of values and keys.
pub struct Tape<'de>(Vec<TapeToken<'de>>);

/// The initial capacity, in tokens.
///
/// Unused memory costs less than growing. 42 tokens take 1,008 bytes, close to the maximum size
/// that glibc's allocator caches for each thread.
const CAPACITY: usize = 42;

impl<'de> Tape<'de> {
    /// Creates an empty tape, without an allocation.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a string, which may be a key.
    #[inline]
    pub fn push(&mut self, text: impl Into<Cow<'de, str>>) {
        if self.0.is_empty() {
            self.0.reserve_exact(CAPACITY);
        }
        self.0.push(text.into().into());
    }

    /// Records the next key, unless it has this name. Returns whether it has, or `None` at the end.
    #[inline]
    pub fn record_key_unless<A: MapAccess<'de>>(
        &mut self,
        name: &'static str,
        map: &mut A,
    ) -> Result<Option<bool>, A::Error> {
        map.next_key_seed(KeySeed { tape: self, skipped: |key: &str| key == name })
    }

    /// Records the value of the last recorded key.
    #[inline]
    pub fn record_value<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        let key = self.0.len().saturating_sub(1);
        map.next_value_seed(&mut *self).map_err(|error| self.add_path(key, &error))
    }

    /// Records all remaining keys and values.
    pub fn record_entries<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        while map.next_key_seed(KeySeed { tape: self, skipped: |_: &str| false })?.is_some() {
            self.record_value(map)?;
        }
        Ok(())
    }

    /// Returns a deserializer of the tape.
    ///
    /// Pass it as `&mut` to functions that take a map. By value it is a different type, for which
    /// everything would be compiled again.
    pub fn play<E>(self) -> TapeDeserializer<'de, E> {
        TapeDeserializer::new(self.0)
    }

    /// Ends the object that starts at a token. It may turn out to be a number that is kept as text.
    fn end_object(&mut self, start: usize) {
        let number = match &self.0[start + 1..] {
            [key, digits] if key.text() == Some(NUMBER) => digits.text().and_then(number),
            _ => None,
        };
        match number {
            Some(number) => {
                self.0.truncate(start);
                self.0.push(TapeToken::Number(number));
            }
            None => self.0.push(TapeToken::End),
        }
    }

    #[cold]
    fn add_path<E: de::Error>(&self, key: usize, error: &E) -> E {
        match self.0.get(key).and_then(TapeToken::text) {
            Some(key) => at(error, Segment::Key(key)),
            None => E::custom(error),
        }
    }
}

/// Converts a tree to a tape. The same code then decodes both.
impl From<Value> for Tape<'_> {
    fn from(value: Value) -> Self {
        let mut tape = Self::new();
        tape.add_tree(value);
        tape
    }
}

impl Tape<'_> {
    fn add_tree(&mut self, value: Value) {
        match value {
            Value::Null => self.0.push(TapeToken::Null),
            Value::Bool(value) => self.0.push(TapeToken::Boolean(value)),
            Value::Number(number) => self.0.push(TapeToken::Number(number)),
            Value::String(text) => self.0.push(TapeToken::Text(text)),
            Value::Array(list) => {
                self.0.push(TapeToken::List);
                for value in list {
                    self.add_tree(value);
                }
                self.0.push(TapeToken::End);
            }
            Value::Object(object) => {
                self.0.push(TapeToken::Object);
                for (key, value) in object {
                    self.0.push(TapeToken::Text(key));
                    self.add_tree(value);
                }
                self.0.push(TapeToken::End);
            }
        }
    }
}

/// Records a value.
impl<'de> DeserializeSeed<'de> for &mut Tape<'de> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Tape<'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.push(TapeToken::Boolean(value));
        Ok(())
    }

    #[inline]
    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.push(TapeToken::Number(value.into()));
        Ok(())
    }

    #[inline]
    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.push(TapeToken::Number(value.into()));
        Ok(())
    }

    visit_long_integers! { |tape: Self, number| tape.0.push(TapeToken::Number(number)) }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        // Only other formats have infinities and NaN. `serde_json` also converts them to null.
        self.0.push(Number::from_f64(value).map_or(TapeToken::Null, TapeToken::Number));
        Ok(())
    }

    #[inline]
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.0.push(TapeToken::Lent(text));
        Ok(())
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.push(TapeToken::Text(text.to_owned()));
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.0.push(TapeToken::Text(text));
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.push(TapeToken::Null);
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.push(TapeToken::Null);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.0.push(TapeToken::List);
        let mut index = 0;
        while seq.next_element_seed(&mut *self).map_err(|error| at(&error, Segment::Index(index)))?.is_some() {
            index += 1;
        }
        self.0.push(TapeToken::End);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let start = self.0.len();
        self.0.push(TapeToken::Object);
        self.record_entries(&mut map)?;
        self.end_object(start);
        Ok(())
    }
}

/// Records a key, unless it is to be skipped. Decodes to whether it was skipped.
///
/// It requests a string. A format with other keys converts them to strings, or reports an error.
struct KeySeed<'a, 'de, F> {
    tape: &'a mut Tape<'de>,
    skipped: F,
}

impl<'de, F: Fn(&str) -> bool> DeserializeSeed<'de> for KeySeed<'_, 'de, F> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, F: Fn(&str) -> bool> Visitor<'de> for KeySeed<'_, 'de, F> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<bool, E> {
        let skipped = (self.skipped)(key);
        if !skipped {
            self.tape.push(key);
        }
        Ok(skipped)
    }

    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        let skipped = (self.skipped)(key);
        if !skipped {
            self.tape.push(key.to_owned());
        }
        Ok(skipped)
    }
}

/// Decodes a value from a tree, with the code that also decodes tapes.
pub fn from_tree<T: for<'de> Decode<'de>>(tree: Value) -> Result<T, serde_json::Error> {
    T::decode(&mut Tape::from(tree).play())
}
