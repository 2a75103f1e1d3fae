//! A schema as it is written: all keywords of `OpenAPI` 3.0 in one struct, borrowed from the untyped document.
//!
//! The untyped document is the source because openapiv3 does not distinguish `default: null` from no default, rounds
//! bounds beyond `i64`, and has a catch-all for schemas that mix types.

use super::annotations::Annotations;
use crate::ir::{NumberBounds, SizeBounds};
use serde_json::{Map, Value};
use std::rc::Rc;

/// A schema as it is written.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of its own, except the last two")]
pub(crate) struct RawSchema<'a> {
    /// The schema itself, untyped.
    pub(crate) json: &'a Value,
    pub(crate) reference: Option<&'a str>,
    pub(crate) annotations: Annotations<'a>,
    pub(crate) nullable: Option<bool>,
    pub(crate) type_name: Option<&'a str>,
    pub(crate) format: Option<&'a str>,
    pub(crate) values: Option<&'a [Value]>,
    pub(crate) number: NumberBounds,
    pub(crate) length: SizeBounds,
    pub(crate) pattern: Option<&'a str>,
    pub(crate) secret: bool,
    pub(crate) items: Option<&'a Value>,
    pub(crate) item_count: SizeBounds,
    pub(crate) unique: bool,
    pub(crate) properties: Option<&'a Map<String, Value>>,
    pub(crate) required: &'a [Value],
    pub(crate) additional: Option<&'a Value>,
    pub(crate) property_count: SizeBounds,
    pub(crate) property_names: SizeBounds,
    pub(crate) all_of: Vec<Rc<RawSchema<'a>>>,
    pub(crate) one_of: Vec<Rc<RawSchema<'a>>>,
    pub(crate) any_of: Vec<Rc<RawSchema<'a>>>,
    pub(crate) not: Option<&'a Value>,
    pub(crate) discriminator: Option<&'a Map<String, Value>>,
    /// Whether it has a keyword that restricts values, apart from `type`, `nullable` and the combinators.
    pub(crate) restricts: bool,
    /// Whether `allOf` follows `properties`. If so, the properties of its parts come later.
    pub(crate) own_first: bool,
}

impl<'a> RawSchema<'a> {
    /// Parses a schema and the parts of its combinators. A value that is not a schema reads as `{}`.
    pub(super) fn parse(json: &'a Value) -> Self {
        let mut schema = Self::empty(json);
        for (key, value) in json.as_object().into_iter().flatten() {
            if !(schema.annotations.read(key, value) || schema.read_combinator(key, value)) {
                schema.restricts |= schema.read_restriction(key, value);
            }
        }
        schema
    }

    fn empty(json: &'a Value) -> Self {
        Self {
            json,
            reference: None,
            annotations: Annotations::default(),
            nullable: None,
            type_name: None,
            format: None,
            values: None,
            number: NumberBounds::default(),
            length: SizeBounds::default(),
            pattern: None,
            secret: false,
            items: None,
            item_count: SizeBounds::default(),
            unique: false,
            properties: None,
            required: &[],
            additional: None,
            property_count: SizeBounds::default(),
            property_names: SizeBounds::default(),
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            not: None,
            discriminator: None,
            restricts: false,
            own_first: false,
        }
    }

    fn read_combinator(&mut self, key: &str, value: &'a Value) -> bool {
        match key {
            "$ref" => self.reference = value.as_str(),
            "type" => {
                let listed = Self::single_type(value);
                self.type_name = value.as_str().or(listed.map(|(name, _)| name));
                if listed.is_some_and(|(_, null)| null) {
                    self.nullable = Some(true);
                }
            }
            "nullable" => self.nullable = value.as_bool(),
            "allOf" => {
                self.all_of = parts(value);
                self.own_first = self.properties.is_some();
            }
            "oneOf" => self.one_of = parts(value),
            "anyOf" => self.any_of = parts(value),
            "discriminator" => self.discriminator = value.as_object(),
            _ => return false,
        }
        true
    }

