//! Parameters.

use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::impact_by_direction::{NONE, NOWHERE, REQUEST};
use super::located_value::{LocatedValue, ValuePair};
use super::operation_list::{DocumentOperation, template_names};
use super::rules::RuleId;
use super::schema_pair::SchemaUse;
use super::shared_keys::{
    compare as compare_keys, compare_deprecation, compare_documentation, compare_flag, compare_others, compare_required,
};
use super::{examples, media_types, schemas};
use crate::resolve::JsonType;
use indexmap::IndexMap;
use serde_json::Value;

const COMPARED: [&str; 15] = [
    "name",
    "in",
    "description",
    "deprecated",
    "required",
    "x-rust-name",
    "x-environment",
    "style",
    "explode",
    "allowEmptyValue",
    "allowReserved",
    "example",
    "examples",
    "schema",
    "content",
];

/// A parameter of an operation.
pub(super) struct DocumentParameter<'a> {
    /// In the list of the operation or its path, perhaps as a reference.
    pub(super) listed: LocatedValue<'a>,
    pub(super) value: LocatedValue<'a>,
}

/// The identity of a parameter: its location, and its name there.
pub(super) type ParameterKey = (String, String);

/// Compares the parameters of an operation, those of its path included.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, was: &DocumentOperation<'a>, is: &DocumentOperation<'a>) {
    let (before, after) = (parameters(&mut comparison.base, was), parameters(&mut comparison.head, is));
    for parameter in before.values().chain(after.values()) {
        comparison.visited.insert(parameter.value.at.clone());
    }
    let mut new: IndexMap<&ParameterKey, &DocumentParameter<'a>> =
        after.iter().filter(|(key, _)| !before.contains_key(*key)).collect();
    let mut kept = Vec::new();
    for (key, base) in &before {
        if let Some(head) = after.get(key) {
            kept.push(head);
            compare_parameter(comparison, &ValuePair { base: base.value.clone(), head: head.value.clone() });
        } else if let Some(head) = moved_to(key, base, &new).and_then(|other| new.shift_remove(other)) {
            kept.push(head);
            compare_moved(comparison, base, head);
        } else if comparison.begin(&base.listed.at, &"".into(), REQUEST) {
            let difference = Difference::new(RuleId::ParameterRemoved, REQUEST).removed(&base.listed);
            comparison.report(difference.named(&shown(&base.value)));
        }
    }
    for (_, head) in new {
        if comparison.begin(&"".into(), &head.listed.at, REQUEST) {
            let is_required = head.value.flag("required");
            let rule = if is_required { RuleId::RequiredParameterAdded } else { RuleId::OptionalParameterAdded };
            comparison.report(Difference::new(rule, REQUEST).added(&head.listed).named(&shown(&head.value)));
        }
    }
    if let Some(difference) = changed_order(&kept, &after) {
        comparison.report(difference.at(&was.value.at, &is.value.at));
    }
}

/// Finds the new key of a parameter: the same name in another location, or another name of the same shared parameter.
fn moved_to<'k>(
    key: &ParameterKey,
    parameter: &DocumentParameter<'_>,
    new: &IndexMap<&'k ParameterKey, &DocumentParameter<'_>>,
) -> Option<&'k ParameterKey> {
    let is_shared = |parameter: &DocumentParameter<'_>| parameter.listed.at != parameter.value.at;
    let is_same = |(_, name): &ParameterKey, other: &DocumentParameter<'_>| {
        *name == key.1 || (is_shared(parameter) && is_shared(other) && other.value.at == parameter.value.at)
    };
    new.iter().find(|(key, other)| is_same(key, other)).map(|(key, _)| *key)
}

/// Returns a difference if the parameters that stay have another order, which is that of a method's arguments.
fn changed_order(
    kept: &[&DocumentParameter<'_>],
    after: &IndexMap<ParameterKey, DocumentParameter<'_>>,
) -> Option<Difference> {
    fn name<'v>(parameter: &DocumentParameter<'v>) -> &'v str {
        parameter.value.text("name").unwrap_or_default()
    }
    let before: Vec<&str> = kept.iter().map(|parameter| name(parameter)).collect();
    let stays = |parameter: &&DocumentParameter<'_>| kept.iter().any(|head| head.value.at == parameter.value.at);
    let after: Vec<&str> = after.values().filter(stays).map(name).collect();
    (before != after).then(|| {
        let difference = Difference::new(RuleId::ParameterOrderChanged, REQUEST);
        difference.showing(Some(before.join(", ")), Some(after.join(", ")))
    })
}

/// Compares a parameter with one that has another location or name.
fn compare_moved<'a>(comparison: &mut Comparison<'a>, base: &DocumentParameter<'a>, head: &DocumentParameter<'a>) {
    let both = ValuePair { base: base.value.clone(), head: head.value.clone() };
    if comparison.begin(&both.base.at, &both.head.at, NOWHERE) {
        compare_keys(comparison, &both, &["in"], RuleId::ParameterLocationChanged, REQUEST);
        compare_keys(comparison, &both, &["name"], RuleId::ParameterRenamed, REQUEST);
    }
    compare_parameter(comparison, &both);
}

