//! Values that are held back until it is known what they are.
//!
//! A tape is a list of tokens, without a tree's allocations, and strings that the input lends are not copied. Playing it
//! gives what the input would have given.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::vec;

use serde_core::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde_core::de::{self, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;
use serde_json::{Number, Value};

use super::json::{NUMBER, fits, number, numbers_are_text, visit_long_integers};
use super::path::{Segment, at};

/// Values and keys, one after another.
pub struct Tape<'de>(Vec<Token<'de>>);

enum Token<'de> {
    Null,
    Boolean(bool),
    Number(Number),
    Lent(&'de str),
    Text(String),
    /// What follows up to the end are elements.
    List,
    /// What follows up to the end are keys, each with its value.
    Object,
    End,
}

impl Token<'_> {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Lent(text) => Some(text),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'de> From<Cow<'de, str>> for Token<'de> {
    fn from(text: Cow<'de, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Lent(text),
            Cow::Owned(text) => Self::Text(text),
        }
    }
}

/// How many tokens there is room for at first.
///
/// Growing costs more than room does: these are 1,008 bytes, nearly the most that the C library's allocator keeps at hand
/// for each thread.
const ROOM: usize = 42;

impl<'de> Tape<'de> {
    /// An empty tape, which allocates nothing.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a string, which may be a key.
    #[inline]
    pub fn push(&mut self, text: impl Into<Cow<'de, str>>) {
        if self.0.is_empty() {
            self.0.reserve_exact(ROOM);
        }
        self.0.push(text.into().into());
    }

    /// Records the next key, unless it has this name, which is what it tells.
    #[inline]
    pub fn record_key_unless<A: MapAccess<'de>>(
        &mut self,
        name: &'static str,
        map: &mut A,
    ) -> Result<Option<bool>, A::Error> {
        map.next_key_seed(KeySeed { tape: self, skipped: |key: &str| key == name })
    }

    /// Records the value of the key that was added last.
    #[inline]
    pub fn record_value<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        let key = self.0.len().saturating_sub(1);
        map.next_value_seed(&mut *self).map_err(|error| self.add_path(key, &error))
    }

    /// Records keys and values, up to the last one.
    pub fn record_entries<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        while map.next_key_seed(KeySeed { tape: self, skipped: |_: &str| false })?.is_some() {
            self.record_value(map)?;
        }
        Ok(())
    }

    /// Plays it from the start.
    ///
    /// Give `&mut` of what plays to whatever takes a map: as it is, that would be another type, and all code twice.
    pub fn play<E>(self) -> Player<'de, E> {
        Player { inserted: None, tokens: self.0.into_iter(), error: PhantomData }
    }

    /// Ends the object that starts there, which may be a number.
    fn end_object(&mut self, start: usize) {
        let number = match &self.0[start + 1..] {
            [key, digits] if key.text() == Some(NUMBER) => digits.text().and_then(number),
            _ => None,
        };
        match number {
            Some(number) => {
                self.0.truncate(start);
                self.0.push(Token::Number(number));
            }
            None => self.0.push(Token::End),
        }
    }

    #[cold]
    fn add_path<E: de::Error>(&self, key: usize, error: &E) -> E {
        match self.0.get(key).and_then(Token::text) {
            Some(key) => at(error, Segment::Key(key)),
            None => E::custom(error),
        }
    }
}

/// A tree as a tape, so that what decodes from tapes decodes from trees by the same code.
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
            Value::Null => self.0.push(Token::Null),
            Value::Bool(value) => self.0.push(Token::Boolean(value)),
            Value::Number(number) => self.0.push(Token::Number(number)),
            Value::String(text) => self.0.push(Token::Text(text)),
            Value::Array(list) => {
                self.0.push(Token::List);
                for value in list {
                    self.add_tree(value);
                }
                self.0.push(Token::End);
            }
            Value::Object(object) => {
                self.0.push(Token::Object);
                for (key, value) in object {
                    self.0.push(Token::Text(key));
                    self.add_tree(value);
                }
                self.0.push(Token::End);
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
        self.0.push(Token::Boolean(value));
        Ok(())
    }

    #[inline]
    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.push(Token::Number(value.into()));
        Ok(())
    }

    #[inline]
    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.push(Token::Number(value.into()));
        Ok(())
    }

    visit_long_integers! { |tape: Self, number| tape.0.push(Token::Number(number)) }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        // JSON has no other ones, and other formats are taken as `serde_json` takes them.
        self.0.push(Number::from_f64(value).map_or(Token::Null, Token::Number));
        Ok(())
    }

    #[inline]
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.0.push(Token::Lent(text));
        Ok(())
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.push(Token::Text(text.to_owned()));
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.0.push(Token::Text(text));
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.push(Token::Null);
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.push(Token::Null);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.0.push(Token::List);
        let mut index = 0;
        while seq.next_element_seed(&mut *self).map_err(|error| at(&error, Segment::Index(index)))?.is_some() {
            index += 1;
        }
        self.0.push(Token::End);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let start = self.0.len();
        self.0.push(Token::Object);
        self.record_entries(&mut map)?;
        self.end_object(start);
        Ok(())
    }
}

/// Records a key, unless it is to be skipped, which is what it tells.
///
/// A string is asked for: a format whose keys may be numbers gives them as strings, or says that it cannot.
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

