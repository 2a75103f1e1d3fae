//! The README of the generated crate.

use super::call_signature::CallSignature;
use super::client_settings;
use super::context::Context;
use super::decode_example::DecodeExample;
use super::{call_example, docs};
use crate::ir::Api;

/// The text of `README.md`.
pub fn readme(context: &Context<'_>) -> String {
    let api = context.api;
    let title = docs::prose(&api.title);
    let description = api.description.as_deref().map(docs::prose).unwrap_or_default();
    let calls: Vec<_> = api.operations.iter().map(CallSignature::new).collect();
    let subject = if calls.is_empty() { "Rust types for" } else { "A Rust client for" };
    let mut text = format!("# {}\n\n{subject} the {title}, generated from its OpenAPI document. ", api.crate_name);
    text.push_str("Licensed under MIT or\nApache-2.0, at your option.\n");
    if !description.is_empty() {
        text.extend(["\n", &*description, "\n"]);
    }
    if let Some(example) = call_example::best(context, &calls) {
        let program = example.program(&api.library_name());
        text.extend(["\n```rust,no_run\n", &*program, "```\n"]);
    }
    if !calls.is_empty() {
        text.push_str(&settings(api));
        text.push_str(FEATURES);
    }
    if let Some(example) = DecodeExample::best(api) {
        text.push_str(if calls.is_empty() { "" } else { TYPES });
        text.extend(["\n```rust\n", &example.program(), "```\n"]);
    }
    text
}

fn settings(api: &Api) -> String {
    let rows = client_settings::variables(api).into_iter();
    let rows: Vec<_> = rows.map(|(name, sets)| format!("| {} | {sets} |", docs::code(&name))).collect();
    if rows.is_empty() { String::new() } else { format!("{SETTINGS}{}\n", rows.join("\n")) }
}

const SETTINGS: &str = "
## Settings

`Client::from_env()` reads these environment variables, and so does `Client::builder()`. A setting of
the builder takes precedence. A blank variable counts as not set.

| variable | sets |
|---|---|
";

const FEATURES: &str = "
## Features

| feature | default | adds |
|---|---|---|
| `client` | yes | calls over HTTP |
| `rustls` | yes | TLS by rustls |
| `native-tls` | | TLS by the platform's library; if both are on, it is used |
| `blocking` | | calls that block the thread and need no async runtime |
| `tracing` | | a span for each call, an event for each attempt |
";

const TYPES: &str = "
## Types without HTTP

With `default-features = false`, the crate has the types alone:
";
