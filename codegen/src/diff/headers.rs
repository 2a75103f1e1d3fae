//! The headers of a response.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact::WireImpact;
use super::impact_by_direction::{RESPONSE, anywhere};
use super::located_value::{LocatedValue, ValuePair};
use super::rules::RuleId;
use super::schema_pair::SchemaUse;
use super::shared_keys::{
    compare as compare_keys, compare_deprecation, compare_documentation, compare_others, compare_required,
};
use super::{examples, media_types, schemas};
use indexmap::IndexMap;

const COMPARED: [&str; 11] = [
    "description",
    "deprecated",
    "required",
    "style",
    "explode",
    "allowEmptyValue",
    "allowReserved",
    "example",
    "examples",
    "schema",
    "content",
];

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, response: &ValuePair<'a>) {
    let (base, head) = response.child("headers");
    let (before, after) = (by_name(base.as_ref()), by_name(head.as_ref()));
    for (name, base) in &before {
        let Some(head) = after.get(name) else {
            comparison.visit_base(base);
            comparison.report(Difference::new(RuleId::HeaderRemoved, RESPONSE).removed(base));
            continue;
        };
        let both = comparison.resolve(base, head);
        if comparison.begin(&both.base.at, &both.head.at, RESPONSE) {
            compare_header(comparison, &both);
        }
    }
    for (_, head) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        comparison.visit_head(head);
        comparison.report(Difference::new(RuleId::HeaderAdded, RESPONSE).added(head));
    }
}

fn by_name<'a>(headers: Option<&LocatedValue<'a>>) -> IndexMap<String, LocatedValue<'a>> {
    let entries = headers.into_iter().flat_map(LocatedValue::entries);
    let entries = entries.map(|(name, header)| (name.to_ascii_lowercase(), header));
    // OpenAPI describes this header by the media type.
    entries.filter(|(name, _)| name != "content-type").collect()
}

fn compare_header<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    compare_documentation(comparison, both, &["description"]);
    compare_deprecation(comparison, both, RESPONSE);
    let rules = [RuleId::HeaderBecameOptional, RuleId::HeaderBecameRequired];
    compare_required(comparison, both, rules, RESPONSE);
    compare_serialization(comparison, both);
    examples::compare(comparison, both);
    if let (Some(base), Some(head)) = both.child("schema") {
        let schema_use = SchemaUse { usage: RESPONSE, as_text: true, is_repeatable: false, is_required: false };
        schemas::compare(comparison, &ValuePair { base, head }, schema_use);
    } else if both.base.raw.get("schema").is_some() != both.head.raw.get("schema").is_some() {
        compare_keys(comparison, both, &["schema"], RuleId::HeaderSerializationChanged, RESPONSE);
    }
    media_types::compare(comparison, both, RESPONSE);
    compare_others(comparison, both, &COMPARED, RESPONSE);
}

fn compare_serialization<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let difference = |key, impact| {
        Difference::new(RuleId::HeaderSerializationChanged, RESPONSE).judged(anywhere(impact)).of(both, key)
    };
    let style = |header: &LocatedValue<'a>| header.text("style").unwrap_or("simple");
    if style(&both.base) != style(&both.head) {
        comparison.report(difference("style", WireImpact::None));
    }
    let flags = [
        ("explode", WireImpact::Breaking),
        ("allowEmptyValue", WireImpact::Risky),
        ("allowReserved", WireImpact::Risky),
    ];
    for (key, impact) in flags.into_iter().filter(|(key, _)| both.base.flag(key) != both.head.flag(key)) {
        comparison.report(difference(key, impact));
    }
}
