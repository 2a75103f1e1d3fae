//! Component schemas whose names the new document gives to other schemas.
//!
//! A name does not cross the wire. If everything that used a schema uses another one now, that is its successor, and a
//! schema that has its old name is new.

use super::comparison::Comparison;
use super::schema_renames::{is_alike, rename};
use crate::pointer::join;
use crate::resolve::ComponentSchemas;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Pairs schemas whose uses have moved to another schema, if one of the two names belongs to a different schema now.
pub(super) fn pair_by_use(comparison: &mut Comparison<'_>) {
    let changed = changed(comparison);
    if changed.is_empty() {
        return;
    }
    let targets = targets(comparison, &changed);
    let only = |(base, targets): (&usize, &HashSet<Option<usize>>)| match Vec::from_iter(targets).as_slice() {
        [Some(target)] if same_in_head(comparison, *base) != Some(*target) => Some((*base, *target)),
        _ => None,
    };
    let mut successors: HashMap<usize, usize> = targets.iter().filter_map(only).collect();
    successors.retain(|base, head| is_alike(comparison, *base, *head));
    let unused: HashSet<usize> = changed.into_iter().filter(|base| !targets.contains_key(base)).collect();
    while drop_impossible(comparison, &unused, &mut successors) {}
    let mut pairs: Vec<(usize, usize)> = successors.into_iter().collect();
    pairs.sort_unstable();
    for (base, head) in pairs {
        rename(comparison, base, head);
    }
}

/// Returns the components of the old document that the new one does not have, or with other contents.
fn changed(comparison: &Comparison<'_>) -> HashSet<usize> {
    let all = 0..comparison.base.schemas.components.keys().len();
    let is_changed = |base: &usize| {
        let same = same_in_head(comparison, *base);
        let pair = same.and_then(|same| comparison.component_pair(*base, same));
        pair.is_none_or(|(was, is)| was.json() != is.json())
    };
    all.filter(is_changed).collect()
}

/// Returns the component of the new document with the key of an old one.
fn same_in_head(comparison: &Comparison<'_>, base: usize) -> Option<usize> {
    comparison.head.schemas.components.index(comparison.base.schemas.components.key(base)?)
}

/// Returns the component of the old document with the key of a new one.
fn same_in_base(comparison: &Comparison<'_>, head: usize) -> Option<usize> {
    comparison.base.schemas.components.index(comparison.head.schemas.components.key(head)?)
}

/// Returns the components that the uses of each changed component refer to now. Uses that are gone do not count.
fn targets(comparison: &Comparison<'_>, changed: &HashSet<usize>) -> HashMap<usize, HashSet<Option<usize>>> {
    let mut uses = Vec::new();
    gather(&comparison.base.schemas.components, comparison.base.root().raw, "", &mut uses);
    let (root, head) = (comparison.head.root().raw, &comparison.head.schemas.components);
    let mut found: HashMap<usize, HashSet<Option<usize>>> = HashMap::new();
    for (base, at) in uses.iter().filter(|(base, _)| changed.contains(base)) {
        if let Some(schema) = root.pointer(at) {
            let reference = schema.get("$ref").and_then(Value::as_str);
            found.entry(*base).or_default().insert(reference.and_then(|reference| head.target(reference)));
        }
    }
    found
}

/// Drops successors of several schemas, and those that continue the schema which has their name. Returns whether there
/// are any.
fn drop_impossible(
    comparison: &Comparison<'_>,
    unused: &HashSet<usize>,
    successors: &mut HashMap<usize, usize>,
) -> bool {
    let impossible = |base: usize, head: usize| {
        let named = same_in_base(comparison, head);
        // A new name for a schema that is gone is an ordinary renaming.
        let is_new = named.is_none() && same_in_head(comparison, base).is_none();
        let continues = named.is_some_and(|named| !successors.contains_key(&named) && !unused.contains(&named));
        let is_shared = successors.iter().any(|(other, target)| *other != base && *target == head);
        is_new || continues || is_shared
    };
    let dropped: Vec<usize> =
        successors.iter().filter(|(base, head)| impossible(**base, **head)).map(|(base, _)| *base).collect();
    successors.retain(|base, _| !dropped.contains(base));
    !dropped.is_empty()
}

/// Collects the places that refer to components.
fn gather(components: &ComponentSchemas<'_>, value: &Value, at: &str, uses: &mut Vec<(usize, String)>) {
    match value {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            uses.extend(
                reference.and_then(|reference| components.target(reference)).map(|index| (index, at.to_owned())),
            );
            object.iter().for_each(|(key, value)| gather(components, value, &join(at, key), uses));
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                gather(components, value, &join(at, &index.to_string()), uses);
            }
        }
        _ => {}
    }
}
