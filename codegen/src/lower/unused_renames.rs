//! Checks `x-rust-names`, which names the values of an enum and the variants of a union.

use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::suggest;
use serde_json::{Map, Value};

/// Reports keys of `x-rust-names` that are not in `known`. `what` is the word for what `known` lists.
pub(super) fn unused_renames(
    renames: Option<&Map<String, Value>>,
    at: &str,
    what: &str,
    known: &[String],
) -> Vec<Diagnostic> {
    let keys = renames.into_iter().flat_map(Map::keys);
    let unused = keys.filter(|key| !known.contains(key));
    let report = |key: &String| {
        let pointer = pointer::child(&pointer::child(at, "x-rust-names"), key);
        let help = suggest::did_you_mean(key, known.iter().map(String::as_str));
        let help = help.unwrap_or_else(|| "correct the key, or remove it".to_owned());
        let message = format!("`{key}` is not a {what} of this schema");
        Diagnostic::error("unused-name", &*pointer, message).at_key().help(help)
    };
    unused.map(report).collect()
}
