//! Our extensions of OpenAPI: the one table that says which there are, where they stand and what they hold.

use super::super::suggest;
use crate::diagnostics::Diagnostic;
use crate::parse::wording::{alternatives, kind_of, short};
use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use serde_json::{Map, Value};

/// The objects that extensions stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// The root of the document.
    Document,
    /// A schema.
    Schema,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A server.
    Server,
    /// A security scheme.
    SecurityScheme,
}

impl Site {
    /// In words, with the article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "the root of the document",
            Self::Schema => "a schema",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::Server => "a server",
            Self::SecurityScheme => "a security scheme",
        }
    }
}

/// What an extension holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtensionValue {
    /// A Rust identifier in upper camel case.
    TypeName,
    /// A Rust identifier in snake case.
    ValueName,
    /// An object from strings to Rust identifiers in upper camel case.
    TypeNames,
    /// The name of a package, in kebab case.
    PackageName,
    /// The name of an environment variable.
    Variable,
    /// A string that is not empty.
    Text,
    /// A whole number from zero.
    Count,
    /// `true`.
    True,
    /// A JSON pointer that is not empty.
    Pointer,
    /// A list of strings.
    Texts,
    /// An object with these properties: the name, what it holds, whether it is required.
    Object(&'static [(&'static str, ExtensionValue, bool)]),
}

/// On which of the objects of its site an extension may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// On all of them.
    Always,
    /// On schemas of properties, directly in `properties`.
    Property,
    /// On schemas with an `enum`, `oneOf` or `anyOf`.
    Alternatives,
    /// On schemas of this `type`.
    Type(&'static str),
    /// On header parameters.
    Header,
}

/// An extension, on one kind of object.
#[derive(Clone, Copy, Debug)]
pub struct Extension {
    /// Its key, as in `x-rust-name`.
    pub name: &'static str,
    /// Where it stands.
    pub site: Site,
    /// On which of these.
    pub condition: Condition,
    /// What it holds.
    pub content: ExtensionValue,
    /// What it does, in one line without a full stop.
    pub summary: &'static str,
}

const CURSOR: ExtensionValue =
    ExtensionValue::Object(&[("parameter", ExtensionValue::Text, true), ("cursor", ExtensionValue::Text, true)]);

/// Every extension. One that stands on several kinds of objects has a row for each.
pub const EXTENSIONS: &[Extension] = &[
    Extension {
        name: "x-rust-crate",
        site: Site::Document,
        condition: Condition::Always,
        content: ExtensionValue::Object(&[
            ("name", ExtensionValue::PackageName, false),
            ("type-prefix", ExtensionValue::TypeName, false),
        ]),
        summary: "the name of the crate, and a prefix that its types' names drop",
    },
    Extension {
        name: "x-errors",
        site: Site::Document,
        condition: Condition::Always,
        content: ExtensionValue::Object(&[
            ("message", ExtensionValue::Pointer, true),
            ("type", ExtensionValue::Pointer, false),
            ("param", ExtensionValue::Pointer, false),
            ("code", ExtensionValue::Pointer, false),
            ("final", ExtensionValue::Texts, false),
        ]),
        summary: "where the body of a failed call says what went wrong, and which codes are never retried",
    },
    Extension {
        name: "x-rust-name",
        site: Site::Schema,
        condition: Condition::Always,
        content: ExtensionValue::TypeName,
        summary: "the name of the Rust type",
    },
    Extension {
        name: "x-rust-field",
        site: Site::Schema,
        condition: Condition::Property,
        content: ExtensionValue::ValueName,
        summary: "the name of the Rust field",
    },
    Extension {
        name: "x-rust-names",
        site: Site::Schema,
        condition: Condition::Alternatives,
        content: ExtensionValue::TypeNames,
        summary: "the names of Rust variants, by enum value, tag or schema",
    },
    Extension {
        name: "x-secret",
        site: Site::Schema,
        condition: Condition::Type("string"),
        content: ExtensionValue::True,
        summary: "nothing prints the value",
    },
    Extension {
        name: "x-property-names",
        site: Site::Schema,
        condition: Condition::Type("object"),
        content: ExtensionValue::Object(&[
            ("minLength", ExtensionValue::Count, false),
            ("maxLength", ExtensionValue::Count, false),
        ]),
        summary: "bounds on the length of each key",
    },
    Extension {
        name: "x-rust-module",
        site: Site::Operation,
        condition: Condition::Always,
        content: ExtensionValue::ValueName,
        summary: "the resource that the method belongs to",
    },
    Extension {
        name: "x-rust-name",
        site: Site::Operation,
        condition: Condition::Always,
        content: ExtensionValue::ValueName,
        summary: "the name of the method",
    },
    Extension {
        name: "x-paging",
        site: Site::Operation,
        condition: Condition::Always,
        content: ExtensionValue::Object(&[
            ("items", ExtensionValue::Text, true),
            ("more", ExtensionValue::Text, false),
            ("forward", CURSOR, true),
            ("backward", CURSOR, false),
        ]),
        summary: "how to get from one page of a list to the next",
    },
    Extension {
        name: "x-rust-name",
        site: Site::Parameter,
        condition: Condition::Always,
        content: ExtensionValue::ValueName,
        summary: "the name of the Rust parameter",
    },
    Extension {
        name: "x-environment",
        site: Site::Parameter,
        condition: Condition::Header,
        content: ExtensionValue::Variable,
        summary: "the environment variable that supplies the header for the whole client",
    },
    Extension {
        name: "x-environment",
        site: Site::Server,
        condition: Condition::Always,
        content: ExtensionValue::Variable,
        summary: "the environment variable that overrides the address",
    },
    Extension {
        name: "x-environment",
        site: Site::SecurityScheme,
        condition: Condition::Always,
        content: ExtensionValue::Variable,
        summary: "the environment variable that holds the credential",
    },
];

