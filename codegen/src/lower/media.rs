//! Request bodies, response headers and media types.

use super::inline_name::InlineName;
use super::lowerer::Lowerer;
use super::object::LoweredSchema;
use super::operation_source::OperationSource;
use super::untyped::{example, text};
use crate::ir::{Body, Header, MediaType, is_json};
use crate::pointer;
use crate::rust_name;
use serde_json::Value;
use std::rc::Rc;

impl<'a> Lowerer<'a> {
    /// Lowers the request body. The names of its inline types start with `stem`.
    pub(super) fn body(&mut self, source: &OperationSource<'a>, stem: &str) -> Option<Body> {
        let written = pointer::child(&source.pointer, "requestBody");
        let (resolved, json) = self.schemas.follow(&written, source.json.get("requestBody")?);
        let name = self.shared_name(&resolved, "Request").unwrap_or_else(|| format!("{stem}Request"));
        let content = self.media_types(json.get("content"), &pointer::child(&resolved, "content"), &name);
        Some(Body {
            pointer: written.as_ref().to_owned(),
            required: json.get("required").and_then(Value::as_bool).unwrap_or_default(),
            description: text(json, "description"),
            content,
        })
    }

    /// Lowers the headers of a response.
    pub(super) fn headers(&mut self, response: &'a Value, at: &str, name: &str) -> Vec<Header> {
        let at = pointer::child(at, "headers");
        let mut headers = Vec::new();
        for (key, json) in response.get("headers").and_then(Value::as_object).into_iter().flatten() {
            let (resolved, json) = self.schemas.follow(&pointer::child(&at, key), json);
            // A header of a shared response is also in `components`, but is not shared itself.
            let shared = resolved.starts_with("/components/headers/");
            let own = if shared { self.shared_name(&resolved, "Header") } else { None };
            let name = own.unwrap_or_else(|| format!("{name}{}", rust_name::upper(key)));
            headers.push(Header {
                name: key.clone(),
                required: json.get("required").and_then(Value::as_bool).unwrap_or_default(),
                schema: self.schema_of(json, &resolved, &name, false).map(|used| used.schema),
                description: text(json, "description"),
            });
        }
        headers
    }

    /// Lowers the media types of a body, a response or a parameter.
    pub(super) fn media_types(&mut self, content: Option<&'a Value>, at: &str, name: &str) -> Vec<MediaType> {
        let mut types = Vec::new();
        for (key, json) in content.and_then(Value::as_object).into_iter().flatten() {
            let pointer = pointer::child(at, key);
            let name = if is_json(key) { name.to_owned() } else { format!("{name}{}", suffix(key)) };
            types.push(MediaType {
                name: key.clone(),
                pointer: pointer.as_ref().to_owned(),
                schema: self.schema_of(json, &pointer, &name, false).map(|used| used.schema),
                example: example(json).cloned(),
            });
        }
        types
    }

    /// Lowers the `schema` of a header, a parameter or a media type.
    pub(super) fn schema_of(
        &mut self,
        json: &'a Value,
        at: &str,
        name: &str,
        constant: bool,
    ) -> Option<LoweredSchema<'a>> {
        let site = self.schemas.site(pointer::child(at, "schema"), json.get("schema")?, name);
        let name = InlineName::of(&site);
        Some(self.schema(&[site], &name, constant))
    }

    /// Names the inline types of a shared parameter, body, response or header after its key.
    pub(super) fn shared_name(&self, pointer: &Rc<str>, suffix: &str) -> Option<String> {
        let rest = pointer.strip_prefix("/components/")?;
        let key = pointer::segments(rest).next()?;
        let name = self.schemas.components.type_name(&key);
        Some(if name.ends_with(suffix) { name } else { format!("{name}{suffix}") })
    }
}

/// Returns the suffix of the inline types of a media type other than JSON: `Form` for
/// `application/x-www-form-urlencoded`.
fn suffix(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or(media_type).trim();
    match essence {
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        _ => rust_name::upper(essence.rsplit('/').next().unwrap_or(essence)),
    }
}
