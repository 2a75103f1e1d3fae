//! Checks the version of OpenAPI that the document states.

use crate::diagnostics::Diagnostic;
use crate::parse::wording::kind_of;
use serde_json::Value;

/// Whether the rules of 3.0 apply to a document.
pub(super) enum VersionSupport {
    /// They do.
    Supported,
    /// They do not: the document is of another version.
    Unsupported(Diagnostic),
    /// The version is missing or wrong, but the rest may be 3.0.
    Unclear(Diagnostic),
}

const RULE: &str = "unsupported-version";

/// Checks the value of `openapi`.
pub(super) fn check(root: &Value) -> VersionSupport {
    match root.get("openapi") {
        Some(Value::String(version)) => of_text(version),
        Some(other) => VersionSupport::Unclear(
            Diagnostic::error(RULE, "/openapi", format!("`openapi` must be a string, but is {}", kind_of(other)))
                .help("quote the version and write all three numbers: `openapi: \"3.0.3\"`"),
        ),
        None => missing(root),
    }
}

fn of_text(version: &str) -> VersionSupport {
    let patch = version.strip_prefix("3.0.").unwrap_or_default();
    if !patch.is_empty() && patch.chars().all(|character| character.is_ascii_digit()) {
        return VersionSupport::Supported;
    }
    let error = Diagnostic::error(RULE, "/openapi", format!("OpenAPI {version} is not supported, only 3.0 is"));
    if version.starts_with("3.0") {
        return VersionSupport::Unclear(error.help("write all three numbers: `openapi: 3.0.3`"));
    }
    VersionSupport::Unsupported(error.help(match version.get(..3) {
        Some("3.1" | "3.2") => {
            "convert the document to OpenAPI 3.0.3: write `nullable: true` instead of the type `null`, a one-value \
             `enum` instead of `const`, and `example` instead of a schema's `examples`"
        }
        _ => "convert the document to OpenAPI 3.0.3",
    }))
}

fn missing(root: &Value) -> VersionSupport {
    if root.get("swagger").is_some() {
        return VersionSupport::Unsupported(
            Diagnostic::error(RULE, "/swagger", "Swagger 2.0 is not supported, only OpenAPI 3.0 is")
                .help("convert the document to OpenAPI 3.0.3, for example with `swagger2openapi`"),
        );
    }
    let error = Diagnostic::error(RULE, "", "the document does not state its OpenAPI version")
        .help("start it with `openapi: 3.0.3`");
    // A document with neither is probably not an OpenAPI document.
    if root.get("paths").is_some() || root.get("components").is_some() {
        VersionSupport::Unclear(error)
    } else {
        VersionSupport::Unsupported(error)
    }
}