/// Checks an `x-…` key of an object.
pub(super) fn check(
    site: Option<Site>,
    (key, value): (&str, &Value),
    object: &Map<String, Value>,
    in_properties: impl FnOnce() -> bool,
    pointer: &str,
    found: &mut Vec<Diagnostic>,
) {
    let mut rows = EXTENSIONS.iter().filter(|extension| extension.name == key).peekable();
    if rows.peek().is_none() {
        found.extend(unknown(key, pointer));
        return;
    }
    let sites: Vec<&str> = rows.clone().map(|extension| extension.site.name()).collect();
    let Some(extension) = rows.find(|extension| Some(extension.site) == site) else {
        found.push(
            Diagnostic::error("misplaced-extension", pointer, format!("`{key}` has no effect here"))
                .at_key()
                .help(format!("it belongs on {}", sites.join(" or "))),
        );
        return;
    };
    let belongs = match extension.condition {
        Condition::Always => None,
        Condition::Property => (!in_properties()).then_some("a schema in `properties`".to_owned()),
        Condition::Alternatives => (!["enum", "oneOf", "anyOf"].iter().any(|key| object.contains_key(*key)))
            .then_some("a schema with `enum`, `oneOf` or `anyOf`".to_owned()),
        Condition::Type(name) => {
            (object.get("type").and_then(Value::as_str) != Some(name)).then(|| format!("a schema with `type: {name}`"))
        }
        Condition::Header => (object.get("in").and_then(Value::as_str) != Some("header"))
            .then_some("a parameter with `in: header`".to_owned()),
    };
    if let Some(belongs) = belongs {
        found.push(
            Diagnostic::error("misplaced-extension", pointer, format!("`{key}` has no effect here"))
                .at_key()
                .help(format!("it belongs on {belongs}")),
        );
    }
    content(extension.content, key, value, pointer, found);
}

/// The finding for a key that is not ours, where it looks as if it should be.
fn unknown(key: &str, pointer: &str) -> Option<Diagnostic> {
    const LIMIT: usize = 2;
    let near = EXTENSIONS
        .iter()
        .filter_map(|extension| Some((suggest::distance(key, extension.name, LIMIT)?, extension.name)))
        .min_by_key(|(distance, _)| *distance);
    let error = || Diagnostic::error("unknown-extension", pointer, format!("there is no extension `{key}`")).at_key();
    match near {
        Some((_, name)) => Some(error().help(format!("did you mean `{name}`?"))),
        None if key.starts_with("x-rust-") => {
            let mut ours: Vec<&str> = EXTENSIONS.iter().map(|extension| extension.name).collect();
            ours.retain(|name| name.starts_with("x-rust-"));
            ours.sort_unstable();
            ours.dedup();
            Some(error().help(format!("write {}, or leave it out", alternatives(&ours))))
        }
        None => None,
    }
}

/// Checks what an extension holds.
fn content(content: ExtensionValue, key: &str, value: &Value, pointer: &str, found: &mut Vec<Diagnostic>) {
    let (fits, expected) = match content {
        ExtensionValue::TypeName => (value.as_str().map(is_type_name), "a Rust identifier in upper camel case"),
        ExtensionValue::ValueName => {
            (value.as_str().map(is_value_name), "a Rust identifier in snake case that is no keyword")
        }
        ExtensionValue::PackageName => (value.as_str().map(is_package_name), "the name of a package"),
        ExtensionValue::Variable => (value.as_str().map(is_variable), "the name of an environment variable"),
        ExtensionValue::Text => (value.as_str().map(|text| !text.is_empty()), "a string that is not empty"),
        ExtensionValue::Pointer => {
            (value.as_str().map(|text| text.starts_with('/')), "a JSON pointer that is not empty")
        }
        ExtensionValue::Texts => (value.as_array().map(|list| list.iter().all(Value::is_string)), "a list of strings"),
        ExtensionValue::Count => (value.as_number().map(|_| value.is_u64()), "a whole number from zero"),
        ExtensionValue::True => (value.as_bool(), "`true`"),
        ExtensionValue::TypeNames => return type_names(key, value, pointer, found),
        ExtensionValue::Object(fields) => return object(fields, key, value, pointer, found),
    };
    match fits {
        Some(true) => {}
        Some(false) => {
            let message = format!("`{key}` must be {expected}, but is {}", short(value));
            found.push(Diagnostic::error("wrong-value", pointer, message).help(instead(content, key, value)));
        }
        None => found.push(wrong_type(content, (key, value), expected, pointer)),
    }
}

