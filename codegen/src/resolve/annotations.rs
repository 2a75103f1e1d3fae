//! The keywords of a schema that describe it and restrict no value.

use serde_json::{Map, Value};

/// The annotations of a schema: prose, examples, a default, and this project's extensions that name things.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Annotations<'a> {
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

impl<'a> Annotations<'a> {
    /// Records a keyword, if it is an annotation.
    pub(super) fn read(&mut self, key: &str, value: &'a Value) -> bool {
        match key {
            "title" => self.title = value.as_str(),
            "description" => self.description = value.as_str(),
            "example" => self.example = Some(value),
            "default" => self.default = Some(value),
            "externalDocs" => self.link = value.get("url").and_then(Value::as_str),
            "deprecated" => self.deprecated = value.as_bool(),
            "readOnly" => self.read_only = value.as_bool(),
            "writeOnly" => self.write_only = value.as_bool(),
            "x-rust-name" => self.rust_name = value.as_str(),
            "x-rust-field" => self.rust_field = value.as_str(),
            "x-rust-names" => self.rust_names = value.as_object(),
            _ => return false,
        }
        true
    }

    /// Takes from `fallback` what these annotations leave out.
    pub(crate) fn or(self, fallback: Self) -> Self {
        Self {
            title: self.title.or(fallback.title),
            description: self.description.or(fallback.description),
            example: self.example.or(fallback.example),
            default: self.default.or(fallback.default),
            link: self.link.or(fallback.link),
            deprecated: self.deprecated.or(fallback.deprecated),
            read_only: self.read_only.or(fallback.read_only),
            write_only: self.write_only.or(fallback.write_only),
            rust_name: self.rust_name.or(fallback.rust_name),
            rust_field: self.rust_field.or(fallback.rust_field),
            rust_names: self.rust_names.or(fallback.rust_names),
        }
    }
}
