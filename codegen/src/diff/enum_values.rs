//! `enum`: the listed values of a schema.

use super::comparison::Comparison;
use super::difference::Difference;
use super::excerpt;
use super::impact_by_direction::{COMPATIBLE, LOOSENED, NONE, TIGHTENED};
use super::located_value::LocatedValue;
use super::rules::RuleId;
use super::scalar_unions;
use super::schema_pair::{ResolvedSchema, SchemaPair};
use super::schema_parts::find_in_parts;
use crate::numbers::{ByValue, is_same_value};
use crate::resolve::MergedSchema;
use serde_json::Value;
use std::collections::HashSet;
use std::rc::Rc;

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (base, head) = (&both.base.merged, &both.head.merged);
    // If another variant accepts any value, the listed ones are only suggestions.
    let is_closed = |merged: &MergedSchema<'a>| merged.values.is_some() && !merged.open;
    let is_free =
        [scalar_unions::is_free(&mut comparison.base, base), scalar_unions::is_free(&mut comparison.head, head)];
    let (was_closed, is_closed) = (is_closed(base), is_closed(head));
    if was_closed != is_closed {
        let rule = if is_closed { RuleId::EnumAdded } else { RuleId::EnumRemoved };
        both.report_keyword(comparison, "enum", rule);
    } else if !is_closed && base.values.is_some() != head.values.is_some() {
        let rule = if head.values.is_some() { RuleId::EnumAdded } else { RuleId::EnumRemoved };
        let difference = both.keyword_difference(comparison, "enum", rule);
        // If the other variants have restrictions, the list adds to the valid values.
        let listing = if head.values.is_some() { is_free[1] } else { is_free[0] };
        let impact = match (listing, head.values.is_some()) {
            (true, _) => NONE,
            (false, true) => LOOSENED,
            (false, false) => TIGHTENED,
        };
        comparison.report(difference.judged(impact));
    }
    match (base.values.as_deref(), head.values.as_deref()) {
        (Some([was]), Some([is])) => compare_constants(comparison, both, was, is),
        (Some(before), Some(after)) => compare_lists(comparison, both, [before, after], is_free[1]),
        _ => {}
    }
}

fn compare_constants<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>, was: &'a Value, is: &'a Value) {
    if !is_same_value(was, is) {
        let difference = Difference::new(RuleId::ConstantChanged, both.usage());
        let [base, head] = value_places(comparison, both, [was, is]);
        let difference = difference.at(&base, &head);
        comparison.report(difference.showing(Some(excerpt::value(was)), Some(excerpt::value(is))));
    }
}

fn compare_lists<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    [before, after]: [&[&'a Value]; 2],
    is_free: bool,
) {
    let [listed_before, listed_after] =
        [before, after].map(|list| -> HashSet<ByValue<'a>> { list.iter().copied().map(ByValue).collect() });
    for was in before.iter().filter(|value| !listed_after.contains(&ByValue(value))) {
        let [at, _] = value_places(comparison, both, [was, was]);
        let difference = Difference::new(RuleId::EnumValueRemoved, both.usage());
        let difference = if is_free { difference.judged(COMPATIBLE) } else { difference };
        let difference = difference.removed(&LocatedValue { at, raw: was });
        comparison.report(difference.about(&both.base.at(), &both.head.at()));
    }
    for is in after.iter().filter(|value| !listed_before.contains(&ByValue(value))) {
        let [_, at] = value_places(comparison, both, [is, is]);
        let difference = Difference::new(RuleId::EnumValueAdded, both.usage()).added(&LocatedValue { at, raw: is });
        comparison.report(difference.about(&both.base.at(), &both.head.at()));
    }
    let kept = |list: &[&'a Value], other: &HashSet<ByValue<'a>>| -> Vec<&'a Value> {
        list.iter().filter(|value| other.contains(&ByValue(value))).copied().collect()
    };
    let (kept_before, kept_after) = (kept(before, &listed_after), kept(after, &listed_before));
    if kept_before.len() != kept_after.len()
        || !kept_before.iter().zip(&kept_after).all(|(was, is)| is_same_value(was, is))
    {
        both.report_keyword(comparison, "enum", RuleId::EnumOrderChanged);
    }
}

/// Returns the places that list two values, one on each side.
fn value_places<'a>(comparison: &Comparison<'a>, both: &SchemaPair<'a>, [was, is]: [&Value; 2]) -> [Rc<str>; 2] {
    let (base, head) = (comparison.base.root().raw, comparison.head.root().raw);
    let place = |schema: &ResolvedSchema<'a>, root: &'a Value, other: &'a Value, value: &Value| {
        let found = schema.parts.iter().find_map(|part| listed_at(root, part.into(), value));
        // If both documents list the value there, only this schema starts or stops using the list.
        found.filter(|at| other.pointer(at) != Some(value)).unwrap_or_else(|| schema.at())
    };
    [place(&both.base, base, head, was), place(&both.head, head, base, is)]
}

/// Finds the place where a schema or a part of it lists a value.
fn listed_at<'a>(root: &'a Value, schema: LocatedValue<'a>, value: &Value) -> Option<Rc<str>> {
    find_in_parts(Some(root), std::iter::once(schema), &["allOf", "oneOf", "anyOf"], |schema| {
        let list = schema.raw.get("enum").and_then(Value::as_array);
        let index = list?.iter().position(|other| other == value)?;
        Some(format!("{}/enum/{index}", schema.at).into())
    })
}
