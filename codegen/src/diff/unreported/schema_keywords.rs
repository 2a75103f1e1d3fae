//! The keywords of a schema on both sides. A keyword without a case of its own has to be equal.

use super::super::located_value::LocatedValue;
use super::flat_pair::{FlatPair, check_values, is_same_annotation, is_same_set};
use super::flat_schema::{ANNOTATIONS, FlatSchema};
use super::search::{SchemaLists, Search};
use super::variants;
use crate::numbers;
use indexmap::IndexSet;
use serde_json::Value;
use std::cmp::Ordering;
use std::rc::Rc;

/// Compares schemas, and adds those within them to the work.
pub(super) fn compare<'a>(search: &mut Search<'_, 'a>, schemas: SchemaLists<'a>) {
    let pair = FlatPair::new(search, schemas);
    let keywords: IndexSet<&str> = pair.flat.iter().flat_map(|flat| flat.keywords.keys().copied()).collect();
    for keyword in keywords {
        compare_keyword(search, &pair, keyword);
    }
    variants::compare(search, &pair);
}

fn compare_keyword<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, keyword: &str) {
    let values = pair.places(keyword);
    match keyword {
        "properties" => compare_properties(search, pair, values),
        "required" => compare_required(search, pair, values),
        // The comparison of unions compares the values of their variants.
        "enum" | "type" if pair.is_union_on_one_side() => {}
        "enum" => compare_values(search, pair, values),
        "items" | "additionalProperties" | "not" => compare_schemas_within(search, pair, keyword, values),
        "nullable" => compare_null(search, pair, values),
        "discriminator" => variants::compare_discriminators(search, pair, values),
        "minimum" | "exclusiveMinimum" => compare_bound(search, pair, ["minimum", "exclusiveMinimum"]),
        "maximum" | "exclusiveMaximum" => compare_bound(search, pair, ["maximum", "exclusiveMaximum"]),
        "x-rust-name" | "x-rust-field" | "x-rust-names" if is_kept_elsewhere(search, values) => {}
        _ if is_same_keyword(pair, keyword, values) => {}
        _ => pair.check(search, keyword, values),
    }
}

/// Whether a keyword means the same on both sides.
fn is_same_keyword<'a>(pair: &FlatPair<'a>, keyword: &str, values: [&[LocatedValue<'a>]; 2]) -> bool {
    let [base, head] = [&*pair.merged[0], &*pair.merged[1]];
    match keyword {
        // Other keywords may imply it.
        "type" if base.json_type.is_some() => base.json_type == head.json_type,
        // Of several bounds, the tightest counts.
        "minLength" => base.length.min == head.length.min || pair.is_idle(keyword),
        "maxLength" => base.length.max == head.length.max || pair.is_idle(keyword),
        "minItems" => base.item_count.min == head.item_count.min || pair.is_idle(keyword),
        "maxItems" => base.item_count.max == head.item_count.max || pair.is_idle(keyword),
        "minProperties" => base.property_count.min == head.property_count.min || pair.is_idle(keyword),
        "maxProperties" => base.property_count.max == head.property_count.max || pair.is_idle(keyword),
        // If one variant is secret, the whole value is.
        "x-secret" => base.secret == head.secret,
        "multipleOf" | "pattern" | "uniqueItems" if pair.is_idle(keyword) => true,
        _ if ANNOTATIONS.contains(&keyword) => is_same_annotation(keyword, values),
        _ => is_same_set(keyword, values),
    }
}

/// Whether only one side inherits a name, from a place that has it on both sides. The use itself is then compared.
fn is_kept_elsewhere<'a>(search: &Search<'_, 'a>, values: [&[LocatedValue<'a>]; 2]) -> bool {
    let kept = |value: &LocatedValue<'a>, other: usize| {
        search.side(other).revision.raw.pointer(&value.at).is_some_and(|same| same == value.raw)
    };
    match values {
        [[name], []] => kept(name, 1),
        [[], [name]] => kept(name, 0),
        _ => false,
    }
}

/// Compares a bound of a number, which two keywords state together.
fn compare_bound<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, keywords: [&str; 2]) {
    let bound = |side: usize| {
        let number = &pair.merged[side].number;
        match keywords[0] {
            "minimum" => (&number.minimum, number.exclusive_minimum),
            _ => (&number.maximum, number.exclusive_maximum),
        }
    };
    let is_same = match [bound(0), bound(1)] {
        [(Some(was), was_exclusive), (Some(is), is_exclusive)] => {
            numbers::compare(was, is) == Ordering::Equal && was_exclusive == is_exclusive
        }
        [(was, _), (is, _)] => was.is_none() && is.is_none(),
    };
    if !is_same && !pair.is_idle(keywords[0]) {
        let places = [0, 1].map(|side| keywords.map(|keyword| pair.flat[side].places(keyword)).concat());
        pair.check(search, keywords[0], [&places[0], &places[1]]);
    }
}