fn compare_parameter<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    if !comparison.begin(&both.base.at, &both.head.at, REQUEST) {
        return;
    }
    compare_documentation(comparison, both, &["description"]);
    compare_deprecation(comparison, both, REQUEST);
    let rules = [RuleId::ParameterBecameOptional, RuleId::ParameterBecameRequired];
    compare_required(comparison, both, rules, REQUEST);
    compare_keys(comparison, both, &["x-rust-name"], RuleId::RustNameChanged, REQUEST);
    compare_keys(comparison, both, &["x-environment"], RuleId::EnvironmentChanged, REQUEST);
    compare_serialization(comparison, both);
    let rules = [RuleId::EmptyValueForbidden, RuleId::EmptyValueAllowed];
    compare_flag(comparison, both, "allowEmptyValue", rules, REQUEST);
    let rules = [RuleId::ReservedForbidden, RuleId::ReservedAllowed];
    compare_flag(comparison, both, "allowReserved", rules, REQUEST);
    examples::compare(comparison, both);
    compare_values(comparison, both);
    compare_others(comparison, both, &COMPARED, REQUEST);
}

/// Compares the schema or the media type of a parameter.
fn compare_values<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    match (both.child("schema"), both.child("content")) {
        ((Some(base), Some(head)), _) => {
            let is_repeatable = is_repeatable(&both.base) && is_repeatable(&both.head);
            let schema_use = SchemaUse { usage: REQUEST, as_text: true, is_repeatable, is_required: false };
            schemas::compare(comparison, &ValuePair { base, head }, schema_use);
        }
        (_, (Some(_), Some(_))) => media_types::compare(comparison, both, REQUEST),
        ((None, None), (None, None)) => {}
        _ => {
            let keyword = |parameter: &LocatedValue<'_>| {
                let has_content = parameter.raw.get("content").is_some();
                Some(if has_content { "content" } else { "schema" }.to_owned())
            };
            let difference = Difference::new(RuleId::ParameterSerializationChanged, REQUEST);
            let difference = difference.at(&both.base.at, &both.head.at);
            comparison.report(difference.showing(keyword(&both.base), keyword(&both.head)));
        }
    }
}

/// Compares `style` and `explode`, with their defaults filled in.
fn compare_serialization<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    if both.base.text("in") != both.head.text("in") {
        return;
    }
    let (before, after) = (style(&both.base), style(&both.head));
    let difference = Difference::new(RuleId::ParameterSerializationChanged, REQUEST);
    if before != after {
        let difference = difference.of(both, "style");
        comparison.report(difference.showing(Some(before.to_owned()), Some(after.to_owned())));
    } else if explode(&both.base) != explode(&both.head) {
        let difference = difference.of(both, "explode");
        // A scalar and a deep object have only one serialization.
        let is_same = before == "deepObject" || is_scalar(comparison, both);
        comparison.report(if is_same { difference.judged(NONE) } else { difference });
    }
}

/// Returns the `style` of a parameter or header, stated or by default.
pub(super) fn style<'a>(parameter: &LocatedValue<'a>) -> &'a str {
    parameter.text("style").unwrap_or_else(|| match parameter.text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    })
}

fn explode(parameter: &LocatedValue<'_>) -> bool {
    parameter.raw.get("explode").and_then(Value::as_bool).unwrap_or(style(parameter) == "form")
}

/// Whether an array is sent as one entry of the query for each element, so that one element looks like a scalar.
fn is_repeatable(parameter: &LocatedValue<'_>) -> bool {
    parameter.text("in") == Some("query") && style(parameter) == "form" && explode(parameter)
}

fn is_scalar<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) -> bool {
    let (Some(base), Some(head)) = both.child("schema") else { return false };
    let (base, head) = ([comparison.base.part(&base)], [comparison.head.part(&head)]);
    let (base, head) = (comparison.base.schemas.resolve(&base), comparison.head.schemas.resolve(&head));
    let scalar = |kind: Option<JsonType>| kind.is_some_and(|kind| !matches!(kind, JsonType::Array | JsonType::Object));
    scalar(base.json_type) && scalar(head.json_type)
}

/// Returns the name and location of a parameter, such as `limit (in query)`.
fn shown(parameter: &LocatedValue<'_>) -> String {
    let text = |key: &str| parameter.text(key).unwrap_or_default();
    format!("{} (in {})", text("name"), text("in"))
}

/// Lists the parameters of an operation and its path. Those of the operation replace the others.
pub(super) fn parameters<'a>(
    side: &mut DocumentSide<'a>,
    operation: &DocumentOperation<'a>,
) -> IndexMap<ParameterKey, DocumentParameter<'a>> {
    let names = template_names(operation.path);
    let lists = [&operation.path_item, &operation.value].map(|owner| owner.child("parameters"));
    let mut found = IndexMap::new();
    for listed in lists.iter().flatten().flat_map(LocatedValue::elements) {
        let value = side.resolve(&listed);
        if let Some(key) = key(&value, &names) {
            found.insert(key, DocumentParameter { listed, value });
        }
    }
    found
}

/// Returns the key of a parameter, or `None` for headers that OpenAPI describes in other ways.
fn key(parameter: &LocatedValue<'_>, template_names: &[&str]) -> Option<ParameterKey> {
    let (name, location) = (parameter.text("name")?, parameter.text("in")?);
    let key = match location {
        "header" => {
            let name = name.to_ascii_lowercase();
            let is_described_elsewhere = ["accept", "content-type", "authorization"].contains(&name.as_str());
            Some(name).filter(|_| !is_described_elsewhere)?
        }
        // The name in a template does not cross the wire.
        "path" => match template_names.iter().position(|known| *known == name) {
            Some(index) => format!("{{{index}}}"),
            None => name.to_owned(),
        },
        _ => name.to_owned(),
    };
    Some((location.to_owned(), key))
}
