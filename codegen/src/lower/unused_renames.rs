//! `x-rust-names`: names for the values of an enum and the variants of a union.

use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::suggest;
use serde_json::{Map, Value};

/// Reports keys of `x-rust-names` that name nothing. `what` says what `known` lists.
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
        let help = help.unwrap_or_else(|| "leave it out, or correct it".to_owned());
        Diagnostic::error("unused-name", &*pointer, format!("there is no {what} `{key}`")).at_key().help(help)
    };
    unused.map(report).collect()
}
