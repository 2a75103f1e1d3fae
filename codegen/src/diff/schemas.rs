//! Schemas. This file calls the comparisons of their keywords, which call back by [`CompareSchemas`] for the schemas
//! within.

use super::annotations::{self, KeyScope};
use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::excerpt;
use super::impact::WireImpact;
use super::impact_by_direction::{NONE, NOWHERE};
use super::located_value::{LocatedValue, ValuePair};
use super::rules::RuleId;
use super::schema_pair::{CompareSchemas, PartsPair, SchemaPair, SchemaUse, pointer};
use super::{
    constraints, enum_values, inheritance, objects, required_groups, scalar_unions, schema_renames, unions, value_types,
};
use crate::ir::Usage;
use crate::resolve::{MAX_DEPTH, SchemaSite};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::rc::Rc;

/// Compares two schemas at one of their uses.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>, schema_use: SchemaUse) {
    let (base, head) = ([comparison.base.part(&both.base)], [comparison.head.part(&both.head)]);
    comparison.compare_schemas(PartsPair { base: &base, head: &head }, schema_use);
}

/// Compares the component schemas.
pub(super) fn compare_components(comparison: &mut Comparison<'_>) {
    schema_renames::pair_equal(comparison);
    let mut done = HashSet::new();
    let mut work = schema_renames::component_pairs(comparison);
    work.reverse();
    // The comparison of one component may discover that others are renamed.
    while let Some((base, head)) = work.pop().or_else(|| next_renamed(comparison, &done)) {
        if done.insert((base, head)) {
            compare_component(comparison, base, head);
        }
    }
    for part in schema_renames::only_in_base(comparison)
        .into_iter()
        .filter_map(|index| comparison.base.schemas.components.site(index).cloned())
        .collect::<Vec<_>>()
    {
        let difference = Difference::new(RuleId::SchemaRemoved, NOWHERE);
        comparison.report(difference.removed(&LocatedValue::from(&part)));
    }
    for part in schema_renames::only_in_head(comparison)
        .into_iter()
        .filter_map(|index| comparison.head.schemas.components.site(index).cloned())
        .collect::<Vec<_>>()
    {
        let difference = Difference::new(RuleId::SchemaAdded, NOWHERE);
        comparison.report(difference.added(&LocatedValue::from(&part)));
    }
}

fn next_renamed(comparison: &Comparison<'_>, done: &HashSet<(usize, usize)>) -> Option<(usize, usize)> {
    let renamed = comparison.renamed.iter().map(|(base, head)| (*base, *head));
    renamed.filter(|pair| !done.contains(pair)).min()
}

fn compare_component(comparison: &mut Comparison<'_>, base: usize, head: usize) {
    let Some((was, is)) = comparison.component_pair(base, head) else { return };
    let (before, after) = (comparison.base.usage(&was.pointer), comparison.head.usage(&is.pointer));
    let usage = Usage { request: before.request || after.request, response: before.response || after.response };
    let parts = PartsPair { base: &[was], head: &[is] };
    comparison.compare_schemas(parts, SchemaUse::as_json(usage));
}

impl<'a> CompareSchemas<'a> for Comparison<'a> {
    fn compare_schemas(&mut self, parts: PartsPair<'_, 'a>, schema_use: SchemaUse) {
        for (was, is) in parts.base.iter().zip(parts.head) {
            self.pairs.entry(Rc::clone(&was.pointer)).or_insert_with(|| Rc::clone(&is.pointer));
        }
        let Some((was, is)) = parts.base.first().zip(parts.head.first()) else { return };
        if !self.begin(&was.pointer, &is.pointer, schema_use.usage) || is_equal(parts) {
            return;
        }
        if is_unresolved(&self.base, was) || is_unresolved(&self.head, is) {
            if was.json() != is.json() {
                let difference = Difference::new(RuleId::ReferenceChanged, schema_use.usage);
                self.report(difference.at(&was.pointer, &is.pointer).showing(Some(shown(was)), Some(shown(is))));
            }
            return;
        }
        if self.depth > MAX_DEPTH {
            let difference = Difference::new(RuleId::UnknownConstruct, schema_use.usage);
            let shown = |part| Some(format!("nested too deep to compare: {}", shown(part)));
            self.report(difference.at(&was.pointer, &is.pointer).showing(shown(was), shown(is)));
            return;
        }
        self.depth += 1;
        compare_components_or_schemas(self, parts, schema_use);
        self.depth -= 1;
    }
}

