//! Keywords of a schema that do not restrict its values: texts, names, defaults, and keys without a comparison of their
//! own.

use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::excerpt;
use super::impact::WireImpact;
use super::impact_by_direction::{EVERYWHERE, NOWHERE, TIGHTENED};
use super::located_value::LocatedValue;
use super::rules::{self, RuleId};
use super::schema_pair::{CompareSchemas as _, PartsPair, ResolvedSchema, SchemaPair, SchemaUse};
use super::schema_parts::find_in_parts;
use crate::ir::Usage;
use crate::numbers::is_same_value;
use crate::parse::dialect::openapi_objects::{FieldType, ObjectKind};
use crate::resolve::{Annotations, RawSchema, SchemaSite};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

/// Returns the annotations of a schema; for a reference to a component, with those of the component.
pub(super) fn of_schema<'a>(side: &mut DocumentSide<'a>, schema: &ResolvedSchema<'a>) -> Annotations<'a> {
    side.schemas
        .component_use(&schema.parts)
        .map_or(schema.merged.annotations, |sole| sole.annotations.or(schema.merged.annotations))
}

/// Compares the annotations of two schemas, and their keys without a comparison of their own.
pub(super) fn compare_schemas<'a>(comparison: &mut Comparison<'a>, parts: PartsPair<'_, 'a>, schema_use: SchemaUse) {
    let pair = SchemaPair::new(comparison, parts, schema_use);
    let notes = [of_schema(&mut comparison.base, &pair.base), of_schema(&mut comparison.head, &pair.head)];
    compare(comparison, parts, &notes, schema_use);
    compare_other_keys(comparison, parts, KeyScope::Own, schema_use.usage);
}

/// Compares annotations.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    parts: PartsPair<'_, 'a>,
    notes: &[Annotations<'a>; 2],
    schema_use: SchemaUse,
) {
    compare_texts(comparison, parts, notes);
    compare_rust_names(comparison, parts, notes, schema_use.usage);
    compare_values(comparison, parts, notes, schema_use);
    compare_flags(comparison, parts, notes, schema_use);
}

fn compare_texts<'a>(comparison: &mut Comparison<'a>, parts: PartsPair<'_, 'a>, [was, is]: &[Annotations<'a>; 2]) {
    let texts = [("title", was.title, is.title), ("description", was.description, is.description)];
    for (keyword, before, after) in texts.into_iter().filter(|(_, before, after)| before != after) {
        let difference = Difference::new(RuleId::DocumentationChanged, NOWHERE);
        let (before, after) = excerpt::texts(before, after);
        comparison.report(parts.at_keyword(comparison, keyword, difference).showing(before, after));
    }
}

fn compare_rust_names<'a>(
    comparison: &mut Comparison<'a>,
    parts: PartsPair<'_, 'a>,
    [was, is]: &[Annotations<'a>; 2],
    usage: Usage,
) {
    let text = |text: Option<&str>| text.map(excerpt::cut);
    let map =
        |names: Option<&Map<String, Value>>| names.map(|names| excerpt::cut(&Value::Object(names.clone()).to_string()));
    let names = [
        ("x-rust-name", was.rust_name != is.rust_name, text(was.rust_name), text(is.rust_name)),
        ("x-rust-field", was.rust_field != is.rust_field, text(was.rust_field), text(is.rust_field)),
        ("x-rust-names", was.rust_names != is.rust_names, map(was.rust_names), map(is.rust_names)),
    ];
    for (keyword, _, before, after) in names.into_iter().filter(|(_, differs, ..)| *differs) {
        let difference = Difference::new(RuleId::RustNameChanged, usage);
        comparison.report(parts.at_keyword(comparison, keyword, difference).showing(before, after));
    }
}

/// Compares `example` and `default`.
fn compare_values<'a>(
    comparison: &mut Comparison<'a>,
    parts: PartsPair<'_, 'a>,
    [was, is]: &[Annotations<'a>; 2],
    SchemaUse { usage, is_required, .. }: SchemaUse,
) {
    if was.example != is.example {
        let difference = parts.at_keyword(comparison, "example", Difference::new(RuleId::ExampleChanged, usage));
        comparison.report(difference.showing_values(was.example, is.example));
    }
    // A default behind a reference or in a part of `allOf` counts for the use.
    let stated = |side: &DocumentSide<'a>, parts| side.schemas.stated(parts, "default").map(|(_, value)| value);
    let before = was.default.or_else(|| stated(&comparison.base, parts.base));
    let after = is.default.or_else(|| stated(&comparison.head, parts.head));
    let rule = match (before, after) {
        (Some(was), Some(is)) if is_same_value(was, is) => return,
        (before, after) if before == after => return,
        (None, _) => RuleId::DefaultAdded,
        (_, None) => RuleId::DefaultRemoved,
        _ => RuleId::DefaultChanged,
    };
    let difference = parts.at_keyword(comparison, "default", Difference::new(rule, usage));
    // Without a default, a missing value reads as null anyway. But a request that requires it must then state the null.
    let is_stated = usage.request && is_required;
    let explains_nothing = !is_stated && [before, after].iter().flatten().all(|value| value.is_null());
    comparison.report(Difference { explains_nothing, ..difference.showing_values(before, after) });
}

