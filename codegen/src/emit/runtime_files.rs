//! The files of the runtime and its support modules, whose text comes from the crate `chatkit-runtime`.

use super::file_sink::FileSink;
use super::render::HEADER;
use super::{exports, patterns};
use crate::ir::Api;

macro_rules! shipped {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/src/", $folder, "/", $name, ".rs")))),*]
    };
}

/// The modules that calls need.
const RUNTIME: &[(&str, &str)] = shipped![
    "runtime":
    "api",
    "authentication",
    "blocking",
    "body",
    "body_reader",
    "builder",
    "call",
    "call_methods",
    "call_options",
    "client",
    "clock",
    "config",
    "credential",
    "dyn_operation",
    "engine",
    "error/api",
    "error/boxed",
    "error/configuration",
    "error/cursor",
    "error/decode",
    "error/mod",
    "error/text",
    "error/transport",
    "error/validation",
    "future",
    "header",
    "http_backend",
    "mod",
    "operation",
    "operation_info",
    "paging",
    "received_response",
    "redaction",
    "request",
    "request_builder",
    "request_url",
    "reqwest_error",
    "reqwest_transport",
    "response",
    "response_body",
    "retry",
    "send",
    "style",
    "timeout",
    "trace",
    "transport",
    "url_encoding",
];

const MODULES: &[(&str, &str)] = shipped![
    "support":
    "by_json_type",
    "containers",
    "correction",
    "decode/additional",
    "decode/constant",
    "decode/messages",
    "decode/mod",
    "decode/object",
    "decode/open_enum",
    "decode/traits",
    "encode",
    "format",
    "json_number",
    "json_path",
    "json_value",
    "json_words",
    "lenient",
    "optional_nullable",
    "pattern",
    "secret",
    "tagged",
    "tape",
    "tape_deserializer",
    "tape_token",
    "unknown_fields",
    "validate",
];

/// The list of modules.
const LIST: &str = include_str!("../../runtime/src/support/mod.rs");

/// The module that needs a regular expression engine. Only crates of a spec with patterns have it.
const PATTERN: &str = "pattern";

/// The placeholder for the crate's name in the examples of the modules.
const EXAMPLE_CRATE: &str = "generated_crate";

/// Adds the modules.
pub fn add(api: &Api, files: &mut FileSink<'_>) {
    let has_patterns = patterns::any(api);
    let crate_name = api.library_name();
    let shipped = |text: &str| format!("{HEADER}\n\n{}", text.replace(EXAMPLE_CRATE, &crate_name));
    for (name, text) in MODULES {
        if *name != PATTERN || has_patterns {
            files.add(format!("src/support/{name}.rs"), shipped(text));
        }
    }
    if exports::has_client(api) {
        for (name, text) in RUNTIME {
            files.add(format!("src/runtime/{name}.rs"), shipped(text));
        }
    }
    let declared = if has_patterns { LIST } else { &LIST.replace(&format!("pub mod {PATTERN};\n"), "") };
    files.add("src/support/mod.rs", shipped(declared));
}
