//! Types that decode from JSON.

use std::marker::PhantomData;

use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess};

/// A type that decodes from JSON, with errors that have paths.
pub trait Decode<'de>: Sized {
    /// Decodes a value.
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// A seed for serde that decodes a value.
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

/// Decodes a value from the entries of an object.
pub fn from_entries<'de, T: Decode<'de>, A: MapAccess<'de>>(map: A) -> Result<T, A::Error> {
    T::decode(de::value::MapAccessDeserializer::new(map))
}

/// Decodes a value from the elements of a list.
pub fn from_elements<'de, T: Decode<'de>, A: SeqAccess<'de>>(seq: A) -> Result<T, A::Error> {
    T::decode(de::value::SeqAccessDeserializer::new(seq))
}