fn shown(part: &SchemaSite<'_>) -> String {
    excerpt::value(part.json())
}

/// Compares two schemas by reference if both are references with only annotations beside them, and otherwise in full.
fn compare_components_or_schemas<'a>(comparison: &mut Comparison<'a>, parts: PartsPair<'_, 'a>, schema_use: SchemaUse) {
    match (comparison.base.schemas.component_use(parts.base), comparison.head.schemas.component_use(parts.head)) {
        (None, None) => compare_written(comparison, parts, schema_use),
        (Some(one), Some(other)) if schema_renames::continues(comparison, one.component, other.component) => {
            annotations::compare(comparison, parts, &[one.annotations, other.annotations], schema_use);
            annotations::compare_other_keys(comparison, parts, KeyScope::Own, schema_use.usage);
            if one.nullable != other.nullable {
                let before = one.nullable.unwrap_or_else(|| is_nullable(&mut comparison.base, one.component));
                let after = other.nullable.unwrap_or_else(|| is_nullable(&mut comparison.head, other.component));
                compare_nullability(comparison, parts, [before, after], schema_use.usage);
            }
        }
        (Some(_), Some(_)) => compare_replaced(comparison, parts, schema_use),
        (one, other) => {
            let components = [one, other].map(|sole| sole.map(|sole| sole.component));
            compare_moved(comparison, parts, components, schema_use);
        }
    }
}

fn is_nullable(side: &mut DocumentSide<'_>, component: usize) -> bool {
    let part = side.schemas.components.site(component).cloned();
    part.is_some_and(|part| side.schemas.resolve(&[part]).is_nullable())
}

/// Compares a component with a schema that is written in its place.
///
/// If only one document has the component, the schema has moved. If both have it, a move is reported only when no other
/// difference explains the changed type.
fn compare_moved<'a>(
    comparison: &mut Comparison<'a>,
    parts: PartsPair<'_, 'a>,
    [one, other]: [Option<usize>; 2],
    schema_use: SchemaUse,
) {
    let Some((was, is)) = parts.base.first().zip(parts.head.first()) else { return };
    let alone = |own: &DocumentSide<'a>, theirs: &DocumentSide<'a>, index: usize| {
        let key = own.schemas.components.key(index)?;
        own.schemas.components.site(index).cloned().filter(|_| theirs.schemas.components.index(key).is_none())
    };
    let old = one.and_then(|index| alone(&comparison.base, &comparison.head, index));
    let new = other.and_then(|index| alone(&comparison.head, &comparison.base, index));
    if let Some(old) = &old {
        comparison.pairs.entry(Rc::clone(&old.pointer)).or_insert_with(|| Rc::clone(&is.pointer));
    }
    if let Some(new) = &new {
        comparison.pairs.insert(Rc::clone(&was.pointer), Rc::clone(&new.pointer));
    }
    let known = comparison.found.len();
    compare_written(comparison, parts, schema_use);
    // Documentation does not change a type.
    let is_text = |difference: &Difference| difference.rule == RuleId::DocumentationChanged;
    if old.is_some() || new.is_some() || comparison.found.iter().skip(known).all(is_text) {
        let difference = Difference::new(RuleId::SchemaMoved, schema_use.usage).at(&was.pointer, &is.pointer);
        comparison.report(difference.showing(Some(shown(was)), Some(shown(is))));
    }
}

