//! Deserializes a tape, with the same result as deserializing the input.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::vec;

use serde_core::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde_core::de::{self, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;
use serde_json::Number;

use super::json_number::{NUMBER, fits, numbers_are_text};
use super::tape_token::TapeToken;

/// Deserializes recorded tokens.
///
/// It deserializes the next value. As a list or a map, it returns everything up to the next end. A
/// visitor must read all of it before it deserializes another value, as all visitors of this crate
/// do.
pub struct TapeDeserializer<'de, E> {
    inserted: Option<&'de str>,
    tokens: vec::IntoIter<TapeToken<'de>>,
    error: PhantomData<E>,
}

impl<'de, E> TapeDeserializer<'de, E> {
    /// Creates a deserializer of tokens.
    pub(super) fn new(tokens: Vec<TapeToken<'de>>) -> Self {
        Self { inserted: None, tokens: tokens.into_iter(), error: PhantomData }
    }
}

impl<'de, E: de::Error> TapeDeserializer<'de, E> {
    /// Inserts a string as the next value.
    pub const fn insert(&mut self, text: &'de str) {
        self.inserted = Some(text);
    }

    /// Returns `true` if no token is left.
    pub fn is_at_end(&self) -> bool {
        self.inserted.is_none() && self.tokens.as_slice().is_empty()
    }

    #[inline]
    fn next(&mut self) -> Option<TapeToken<'de>> {
        match self.inserted.take() {
            Some(text) => Some(TapeToken::Lent(text)),
            None => self.tokens.next(),
        }
    }

    /// Takes the next token, and returns it if it is a number. Otherwise, the token starts a list
    /// or an object, whose contents come next.
    pub fn take_number(&mut self) -> Option<Number> {
        match self.next() {
            Some(TapeToken::Number(number)) => Some(number),
            _ => None,
        }
    }

    fn is_next(&self, kind: fn(&TapeToken<'de>) -> bool) -> bool {
        self.inserted.is_none() && self.tokens.as_slice().first().is_some_and(kind)
    }

    /// Takes the next key.
    #[inline]
    pub fn next_key(&mut self) -> Option<Cow<'de, str>> {
        match self.tokens.next()? {
            TapeToken::Lent(key) => Some(Cow::Borrowed(key)),
            TapeToken::Text(key) => Some(Cow::Owned(key)),
            _ => None,
        }
    }
}

/// Returns the error of a token that does not have the expected type.
#[cold]
#[inline(never)]
fn mismatch<E: de::Error>(token: Option<&TapeToken<'_>>, expected: &dyn Expected) -> E {
    let unexpected = match token {
        Some(TapeToken::Null) => Unexpected::Unit,
        Some(TapeToken::Boolean(value)) => Unexpected::Bool(*value),
        Some(TapeToken::Number(number)) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => Unexpected::Unsigned(number),
            (None, Some(number), _) => Unexpected::Signed(number),
            (None, None, Some(number)) => Unexpected::Float(number),
            (None, None, None) => Unexpected::Other("number"),
        },
        Some(TapeToken::Lent(text)) => Unexpected::Str(text),
        Some(TapeToken::Text(text)) => Unexpected::Str(text),
        Some(TapeToken::List) => Unexpected::Seq,
        Some(TapeToken::Object) => Unexpected::Map,
        Some(TapeToken::End) | None => return E::custom("a value was read twice"),
    };
    E::invalid_type(unexpected, expected)
}

/// Visits a number as the input would. If no primitive type holds all of its digits, that is its
/// text.
fn any_number<'de, V: Visitor<'de>, E: de::Error>(number: Number, visitor: V) -> Result<V::Value, E> {
    if numbers_are_text() && !fits(&number) {
        let entry = vec![TapeToken::Lent(NUMBER), TapeToken::Text(number.to_string()), TapeToken::End];
        return visitor.visit_map(&mut TapeDeserializer::new(entry));
    }
    number.deserialize_any(visitor).map_err(E::custom)
}

/// Adds methods for number types. Only `serde_json` itself can convert a number that it keeps as
/// text.
macro_rules! deserialize_number {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match self.next() {
                Some(TapeToken::Number(number)) => number.$method(visitor).map_err(E::custom),
                token => Err(mismatch(token.as_ref(), &visitor)),
            }
        }
    )*};
}

/// As with `serde_json`, a value must have the requested type. The types that this crate requests
/// have methods of their own.
impl<'de, E: de::Error> Deserializer<'de> for &mut TapeDeserializer<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            Some(TapeToken::Null) => visitor.visit_unit(),
            Some(TapeToken::Boolean(value)) => visitor.visit_bool(value),
            Some(TapeToken::Number(number)) => any_number(number, visitor),
            Some(TapeToken::Lent(text)) => visitor.visit_borrowed_str(text),
            Some(TapeToken::Text(text)) => visitor.visit_string(text),
            Some(TapeToken::List) => visitor.visit_seq(self),
            Some(TapeToken::Object) => visitor.visit_map(self),
            token @ (Some(TapeToken::End) | None) => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            Some(TapeToken::Lent(text)) => visitor.visit_borrowed_str(text),
            Some(TapeToken::Text(text)) => visitor.visit_string(text),
            token => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_string(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            Some(TapeToken::List) => visitor.visit_seq(self),
            token => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            Some(TapeToken::Object) => visitor.visit_map(self),
            token => Err(mismatch(token.as_ref(), &visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if self.is_next(|token| matches!(token, TapeToken::Null)) {
            self.next();
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    deserialize_number! { deserialize_i32 deserialize_i64 deserialize_u32 deserialize_u64 }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.next() {
            // A number that is kept as text may be too large, and would become an infinity.
            Some(TapeToken::Number(number)) => match number.as_f64() {
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

impl<'de, E: de::Error> SeqAccess<'de> for TapeDeserializer<'de, E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, E> {
        if self.is_next(|token| matches!(token, TapeToken::End)) {
            self.tokens.next();
            return Ok(None);
        }
        seed.deserialize(self).map(Some)
    }
}

impl<'de, E: de::Error> MapAccess<'de> for TapeDeserializer<'de, E> {
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