/// A tape that is being played.
///
/// It decodes the next value. As a list or a map it gives what comes up to the next end, to which it must be read before
/// it decodes anything else, as all our visitors do.
pub struct Player<'de, E> {
    inserted: Option<&'de str>,
    tokens: vec::IntoIter<Token<'de>>,
    error: PhantomData<E>,
}

impl<'de, E: de::Error> Player<'de, E> {
    /// Gives a string as the next value, before the tape goes on.
    pub const fn insert(&mut self, text: &'de str) {
        self.inserted = Some(text);
    }

    /// Whether nothing is left.
    pub fn is_at_end(&self) -> bool {
        self.inserted.is_none() && self.tokens.as_slice().is_empty()
    }

    #[inline]
    fn next(&mut self) -> Option<Token<'de>> {
        match self.inserted.take() {
            Some(text) => Some(Token::Lent(text)),
            None => self.tokens.next(),
        }
    }

    /// Takes a number that comes next, or else what begins there, so that its elements or entries come next.
    pub fn take_number(&mut self) -> Option<Number> {
        match self.next() {
            Some(Token::Number(number)) => Some(number),
            _ => None,
        }
    }

    fn is_next(&self, kind: fn(&Token<'de>) -> bool) -> bool {
        self.inserted.is_none() && self.tokens.as_slice().first().is_some_and(kind)
    }

    /// The next key.
    #[inline]
    pub fn next_key(&mut self) -> Option<Cow<'de, str>> {
        match self.tokens.next()? {
            Token::Lent(key) => Some(Cow::Borrowed(key)),
            Token::Text(key) => Some(Cow::Owned(key)),
            _ => None,
        }
    }
}

/// An error that says what there is in place of what is asked for.
#[cold]
#[inline(never)]
fn mismatch<E: de::Error>(token: Option<&Token<'_>>, expected: &dyn Expected) -> E {
    let unexpected = match token {
        Some(Token::Null) => Unexpected::Unit,
        Some(Token::Boolean(value)) => Unexpected::Bool(*value),
        Some(Token::Number(number)) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => Unexpected::Unsigned(number),
            (None, Some(number), _) => Unexpected::Signed(number),
            (None, None, Some(number)) => Unexpected::Float(number),
            (None, None, None) => Unexpected::Other("number"),
        },
        Some(Token::Lent(text)) => Unexpected::Str(text),
        Some(Token::Text(text)) => Unexpected::Str(text),
        Some(Token::List) => Unexpected::Seq,
        Some(Token::Object) => Unexpected::Map,
        Some(Token::End) | None => return E::custom("a value was asked for twice"),
    };
    E::invalid_type(unexpected, expected)
}

/// Gives a number as the input would: as its text, where no machine's type holds all that is written.
fn any_number<'de, V: Visitor<'de>, E: de::Error>(number: Number, visitor: V) -> Result<V::Value, E> {
    if numbers_are_text() && !fits(&number) {
        let entry = vec![Token::Lent(NUMBER), Token::Text(number.to_string()), Token::End];
        return visitor.visit_map(&mut Tape(entry).play());
    }
    number.deserialize_any(visitor).map_err(E::custom)
}

/// Where another crate in the build has numbers kept as text, only `serde_json` knows how to read them as a type.
macro_rules! deserialize_number {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match self.next() {
                Some(Token::Number(number)) => number.$method(visitor).map_err(E::custom),
                token => Err(mismatch(token.as_ref(), &visitor)),
            }
        }
    )*};
}

/// As `serde_json` does it, what is asked for must be there; what our types ask for has a method.
impl<'de, E: de::Error> Deserializer<'de> for &mut Player<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            Some(Token::Null) => visitor.visit_unit(),
            Some(Token::Boolean(value)) => visitor.visit_bool(value),
            Some(Token::Number(number)) => any_number(number, visitor),
            Some(Token::Lent(text)) => visitor.visit_borrowed_str(text),
            Some(Token::Text(text)) => visitor.visit_string(text),
            Some(Token::List) => visitor.visit_seq(self),
            Some(Token::Object) => visitor.visit_map(self),
            token @ (Some(Token::End) | None) => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            Some(Token::Lent(text)) => visitor.visit_borrowed_str(text),
            Some(Token::Text(text)) => visitor.visit_string(text),
            token => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_string(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            Some(Token::List) => visitor.visit_seq(self),
            token => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            Some(Token::Object) => visitor.visit_map(self),
            token => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if self.is_next(|token| matches!(token, Token::Null)) {
            self.next();
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    deserialize_number! { deserialize_i32 deserialize_i64 deserialize_u32 deserialize_u64 }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            // By itself, a number that is kept as text becomes an infinity where it is too large, which JSON has not.
            Some(Token::Number(number)) => match number.as_f64() {
                Some(number) => visitor.visit_f64(number),
                None => Err(E::custom("number out of range")),
            },
            token => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct struct enum
        identifier ignored_any
    }
}

impl<'de, E: de::Error> SeqAccess<'de> for Player<'de, E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, E> {
        if self.is_next(|token| matches!(token, Token::End)) {
            self.tokens.next();
            return Ok(None);
        }
        seed.deserialize(self).map(Some)
    }
}

impl<'de, E: de::Error> MapAccess<'de> for Player<'de, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        match self.next_key() {
            Some(Cow::Borrowed(key)) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
            Some(Cow::Owned(key)) => seed.deserialize(StringDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        seed.deserialize(self)
    }
}
