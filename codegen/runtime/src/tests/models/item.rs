//! Objects: one with every state of presence, one with typed additional properties.

use std::collections::BTreeMap;

use serde_core::de::{self, Deserialize, Deserializer, MapAccess};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use super::decoding;
use crate::support::correction::{Absence, Property, Shape};
use crate::support::decode::{self, Constant, Decode, FieldReader, Object, Slot};
use crate::support::encode;
use crate::support::lenient::Model;
use crate::support::optional_nullable::OptionalNullable;
use crate::support::secret::Secret;
use crate::support::unknown_fields::UnknownFields;

/// An object with every state of presence.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Required.
    pub id: String,
    /// Required, nullable.
    pub title: Option<String>,
    /// Optional.
    pub note: Option<String>,
    /// Optional, nullable.
    pub due: OptionalNullable<i64>,
    /// Optional, with a default.
    pub level: i64,
    /// Optional, nullable, with a default.
    pub mode: Option<String>,
    /// Required, with a default.
    pub children: Vec<Item>,
    /// Optional.
    pub labels: Option<BTreeMap<String, f64>>,
    /// Optional, of the same type.
    pub parent: Option<Box<Item>>,
    /// Optional, secret.
    pub client_secret: Option<Secret>,
    pub unknown_fields: UnknownFields,
}

impl Item {
    pub const OBJECT: &'static str = "item";
    pub const VERSION: i64 = 2;
    pub const LIVE: bool = true;
    pub const DEFAULT_LEVEL: i64 = 3;
    pub const DEFAULT_MODE: &'static str = "auto";
}

/// Returns an item with only the required properties.
pub fn item(id: &str) -> Item {
    Item {
        id: id.to_owned(),
        title: None,
        note: None,
        due: OptionalNullable::Absent,
        level: Item::DEFAULT_LEVEL,
        mode: Some(Item::DEFAULT_MODE.to_owned()),
        children: Vec::new(),
        labels: None,
        parent: None,
        client_secret: None,
        unknown_fields: UnknownFields::new(),
    }
}

#[derive(Default)]
#[allow(clippy::option_option, reason = "null is a value of some properties, and not yet read is another state")]
pub struct Fields {
    object: Slot<()>,
    version: Slot<()>,
    live: Slot<()>,
    id: Option<String>,
    title: Option<Option<String>>,
    note: Option<String>,
    due: Option<OptionalNullable<i64>>,
    level: Option<i64>,
    mode: Option<Option<String>>,
    children: Option<Vec<Item>>,
    labels: Option<BTreeMap<String, f64>>,
    parent: Option<Box<Item>>,
    client_secret: Option<Secret>,
}

impl Object for Item {
    const NAME: &'static str = "Item";
    const PROPERTIES: &'static [&'static str] = &[
        "object",
        "version",
        "live",
        "id",
        "title",
        "note",
        "due",
        "level",
        "mode",
        "children",
        "labels",
        "parent",
        "client_secret",
    ];
    type Fields = Fields;

    fn index(name: &str) -> Option<usize> {
        match name {
            "object" => Some(0),
            "version" => Some(1),
            "live" => Some(2),
            "id" => Some(3),
            "title" => Some(4),
            "note" => Some(5),
            "due" => Some(6),
            "level" => Some(7),
            "mode" => Some(8),
            "children" => Some(9),
            "labels" => Some(10),
            "parent" => Some(11),
            "client_secret" => Some(12),
            _ => None,
        }
    }

    fn read_field<'de, A: MapAccess<'de>>(
        fields: &mut Fields,
        index: usize,
        reader: FieldReader<'_, A>,
    ) -> Result<(), A::Error> {
        match index {
            0 => reader.constant(&mut fields.object, &Constant::String("item")),
            1 => reader.constant(&mut fields.version, &Constant::Integer(2)),
            2 => reader.constant(&mut fields.live, &Constant::Boolean(true)),
            3 => reader.value(&mut fields.id),
            4 => reader.value(&mut fields.title),
            5 => reader.optional(&mut fields.note),
            6 => reader.value(&mut fields.due),
            7 => reader.optional(&mut fields.level),
            8 => reader.value(&mut fields.mode),
            9 => reader.value(&mut fields.children),
            10 => reader.optional(&mut fields.labels),
            11 => reader.optional(&mut fields.parent),
            _ => reader.optional(&mut fields.client_secret),
        }
    }

    fn build<E: de::Error>(fields: Fields, unknown_fields: UnknownFields) -> Result<Self, E> {
        let mut unknown_fields = unknown_fields;
        Ok(Item {
            id: decode::required(fields.id, "id")?,
            title: fields.title.unwrap_or_default(),
            note: fields.note,
            due: fields.due.unwrap_or_default(),
            level: decode::or_default(fields.level, "level", &mut unknown_fields, || Self::DEFAULT_LEVEL),
            mode: decode::or_default(fields.mode, "mode", &mut unknown_fields, || Some(Self::DEFAULT_MODE.to_owned())),
            children: fields.children.unwrap_or_default(),
            labels: fields.labels,
            parent: fields.parent,
            client_secret: fields.client_secret,
            unknown_fields,
        })
    }
}

