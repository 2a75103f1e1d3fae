//! How values are written into paths, queries and headers: `style` and `explode` of OpenAPI.

use std::borrow::Cow;

use serde_json::Value;

/// How the parts of lists and objects are joined.
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

/// A parameter's form: how it is joined, and whether each part stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// How parts are joined.
    pub style: Style,
    /// Whether each part stands by itself.
    pub explode: bool,
}

impl Form {
    /// What queries have unless the spec says otherwise.
    pub const QUERY: Self = Self { style: Style::Form, explode: true };
    /// What paths and headers have unless the spec says otherwise.
    pub const SIMPLE: Self = Self { style: Style::Simple, explode: false };
}

/// The text of a scalar. Lists and objects within others, which no style describes, are JSON.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// How each part of a value is encoded.
pub type Encode = for<'t> fn(Cow<'t, str>) -> Cow<'t, str>;

/// Parts stay as they are.
pub const PLAIN: Encode = |text| text;

/// The pairs that a query parameter comes to, neither of them encoded.
pub fn pairs<'v>(name: &'v str, value: &'v Value, form: Form) -> Vec<(Cow<'v, str>, Cow<'v, str>)> {
    let one = |text: Cow<'v, str>| vec![(Cow::Borrowed(name), text)];
    let separator = match form.style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    match (value, form.style) {
        (_, Style::Json) => one(Cow::Owned(value.to_string())),
        (Value::Array(items), _) if form.explode => {
            items.iter().map(|item| (Cow::Borrowed(name), text(item))).collect()
        }
        // A list of nothing is no parameter, as it is where its parts stand by themselves.
        (Value::Array(items), _) if items.is_empty() => Vec::new(),
        (Value::Array(items), _) => one(joined(items.iter().map(text), separator).into()),
        (Value::Object(entries), Style::DeepObject) => {
            entries.iter().map(|(key, value)| (format!("{name}[{key}]").into(), text(value))).collect()
        }
        (Value::Object(entries), _) if form.explode => {
            entries.iter().map(|(key, value)| (key.into(), text(value))).collect()
        }
        (Value::Object(entries), _) if entries.is_empty() => Vec::new(),
        (Value::Object(entries), _) => {
            one(joined(entries.iter().flat_map(|(key, value)| [key.into(), text(value)]), separator).into())
        }
        (scalar, _) => one(text(scalar)),
    }
}

/// The text that a path or header parameter comes to. `encode` is applied to each part, and not to what joins them.
pub fn simple<'v>(name: &str, value: &'v Value, form: Form, encode: Encode) -> Cow<'v, str> {
    let part = |value: &'v Value| encode(text(value));
    let (prefix, exploded) = match form.style {
        Style::Matrix => (";", ";"),
        Style::Label => (".", "."),
        _ => ("", ","),
    };
    let named = |text: Cow<'v, str>| match form.style {
        Style::Matrix => Cow::Owned(format!(";{name}={text}")),
        _ if prefix.is_empty() => text,
        _ => Cow::Owned(format!("{prefix}{text}")),
    };
    match value {
        _ if form.style == Style::Json => encode(value.to_string().into()),
        Value::Array(items) if form.explode && form.style == Style::Matrix => {
            joined(items.iter().map(|item| format!(";{name}={}", part(item))), "").into()
        }
        Value::Array(items) if form.explode => format!("{prefix}{}", joined(items.iter().map(part), exploded)).into(),
        Value::Array(items) => named(joined(items.iter().map(part), ",").into()),
        Value::Object(entries) if form.explode => {
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
