//! Lowers parameters.

use super::lowerer::Lowerer;
use super::name_scope::NameScope;
use super::operation_source::OperationSource;
use super::path_template::check_template;
use super::untyped::example;
use crate::diagnostics::Diagnostic;
use crate::ir::{Docs, Parameter, ParameterContent, ParameterLocation, Schema, Style, Type};
use crate::pointer;
use crate::rust_name;
use indexmap::IndexMap;
use serde_json::Value;
use std::rc::Rc;

/// A parameter as it is written, with the pointers of its use and of its definition.
struct ParameterSource<'a> {
    used: Rc<str>,
    defined: Rc<str>,
    json: &'a Value,
    location: ParameterLocation,
    name: &'a str,
}

/// The constant, default and example of a parameter's schema.
#[derive(Default)]
struct SchemaFacts {
    constant: Option<Value>,
    default: Option<Value>,
    example: Option<Value>,
}

/// The methods that every call has.
const RESERVED: &[&str] = &[
    "body",
    "call",
    "client",
    "extra_body",
    "extra_header",
    "extra_query",
    "into_future",
    "items_blocking",
    "lenient",
    "new",
    "pages",
    "pages_blocking",
    "retries",
    "send",
    "send_blocking",
    "stream",
    "timeout",
    "total_timeout",
    "validate",
    "without_header",
];

impl<'a> Lowerer<'a> {
    /// Lowers the parameters of an operation, those of its path included. The names of their inline types start with
    /// `stem`.
    pub(super) fn parameters(&mut self, source: &OperationSource<'a>, stem: &str) -> Vec<Parameter> {
        let mut merged: IndexMap<(&'a str, ParameterLocation), ParameterSource<'a>> = IndexMap::new();
        let lists = [(&source.path_pointer, source.path_item), (&source.pointer, source.json)];
        for (at, json) in lists {
            for (index, json) in json.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate() {
                if let Some(written) = self.parameter_source(pointer::element(at, "parameters", index), json) {
                    merged.insert((written.name, written.location), written);
                }
            }
        }
        let mut scope = NameScope::new("parameter", "give the parameter another name with `x-rust-name`", RESERVED);
        let mut parameters = Vec::with_capacity(merged.len());
        for written in merged.into_values() {
            let parameter = self.parameter(&written, stem);
            // Neither a constant nor a value that the client supplies is an argument of the method.
            if parameter.constant.is_none() && parameter.environment.is_none() {
                self.schemas.diagnostics.extend(scope.claim(&parameter.rust_name, &parameter.pointer));
            }
            parameters.push(parameter);
        }
        self.schemas.diagnostics.extend(check_template(source.path, &source.pointer, &parameters));
        parameters
    }

    fn parameter_source(&mut self, used: Rc<str>, json: &'a Value) -> Option<ParameterSource<'a>> {
        let (defined, json) = self.schemas.follow(&used, json);
        let name = json.get("name")?.as_str()?;
        let location = match json.get("in")?.as_str()? {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" => ParameterLocation::Header,
            "cookie" => ParameterLocation::Cookie,
            _ => return None,
        };
        if let Some(help) = ignored_header(name).filter(|_| location == ParameterLocation::Header) {
            let message = format!("OpenAPI ignores a header parameter called `{name}`");
            self.report(Diagnostic::warning("ignored-header", &*used, message).help(help));
            return None;
        }
        Some(ParameterSource { used, defined, json, location, name })
    }

    fn parameter(&mut self, written: &ParameterSource<'a>, stem: &str) -> Parameter {
        let ParameterSource { json, name, location, .. } = *written;
        let flag = |key: &str| json.get(key).and_then(Value::as_bool).unwrap_or_default();
        let text = |key: &str| json.get(key).and_then(Value::as_str);
        let (content, facts) = self.content(written, stem);
        Parameter {
            name: name.to_owned(),
            rust_name: text("x-rust-name").map_or_else(|| rust_name::snake(name), str::to_owned),
            pointer: written.used.as_ref().to_owned(),
            location,
            required: flag("required"),
            content,
            constant: facts.constant,
            default: facts.default,
            environment: text("x-environment").map(str::to_owned),
            allow_reserved: flag("allowReserved"),
            allow_empty: flag("allowEmptyValue"),
            docs: Docs {
                title: None,
                description: text("description").map(str::to_owned),
                example: example(json).cloned().or(facts.example),
                link: None,
            },
            deprecated: flag("deprecated"),
        }
    }

    fn content(&mut self, written: &ParameterSource<'a>, stem: &str) -> (ParameterContent, SchemaFacts) {
        let ParameterSource { json, name, location, .. } = *written;
        let shared = self.shared_name(&written.defined, "");
        let shared = shared.filter(|_| written.defined.starts_with("/components/parameters/"));
        let name = shared.unwrap_or_else(|| format!("{stem}{}", rust_name::upper(name)));
        let default = default_style(location);
        if let Some(content) = json.get("content") {
            let at = pointer::child(&written.defined, "content");
            let media = self.media_types(Some(content), &at, &name).into_iter().next();
            let content = media.map_or_else(|| anything(default), ParameterContent::Media);
            return (content, SchemaFacts::default());
        }
        let required = json.get("required").and_then(Value::as_bool).unwrap_or_default();
        let Some(used) = self.schema_of(json, &written.defined, &name, required) else {
            return (anything(default), SchemaFacts::default());
        };
        let facts = SchemaFacts {
            constant: used.constant,
            default: used.annotations.default.cloned(),
            example: used.annotations.example.cloned(),
        };
        let style = json.get("style").and_then(Value::as_str).and_then(style_of).unwrap_or(default);
        let explode = json.get("explode").and_then(Value::as_bool).unwrap_or(style == Style::Form);
        (ParameterContent::Styled { schema: used.schema, style, explode }, facts)
    }
}

/// Returns the help for a header that OpenAPI ignores as a parameter.
fn ignored_header(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "accept" => Some("remove it: the media types of the responses describe it"),
        "content-type" => Some("remove it: the media types of the request body describe it"),
        "authorization" => Some("remove it, and define a security scheme in its place"),
        _ => None,
    }
}

fn anything(style: Style) -> ParameterContent {
    ParameterContent::Styled { schema: Schema { ty: Type::Any, nullable: false }, style, explode: false }
}

fn default_style(location: ParameterLocation) -> Style {
    match location {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        ParameterLocation::Query | ParameterLocation::Cookie => Style::Form,
    }
}

fn style_of(name: &str) -> Option<Style> {
    Some(match name {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "simple" => Style::Simple,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => return None,
    })
}
