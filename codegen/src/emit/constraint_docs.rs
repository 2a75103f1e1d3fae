//! The bounds of the spec as documentation.

use super::docs;
use crate::ir::{NumberBounds, SizeBounds, Type};

/// Describes the bounds of a type, in one sentence each.
pub fn describe(ty: &Type) -> Vec<String> {
    let mut facts = Vec::new();
    match ty {
        Type::Integer(integer) => describe_bounds(&integer.bounds, &mut facts),
        Type::Number(number) => describe_bounds(&number.bounds, &mut facts),
        Type::String(string) => {
            if let Some(format) = &string.format {
                facts.push(format!("Format: {}.", docs::code(format)));
            }
            describe_size(string.length, ("character", "characters"), &mut facts);
            if let Some(pattern) = &string.pattern {
                facts.push(format!("Pattern: {}.", docs::code(pattern)));
            }
        }
        Type::List(list) => {
            describe_size(list.size, ("element", "elements"), &mut facts);
            if list.unique {
                facts.push("No two elements are equal.".to_owned());
            }
        }
        Type::Map(map) => {
            describe_size(map.size, ("entry", "entries"), &mut facts);
            describe_size(map.keys, ("character per key", "characters per key"), &mut facts);
        }
        Type::Any | Type::Boolean | Type::Named(_) => {}
    }
    facts
}

fn describe_bounds(bounds: &NumberBounds, facts: &mut Vec<String>) {
    if let Some(minimum) = &bounds.minimum {
        let relation = if bounds.exclusive_minimum { "Above" } else { "At least" };
        facts.push(format!("{relation} {minimum}."));
    }
    if let Some(maximum) = &bounds.maximum {
        let relation = if bounds.exclusive_maximum { "Below" } else { "At most" };
        facts.push(format!("{relation} {maximum}."));
    }
    if let Some(multiple) = &bounds.multiple_of {
        facts.push(format!("A multiple of {multiple}."));
    }
}

fn describe_size(size: SizeBounds, (one, many): (&str, &str), facts: &mut Vec<String>) {
    let counted = |count: u64| format!("{count} {}", if count == 1 { one } else { many });
    match (size.min, size.max) {
        (Some(min), Some(max)) if min == max => facts.push(format!("Exactly {}.", counted(min))),
        (min, max) => {
            facts.extend(min.map(|min| format!("At least {}.", counted(min))));
            facts.extend(max.map(|max| format!("At most {}.", counted(max))));
        }
    }
}
