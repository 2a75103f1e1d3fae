//! Decodes scalars, lists and maps.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::value::StrDeserializer;
use serde_core::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::decode::{DUPLICATE, Decode, Seed, without_text};
use super::json_path::{Segment, at, error_at};
use super::optional_nullable::OptionalNullable;
use super::secret::Secret;

macro_rules! decode_by_serde {
    ($($scalar:ty),*) => {$(
        impl<'de> Decode<'de> for $scalar {
            #[inline]
            fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }
    )*};
}

decode_by_serde!(bool, i32, i64, u32, u64, f64, String, Secret);

impl<'de, T: Decode<'de>> Decode<'de> for Box<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Box::new)
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }
}

struct OptionVisitor<T>(PhantomData<T>);

impl<'de, T: Decode<'de>> Visitor<'de> for OptionVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::decode(deserializer).map(Some)
    }

    // serde's deserializer of a borrowed string, which reads a union's tag, does not support options.
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        T::decode(StrDeserializer::new(text)).map(Some)
    }
}

/// Absence is handled by the object that has the property.
impl<'de, T: Decode<'de>> Decode<'de> for OptionalNullable<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::decode(deserializer).map(Self::from)
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_seq(ListVisitor(PhantomData)) {
            Ok(list) => Ok(list),
            Err(error) => Err(without_text(error)),
        }
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Decode<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        loop {
            match seq.next_element_seed(Seed::new()) {
                Ok(Some(element)) => list.push(element),
                Ok(None) => return Ok(list),
                Err(error) => return Err(at(&error, Segment::Index(list.len()))),
            }
        }
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for BTreeMap<String, T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_map(MapVisitor(PhantomData)) {
            Ok(map) => Ok(map),
            Err(error) => Err(without_text(error)),
        }
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Decode<'de>> Visitor<'de> for MapVisitor<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if entries.contains_key(&key) {
                return Err(error_at(&key, DUPLICATE));
            }
            match map.next_value_seed(Seed::new()) {
                Ok(value) => entries.insert(key, value),
                Err(error) => return Err(at(&error, Segment::Key(&key))),
            };
        }
        Ok(entries)
    }
}
