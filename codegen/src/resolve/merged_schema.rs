//! A schema with its references followed and its `allOf` parts merged.

use super::annotations::Annotations;
use super::json_type::JsonType;
use super::raw_schema::RawSchema;
use super::schema_site::{AllOf, SchemaSite};
use crate::ir::{NumberBounds, SizeBounds};
use crate::pointer;
use crate::rust_name;
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::rc::Rc;

/// A `oneOf` or `anyOf` of two or more variants, without null.
#[derive(Clone, Debug)]
pub(crate) struct UnionSchema<'a> {
    /// Pointer of the list of variants.
    pub(crate) pointer: Rc<str>,
    /// Pointer of the schema that has the list.
    pub(crate) owner: Rc<str>,
    pub(crate) exclusive: bool,
    pub(crate) variants: Vec<SchemaSite<'a>>,
    pub(crate) discriminator: Option<&'a Map<String, Value>>,
}

impl<'a> UnionSchema<'a> {
    /// Returns the property that the discriminator names.
    pub(crate) fn tag_property(&self) -> Option<&'a str> {
        self.discriminator?.get("propertyName")?.as_str()
    }

    /// Returns the `mapping` of the discriminator.
    pub(crate) fn mapping(&self) -> Option<&'a Map<String, Value>> {
        self.discriminator?.get("mapping")?.as_object()
    }
}

/// A schema without `allOf` and `$ref`.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
pub(crate) struct MergedSchema<'a> {
    pub(crate) pointer: Rc<str>,
    pub(crate) annotations: Annotations<'a>,
    /// Whether it is nullable; `None` if the schema does not name a type.
    pub(crate) nullable: Option<bool>,
    pub(crate) json_type: Option<JsonType>,
    /// Pointer of the schema that names the type.
    pub(crate) type_pointer: Rc<str>,
    pub(crate) format: Option<&'a str>,
    /// The values of `enum` without null.
    pub(crate) values: Option<Vec<&'a Value>>,
    /// Whether a variant accepts values that are not listed.
    pub(crate) open: bool,
    /// Whether `enum` does not list null beside `nullable`. By `OpenAPI` 3.0.3, null is then invalid.
    pub(crate) null_unlisted: bool,
    pub(crate) number: NumberBounds,
    pub(crate) length: SizeBounds,
    pub(crate) pattern: Option<&'a str>,
    pub(crate) secret: bool,
    pub(crate) items: AllOf<'a>,
    pub(crate) item_count: SizeBounds,
    pub(crate) unique: bool,
    pub(crate) properties: IndexMap<&'a str, AllOf<'a>>,
    /// Names, each with the pointer of its entry in `required`.
    pub(crate) required: IndexMap<&'a str, Rc<str>>,
    pub(crate) additional: AllOf<'a>,
    pub(crate) closed: bool,
    pub(crate) property_count: SizeBounds,
    pub(crate) property_names: SizeBounds,
    pub(crate) unions: Vec<UnionSchema<'a>>,
    /// The unions of strings, or of listed integers, whose values this schema has.
    pub(crate) scalar_unions: Vec<UnionSchema<'a>>,
    /// The components that were merged into it.
    pub(crate) ancestors: Vec<usize>,
}

impl<'a> MergedSchema<'a> {
    /// Returns a schema that accepts anything.
    pub(super) fn anything(pointer: Rc<str>) -> Self {
        Self {
            type_pointer: Rc::clone(&pointer),
            pointer,
            annotations: Annotations::default(),
            nullable: None,
            json_type: None,
            format: None,
            values: None,
            open: false,
            null_unlisted: false,
            number: NumberBounds::default(),
            length: SizeBounds::default(),
            pattern: None,
            secret: false,
            items: Vec::new(),
            item_count: SizeBounds::default(),
            unique: false,
            properties: IndexMap::new(),
            required: IndexMap::new(),
            additional: Vec::new(),
            closed: false,
            property_count: SizeBounds::default(),
            property_names: SizeBounds::default(),
            unions: Vec::new(),
            scalar_unions: Vec::new(),
            ancestors: Vec::new(),
        }
    }

