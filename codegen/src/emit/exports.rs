//! The names at the root of the generated crate.

use crate::ir::{Api, TypeDef};

/// The exports from the modules that every crate has, in addition to `lenient`.
pub const SUPPORT: &[(&str, &[&str])] = &[
    ("optional_nullable", &["OptionalNullable"]),
    ("secret", &["Secret"]),
    ("unknown_fields", &["UnknownFields"]),
    ("validate", &["Limit", "Violation", "Violations"]),
];

/// The exports from the runtime, with the feature `client`.
pub const RUNTIME: &[(&str, &[&str])] = &[
    ("body", &["Body"]),
    ("builder", &["ClientBuilder"]),
    ("client", &["Client"]),
    ("clock", &["Clock", "SystemClock"]),
    (
        "error",
        &[
            "ApiError",
            "BoxError",
            "ConfigurationError",
            "CursorError",
            "DecodeError",
            "Error",
            "TransportError",
            "TransportErrorKind",
            "ValidationError",
        ],
    ),
    ("future", &["BoxFuture"]),
    ("operation", &["Operation"]),
    ("paging", &["Items", "Page", "Paged", "Pages"]),
    ("reqwest_transport", &["ReqwestTransport"]),
    ("response", &["Response"]),
    ("retry", &["RetryPolicy"]),
    ("transport", &["Transport"]),
];

/// The exports from the module `blocking` of the runtime, with the feature of that name.
pub const BLOCKING: &[&str] = &["BlockingItems", "BlockingPages"];

/// The crates that the root exports.
pub const CRATES: &[&str] = &["bytes", "http", "reqwest"];

/// Returns whether the crate has a client.
pub fn has_client(api: &Api) -> bool {
    !api.operations.is_empty()
}

/// Returns whether the root exports an item of the runtime under this name.
pub fn is_runtime_name(name: &str) -> bool {
    // `blocking` counts even if the feature is off: features must not move a model.
    BLOCKING.contains(&name) || RUNTIME.iter().any(|(_, names)| names.contains(&name))
}

/// The names of models that the root exports, each with its model.
pub fn exported_names(api: &Api) -> impl Iterator<Item = (&TypeDef, &str)> {
    let has_client = has_client(api);
    let names = api.types.iter().flat_map(|def| def.names().map(move |name| (def, name)));
    names.filter(move |(_, name)| !(has_client && is_runtime_name(name)))
}
