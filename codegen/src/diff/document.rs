//! The root of a document, and the order in which its parts are compared.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::{EVERYWHERE, NOWHERE};
use super::located_value::{LocatedValue, ValuePair};
use super::rules::RuleId;
use super::shared_keys::{compare as compare_keys, compare_documentation, compare_others};
use super::{components, external_references, operations, reused_names, schemas, security, servers};
use indexmap::IndexMap;

const COMPARED: [&str; 10] = [
    "openapi",
    "x-rust-crate",
    "x-errors",
    "externalDocs",
    "info",
    "tags",
    "servers",
    "security",
    "paths",
    "components",
];

/// Compares the documents.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let both = comparison.roots();
    compare_keys(comparison, &both, &["openapi"], RuleId::OpenapiVersionChanged, NOWHERE);
    compare_keys(comparison, &both, &["x-rust-crate"], RuleId::CrateChanged, NOWHERE);
    compare_keys(comparison, &both, &["x-errors"], RuleId::ErrorsChanged, NOWHERE);
    compare_documentation(comparison, &both, &["externalDocs"]);
    compare_info(comparison, &both);
    compare_tags(comparison, &both);
    servers::compare(comparison, &both);
    security::compare_schemes(comparison, &both);
    reused_names::pair_by_use(comparison);
    operations::compare_all(comparison, &both);
    security::compare_document(comparison, &both);
    schemas::compare_components(comparison);
    components::compare_sections(comparison, &both);
    compare_others(comparison, &both, &COMPARED, NOWHERE);
    components::compare_unused(comparison, &both);
    external_references::compare(comparison);
}

/// Reports that schemas beyond the limits of the resolver were not compared, if there is anything to compare.
pub(super) fn report_overrun(comparison: &mut Comparison<'_>) {
    let both = comparison.roots();
    if both.base.raw == both.head.raw {
        return;
    }
    let places = [&comparison.base, &comparison.head].map(|side| side.schemas.overrun().cloned());
    if places.iter().any(Option::is_some) {
        let [before, after] = places.clone().map(|place| place.map(|_| "too deep or too large to compare".to_owned()));
        let [base, head] = places;
        let difference = Difference { base, head, ..Difference::new(RuleId::UnknownConstruct, EVERYWHERE) };
        comparison.report(difference.showing(before, after));
    }
}

fn compare_info<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let (Some(base), Some(head)) = both.child("info") else {
        return compare_keys(comparison, both, &["info"], RuleId::InfoChanged, NOWHERE);
    };
    let both = ValuePair { base, head };
    let texts = ["title", "description", "termsOfService", "contact", "license"];
    compare_keys(comparison, &both, &["version"], RuleId::ApiVersionChanged, NOWHERE);
    compare_keys(comparison, &both, &texts, RuleId::InfoChanged, NOWHERE);
    compare_others(comparison, &both, &[&texts[..], &["version"]].concat(), NOWHERE);
}

fn compare_tags<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let (base, head) = both.child("tags");
    let by_name = |list: Option<&LocatedValue<'a>>| -> IndexMap<&'a str, LocatedValue<'a>> {
        let tags = list.into_iter().flat_map(LocatedValue::elements);
        tags.filter_map(|tag| Some((tag.text("name")?, tag))).collect()
    };
    let (base, head) = (by_name(base.as_ref()), by_name(head.as_ref()));
    let difference = || Difference::new(RuleId::TagChanged, NOWHERE);
    for (name, tag) in &base {
        match head.get(name) {
            None => comparison.report(difference().removed(tag)),
            Some(now) => {
                let both = ValuePair { base: tag.clone(), head: now.clone() };
                let texts = ["description", "externalDocs"];
                compare_keys(comparison, &both, &texts, RuleId::TagChanged, NOWHERE);
                compare_others(comparison, &both, &["name", "description", "externalDocs"], NOWHERE);
            }
        }
    }
    for (_, tag) in head.iter().filter(|(name, _)| !base.contains_key(*name)) {
        comparison.report(difference().added(tag));
    }
}
