//! `content`: the media types of a body, and their schemas.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact::SourceImpact;
use super::located_value::{LocatedValue, ValuePair};
use super::rules::RuleId;
use super::schema_pair::SchemaUse;
use super::shared_keys::{compare as compare_keys, compare_others};
use super::{examples, schemas};
use crate::ir::Usage;
use indexmap::{IndexMap, IndexSet};

/// Compares `content` of a body, a parameter or a header.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, owner: &ValuePair<'a>, usage: Usage) {
    let (base, head) = owner.child("content");
    let (before, after) = (by_name(base.as_ref()), by_name(head.as_ref()));
    // If the preferred media type changes, the client sends another header.
    let least = if preferred(&before) == preferred(&after) { SourceImpact::None } else { SourceImpact::Patch };
    for (name, base) in &before {
        let Some(head) = after.get(name) else {
            let difference = Difference::new(RuleId::MediaTypeRemoved, usage).removed(base).named(name);
            comparison.report(difference.at_least(least));
            continue;
        };
        compare_media_type(comparison, &ValuePair { base: base.clone(), head: head.clone() }, usage);
    }
    for (name, head) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        comparison.report(Difference::new(RuleId::MediaTypeAdded, usage).added(head).named(name).at_least(least));
    }
}

fn by_name<'a>(content: Option<&LocatedValue<'a>>) -> IndexMap<String, LocatedValue<'a>> {
    content.into_iter().flat_map(LocatedValue::entries).map(|(name, value)| (normalized(name), value)).collect()
}

/// Returns a media type and its parameters in lower case and without whitespace.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// Returns the media type that a client sends or requests.
fn preferred<'c>(content: &'c IndexMap<String, LocatedValue<'_>>) -> Option<&'c str> {
    let names = || content.keys().map(String::as_str);
    names().find(|name| crate::ir::is_json(name)).or_else(|| names().next())
}

fn compare_media_type<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>, usage: Usage) {
    examples::compare(comparison, both);
    match both.child("schema") {
        (Some(base), Some(head)) => {
            let schema_use = SchemaUse { usage, as_text: false, is_required: false };
            schemas::compare(comparison, &ValuePair { base, head }, schema_use);
        }
        (None, Some(head)) => comparison.report(Difference::new(RuleId::SchemaSet, usage).added(&head)),
        (Some(base), None) => comparison.report(Difference::new(RuleId::SchemaUnset, usage).removed(&base)),
        (None, None) => {}
    }
    compare_encoding(comparison, both, usage);
    compare_others(comparison, both, &["example", "examples", "schema", "encoding"], usage);
}

fn compare_encoding<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>, usage: Usage) {
    match both.child("encoding") {
        (None, None) => {}
        (Some(base), Some(head)) => {
            let both = ValuePair { base, head };
            let names: IndexSet<&str> = both.keys().collect();
            for name in names {
                compare_keys(comparison, &both, &[name], RuleId::EncodingChanged, usage);
            }
        }
        _ => compare_keys(comparison, both, &["encoding"], RuleId::EncodingChanged, usage),
    }
}