/// Compares references to two components, the first of which still exists. Only the reference changes; the two
/// components decide the verdict.
fn compare_replaced<'a>(comparison: &mut Comparison<'a>, parts: PartsPair<'_, 'a>, schema_use: SchemaUse) {
    let wire = comparison.dry_run(|comparison| compare_written(comparison, parts, schema_use));
    let difference = Difference { wire, ..Difference::new(RuleId::ReferenceChanged, schema_use.usage) };
    let [before, after] = [parts.base, parts.head].map(|parts| parts.first().map(shown));
    comparison.report(difference.at(&pointer(parts.base), &pointer(parts.head)).showing(before, after));
}

/// Compares two schemas keyword by keyword.
fn compare_written<'a>(comparison: &mut Comparison<'a>, parts: PartsPair<'_, 'a>, schema_use: SchemaUse) {
    let both = SchemaPair::new(comparison, parts, schema_use);
    let notes = [
        annotations::of_schema(&mut comparison.base, &both.base),
        annotations::of_schema(&mut comparison.head, &both.head),
    ];
    annotations::compare(comparison, parts, &notes, schema_use);
    annotations::compare_other_keys(comparison, parts, KeyScope::WithReferences, schema_use.usage);
    required_groups::compare(comparison, parts, schema_use.usage);
    let (base, head) = (&both.base.merged, &both.head.merged);
    if !base.is_open_to_null() && !head.is_open_to_null() {
        let are_listed = base.values.is_some() && head.values.is_some();
        let states = [base, head].map(|merged| merged.is_nullable() && !(are_listed && merged.null_unlisted));
        compare_nullability(comparison, parts, states, schema_use.usage);
        // The generator reads `nullable` even if the values do not list null.
        let written = [base, head].map(|merged| merged.is_nullable());
        if written[0] != written[1] && states[0] == states[1] {
            compare_nullability(comparison, parts, written, NOWHERE);
        }
    }
    let is_union = [base, head].map(|merged| !merged.unions.is_empty());
    if is_union == [false, false] {
        inheritance::compare(comparison, &both);
    } else {
        unions::compare(comparison, &both);
    }
    if is_union[0] == is_union[1] {
        compare_values(comparison, &both);
    }
}

/// Compares the types, and the keywords that restrict values.
fn compare_values<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let Some(difference) = value_types::compare(comparison, both) else {
        return compare_restrictions(comparison, both);
    };
    if value_types::are_numeric(both) {
        comparison.report(difference);
        return compare_restrictions(comparison, both);
    }
    if difference.wire == WireImpact::Breaking || value_types::is_repeated(both) {
        return comparison.report(difference);
    }
    // A wider type accepts no more if another keyword restricts it.
    let wire = comparison.dry_run(|comparison| {
        compare_scalar_restrictions(comparison, both);
        objects::compare_required_alone(comparison, both);
    });
    let wire = if wire > WireImpact::Compatible { WireImpact::Breaking } else { difference.wire };
    comparison.report(Difference { wire, ..difference });
}

fn compare_restrictions<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    compare_scalar_restrictions(comparison, both);
    objects::compare(comparison, both);
}

fn compare_scalar_restrictions<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    scalar_unions::compare(comparison, both);
    enum_values::compare(comparison, both);
    constraints::compare(comparison, both);
}

fn compare_nullability<'a>(
    comparison: &mut Comparison<'a>,
    parts: PartsPair<'_, 'a>,
    [before, after]: [bool; 2],
    usage: Usage,
) {
    if before == after {
        return;
    }
    let difference = Difference::new(if after { RuleId::NullAllowed } else { RuleId::NullForbidden }, usage);
    // If every use states it, the component's own `nullable` has no effect.
    let difference = if uses_decide_null(comparison, parts) { difference.judged(NONE) } else { difference };
    // If `nullable` is the same, only one side lists null.
    let nullable = |side: &DocumentSide<'a>, parts| side.schemas.stated(parts, "nullable").map(|(_, value)| value);
    let is_same = nullable(&comparison.base, parts.base) == nullable(&comparison.head, parts.head);
    let is_listed = is_same && comparison.head.schemas.stated(parts.head, "enum").is_some();
    let keyword = if is_listed { "enum" } else { "nullable" };
    let difference = parts.at_keyword(comparison, keyword, difference);
    let shown = |nullable: bool| Some(if nullable { "nullable" } else { "not nullable" }.to_owned());
    comparison.report(difference.showing(shown(before), shown(after)));
}

