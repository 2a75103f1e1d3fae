//! `x-sunset`: the last day of something deprecated.

use super::difference::Difference;
use super::rules::RuleId;
use serde_json::Value;

/// The rules for parts that are removed, and that may be deprecated before.
const REMOVALS: [RuleId; 5] = [
    RuleId::HeaderRemoved,
    RuleId::OperationRemoved,
    RuleId::ParameterRemoved,
    RuleId::PropertyRemoved,
    RuleId::UnionVariantRemoved,
];

/// Returns the last day of a removed part, if the old document has deprecated it.
pub(super) fn of_removed(root: &Value, difference: &Difference) -> Option<String> {
    let pointer = difference.base.as_deref().filter(|_| REMOVALS.contains(&difference.rule))?;
    stated(root, root.pointer(pointer)?, 0).map(str::to_owned)
}

/// Returns the day that an object or the schema that it refers to states.
fn stated<'v>(root: &'v Value, value: &'v Value, depth: usize) -> Option<&'v str> {
    const DEEPEST: usize = 8;
    if depth > DEEPEST {
        return None;
    }
    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        return stated(root, crate::pointer::follow(root, reference)?.1, depth + 1);
    }
    if value.get("deprecated").and_then(Value::as_bool) == Some(true)
        && let Some(day) = value.get("x-sunset").and_then(Value::as_str)
    {
        return Some(day);
    }
    let [only] = value.get("allOf")?.as_array()?.as_slice() else { return None };
    stated(root, only, depth + 1)
}