fn compare_flags<'a>(
    comparison: &mut Comparison<'a>,
    parts: PartsPair<'_, 'a>,
    [was, is]: &[Annotations<'a>; 2],
    schema_use: SchemaUse,
) {
    let deprecated = [RuleId::NoLongerDeprecated, RuleId::Deprecated];
    let read_only = [RuleId::ReadOnlyRemoved, RuleId::ReadOnlyAdded];
    let write_only = [RuleId::WriteOnlyRemoved, RuleId::WriteOnlyAdded];
    let flags = [
        ("deprecated", was.deprecated, is.deprecated, deprecated),
        ("readOnly", was.read_only, is.read_only, read_only),
        ("writeOnly", was.write_only, is.write_only, write_only),
    ];
    for (keyword, before, after, [off, on]) in flags {
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        if before == after {
            continue;
        }
        let difference = Difference::new(if after { on } else { off }, schema_use.usage);
        let difference = parts.at_keyword(comparison, keyword, difference);
        // Requests must now contain a property that only responses had to contain.
        let is_required_now = difference.rule == RuleId::ReadOnlyRemoved && schema_use.is_required;
        let difference = if is_required_now { difference.judged(TIGHTENED) } else { difference };
        comparison.report(difference.showing(Some(before.to_string()), Some(after.to_string())));
    }
}

/// Which parts of a schema a comparison looks into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyScope {
    /// Only those that are written in place.
    Own,
    /// Also those that it refers to.
    WithReferences,
}

/// Compares the keys that the merged schema does not have: extensions, `not`, and keys that are unknown or of the wrong
/// type.
pub(super) fn compare_other_keys<'a>(
    comparison: &mut Comparison<'a>,
    parts: PartsPair<'_, 'a>,
    scope: KeyScope,
    usage: Usage,
) {
    let (was, is) = (other_keys(&comparison.base, parts.base, scope), other_keys(&comparison.head, parts.head, scope));
    let keys: IndexSet<&str> = was.keys().chain(is.keys()).copied().collect();
    for key in keys {
        let (before, after) = (was.get(key), is.get(key));
        let raw = [before, after].map(|value| value.map(|value| value.raw));
        if raw[0] == raw[1] || (key == "not" && rules_out_the_same(comparison, before, after)) {
            continue;
        }
        let rule = match (key, before.is_some(), after.is_some()) {
            ("externalDocs" | "examples" | "$comment", ..) => RuleId::DocumentationChanged,
            ("xml", ..) => RuleId::XmlChanged,
            ("not", false, _) => RuleId::NotAdded,
            ("not", _, false) => RuleId::NotRemoved,
            ("not", ..) => RuleId::NotChanged,
            _ => rules::for_other_key(key),
        };
        let difference = parts.at_keyword(comparison, key, Difference::new(rule, usage));
        comparison.report(difference.showing_values(raw[0], raw[1]));
    }
}

/// Whether two values of `not` rule out the same values.
fn rules_out_the_same<'a>(
    comparison: &mut Comparison<'a>,
    before: Option<&LocatedValue<'a>>,
    after: Option<&LocatedValue<'a>>,
) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let (base, head) = ([comparison.base.part(before)], [comparison.head.part(after)]);
    let parts = PartsPair { base: &base, head: &head };
    comparison.dry_run(|comparison| comparison.compare_schemas(parts, SchemaUse::as_json(EVERYWHERE)))
        == WireImpact::None
}

/// Whether the merged schema has a key, if its value is of the right kind.
fn is_read(key: &str, value: &Value) -> bool {
    match key {
        // Unions read `discriminator`.
        "$ref" | "x-rust-name" | "x-rust-field" | "x-rust-names" | "discriminator" => true,
        "not" | "xml" | "externalDocs" => false,
        "x-secret" => value.is_boolean(),
        "type" if value.is_array() => RawSchema::single_type(value).is_some(),
        "x-property-names" => value.is_object(),
        _ => ObjectKind::Schema.field_type(key).is_some_and(|field_type| fits(field_type, value)),
    }
}

fn fits(field_type: FieldType, value: &Value) -> bool {
    match field_type {
        FieldType::Any => true,
        FieldType::Text => value.is_string(),
        FieldType::Word(words) => value.as_str().is_some_and(|text| words.contains(&text)),
        FieldType::Boolean => value.is_boolean(),
        FieldType::Number | FieldType::Count => value.is_number(),
        FieldType::Texts | FieldType::Values | FieldType::List(_) => value.is_array(),
        FieldType::TextMap | FieldType::AnyMap | FieldType::Object(_) | FieldType::Map(_) => value.is_object(),
        FieldType::SchemaOrBoolean => value.is_object() || value.is_boolean(),
    }
}

type KeyedValues<'a> = IndexMap<&'a str, LocatedValue<'a>>;

fn other_keys<'a>(side: &DocumentSide<'a>, parts: &[SchemaSite<'a>], scope: KeyScope) -> KeyedValues<'a> {
    let mut found = IndexMap::new();
    let followed = (scope == KeyScope::WithReferences).then_some(&side.revision.raw);
    find_in_parts(followed, parts.iter().map(LocatedValue::from), &["allOf"], |schema| {
        for (key, value) in schema.entries().filter(|(key, value)| !is_read(key, value.raw)) {
            found.entry(key).or_insert(value);
        }
        None::<()>
    });
    found
}
