//! A schema as it is written: one flat view with all keywords of `OpenAPI` 3.0, borrowed from the untyped document.
//!
//! The untyped document is the source because openapiv3 cannot tell `default: null` from no default, rounds bounds
//! beyond `i64`, and has a catch-all for schemas that mix kinds. Everything in `lower` reads schemas through this view.

use crate::ir::{NumberBounds, SizeBounds};
use serde_json::{Map, Number, Value};

/// What stands in a schema about its use rather than its values.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Notes<'a> {
    pub(crate) title: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) example: Option<&'a Value>,
    pub(crate) default: Option<&'a Value>,
    pub(crate) link: Option<&'a str>,
    pub(crate) deprecated: Option<bool>,
    pub(crate) read_only: Option<bool>,
    pub(crate) write_only: Option<bool>,
    pub(crate) rust_name: Option<&'a str>,
    pub(crate) rust_field: Option<&'a str>,
    pub(crate) rust_names: Option<&'a Map<String, Value>>,
}

impl Notes<'_> {
    /// These notes, with what they leave out taken from others.
    pub(crate) fn over(self, under: Self) -> Self {
        Self {
            title: self.title.or(under.title),
            description: self.description.or(under.description),
            example: self.example.or(under.example),
            default: self.default.or(under.default),
            link: self.link.or(under.link),
            deprecated: self.deprecated.or(under.deprecated),
            read_only: self.read_only.or(under.read_only),
            write_only: self.write_only.or(under.write_only),
            rust_name: self.rust_name.or(under.rust_name),
            rust_field: self.rust_field.or(under.rust_field),
            rust_names: self.rust_names.or(under.rust_names),
        }
    }
}

/// A schema as it is written.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of its own, but for the last two")]
pub(crate) struct View<'a> {
    pub(crate) reference: Option<&'a str>,
    pub(crate) notes: Notes<'a>,
    pub(crate) nullable: Option<bool>,
    pub(crate) kind: Option<&'a str>,
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
    pub(crate) all_of: &'a [Value],
    pub(crate) one_of: &'a [Value],
    pub(crate) any_of: &'a [Value],
    pub(crate) not: Option<&'a Value>,
    pub(crate) discriminator: Option<&'a Map<String, Value>>,
    /// A keyword that restricts values stands in it, other than `type`, `nullable` and the combinators.
    pub(crate) structural: bool,
    /// `allOf` stands after `properties`, so that its properties come later.
    pub(crate) own_first: bool,
}

impl<'a> View<'a> {
    /// Reads a schema. What is no schema reads as `{}`.
    pub(crate) fn of(raw: &'a Value) -> Self {
        let mut view = Self::default();
        for (key, value) in raw.as_object().into_iter().flatten() {
            if !(view.note(key, value) || view.combination(key, value)) {
                view.structural |= view.restriction(key, value);
            }
        }
        view
    }

    fn note(&mut self, key: &str, value: &'a Value) -> bool {
        let notes = &mut self.notes;
        match key {
            "title" => notes.title = value.as_str(),
            "description" => notes.description = value.as_str(),
            "example" => notes.example = Some(value),
            "default" => notes.default = Some(value),
            "externalDocs" => notes.link = value.get("url").and_then(Value::as_str),
            "deprecated" => notes.deprecated = value.as_bool(),
            "readOnly" => notes.read_only = value.as_bool(),
            "writeOnly" => notes.write_only = value.as_bool(),
            "x-rust-name" => notes.rust_name = value.as_str(),
            "x-rust-field" => notes.rust_field = value.as_str(),
            "x-rust-names" => notes.rust_names = value.as_object(),
            _ => return false,
        }
        true
    }

    fn combination(&mut self, key: &str, value: &'a Value) -> bool {
        match key {
            "$ref" => self.reference = value.as_str(),
            "type" => {
                let listed = Self::one_type(value);
                self.kind = value.as_str().or(listed.map(|(kind, _)| kind));
                if listed.is_some_and(|(_, null)| null) {
                    self.nullable = Some(true);
                }
            }
            "nullable" => self.nullable = value.as_bool(),
            "allOf" => {
                self.all_of = list(value);
                self.own_first = self.properties.is_some();
            }
            "oneOf" => self.one_of = list(value),
            "anyOf" => self.any_of = list(value),
            "discriminator" => self.discriminator = value.as_object(),
            _ => return false,
        }
        true
    }

    fn restriction(&mut self, key: &str, value: &'a Value) -> bool {
        match key {
            "format" => self.format = value.as_str(),
            "enum" => self.values = value.as_array().map(Vec::as_slice),
            "minimum" => self.number.minimum = number(value),
            "maximum" => self.number.maximum = number(value),
            "exclusiveMinimum" => self.number.exclusive_minimum = value.as_bool().unwrap_or_default(),
            "exclusiveMaximum" => self.number.exclusive_maximum = value.as_bool().unwrap_or_default(),
            "multipleOf" => self.number.multiple_of = number(value),
            "minLength" => self.length.min = least(value),
            "maxLength" => self.length.max = count(value),
            "pattern" => self.pattern = value.as_str(),
            "x-secret" => self.secret = value.as_bool().unwrap_or_default(),
            "items" => self.items = Some(value),
            "minItems" => self.item_count.min = least(value),
            "maxItems" => self.item_count.max = count(value),
            "uniqueItems" => self.unique = value.as_bool().unwrap_or_default(),
            "properties" => self.properties = value.as_object(),
            "required" => self.required = list(value),
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

    /// The type in a list of one type, as later versions of `OpenAPI` write it, and whether `null` is in it as well.
    pub(crate) fn one_type(value: &'a Value) -> Option<(&'a str, bool)> {
        let list = value.as_array()?;
        let mut types = list.iter().filter_map(Value::as_str).filter(|name| *name != "null");
        let only = types.next().filter(|_| types.next().is_none())?;
        Some((only, list.iter().any(|name| name == "null")))
    }

    /// Whether null is all that it adds to a union: `enum: [null]`, `type: null`, or a bare `nullable: true`.
    pub(crate) fn is_null(&self) -> bool {
        let combined = !(self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty());
        if self.reference.is_some() || combined {
            return false;
        }
        if let Some(values) = self.values {
            return !values.is_empty() && values.iter().all(Value::is_null);
        }
        self.kind == Some("null")
            || (self.nullable == Some(true) && !self.structural && matches!(self.kind, None | Some("object")))
    }

    /// Whether it only says which properties must be there, and describes none.
    pub(crate) fn is_constraint_only(&self) -> bool {
        let restricts = !self.required.is_empty() || self.not.is_some();
        restricts
            && matches!(self.kind, None | Some("object"))
            && self.reference.is_none()
            && self.properties.is_none_or(Map::is_empty)
            && self.additional.is_none()
            && self.values.is_none()
            && self.one_of.is_empty()
            && self.all_of.iter().chain(self.any_of).all(|part| Self::of(part).is_constraint_only())
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn number(value: &Value) -> Option<Number> {
    value.as_number().cloned()
}

/// A least count; zero bounds nothing.
fn least(value: &Value) -> Option<u64> {
    count(value).filter(|bound| *bound > 0)
}

/// A count, also where it is written as `3.0`.
fn count(value: &Value) -> Option<u64> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and a bound beyond u64 is as good as the largest u64"
    )]
    value.as_u64().or_else(|| value.as_f64().filter(|bound| *bound >= 0.0).map(|bound| bound as u64))
}
