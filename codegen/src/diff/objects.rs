//! Objects and arrays: properties, required properties, other properties, and elements.

use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::excerpt;
use super::located_value::LocatedValue;
use super::property_access;
use super::rules::RuleId;
use super::schema_pair::{CompareSchemas as _, PartsPair, ResolvedSchema, SchemaPair, SchemaUse};
use crate::resolve::{MergedSchema, SchemaSite};
use serde_json::{Map, Value};
use std::rc::Rc;

/// The properties that an object may have beside the listed ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OtherProperties {
    Any,
    Typed,
    None,
}

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    compare_items(comparison, both);
    compare_properties(comparison, both);
    compare_order(comparison, both);
    compare_required_alone(comparison, both);
    compare_other_properties(comparison, both);
}

fn compare_items<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (&both.base.merged.items, &both.head.merged.items);
    // `items: {}` accepts anything.
    let is_free =
        |parts: &[SchemaSite<'a>]| parts.iter().all(|part| part.json().as_object().is_some_and(Map::is_empty));
    if is_free(before) && is_free(after) {
        return;
    }
    match (before.is_empty(), after.is_empty()) {
        (false, false) => {
            let parts = PartsPair { base: before, head: after };
            comparison.compare_schemas(parts, both.schema_use.inner());
        }
        (true, true) => {}
        (true, false) => both.report_keyword(comparison, "items", RuleId::ItemsAdded),
        (false, true) => both.report_keyword(comparison, "items", RuleId::ItemsRemoved),
    }
}

fn compare_properties<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (base, head) = (&both.base.merged, &both.head.merged);
    for (name, was) in &base.properties {
        let Some(is) = head.properties.get(name) else {
            report_removed(comparison, both, name, was);
            continue;
        };
        let parts = PartsPair { base: was, head: is };
        let usage = property_access::of_both(comparison, parts, both.usage());
        let is_required = head.required.contains_key(name);
        let schema_use = SchemaUse { usage, is_required, ..both.schema_use.inner() };
        compare_required(comparison, both, name, parts, schema_use);
        comparison.compare_schemas(parts, schema_use);
    }
    for (name, is) in head.properties.iter().filter(|(name, _)| !base.properties.contains_key(*name)) {
        report_added(comparison, both, name, is);
    }
}

fn compare_order<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let order = |merged: &MergedSchema<'a>, other: &MergedSchema<'a>| -> Vec<&'a str> {
        merged.properties.keys().filter(|name| other.properties.contains_key(*name)).copied().collect()
    };
    let (base, head) = (&both.base.merged, &both.head.merged);
    let (before, after) = (order(base, head), order(head, base));
    if before != after {
        let difference = Difference::new(RuleId::PropertyOrderChanged, both.usage());
        let difference = both.parts().at_keyword(comparison, "properties", difference);
        let shown = |names: Vec<&str>| Some(excerpt::cut(&names.join(", ")));
        comparison.report(difference.showing(shown(before), shown(after)));
    }
}

fn report_removed<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>, name: &str, parts: &[SchemaSite<'a>]) {
    let Some(property) = parts.first().map(LocatedValue::from) else { return };
    let usage = property_access::of_one(&mut comparison.base, parts, both.usage());
    let mut difference = Difference::new(RuleId::PropertyRemoved, usage).removed(&property);
    if is_inherited_elsewhere(&property, &both.base, comparison.head.root().raw) {
        difference.base = Some(inheritance_place(&comparison.base, &both.base));
        difference.before = Some(format!("{name}: {}", excerpt::value(property.raw)));
        difference = difference.about(&both.base.at(), &both.head.at());
    }
    comparison.report(difference);
}

fn report_added<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>, name: &str, parts: &[SchemaSite<'a>]) {
    let Some(property) = parts.first().map(LocatedValue::from) else { return };
    let usage = property_access::of_one(&mut comparison.head, parts, both.usage());
    let is_required = both.head.merged.required.contains_key(name);
    let rule = if is_required { RuleId::RequiredPropertyAdded } else { RuleId::OptionalPropertyAdded };
    // A client of the old document may use the name for a value of another type.
    let others = PartsPair { base: &both.base.merged.additional, head: parts };
    let schema_use = SchemaUse { usage, ..both.schema_use.inner() };
    let as_before = comparison.dry_run(|comparison| comparison.compare_schemas(others, schema_use));
    let difference = Difference::new(rule, usage);
    let mut difference = Difference { wire: difference.wire.max(as_before), ..difference }.added(&property);
    if is_inherited_elsewhere(&property, &both.head, comparison.base.root().raw) {
        difference.head = Some(inheritance_place(&comparison.head, &both.head));
        difference.after = Some(format!("{name}: {}", excerpt::value(property.raw)));
        difference = difference.about(&both.base.at(), &both.head.at());
    }
    comparison.report(difference);
}

