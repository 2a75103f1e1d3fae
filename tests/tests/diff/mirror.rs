//! A comparison from head to base finds the opposite changes.

use std::collections::BTreeMap;

use chatkit_codegen::diff::{Change, RULES, compare};

use crate::corpus;

/// Rules that are each other's opposites.
const OPPOSITES: &[(&str, &str)] = &[
    ("additional-properties-allowed", "additional-properties-forbidden"),
    ("additional-properties-narrowed", "additional-properties-widened"),
    ("default-added", "default-removed"),
    ("deprecated", "no-longer-deprecated"),
    ("empty-value-allowed", "empty-value-forbidden"),
    ("enum-added", "enum-removed"),
    ("enum-value-added", "enum-value-removed"),
    ("error-response-added", "error-response-removed"),
    ("format-added", "format-removed"),
    ("format-narrowed", "format-widened"),
    ("header-added", "header-removed"),
    ("header-became-optional", "header-became-required"),
    ("items-added", "items-removed"),
    ("max-items-lowered", "max-items-raised"),
    ("max-length-lowered", "max-length-raised"),
    ("max-properties-lowered", "max-properties-raised"),
    ("maximum-lowered", "maximum-raised"),
    ("media-type-added", "media-type-removed"),
    ("media-type-narrowed", "media-type-widened"),
    ("min-items-lowered", "min-items-raised"),
    ("min-length-lowered", "min-length-raised"),
    ("min-properties-lowered", "min-properties-raised"),
    ("minimum-lowered", "minimum-raised"),
    ("multiple-of-loosened", "multiple-of-tightened"),
    ("not-added", "not-removed"),
    ("null-allowed", "null-forbidden"),
    ("oauth-flow-added", "oauth-flow-removed"),
    ("oauth-scope-added", "oauth-scope-removed"),
    ("operation-added", "operation-removed"),
    ("optional-parameter-added", "parameter-removed"),
    ("optional-property-added", "property-removed"),
    ("optional-request-body-added", "request-body-removed"),
    ("parameter-became-optional", "parameter-became-required"),
    ("pattern-added", "pattern-removed"),
    ("property-became-optional", "property-became-required"),
    ("property-names-loosened", "property-names-tightened"),
    ("read-only-added", "read-only-removed"),
    ("request-body-became-optional", "request-body-became-required"),
    ("required-parameter-added", "parameter-removed"),
    ("required-property-added", "property-removed"),
    ("required-request-body-added", "request-body-removed"),
    ("response-status-narrowed", "response-status-widened"),
    ("reserved-allowed", "reserved-forbidden"),
    ("schema-added", "schema-removed"),
    ("schema-set", "schema-unset"),
    ("secret-added", "secret-removed"),
    ("security-loosened", "security-tightened"),
    ("security-scheme-added", "security-scheme-removed"),
    ("server-added", "server-removed"),
    ("success-response-added", "success-response-removed"),
    ("type-narrowed", "type-widened"),
    ("union-added", "union-removed"),
    ("union-variant-added", "union-variant-removed"),
    ("unique-items-no-longer-required", "unique-items-required"),
    ("write-only-added", "write-only-removed"),
];

/// Rules that are their own opposite.
const OWN_OPPOSITES: &[&str] = &[
    "api-version-changed",
    "callback-changed",
    "constant-changed",
    "crate-changed",
    "default-changed",
    "discriminator-changed",
    "documentation-changed",
    "encoding-changed",
    "enum-order-changed",
    "environment-changed",
    "errors-changed",
    "example-changed",
    "format-changed",
    "header-serialization-changed",
    "info-changed",
    "link-changed",
    "media-type-respelled",
    "multiple-of-changed",
    "not-changed",
    "oauth-flow-changed",
    "openapi-version-changed",
    "operation-id-changed",
    "operation-moved",
    "operation-tags-changed",
    "paging-changed",
    "parameter-location-changed",
    "parameter-order-changed",
    "parameter-renamed",
    "parameter-serialization-changed",
    "path-parameter-renamed",
    "pattern-changed",
    "property-order-changed",
    "reference-changed",
    "reference-not-followed",
    "rust-name-changed",
    "schema-moved",
    "schema-renamed",
    "security-changed",
    "security-scheme-changed",
    "security-scheme-renamed",
    "server-changed",
    "sunset-changed",
    "tag-changed",
    "type-changed",
    "type-implied",
    "type-renamed",
    "union-exclusiveness-changed",
    "union-flattened",
    "union-order-changed",
    "unknown-construct",
    "unknown-effect",
    "unused-component-changed",
    "variant-tags-changed",
    "variants-overlap",
    "vendor-extension-changed",
    "xml-changed",
];

/// Returns the rules that may apply to a change in the other direction.
fn opposites(rule: &str) -> Vec<&'static str> {
    let pairs = OPPOSITES.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
    let own = OWN_OPPOSITES.iter().map(|rule| (*rule, *rule));
    pairs.chain(own).filter(|(known, _)| *known == rule).map(|(_, opposite)| opposite).collect()
}

#[test]
fn every_rule_has_an_opposite() {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in RULES {
        assert!(!opposites(rule.id.name()).is_empty(), "{} has no opposite", rule.id);
        let twice = OWN_OPPOSITES.contains(&rule.id.name()) && opposites(rule.id.name()).len() > 1;
        assert!(!twice, "{} is the opposite of itself and of another rule", rule.id);
        *uses.entry(rule.id.name()).or_default() += 1;
    }
    let named = OPPOSITES.iter().flat_map(|(one, other)| [one, other]).chain(OWN_OPPOSITES);
    let unknown: Vec<_> = named.filter(|id| !uses.contains_key(**id)).collect();
    assert_eq!(unknown, [&""; 0], "these are not rules");
}

/// Returns the pointer of a change on one side.
fn pointer(site: Option<&chatkit_codegen::diff::DocumentLocation>) -> String {
    site.map(|site| site.pointer.clone()).unwrap_or_default()
}

fn sites(change: &Change) -> (String, String) {
    (pointer(change.base.as_ref()), pointer(change.head.as_ref()))
}

#[test]
fn finds_the_opposite_rules_at_the_same_places_from_head_to_base() {
    let mut wrong = Vec::new();
    for case in corpus::cases() {
        let [base, head] = case.revisions();
        let (forwards, mut backwards) = (compare(&base, &head).changes, compare(&head, &base).changes);
        for change in &forwards {
            let (base, head) = sites(change);
            let known = opposites(change.rule.name());
            let found = backwards.iter().position(|other| {
                known.contains(&other.rule.name())
                    && sites(other) == (head.clone(), base.clone())
                    && other.usage == change.usage
            });
            match found {
                Some(index) => drop(backwards.remove(index)),
                None => wrong.push(format!("{}: {} at {base} → {head}", case.name, change.rule)),
            }
        }
        let left =
            backwards.iter().map(|change| format!("{}: backwards, {} at {:?}", case.name, change.rule, sites(change)));
        wrong.extend(left);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