/// Compares properties by name, with every schema that a value of the property has to satisfy.
fn compare_properties<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, values: [&[LocatedValue<'a>]; 2]) {
    let names: IndexSet<&str> =
        values.iter().flat_map(|list| list.iter()).flat_map(LocatedValue::entries).map(|(name, _)| name).collect();
    for name in names {
        let schemas = values.map(|list| list.iter().filter_map(|map| map.child(name)).collect::<Vec<_>>());
        match [schemas[0].is_empty(), schemas[1].is_empty()] {
            [false, false] => search.add_schemas(&schemas, pair.usage),
            _ => pair.check(search, name, [&schemas[0], &schemas[1]]),
        }
    }
}

fn compare_schemas_within<'a>(
    search: &mut Search<'_, 'a>,
    pair: &FlatPair<'a>,
    keyword: &str,
    values: [&[LocatedValue<'a>]; 2],
) {
    // `true` and `{}` accept any value, as if the keyword were absent. Without a type, `nullable` has no effect.
    let accepts_all = |side: usize, value: &LocatedValue<'a>| {
        let flat = FlatSchema::new(search.side(side), std::slice::from_ref(value));
        value.raw == &Value::Bool(true)
            || (value.raw.is_object() && flat.unions.is_empty() && flat.keywords.keys().all(|key| *key == "nullable"))
    };
    let is_stated = values.iter().all(|list| !list.is_empty());
    let restricting = [0, 1].map(|side| {
        let counts = |value: &&LocatedValue<'a>| is_stated || keyword == "not" || !accepts_all(side, value);
        values[side].iter().filter(counts).cloned().collect::<Vec<_>>()
    });
    let is_boolean = |list: &[LocatedValue<'a>]| list.iter().any(|value| value.raw.is_boolean());
    if restricting.iter().any(|list| is_boolean(list)) {
        if !is_same_set(keyword, [&restricting[0], &restricting[1]]) {
            pair.check(search, keyword, values);
        }
    } else {
        match [restricting[0].is_empty(), restricting[1].is_empty()] {
            [false, false] => search.add_schemas(&restricting, pair.usage),
            [true, true] => {}
            _ => pair.check(search, keyword, values),
        }
    }
}

/// Compares the names in `required`. A difference about a new or removed property accounts for its name.
fn compare_required<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, values: [&[LocatedValue<'a>]; 2]) {
    let entries = |list: &[LocatedValue<'a>]| list.iter().flat_map(LocatedValue::elements).collect::<Vec<_>>();
    let lists = [entries(values[0]), entries(values[1])];
    let properties = pair.places("properties");
    for (side, other) in [(0, 1), (1, 0)] {
        for entry in lists[side].iter().filter(|entry| !lists[other].iter().any(|known| known.raw == entry.raw)) {
            let name = entry.raw.as_str().unwrap_or_default();
            let mut places: [Vec<LocatedValue<'a>>; 2] =
                properties.map(|list| list.iter().filter_map(|map| map.child(name)).collect());
            places[side].insert(0, entry.clone());
            pair.check(search, "required", [&places[0], &places[1]]);
        }
    }
}

/// Compares the values of `enum`, apart from null, in any order.
fn compare_values<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, values: [&[LocatedValue<'a>]; 2]) {
    match [values[0].is_empty(), values[1].is_empty()] {
        [false, false] => check_values(search, pair, values),
        _ => pair.check(search, "enum", values),
    }
    let lists_null =
        |list: &[LocatedValue<'a>]| list.iter().flat_map(LocatedValue::elements).find(|value| value.raw.is_null());
    let null = values.map(lists_null);
    if !values[0].is_empty() && !values[1].is_empty() && null[0].is_some() != null[1].is_some() {
        check_null(search, pair, values);
    }
}

/// Compares whether null is valid. Several keywords decide it together.
fn compare_null<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, values: [&[LocatedValue<'a>]; 2]) {
    let [base, head] = &pair.merged;
    if base.is_nullable() != head.is_nullable() && !base.is_open_to_null() && !head.is_open_to_null() {
        check_null(search, pair, values);
    }
}

/// Checks that a difference in null is reported at one of the keywords that decide it, or at the schema.
fn check_null<'a>(search: &mut Search<'_, 'a>, pair: &FlatPair<'a>, values: [&[LocatedValue<'a>]; 2]) {
    let further = [0, 1].map(|side| {
        let flat = &pair.flat[side];
        let stated =
            ["nullable", "enum", "type"].into_iter().flat_map(|key| flat.places(key)).map(|value| Rc::clone(&value.at));
        stated.chain(flat.sites.iter().cloned()).collect::<Vec<_>>()
    });
    search.check("nullable", values, [&further[0], &further[1]], pair.usage);
}
