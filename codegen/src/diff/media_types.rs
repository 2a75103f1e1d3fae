//! `content`: the media types of a body, and their schemas.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact::SourceImpact;
use super::impact_by_direction::COMPATIBLE;
use super::located_value::{LocatedValue, ValuePair};
use super::rules::RuleId;
use super::schema_pair::SchemaUse;
use super::shared_keys::{compare as compare_keys, compare_others};
use super::{examples, schemas};
use crate::ir::Usage;
use indexmap::{IndexMap, IndexSet};
use std::collections::HashSet;

/// Compares `content` of a body, a parameter or a header.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, owner: &ValuePair<'a>, usage: Usage) {
    let (base, head) = owner.child("content");
    let (before, after) = (by_name(base.as_ref()), by_name(head.as_ref()));
    // If the preferred media type changes, the client sends another header.
    let least = if preferred(&before) == preferred(&after) { SourceImpact::None } else { SourceImpact::Patch };
    let mut kept = HashSet::new();
    for (name, base) in &before {
        let Some((found, relation)) = counterpart(name, [&before, &after], &kept) else {
            let difference = Difference::new(RuleId::MediaTypeRemoved, usage).removed(base).named(name);
            let range = after.iter().find(|(range, _)| before.contains_key(*range) && includes(range, name));
            let pair = range.map(|(_, head)| ValuePair { base: base.clone(), head: head.clone() });
            let difference = judged_by_range(comparison, difference.at_least(least), pair, usage);
            comparison.report(difference);
            continue;
        };
        let Some(head) = after.get(found) else { continue };
        kept.insert(found);
        if let Some(rule) = relation {
            let difference = Difference::new(rule, usage).at(&base.at, &head.at);
            comparison.report(difference.showing(Some(name.clone()), Some(found.to_owned())).at_least(least));
        }
        compare_media_type(comparison, &ValuePair { base: base.clone(), head: head.clone() }, usage);
    }
    for (name, head) in after.iter().filter(|(name, _)| !kept.contains(name.as_str())) {
        let difference = Difference::new(RuleId::MediaTypeAdded, usage).added(head).named(name).at_least(least);
        let range = before.iter().find(|(range, _)| after.contains_key(*range) && includes(range, name));
        let pair = range.map(|(_, base)| ValuePair { base: base.clone(), head: head.clone() });
        let difference = judged_by_range(comparison, difference, pair, usage);
        comparison.report(difference);
    }
}

/// Judges a media type that is removed or added beside a range that includes it by the schemas of both.
fn judged_by_range<'a>(
    comparison: &mut Comparison<'a>,
    difference: Difference,
    pair: Option<ValuePair<'a>>,
    usage: Usage,
) -> Difference {
    let Some(pair) = pair else { return difference };
    let wire = comparison.dry_run(|comparison| compare_media_type(comparison, &pair, usage));
    let difference = difference.judged(COMPATIBLE);
    Difference { wire: difference.wire.max(wire), ..difference }
}

type Content<'a> = IndexMap<String, LocatedValue<'a>>;

/// Returns the media type that continues an old one, and the rule that names their relation, unless they are the same.
fn counterpart<'c>(
    name: &str,
    [before, after]: [&'c Content<'_>; 2],
    kept: &HashSet<&str>,
) -> Option<(&'c str, Option<RuleId>)> {
    let new = || after.keys().filter(|other| !before.contains_key(*other) && !kept.contains(other.as_str()));
    if let Some((same, _)) = after.get_key_value(name) {
        return Some((same, None));
    }
    let is_respelled = |other: &&String| without_charset(name) == without_charset(other);
    if let Some(other) = new().find(is_respelled) {
        return Some((other, Some(RuleId::MediaTypeRespelled)));
    }
    if let Some(range) = new().find(|other| includes(other, name)) {
        return Some((range, Some(RuleId::MediaTypeWidened)));
    }
    new().find(|other| includes(name, other)).map(|other| (other.as_str(), Some(RuleId::MediaTypeNarrowed)))
}

/// Returns a media type without the charset that is the usual one.
fn without_charset(name: &str) -> String {
    name.replace(";charset=utf-8", "").replace(";charset=\"utf-8\"", "")
}

/// Whether the first one is a range such as `application/*`, and the second one in it.
fn includes(range: &str, name: &str) -> bool {
    let kind = range.strip_suffix('*').filter(|kind| kind.ends_with('/'));
    range != name && kind.is_some_and(|kind| kind == "*/" || name.starts_with(kind))
}

fn by_name<'a>(content: Option<&LocatedValue<'a>>) -> Content<'a> {
    content.into_iter().flat_map(LocatedValue::entries).map(|(name, value)| (normalized(name), value)).collect()
}

/// Returns a media type and its parameters in lower case and without whitespace.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// Returns the media type that a client sends or requests.
fn preferred<'c>(content: &'c Content<'_>) -> Option<&'c str> {
    let names = || content.keys().map(String::as_str);
    names().find(|name| crate::ir::is_json(name)).or_else(|| names().next())
}

fn compare_media_type<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>, usage: Usage) {
    examples::compare(comparison, both);
    match both.child("schema") {
        (Some(base), Some(head)) => {
            schemas::compare(comparison, &ValuePair { base, head }, SchemaUse::as_json(usage));
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
