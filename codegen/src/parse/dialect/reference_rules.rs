//! Checks objects with a `$ref`: their other keys, and whether OpenAPI allows a `$ref` there.
//!
//! `reference_targets` checks the targets after the walk.

use super::checker::Checker;
use super::openapi_objects::ObjectKind;
use crate::diagnostics::Diagnostic;
use crate::parse::wording::{enumeration, kind_of};
use crate::pointer::{self, PointerBuf};
use serde_json::{Map, Value};

/// Checks an object with a `$ref`, and notes its target.
pub(super) fn check<'a>(
    checker: &mut Checker<'a>,
    kind: ObjectKind,
    object: &Map<String, Value>,
    reference: &'a Value,
    path: &PointerBuf,
) {
    siblings(checker, kind, object, path);
    // openapiv3 does not support `$ref` for these two. It would reject the document without a position.
    let parent = pointer::parent(path.here());
    if (kind == ObjectKind::Callback && parent != "/components/callbacks")
        || (kind == ObjectKind::PathItem && parent != "/paths")
    {
        let message = format!("{} cannot be a `$ref` here", kind.name());
        let error = Diagnostic::error("unsupported-ref", path.child("$ref"), message);
        checker.report(error.help("replace the `$ref` with the object"));
    }
    match reference {
        Value::String(target) => checker.references.add(path.here(), kind, target),
        other => {
            let message = format!("`$ref` must be a string, but is {}", kind_of(other));
            let section = kind.components_section().unwrap_or("schemas");
            let help = format!("write a pointer, such as `$ref: '#/components/{section}/Name'`");
            checker.report(Diagnostic::error("wrong-type", path.child("$ref"), message).help(help));
        }
    }
}

/// Reports the keys beside a `$ref`, which OpenAPI 3.0 ignores.
fn siblings(checker: &mut Checker<'_>, kind: ObjectKind, object: &Map<String, Value>, path: &PointerBuf) {
    let siblings: Vec<&str> = object.keys().map(String::as_str).filter(|key| *key != "$ref").collect();
    let [first, ..] = siblings.as_slice() else {
        return;
    };
    let have = if siblings.len() == 1 { "has" } else { "have" };
    let message = format!("{} {have} no effect beside `$ref`", enumeration(&siblings));
    let help = match (kind, object.get("$ref").and_then(Value::as_str)) {
        (ObjectKind::Schema, Some(target)) => {
            format!("write `allOf: [{{ $ref: '{target}' }}]` and keep {} beside it", enumeration(&siblings))
        }
        _ => format!("remove {}, or replace the `$ref` with the object", enumeration(&siblings)),
    };
    checker.report(
        Diagnostic::error("ref-siblings", path.child(first), message)
            .at_key()
            .help(help)
            .related(path.child("$ref"), "the `$ref`"),
    );
}
