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
    let subject = if calls.is_empty() { "Rust types for" } else { "A Rust client of" };
    let mut text = format!("# {}\n\n{subject} the {title}, generated from its OpenAPI document.\n", api.crate_name);
    if !description.is_empty() {
        text.extend(["\n", &*description, "\n"]);
    }
    if let Some(example) = call_example::best(context, &calls) {
        let program = example.program(&api.crate_name.replace('-', "_"));
        text.extend(["\n```rust,no_run\n", &*program, "```\n"]);
    }
    if let Some(example) = DecodeExample::best(api) {
        let intro = "\nThe types also stand by themselves, with `default-features = false`:\n";
        text.push_str(if calls.is_empty() { "" } else { intro });
        text.extend(["\n```rust\n", &example.program(), "```\n"]);
    }
    if !calls.is_empty() {
        text.push_str(&variables(api));
        text.push_str(FEATURES);
    }
    text.push_str("\nLicensed under MIT or Apache-2.0, at your option.\n");
    text
}

fn variables(api: &Api) -> String {
    let rows = client_settings::variables(api).into_iter();
    let rows: Vec<_> = rows.map(|(name, sets)| format!("| {} | {sets} |", docs::code(&name))).collect();
    if rows.is_empty() { String::new() } else { format!("{VARIABLES}{}\n", rows.join("\n")) }
}

const VARIABLES: &str = "
`Client::from_env()` takes these variables of the environment. What `Client::builder()` is told wins over them, and one
that is blank counts as not set.

| variable | sets |
|---|---|
";

const FEATURES: &str = "
| feature | default | adds |
|---|---|---|
| `client` | yes | calls over HTTP |
| `rustls` | yes | TLS by rustls |
| `native-tls` | | TLS by the platform's library, which is used where both are on |
| `blocking` | | `send_blocking()`, `items_blocking()` and `pages_blocking()`, which block and need no async runtime |
| `tracing` | | a span for each call, an event for each attempt |
";
