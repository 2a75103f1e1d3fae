//! Tagged unions, one inside of the other.

use serde_core::de::{self, Deserialize, Deserializer, MapAccess};
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::item::{Item, SHAPE as ITEM};
use super::{Full, decoding};
use crate::support::correction::{Absence, Property, Shape};
use crate::support::decode::{self, Constant, Decode, FieldReader, Object, Slot};
use crate::support::encode;
use crate::support::lenient::Model;
use crate::support::secret::Secret;
use crate::support::tagged::{self, Tagged, VariantEntries};
use crate::support::unknown_fields::UnknownFields;

/// A union by `type`.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Note(Note),
    /// `batch` and `group`.
    Batch(Batch),
    /// A union by `kind`.
    Nested(Inner),
    Plain(Plain),
    Unknown(Value),
}

impl Tagged for Event {
    const NAME: &'static str = "Event";
    const TAG: &'static str = "type";
    const TAGS: &'static [&'static str] = &["note", "batch", "group", "nested", "plain"];

    fn index(name: &str) -> Option<usize> {
        match name {
            "note" => Some(0),
            "batch" => Some(1),
            "group" => Some(2),
            "nested" => Some(3),
            "plain" => Some(4),
            _ => None,
        }
    }

    fn variant<'de, A: MapAccess<'de>>(tag: usize, entries: VariantEntries<'de, A>) -> Result<Self, A::Error> {
        match tag {
            0 => entries.object_with_fields::<Note>(|fields| fields.r#type = Some(())).map(Self::Note),
            1 | 2 => entries.object::<Batch>().map(Self::Batch),
            3 => decode::from_entries::<Inner, _>(entries).map(Self::Nested),
            _ => entries.object::<Plain>().map(Self::Plain),
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

decoding!(Event, tagged::tagged);

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Note(value) => value.serialize(serializer),
            Self::Batch(value) => value.serialize(serializer),
            Self::Nested(value) => value.serialize(serializer),
            Self::Plain(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

static EVENT: Shape = Shape::Tagged(
    "type",
    &[("note", &NOTE), ("batch", &BATCH), ("group", &BATCH), ("nested", &INNER), ("plain", &Shape::Object(&[]))],
);

impl Model for Event {
    fn shape() -> &'static Shape {
        &EVENT
    }
}

/// A variant with properties of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub text: String,
    pub amount: Option<u64>,
    pub balance: Option<i64>,
    pub size: Option<Full>,
    pub items: Option<Vec<Item>>,
    pub client_secret: Option<Secret>,
    pub unknown_fields: UnknownFields,
}

#[derive(Default)]
pub struct NoteFields {
    r#type: Slot<()>,
    text: Option<String>,
    amount: Option<u64>,
    balance: Option<i64>,
    size: Option<Full>,
    items: Option<Vec<Item>>,
    client_secret: Option<Secret>,
}

impl Object for Note {
    const NAME: &'static str = "Note";
    const PROPERTIES: &'static [&'static str] =
        &["type", "text", "amount", "balance", "size", "items", "client_secret"];
    type Fields = NoteFields;

    fn index(name: &str) -> Option<usize> {
        match name {
            "type" => Some(0),
            "text" => Some(1),
            "amount" => Some(2),
            "balance" => Some(3),
            "size" => Some(4),
            "items" => Some(5),
            "client_secret" => Some(6),
            _ => None,
        }
    }

    fn read_field<'de, A: MapAccess<'de>>(
        fields: &mut NoteFields,
        index: usize,
        reader: FieldReader<'_, A>,
    ) -> Result<(), A::Error> {
        match index {
            0 => reader.constant(&mut fields.r#type, &Constant::String("note")),
            1 => reader.value(&mut fields.text),
            2 => reader.optional(&mut fields.amount),
            3 => reader.optional(&mut fields.balance),
            4 => reader.optional(&mut fields.size),
            5 => reader.optional(&mut fields.items),
            _ => reader.optional(&mut fields.client_secret),
        }
    }

    fn build<E: de::Error>(fields: NoteFields, unknown_fields: UnknownFields) -> Result<Self, E> {
        Ok(Note {
            text: decode::required(fields.text, "text")?,
            amount: fields.amount,
            balance: fields.balance,
            size: fields.size,
            items: fields.items,
            client_secret: fields.client_secret,
            unknown_fields,
        })
    }
}

decoding!(Note, decode::object);

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        encode::constant(&mut map, "type", "note", &self.unknown_fields)?;
        map.serialize_entry("text", &self.text)?;
        encode::optional(&mut map, "amount", self.amount.as_ref(), &self.unknown_fields)?;
        encode::optional(&mut map, "balance", self.balance.as_ref(), &self.unknown_fields)?;
        encode::optional(&mut map, "size", self.size.as_ref(), &self.unknown_fields)?;
        encode::optional(&mut map, "items", self.items.as_ref(), &self.unknown_fields)?;
        encode::optional(&mut map, "client_secret", self.client_secret.as_ref(), &self.unknown_fields)?;
        self.unknown_fields.encode(&mut map, Self::PROPERTIES)?;
        map.end()
    }
}

static NOTE: Shape = Shape::Object(&[
    Property { name: "text", shape: &Shape::String, absence: Absence::Corrected, nullable: false },
    Property { name: "items", shape: &Shape::List(&ITEM), absence: Absence::Fine, nullable: false },
]);

/// A variant with two tags, which contains the union itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub events: Vec<Event>,
    pub unknown_fields: UnknownFields,
}

