//! The styles of parameters in paths, queries and headers: `style` and `explode` of OpenAPI.

use std::borrow::Cow;

use serde_json::Value;

/// The way to join the parts of a list or an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "each API uses what its spec needs")]
pub enum Style {
    /// `;a=1`, in paths.
    Matrix,
    /// `.1`, in paths.
    Label,
    /// `1,2`, in paths and headers.
    Simple,
    /// `a=1`, in queries and cookies.
    Form,
    /// `a=1%202`, in queries.
    SpaceDelimited,
    /// `a=1|2`, in queries.
    PipeDelimited,
    /// `a[b]=1`, in queries.
    DeepObject,
    /// The value as JSON, for parameters described by a media type.
    Json,
}

/// The style of a parameter, and whether it is exploded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterStyle {
    /// The way to join the parts.
    pub style: Style,
    /// Whether each part is a parameter of its own.
    pub explode: bool,
}

impl ParameterStyle {
    /// The default of query parameters.
    pub const QUERY: Self = Self { style: Style::Form, explode: true };
    /// The default of path parameters and headers.
    pub const SIMPLE: Self = Self { style: Style::Simple, explode: false };
}

/// Returns the text of a scalar. Nested lists and objects become JSON, since no style covers them.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// Encodes a part of a value.
pub type Encode = for<'t> fn(Cow<'t, str>) -> Cow<'t, str>;

/// Leaves a part unchanged.
pub const PLAIN: Encode = |text| text;

/// Returns the name-value pairs of a query parameter, not yet encoded.
pub fn pairs<'v>(name: &'v str, value: &'v Value, style: ParameterStyle) -> Vec<(Cow<'v, str>, Cow<'v, str>)> {
    let one = |text: Cow<'v, str>| vec![(Cow::Borrowed(name), text)];
    let separator = match style.style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    match (value, style.style) {
        (_, Style::Json) => one(Cow::Owned(value.to_string())),
        (Value::Array(items), _) if style.explode => {
            items.iter().map(|item| (Cow::Borrowed(name), text(item))).collect()
        }
        // An empty list sends no parameter, exploded or not.
        (Value::Array(items), _) if items.is_empty() => Vec::new(),
        (Value::Array(items), _) => one(joined(items.iter().map(text), separator).into()),
        (Value::Object(entries), Style::DeepObject) => {
            entries.iter().map(|(key, value)| (format!("{name}[{key}]").into(), text(value))).collect()
        }
        (Value::Object(entries), _) if style.explode => {
            entries.iter().map(|(key, value)| (key.into(), text(value))).collect()
        }
        (Value::Object(entries), _) if entries.is_empty() => Vec::new(),
        (Value::Object(entries), _) => {
            one(joined(entries.iter().flat_map(|(key, value)| [key.into(), text(value)]), separator).into())
        }
        (scalar, _) => one(text(scalar)),
    }
}

/// Returns the text of a path or header parameter. `encode` applies to the parts, not to the
/// separators.
pub fn simple<'v>(name: &str, value: &'v Value, style: ParameterStyle, encode: Encode) -> Cow<'v, str> {
    let part = |value: &'v Value| encode(text(value));
    let (prefix, exploded) = match style.style {
        Style::Matrix => (";", ";"),
        Style::Label => (".", "."),
        _ => ("", ","),
    };
    let named = |text: Cow<'v, str>| match style.style {
        Style::Matrix => Cow::Owned(format!(";{name}={text}")),
        _ if prefix.is_empty() => text,
        _ => Cow::Owned(format!("{prefix}{text}")),
    };
    match value {
        _ if style.style == Style::Json => encode(value.to_string().into()),
        Value::Array(items) if style.explode && style.style == Style::Matrix => {
            joined(items.iter().map(|item| format!(";{name}={}", part(item))), "").into()
        }
        Value::Array(items) if style.explode => format!("{prefix}{}", joined(items.iter().map(part), exploded)).into(),
        Value::Array(items) => named(joined(items.iter().map(part), ",").into()),
        Value::Object(entries) if style.explode => {
            let entries = entries.iter().map(|(key, value)| format!("{}={}", encode(key.into()), part(value)));
            format!("{prefix}{}", joined(entries, exploded)).into()
        }
        Value::Object(entries) => {
            named(joined(entries.iter().flat_map(|(key, value)| [encode(key.into()), part(value)]), ",").into())
        }
        scalar => named(part(scalar)),
    }
}

fn joined<T: AsRef<str>>(parts: impl Iterator<Item = T>, separator: &str) -> String {
    let mut text = String::new();
    for (index, part) in parts.enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        text.push_str(part.as_ref());
    }
    text
}