decoding!(Item, decode::object);

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        encode::constant(&mut map, "object", Self::OBJECT, &self.unknown_fields)?;
        encode::constant(&mut map, "version", &Self::VERSION, &self.unknown_fields)?;
        encode::constant(&mut map, "live", &Self::LIVE, &self.unknown_fields)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("title", &self.title)?;
        encode::optional(&mut map, "note", self.note.as_ref(), &self.unknown_fields)?;
        encode::optional_nullable(&mut map, "due", &self.due)?;
        encode::defaulted(&mut map, "level", &self.level, &self.unknown_fields, || Self::DEFAULT_LEVEL)?;
        encode::defaulted(&mut map, "mode", &self.mode, &self.unknown_fields, || Some(Self::DEFAULT_MODE.to_owned()))?;
        map.serialize_entry("children", &self.children)?;
        encode::optional(&mut map, "labels", self.labels.as_ref(), &self.unknown_fields)?;
        encode::optional(&mut map, "parent", self.parent.as_ref(), &self.unknown_fields)?;
        encode::optional(&mut map, "client_secret", self.client_secret.as_ref(), &self.unknown_fields)?;
        self.unknown_fields.encode(&mut map, Self::PROPERTIES)?;
        map.end()
    }
}

pub static SHAPE: Shape = Shape::Object(&[
    Property { name: "id", shape: &Shape::String, absence: Absence::Corrected, nullable: false },
    Property { name: "title", shape: &Shape::String, absence: Absence::Defaulted, nullable: true },
    Property { name: "note", shape: &Shape::String, absence: Absence::Fine, nullable: false },
    Property { name: "due", shape: &Shape::Number, absence: Absence::Fine, nullable: true },
    Property { name: "level", shape: &Shape::Number, absence: Absence::Fine, nullable: false },
    Property { name: "mode", shape: &Shape::String, absence: Absence::Defaulted, nullable: true },
    Property { name: "children", shape: &Shape::List(&SHAPE), absence: Absence::Defaulted, nullable: false },
    Property { name: "labels", shape: &Shape::Map(&Shape::Number), absence: Absence::Fine, nullable: false },
    Property { name: "parent", shape: &SHAPE, absence: Absence::Fine, nullable: false },
    Property { name: "client_secret", shape: &Shape::String, absence: Absence::Fine, nullable: false },
]);

impl Model for Item {
    fn shape() -> &'static Shape {
        &SHAPE
    }
}

/// An object with typed additional properties, a constant and an optional property.
#[derive(Clone, Debug, PartialEq)]
pub struct Extras {
    pub note: Option<String>,
    pub additional_properties: BTreeMap<String, Secret>,
    pub unknown_fields: UnknownFields,
}

#[derive(Default)]
pub struct ExtrasFields {
    object: Slot<()>,
    note: Option<String>,
}

impl Object for Extras {
    const NAME: &'static str = "Extras";
    const PROPERTIES: &'static [&'static str] = &["object", "note"];
    type Fields = ExtrasFields;

    fn index(name: &str) -> Option<usize> {
        match name {
            "object" => Some(0),
            "note" => Some(1),
            _ => None,
        }
    }

    fn read_field<'de, A: MapAccess<'de>>(
        fields: &mut ExtrasFields,
        index: usize,
        reader: FieldReader<'_, A>,
    ) -> Result<(), A::Error> {
        match index {
            0 => reader.constant(&mut fields.object, &Constant::String("extras")),
            _ => reader.optional(&mut fields.note),
        }
    }

    fn build<E: de::Error>(fields: ExtrasFields, unknown_fields: UnknownFields) -> Result<Self, E> {
        let mut unknown_fields = unknown_fields;
        Ok(Extras {
            note: fields.note,
            additional_properties: decode::additional(&mut unknown_fields, Self::PROPERTIES)?,
            unknown_fields,
        })
    }
}

decoding!(Extras, decode::object);

impl Serialize for Extras {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        encode::constant(&mut map, "object", "extras", &self.unknown_fields)?;
        encode::optional(&mut map, "note", self.note.as_ref(), &self.unknown_fields)?;
        encode::additional(&mut map, &self.additional_properties, Self::PROPERTIES)?;
        self.unknown_fields.encode(&mut map, Self::PROPERTIES)?;
        map.end()
    }
}