    fn read_restriction(&mut self, key: &str, value: &'a Value) -> bool {
        match key {
            "format" => self.format = value.as_str(),
            "enum" => self.values = value.as_array().map(Vec::as_slice),
            "minimum" => self.number.minimum = value.as_number().cloned(),
            "maximum" => self.number.maximum = value.as_number().cloned(),
            "exclusiveMinimum" => self.number.exclusive_minimum = value.as_bool().unwrap_or_default(),
            "exclusiveMaximum" => self.number.exclusive_maximum = value.as_bool().unwrap_or_default(),
            "multipleOf" => self.number.multiple_of = value.as_number().cloned(),
            "minLength" => self.length.min = least(value),
            "maxLength" => self.length.max = count(value),
            "pattern" => self.pattern = value.as_str(),
            "x-secret" => self.secret = value.as_bool().unwrap_or_default(),
            "items" => self.items = Some(value),
            "minItems" => self.item_count.min = least(value),
            "maxItems" => self.item_count.max = count(value),
            "uniqueItems" => self.unique = value.as_bool().unwrap_or_default(),
            "properties" => self.properties = value.as_object(),
            "required" => self.required = value.as_array().map(Vec::as_slice).unwrap_or_default(),
            "additionalProperties" => self.additional = Some(value),
            "minProperties" => self.property_count.min = least(value),
            "maxProperties" => self.property_count.max = count(value),
            "x-property-names" => {
                self.property_names.min = value.get("minLength").and_then(least);
                self.property_names.max = value.get("maxLength").and_then(count);
            }
            "not" => self.not = Some(value),
            _ => return false,
        }
        true
    }

    /// Returns the type in a list of one type, as `OpenAPI` 3.1 writes it, and whether the list has `null` as well.
    pub(crate) fn single_type(value: &'a Value) -> Option<(&'a str, bool)> {
        let list = value.as_array()?;
        let mut types = list.iter().filter_map(Value::as_str).filter(|name| *name != "null");
        let only = types.next().filter(|_| types.next().is_none())?;
        Some((only, list.iter().any(|name| name == "null")))
    }

    /// Returns whether it has a combinator with parts.
    pub(super) fn is_combined(&self) -> bool {
        !(self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty())
    }

    /// Returns whether it adds only null to a union: `enum: [null]`, `type: null`, or a bare `nullable: true`.
    pub(crate) fn is_null(&self) -> bool {
        if self.reference.is_some() || self.is_combined() {
            return false;
        }
        if let Some(values) = self.values {
            return !values.is_empty() && values.iter().all(Value::is_null);
        }
        self.type_name == Some("null")
            || (self.nullable == Some(true) && !self.restricts && matches!(self.type_name, None | Some("object")))
    }

    /// Returns whether it only requires properties, without describing any.
    pub(super) fn only_requires(&self) -> bool {
        let restricts = !self.required.is_empty() || self.not.is_some();
        restricts
            && matches!(self.type_name, None | Some("object"))
            && self.reference.is_none()
            && self.properties.is_none_or(Map::is_empty)
            && self.additional.is_none()
            && self.values.is_none()
            && self.one_of.is_empty()
            && self.all_of.iter().chain(&self.any_of).all(|part| part.only_requires())
    }
}

fn parts(value: &Value) -> Vec<Rc<RawSchema<'_>>> {
    value.as_array().into_iter().flatten().map(|part| Rc::new(RawSchema::parse(part))).collect()
}

/// Returns a lower bound on a count; `None` for zero, which bounds nothing.
fn least(value: &Value) -> Option<u64> {
    count(value).filter(|bound| *bound > 0)
}

/// Returns a count, even if it is written as `3.0`.
fn count(value: &Value) -> Option<u64> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and a bound beyond u64 is as good as the largest u64"
    )]
    value.as_u64().or_else(|| value.as_f64().filter(|bound| *bound >= 0.0).map(|bound| bound as u64))
}