/// Whether both documents have a property in a component, and only one of them inherits it here.
fn is_inherited_elsewhere(property: &LocatedValue<'_>, here: &ResolvedSchema<'_>, other: &Value) -> bool {
    let is_own = here.parts.iter().any(|part| property.at.starts_with(&*part.pointer));
    !is_own && other.pointer(&property.at).is_some()
}

/// Returns the place of a schema's `allOf`, or of the schema.
fn inheritance_place<'a>(side: &DocumentSide<'a>, schema: &ResolvedSchema<'a>) -> Rc<str> {
    side.schemas.stated(&schema.parts, "allOf").map_or_else(|| schema.at(), |(at, _)| at)
}

/// Compares whether a property that both sides have is required.
fn compare_required<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    name: &str,
    parts: PartsPair<'_, 'a>,
    schema_use: SchemaUse,
) {
    let (before, after) = (both.base.merged.required.get(name), both.head.merged.required.get(name));
    let (Some(was), Some(is)) = (parts.base.first(), parts.head.first()) else { return };
    if before.is_some() == after.is_some() {
        return;
    }
    let rule = if after.is_some() { RuleId::PropertyBecameRequired } else { RuleId::PropertyBecameOptional };
    let difference = Difference::new(rule, schema_use.usage);
    let difference = difference.at(before.unwrap_or(&was.pointer), after.unwrap_or(&is.pointer));
    let shown = |required: bool| Some(if required { "required" } else { "optional" }.to_owned());
    let difference = difference.about(&was.pointer, &is.pointer);
    comparison.report(difference.showing(shown(before.is_some()), shown(after.is_some())));
}

/// Compares names in `required` that are not properties.
pub(super) fn compare_required_alone<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (base, head) = (&both.base.merged, &both.head.merged);
    let is_alone = |name: &&str| !base.properties.contains_key(*name) && !head.properties.contains_key(*name);
    let shown = |name: &str| Some(format!("{name} is required"));
    for (name, at) in base.required.iter().filter(|(name, _)| is_alone(name) && !head.required.contains_key(*name)) {
        let difference = Difference::new(RuleId::PropertyBecameOptional, both.usage());
        comparison.report(difference.at(at, &both.head.at()).showing(shown(name), None));
    }
    for (name, at) in head.required.iter().filter(|(name, _)| is_alone(name) && !base.required.contains_key(*name)) {
        let difference = Difference::new(RuleId::PropertyBecameRequired, both.usage());
        comparison.report(difference.at(&both.base.at(), at).showing(None, shown(name)));
    }
}

/// Compares `additionalProperties`.
fn compare_other_properties<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (base, head) = (&both.base.merged, &both.head.merged);
    let rule = match (other_properties(base), other_properties(head)) {
        (OtherProperties::Typed, OtherProperties::Typed) => {
            let parts = PartsPair { base: &base.additional, head: &head.additional };
            return comparison.compare_schemas(parts, both.schema_use.inner());
        }
        (before, after) if before == after => return,
        (_, OtherProperties::None) => RuleId::AdditionalPropertiesForbidden,
        (OtherProperties::None, _) => RuleId::AdditionalPropertiesAllowed,
        (_, OtherProperties::Typed) => RuleId::AdditionalPropertiesNarrowed,
        (_, OtherProperties::Any) => RuleId::AdditionalPropertiesWidened,
    };
    both.report_keyword(comparison, "additionalProperties", rule);
}

fn other_properties(merged: &MergedSchema<'_>) -> OtherProperties {
    if !merged.additional.is_empty() {
        OtherProperties::Typed
    } else if merged.closed {
        OtherProperties::None
    } else {
        OtherProperties::Any
    }
}
