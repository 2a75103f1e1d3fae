//! Bodies, headers and media types.

use super::operation::Call;
use super::schema::Spot;
use super::{Lowerer, name_scope, pointer, usage};
use crate::ir::{Body, Header, MediaType};
use serde_json::Value;

impl<'a> Lowerer<'a> {
    /// The request body.
    pub(super) fn body(&mut self, call: &Call<'a>) -> Option<Body> {
        let written = pointer::child(&call.pointer, "requestBody");
        let (resolved, raw) = self.resolve(&written, call.raw.get("requestBody")?);
        let name = self.shared_name(&resolved, "Request").unwrap_or_else(|| format!("{}Request", call.stem));
        let content = self.media_types(raw.get("content"), &pointer::child(&resolved, "content"), &name);
        Some(Body {
            pointer: written.as_ref().to_owned(),
            required: raw.get("required").and_then(Value::as_bool).unwrap_or_default(),
            description: raw.get("description").and_then(Value::as_str).map(str::to_owned),
            content,
        })
    }

    /// The headers of a response.
    pub(super) fn headers(&mut self, response: &'a Value, at: &str, name: &str) -> Vec<Header> {
        let at = pointer::child(at, "headers");
        let mut headers = Vec::new();
        for (key, raw) in response.get("headers").and_then(Value::as_object).into_iter().flatten() {
            let (resolved, raw) = self.resolve(&pointer::child(&at, key), raw);
            // A header of a shared response stands in `components` too, but is the response's and not shared itself.
            let shared = resolved.starts_with("/components/headers/");
            let own = if shared { self.shared_name(&resolved, "Header") } else { None };
            let name = own.unwrap_or_else(|| format!("{name}{}", name_scope::upper(key)));
            let schema = raw.get("schema").map(|schema| {
                let part = self.part(pointer::child(&resolved, "schema"), schema, &name);
                let spot = Spot::of(&part);
                self.schema(&[part], &spot, false).schema
            });
            headers.push(Header {
                name: key.clone(),
                required: raw.get("required").and_then(Value::as_bool).unwrap_or_default(),
                schema,
                description: raw.get("description").and_then(Value::as_str).map(str::to_owned),
            });
        }
        headers
    }

    /// The media types of a body, a response or a parameter.
    pub(super) fn media_types(&mut self, content: Option<&'a Value>, at: &str, name: &str) -> Vec<MediaType> {
        let mut types = Vec::new();
        for (key, raw) in content.and_then(Value::as_object).into_iter().flatten() {
            let pointer = pointer::child(at, key);
            let schema = raw.get("schema").map(|schema| {
                let name = if usage::is_json(key) { name.to_owned() } else { format!("{name}{}", suffix(key)) };
                let part = self.part(pointer::child(&pointer, "schema"), schema, &name);
                let spot = Spot::of(&part);
                self.schema(&[part], &spot, false).schema
            });
            types.push(MediaType {
                name: key.clone(),
                pointer: pointer.as_ref().to_owned(),
                schema,
                example: example(raw).cloned(),
            });
        }
        types
    }
}

/// What tells the inline types of a media type other than JSON apart: `Form` of `application/x-www-form-urlencoded`.
fn suffix(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or(media_type).trim();
    match essence {
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        _ => name_scope::upper(essence.rsplit('/').next().unwrap_or(essence)),
    }
}

/// `example`, or the first of `examples`.
pub(super) fn example(raw: &Value) -> Option<&Value> {
    raw.get("example").or_else(|| raw.get("examples")?.as_object()?.values().next()?.get("value"))
}