fn wrong_type(content: ExtensionValue, (key, value): (&str, &Value), expected: &str, pointer: &str) -> Diagnostic {
    let message = format!("`{key}` must be {expected}, but is {}", kind_of(value));
    Diagnostic::error("wrong-type", pointer, message).help(instead(content, key, value))
}

/// What to write in place of a value: the same in the right case, where that is all that is wrong.
fn instead(content: ExtensionValue, key: &str, value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    let corrected = match content {
        ExtensionValue::TypeName => Some(text.to_upper_camel_case()).filter(|name| is_type_name(name)),
        ExtensionValue::ValueName => Some(text.to_snake_case()).filter(|name| is_value_name(name)),
        ExtensionValue::PackageName => Some(text.to_kebab_case()).filter(|name| is_package_name(name)),
        ExtensionValue::Variable => Some(text.to_shouty_snake_case()).filter(|name| is_variable(name)),
        ExtensionValue::True => Some("true".to_owned()),
        _ => None,
    };
    match (content, corrected) {
        (ExtensionValue::True, _) => format!("write `{key}: true`, or leave it out"),
        (_, Some(corrected)) => format!("write `{key}: {corrected}`"),
        _ => format!("write it as in `{key}: {}`", example(content, key)),
    }
}

/// What an extension, or a key of one, may hold.
fn example(content: ExtensionValue, key: &str) -> String {
    let example = match content {
        ExtensionValue::TypeName => "ThreadItem",
        ExtensionValue::ValueName => "next_page",
        ExtensionValue::PackageName => "petstore-client",
        ExtensionValue::Variable => "API_KEY",
        ExtensionValue::Text => match key {
            "more" => "has_more",
            "parameter" => "after",
            "cursor" => "last_id",
            _ => "data",
        },
        ExtensionValue::Pointer => return format!("/error/{key}"),
        ExtensionValue::Texts => "[quota_exceeded]",
        ExtensionValue::Count => "1",
        ExtensionValue::True => "true",
        ExtensionValue::TypeNames => "{ value: Name }",
        ExtensionValue::Object(fields) => {
            let needed = fields.iter().any(|(.., required)| *required);
            let shown = fields.iter().filter(|(.., required)| *required || !needed);
            let parts: Vec<_> =
                shown.map(|(name, content, _)| format!("{name}: {}", example(*content, name))).collect();
            return format!("{{ {} }}", parts.join(", "));
        }
    };
    example.to_owned()
}

fn type_names(key: &str, value: &Value, pointer: &str, found: &mut Vec<Diagnostic>) {
    let Some(names) = value.as_object() else {
        found.push(wrong_type(
            ExtensionValue::TypeNames,
            (key, value),
            "an object from values to Rust identifiers",
            pointer,
        ));
        return;
    };
    for (of, name) in names {
        content(ExtensionValue::TypeName, of, name, &crate::pointer::join(pointer, of), found);
    }
}

fn object(
    fields: &'static [(&'static str, ExtensionValue, bool)],
    key: &str,
    value: &Value,
    pointer: &str,
    found: &mut Vec<Diagnostic>,
) {
    let Some(properties) = value.as_object() else {
        found.push(wrong_type(ExtensionValue::Object(fields), (key, value), "an object", pointer));
        return;
    };
    for (name, value) in properties {
        let pointer = crate::pointer::join(pointer, name);
        if let Some((_, of, _)) = fields.iter().find(|(field, ..)| field == name) {
            content(*of, name, value, &pointer, found);
        } else {
            let error = Diagnostic::error("unknown-key", pointer, format!("`{key}` has no key `{name}`")).at_key();
            let known: Vec<&str> = fields.iter().map(|(field, ..)| *field).collect();
            let near = suggest::did_you_mean(name, known.iter().copied());
            found.push(error.help(near.unwrap_or_else(|| format!("write {}, or leave it out", alternatives(&known)))));
        }
    }
    for (name, of, required) in fields {
        if *required && !properties.contains_key(*name) {
            let error = Diagnostic::error("missing-key", pointer, format!("`{key}` needs `{name}`")).at_key();
            found.push(error.help(format!("add `{name}: {}`", example(*of, name))));
        }
    }
}

fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

fn is_type_name(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && !text.contains('_') && is_identifier(text)
}

fn is_value_name(text: &str) -> bool {
    text.starts_with(char::is_lowercase) && !text.contains(char::is_uppercase) && is_identifier(text)
}

fn is_package_name(text: &str) -> bool {
    let word = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.ends_with(word)
        && text.chars().all(|character| word(character) || matches!(character, '-' | '_'))
}

fn is_variable(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
        && text
            .chars()
            .all(|character| character.is_ascii_uppercase() || character.is_ascii_digit() || character == '_')
}