/// Whether this is a component and every reference to it states whether null is valid.
fn uses_decide_null<'a>(comparison: &Comparison<'a>, parts: PartsPair<'_, 'a>) -> bool {
    let [Some(base), Some(head)] = [parts.base.first(), parts.head.first()] else { return false };
    let is_component = |part: &SchemaSite<'_>| {
        part.pointer.starts_with("/components/schemas/") && part.pointer.matches('/').count() == 3
    };
    let has_use = |root: &Value, part: &SchemaSite<'_>| leaves_null_to(root, &format!("#{}", part.pointer), false);
    is_component(base)
        && is_component(head)
        && !has_use(comparison.base.root().raw, base)
        && !has_use(comparison.head.root().raw, head)
}

/// Whether any reference to a schema does not state whether null is valid.
fn leaves_null_to(value: &Value, reference: &str, decided: bool) -> bool {
    match value {
        Value::Object(object) => {
            let own = !decided && object.get("$ref").and_then(Value::as_str) == Some(reference);
            let says_null = object.contains_key("nullable");
            own || object.iter().any(|(key, value)| {
                let decided = says_null && matches!(key.as_str(), "allOf" | "oneOf" | "anyOf");
                leaves_null_to(value, reference, decided)
            })
        }
        Value::Array(list) => list.iter().any(|value| leaves_null_to(value, reference, decided)),
        _ => false,
    }
}

/// Whether a schema is a reference that its document does not resolve.
fn is_unresolved(side: &DocumentSide<'_>, part: &SchemaSite<'_>) -> bool {
    let reference = part.json().get("$ref").and_then(Value::as_str);
    reference.is_some_and(|reference| crate::pointer::follow(&side.revision.raw, reference).is_none())
}

/// Whether two schemas are equal, apart from the schemas that they refer to.
fn is_equal(parts: PartsPair<'_, '_>) -> bool {
    let (base, head) = (parts.base, parts.head);
    matches!((base, head), ([was], [is]) if is_written_alike(was.json(), is.json()) && is_self_contained(was.json()))
}

/// Whether two schemas are equal, and list their properties in the same order.
fn is_written_alike<'v>(was: &'v Value, is: &'v Value) -> bool {
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            let names = |object: &'v Map<String, Value>| object.get("properties").and_then(Value::as_object);
            let ordered = names(was).zip(names(is)).is_none_or(|(was, is)| was.keys().eq(is.keys()));
            was.len() == is.len()
                && ordered
                && was.iter().all(|(key, value)| is.get(key).is_some_and(|other| is_written_alike(value, other)))
        }
        (Value::Array(was), Value::Array(is)) => {
            was.len() == is.len() && was.iter().zip(is).all(|(was, is)| is_written_alike(was, is))
        }
        _ => was == is,
    }
}

/// Whether a schema merges no other schema, and other schemas do not decide about its values.
fn is_self_contained(raw: &Value) -> bool {
    match raw {
        Value::Object(object) => {
            // A change of one variant of a `oneOf` decides about values of the others.
            let is_exclusive = object.contains_key("oneOf") && !object.contains_key("discriminator");
            let merges = is_exclusive
                || object.contains_key("allOf")
                || (object.contains_key("properties")
                    && ["oneOf", "anyOf"].iter().any(|key| object.contains_key(*key)));
            !merges && object.values().all(is_self_contained)
        }
        Value::Array(list) => list.iter().all(is_self_contained),
        _ => true,
    }
}