#[derive(Default)]
pub struct BatchFields {
    r#type: Slot<()>,
    events: Option<Vec<Event>>,
}

impl Object for Batch {
    const NAME: &'static str = "Batch";
    const PROPERTIES: &'static [&'static str] = &["type", "events"];
    type Fields = BatchFields;

    fn index(name: &str) -> Option<usize> {
        match name {
            "type" => Some(0),
            "events" => Some(1),
            _ => None,
        }
    }

    fn read_field<'de, A: MapAccess<'de>>(
        fields: &mut BatchFields,
        index: usize,
        reader: FieldReader<'_, A>,
    ) -> Result<(), A::Error> {
        match index {
            0 => reader.constant(&mut fields.r#type, &Constant::String("batch")),
            _ => reader.value(&mut fields.events),
        }
    }

    fn build<E: de::Error>(fields: BatchFields, unknown_fields: UnknownFields) -> Result<Self, E> {
        Ok(Batch { events: decode::required(fields.events, "events")?, unknown_fields })
    }
}

decoding!(Batch, decode::object);

impl Serialize for Batch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        encode::constant(&mut map, "type", "batch", &self.unknown_fields)?;
        map.serialize_entry("events", &self.events)?;
        self.unknown_fields.encode(&mut map, Self::PROPERTIES)?;
        map.end()
    }
}

static BATCH: Shape = Shape::Object(&[Property {
    name: "events",
    shape: &Shape::List(&EVENT),
    absence: Absence::Corrected,
    nullable: false,
}]);

/// A union by `kind`, which is a variant of another union.
#[derive(Clone, Debug, PartialEq)]
pub enum Inner {
    Left(Left),
    Unknown(Value),
}

impl Tagged for Inner {
    const NAME: &'static str = "Inner";
    const TAG: &'static str = "kind";
    const TAGS: &'static [&'static str] = &["left"];

    fn index(name: &str) -> Option<usize> {
        match name {
            "left" => Some(0),
            _ => None,
        }
    }

    fn variant<'de, A: MapAccess<'de>>(tag: usize, entries: VariantEntries<'de, A>) -> Result<Self, A::Error> {
        let _ = tag;
        entries.object::<Left>().map(Self::Left)
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

decoding!(Inner, tagged::tagged);

impl Serialize for Inner {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Left(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

static INNER: Shape = Shape::Tagged("kind", &[("left", &LEFT)]);

/// A variant of the inner union.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    pub value: i64,
    pub unknown_fields: UnknownFields,
}

#[derive(Default)]
pub struct LeftFields {
    r#type: Slot<()>,
    kind: Slot<()>,
    value: Option<i64>,
}

impl Object for Left {
    const NAME: &'static str = "Left";
    const PROPERTIES: &'static [&'static str] = &["type", "kind", "value"];
    type Fields = LeftFields;

    fn index(name: &str) -> Option<usize> {
        match name {
            "type" => Some(0),
            "kind" => Some(1),
            "value" => Some(2),
            _ => None,
        }
    }

    fn read_field<'de, A: MapAccess<'de>>(
        fields: &mut LeftFields,
        index: usize,
        reader: FieldReader<'_, A>,
    ) -> Result<(), A::Error> {
        match index {
            0 => reader.constant(&mut fields.r#type, &Constant::String("nested")),
            1 => reader.constant(&mut fields.kind, &Constant::String("left")),
            _ => reader.value(&mut fields.value),
        }
    }

    fn build<E: de::Error>(fields: LeftFields, unknown_fields: UnknownFields) -> Result<Self, E> {
        Ok(Left { value: decode::required(fields.value, "value")?, unknown_fields })
    }
}

decoding!(Left, decode::object);

impl Serialize for Left {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        encode::constant(&mut map, "type", "nested", &self.unknown_fields)?;
        encode::constant(&mut map, "kind", "left", &self.unknown_fields)?;
        map.serialize_entry("value", &self.value)?;
        self.unknown_fields.encode(&mut map, Self::PROPERTIES)?;
        map.end()
    }
}

static LEFT: Shape =
    Shape::Object(&[Property { name: "value", shape: &Shape::Number, absence: Absence::Corrected, nullable: false }]);

/// A variant whose schema has the tag as an optional property.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain {
    pub r#type: Option<String>,
    pub unknown_fields: UnknownFields,
}

#[derive(Default)]
pub struct PlainFields {
    r#type: Option<String>,
}

impl Object for Plain {
    const NAME: &'static str = "Plain";
    const PROPERTIES: &'static [&'static str] = &["type"];
    type Fields = PlainFields;

    fn index(name: &str) -> Option<usize> {
        match name {
            "type" => Some(0),
            _ => None,
        }
    }

    fn read_field<'de, A: MapAccess<'de>>(
        fields: &mut PlainFields,
        index: usize,
        reader: FieldReader<'_, A>,
    ) -> Result<(), A::Error> {
        let _ = index;
        reader.optional(&mut fields.r#type)
    }

    fn build<E: de::Error>(fields: PlainFields, unknown_fields: UnknownFields) -> Result<Self, E> {
        Ok(Plain { r#type: fields.r#type, unknown_fields })
    }
}

decoding!(Plain, decode::object);

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        encode::optional(&mut map, "type", self.r#type.as_ref(), &self.unknown_fields)?;
        self.unknown_fields.encode(&mut map, Self::PROPERTIES)?;
        map.end()
    }
}
