//! Whether two schemas of one document have no value in common.
//!
//! The proof looks at types, listed values, bounds, required properties, closed objects and elements. It finds only
//! what is certain: two schemas without a proof may still have no common value.

use super::document_side::DocumentSide;
use crate::ir::{NumberBounds, SizeBounds};
use crate::numbers;
use crate::resolve::{JsonType, MergedSchema, SchemaSite};
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// The depth of nested schemas that a proof looks into.
const DEEPEST: usize = 4;

/// Whether no value satisfies both schemas.
pub(super) fn are_disjoint<'a>(side: &mut DocumentSide<'a>, one: &[SchemaSite<'a>], other: &[SchemaSite<'a>]) -> bool {
    is_proved(side, [one, other], DEEPEST)
}

fn is_proved<'a>(side: &mut DocumentSide<'a>, sites: [&[SchemaSite<'a>]; 2], depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let [one, other] = sites.map(|sites| side.schemas.resolve(sites));
    if accepts_null(&one) && accepts_null(&other) {
        return false;
    }
    let kinds = [one.json_type, other.json_type];
    if let [Some(kind), Some(theirs)] = kinds
        && kind != theirs
        && !(is_numeric(kind) && is_numeric(theirs))
    {
        return true;
    }
    lists_only_refused(&one, &other)
        || lists_only_refused(&other, &one)
        || are_apart(&one, &other)
        || (kinds.contains(&Some(JsonType::Object)) && have_no_common_object(side, [&one, &other], depth))
        || (kinds == [Some(JsonType::Array); 2] && have_no_common_list(side, [&one, &other], depth))
        || is_union_apart(side, (&one, sites[1]), depth)
        || is_union_apart(side, (&other, sites[0]), depth)
}

fn is_numeric(kind: JsonType) -> bool {
    matches!(kind, JsonType::Integer | JsonType::Number)
}

fn accepts_null(merged: &MergedSchema<'_>) -> bool {
    merged.is_nullable() || (merged.is_open_to_null() && merged.values.is_none())
}

/// Whether a schema lists its values, and the other one accepts none of them.
fn lists_only_refused(one: &MergedSchema<'_>, other: &MergedSchema<'_>) -> bool {
    let list = one.values.as_deref().filter(|_| !one.open);
    list.is_some_and(|list| list.iter().all(|value| refuses(other, value)))
}

fn refuses(merged: &MergedSchema<'_>, value: &Value) -> bool {
    let has_type = |kind: JsonType| {
        let of_value = JsonType::of_value(value);
        // `1.0` is an integer too.
        of_value == Some(kind) || (is_numeric(kind) && of_value.is_some_and(is_numeric))
    };
    let is_unlisted = |list: &Vec<&Value>| !list.iter().any(|known| numbers::is_same_value(known, value));
    let has_other_length = value.as_str().is_some_and(|text| {
        let length = text.chars().count() as u64;
        merged.length.min.is_some_and(|least| length < least) || merged.length.max.is_some_and(|most| length > most)
    });
    merged.json_type.is_some_and(|kind| !has_type(kind))
        || merged.values.as_ref().filter(|_| !merged.open).is_some_and(is_unlisted)
        || has_other_length
}

/// Whether the bounds of two schemas of one type leave no common value.
fn are_apart(one: &MergedSchema<'_>, other: &MergedSchema<'_>) -> bool {
    let are_below =
        |one: SizeBounds, other: SizeBounds| one.max.zip(other.min).is_some_and(|(most, least)| most < least);
    let sizes = |one: SizeBounds, other: SizeBounds| are_below(one, other) || are_below(other, one);
    let kind = one.json_type.filter(|kind| other.json_type.is_some_and(|theirs| theirs == *kind || is_numeric(theirs)));
    match kind {
        Some(JsonType::Integer | JsonType::Number) => {
            is_below(&one.number, &other.number) || is_below(&other.number, &one.number)
        }
        Some(JsonType::String) => sizes(one.length, other.length),
        Some(JsonType::Array) => sizes(one.item_count, other.item_count),
        Some(JsonType::Object) => sizes(one.property_count, other.property_count),
        _ => false,
    }
}

/// Whether the maximum of one is below the minimum of the other.
fn is_below(one: &NumberBounds, other: &NumberBounds) -> bool {
    let order = |most: &Number, least: &Number| numbers::compare(most, least);
    one.maximum.as_ref().zip(other.minimum.as_ref()).is_some_and(|(most, least)| match order(most, least) {
        Ordering::Less => true,
        Ordering::Equal => one.exclusive_maximum || other.exclusive_minimum,
        Ordering::Greater => false,
    })
}

fn have_no_common_object<'a>(side: &mut DocumentSide<'a>, both: [&MergedSchema<'a>; 2], depth: usize) -> bool {
    let [one, other] = both;
    if one.json_type != other.json_type {
        return false;
    }
    // A property that either requires is in each common object, and has to satisfy both.
    let names = one.required.keys().chain(other.required.keys());
    names.copied().any(|name| {
        let is_required = both.iter().any(|schema| {
            let is_listed = schema.required.contains_key(name);
            is_listed && !schema.properties.get(name).is_some_and(|sites| has_one_direction(side, sites))
        });
        is_required
            && match [one, other].map(|schema| value_sites(schema, name)) {
                [None, _] | [_, None] => true,
                [Some([]), _] | [_, Some([])] => false,
                [Some(mine), Some(theirs)] => is_proved(side, [mine, theirs], depth),
            }
    })
}

/// Returns the schemas of a property: none if it may have any value. `None` if the object may not have it.
fn value_sites<'m, 'a>(merged: &'m MergedSchema<'a>, name: &str) -> Option<&'m [SchemaSite<'a>]> {
    match merged.properties.get(name) {
        Some(sites) => Some(sites),
        None if merged.closed => None,
        None => Some(&merged.additional),
    }
}

/// Whether a property is only in requests or only in responses, so that the other direction does not require it.
fn has_one_direction<'a>(side: &mut DocumentSide<'a>, sites: &[SchemaSite<'a>]) -> bool {
    let notes = side.schemas.component_use(sites).map(|used| used.annotations);
    let notes = notes.unwrap_or_else(|| side.schemas.resolve(sites).annotations);
    notes.read_only == Some(true) || notes.write_only == Some(true)
}

fn have_no_common_list<'a>(side: &mut DocumentSide<'a>, both: [&MergedSchema<'a>; 2], depth: usize) -> bool {
    let [one, other] = both;
    let has_elements = both.iter().any(|schema| schema.item_count.min.is_some());
    has_elements
        && !one.items.is_empty()
        && !other.items.is_empty()
        && is_proved(side, [&one.items, &other.items], depth)
}

/// Whether each variant of a union has no value in common with a schema.
fn is_union_apart<'a>(
    side: &mut DocumentSide<'a>,
    (union, other): (&MergedSchema<'a>, &[SchemaSite<'a>]),
    depth: usize,
) -> bool {
    union.unions.iter().any(|union| {
        union.variants.iter().all(|variant| is_proved(side, [std::slice::from_ref(variant), other], depth))
    })
}
