//! Parameters.

use super::media::example;
use super::names::{self, Scope};
use super::operation::Call;
use super::schema::Spot;
use super::{Lowerer, pointer};
use crate::diagnostics::Diagnostic;
use crate::ir::{Docs, Location, Parameter, ParameterContent, Schema, Style, Type};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A parameter as it is written: at its use, and where it is defined.
struct Written<'a> {
    used: Rc<str>,
    defined: Rc<str>,
    raw: &'a Value,
    location: Location,
    name: &'a str,
}

/// What all calls have beside their parameters.
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
    /// The parameters of an operation, those of its path included.
    pub(super) fn parameters(&mut self, call: &Call<'a>) -> Vec<Parameter> {
        let mut merged: IndexMap<(&'a str, Location), Written<'a>> = IndexMap::new();
        let lists = [(&call.path_pointer, call.path_item), (&call.pointer, call.raw)];
        for (at, raw) in lists {
            for (index, raw) in raw.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate() {
                if let Some(written) = self.written(pointer::element(at, "parameters", index), raw) {
                    merged.insert((written.name, written.location), written);
                }
            }
        }
        let remedy = "give the parameter another name with `x-rust-name`";
        let mut scope = Scope::new("parameter", remedy, RESERVED);
        let mut parameters = Vec::with_capacity(merged.len());
        for written in merged.into_values() {
            let parameter = self.parameter(written, &call.stem);
            // A constant, or what the client supplies, is no argument of the method.
            let argument = parameter.constant.is_none() && parameter.environment.is_none();
            if argument && let Some(finding) = scope.claim(&parameter.rust_name, &parameter.pointer) {
                self.diagnostics.push(finding);
            }
            parameters.push(parameter);
        }
        self.check_template(call, &parameters);
        parameters
    }

    fn written(&mut self, used: Rc<str>, raw: &'a Value) -> Option<Written<'a>> {
        let (defined, raw) = self.resolve(&used, raw);
        let name = raw.get("name")?.as_str()?;
        let location = match raw.get("in")?.as_str()? {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            _ => return None,
        };
        let special = ["accept", "content-type", "authorization"];
        if location == Location::Header && special.contains(&name.to_ascii_lowercase().as_str()) {
            let message = format!("the header `{name}` is ignored where it is listed as a parameter");
            let help = "describe it by the media types, or by a security scheme";
            self.diagnostics.push(Diagnostic::warning("ignored-header", &*used, message).help(help));
            return None;
        }
        Some(Written { used, defined, raw, location, name })
    }

    fn parameter(&mut self, written: Written<'a>, stem: &str) -> Parameter {
        let Written { used, defined, raw, location, name } = written;
        let flag = |key: &str| raw.get(key).and_then(Value::as_bool);
        let text = |key: &str| raw.get(key).and_then(Value::as_str);
        let required = flag("required").unwrap_or_default();
        let inline = self.shared_name(&defined, "").filter(|_| defined.starts_with("/components/parameters/"));
        let inline = inline.unwrap_or_else(|| format!("{stem}{}", names::upper(name)));
        let (mut constant, mut default, mut sample) = (None, None, None);
        let content = if let Some(content) = raw.get("content") {
            let media =
                self.media_types(Some(content), &pointer::child(&defined, "content"), &inline).into_iter().next();
            media.map(ParameterContent::Media)
        } else {
            let used = raw.get("schema").map(|schema| {
                let part = self.part(pointer::child(&defined, "schema"), schema, &inline);
                let spot = Spot::of(&part);
                self.schema(&[part], &spot, required)
            });
            used.map(|used| {
                constant = used.constant;
                default = used.notes.default.cloned();
                sample = used.notes.example.cloned();
                let style = text("style").and_then(style_of).unwrap_or_else(|| default_style(location));
                let explode = flag("explode").unwrap_or(style == Style::Form);
                ParameterContent::Styled { schema: used.schema, style, explode }
            })
        };
        let any = || Schema { ty: Type::Any, nullable: false };
        let style = default_style(location);
        Parameter {
            name: name.to_owned(),
            rust_name: text("x-rust-name").map_or_else(|| names::snake(name), str::to_owned),
            pointer: used.as_ref().to_owned(),
            location,
            required,
            content: content.unwrap_or_else(|| ParameterContent::Styled { schema: any(), style, explode: false }),
            constant,
            default,
            environment: text("x-environment").map(str::to_owned),
            allow_reserved: flag("allowReserved").unwrap_or_default(),
            allow_empty: flag("allowEmptyValue").unwrap_or_default(),
            docs: Docs {
                title: None,
                description: text("description").map(str::to_owned),
                example: example(raw).cloned().or(sample),
                link: None,
            },
            deprecated: flag("deprecated").unwrap_or_default(),
        }
    }

    /// Compares the path with the path parameters.
    fn check_template(&mut self, call: &Call<'a>, parameters: &[Parameter]) {
        let mut found: HashSet<&str> = HashSet::new();
        let path_parameters = parameters.iter().filter(|parameter| parameter.location == Location::Path);
        let declared: HashMap<&str, &Parameter> = path_parameters.map(|p| (p.name.as_str(), p)).collect();
        for name in template(call.path) {
            let mut wrong = |message: String, help: String| {
                self.diagnostics.push(Diagnostic::error("path-parameter", &*call.pointer, message).help(help));
            };
            if !found.insert(name) {
                let help = "give the second one another name".to_owned();
                wrong(format!("`{{{name}}}` stands twice in the path"), help);
            } else if !declared.contains_key(name) {
                let help = names::closest(name, declared.keys().copied()).map_or_else(
                    || "list it in `parameters`, with `in: path` and `required: true`".to_owned(),
                    |near| format!("did you mean `{{{near}}}`?"),
                );
                wrong(format!("`{{{name}}}` in the path is no parameter"), help);
            }
        }
        for parameter in parameters.iter().filter(|parameter| parameter.location == Location::Path) {
            let name = &parameter.name;
            let finding = if !found.contains(name.as_str()) {
                Diagnostic::error(
                    "path-parameter",
                    &*parameter.pointer,
                    format!("`{{{name}}}` does not stand in the path"),
                )
                .help("put it into the path, or leave the parameter out")
            } else if parameter.required {
                continue;
            } else {
                Diagnostic::error(
                    "path-parameter",
                    &*parameter.pointer,
                    format!("the path parameter `{name}` is optional"),
                )
                .help("write `required: true`: a path cannot leave a segment out")
            };
            self.diagnostics.push(finding);
        }
    }
}

/// The names in braces.
fn template(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|piece| piece.split_once('}').map(|(name, _)| name))
}

fn default_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
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