    /// Returns the schema that a site's own keywords describe, without its combinators.
    pub(super) fn own(site: &SchemaSite<'a>) -> Self {
        let raw = &*site.schema;
        let mut merged = Self {
            annotations: raw.annotations,
            json_type: own_type(raw),
            format: raw.format,
            values: raw.values.map(|values| values.iter().filter(|value| !value.is_null()).collect()),
            number: raw.number.clone(),
            length: raw.length,
            pattern: raw.pattern,
            secret: raw.secret,
            item_count: raw.item_count,
            unique: raw.unique,
            property_count: raw.property_count,
            property_names: raw.property_names,
            ..Self::anything(Rc::clone(&site.pointer))
        };
        if merged.json_type.is_some() || merged.values.is_some() {
            let null = raw.nullable == Some(true) || raw.values.is_some_and(|list| list.iter().any(Value::is_null));
            merged.nullable = Some(null);
        }
        let lists_null = |list: &[Value]| list.iter().any(Value::is_null);
        merged.null_unlisted = raw.nullable == Some(true) && raw.values.is_some_and(|list| !lists_null(list));
        if let Some(items) = raw.items {
            merged.items.push(site.inner(pointer::child(&site.pointer, "items"), items, "Item"));
        }
        merged.own_properties(site);
        merged
    }

    fn own_properties(&mut self, site: &SchemaSite<'a>) {
        let (at, raw) = (&site.pointer, &*site.schema);
        if let Some(properties) = raw.properties {
            let parent = pointer::child(at, "properties");
            for (name, json) in properties {
                let suffix = rust_name::upper(name);
                self.properties.insert(name, vec![site.inner(pointer::child(&parent, name), json, &suffix)]);
            }
        }
        for (index, name) in raw.required.iter().enumerate() {
            if let Some(name) = name.as_str() {
                self.required.entry(name).or_insert_with(|| pointer::element(at, "required", index));
            }
        }
        match raw.additional {
            None | Some(Value::Bool(true)) => {}
            Some(Value::Bool(false)) => self.closed = true,
            Some(json) if json.as_object().is_some_and(Map::is_empty) => {}
            Some(json) => self.additional.push(site.inner(pointer::child(at, "additionalProperties"), json, "Value")),
        }
    }

    /// Returns the number of its members, which a merge copies.
    pub(crate) fn members(&self) -> usize {
        let variants = self.unions.iter().map(|union| union.variants.len());
        let sites = self.properties.values().map(Vec::len);
        let values = self.values.as_ref().map_or(0, Vec::len);
        sites.chain(variants).sum::<usize>() + self.required.len() + values + 1
    }

    /// Returns whether it has the members of another schema, because it inherits them.
    pub(crate) fn inherits_members(&self, other: &Self) -> bool {
        let has = |own: &AllOf<'a>, sites: &AllOf<'a>| {
            sites.iter().all(|site| own.iter().any(|known| known.pointer == site.pointer))
        };
        let own = |name: &str| self.properties.get(name);
        other.properties.iter().all(|(name, sites)| own(name).is_some_and(|own| has(own, sites)))
            && has(&self.additional, &other.additional)
            && (self.closed || !other.closed)
    }

    /// Returns whether it is nullable.
    pub(crate) fn is_nullable(&self) -> bool {
        self.nullable == Some(true)
    }

    /// Returns whether neither `nullable` nor a type says anything about null, which is then valid.
    pub(crate) fn is_open_to_null(&self) -> bool {
        self.nullable.is_none() && self.json_type.is_none() && self.unions.is_empty()
    }

    /// Returns whether it restricts the properties of objects.
    pub(crate) fn has_members(&self) -> bool {
        !self.properties.is_empty() || !self.additional.is_empty() || self.closed
    }
}

/// Returns the type that a schema names, or that its keywords imply.
fn own_type(raw: &RawSchema<'_>) -> Option<JsonType> {
    if let Some(name) = raw.type_name {
        return JsonType::of(name);
    }
    if let Some(values) = raw.values {
        let mut types = values.iter().filter_map(JsonType::of_value);
        let first = types.next();
        return first.filter(|first| types.all(|other| other == *first));
    }
    if raw.properties.is_some() || raw.additional.is_some() {
        return Some(JsonType::Object);
    }
    raw.items.map(|_| JsonType::Array)
}
