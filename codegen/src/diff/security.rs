//! Credentials: security schemes, and the requirements that name them.

use super::comparison::Comparison;
use super::difference::Difference;
use super::excerpt;
use super::impact_by_direction::{NOWHERE, REQUEST};
use super::located_value::{LocatedValue, ValuePair, members};
use super::rules::RuleId;
use super::shared_keys::{compare as compare_keys, compare_documentation, compare_others};
use crate::ir::Usage;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Credentials that a caller has to send together: scopes by scheme.
type SecurityRequirement<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Compares the document's `security`, after that of the operations.
///
/// If operations start or stop inheriting it, their own comparisons report that. If no operation inherits it, it has no
/// effect.
pub(super) fn compare_document<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let (base, head) = both.child("security");
    let inherited = comparison.inherited_security;
    if inherited.on_both_sides || !inherited.on_one_side {
        let usage = if inherited.on_both_sides { REQUEST } else { NOWHERE };
        compare_requirements(comparison, both, [base.as_ref(), head.as_ref()], usage);
    }
}

/// Compares an operation's `security`. If both sides inherit the document's, that is reported once for all.
pub(super) fn compare_operation<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let (base, head) = both.child("security");
    comparison.inherited_security.on_both_sides |= base.is_none() && head.is_none();
    comparison.inherited_security.on_one_side |= base.is_none() || head.is_none();
    if base.is_some() || head.is_some() {
        let roots = comparison.roots();
        let base = base.or_else(|| roots.base.child("security"));
        let head = head.or_else(|| roots.head.child("security"));
        compare_requirements(comparison, both, [base.as_ref(), head.as_ref()], REQUEST);
    }
}

fn compare_requirements<'a>(
    comparison: &mut Comparison<'a>,
    both: &ValuePair<'a>,
    [base, head]: [Option<&LocatedValue<'a>>; 2],
    usage: Usage,
) {
    let before = requirements(base, &comparison.renamed_schemes);
    let after = requirements(head, &IndexMap::new());
    // A caller may send more than is required.
    let refused = before.iter().any(|old| !after.iter().any(|new| satisfies(old, new)));
    let welcome = after.iter().any(|new| !before.iter().any(|old| satisfies(new, old)));
    let rule = match (refused, welcome) {
        (false, false) => return,
        (true, true) => RuleId::SecurityChanged,
        (true, false) => RuleId::SecurityTightened,
        (false, true) => RuleId::SecurityLoosened,
    };
    let at = |own: Option<&LocatedValue<'a>>, object: &LocatedValue<'a>| own.unwrap_or(object).at.clone();
    let difference = Difference::new(rule, usage).at(&at(base, &both.base), &at(head, &both.head));
    comparison.report(difference.showing(Some(shown(&before)), Some(shown(&after))));
}

/// Whether two `security` lists require the same credentials.
pub(super) fn is_same_requirement<'a>(
    comparison: &Comparison<'a>,
    [base, head]: [Option<&LocatedValue<'a>>; 2],
) -> bool {
    let before = requirements(base, &comparison.renamed_schemes);
    let after = requirements(head, &IndexMap::new());
    // An alternative that requires more than another one is not needed.
    let covers = |one: &[SecurityRequirement<'_>], other: &[SecurityRequirement<'_>]| {
        one.iter().all(|given| other.iter().any(|required| satisfies(given, required)))
    };
    covers(&before, &after) && covers(&after, &before)
}

/// Whether a caller that sends some credentials sends the required ones.
fn satisfies(given: &SecurityRequirement<'_>, required: &SecurityRequirement<'_>) -> bool {
    required.iter().all(|(scheme, scopes)| given.get(scheme).is_some_and(|own| scopes.is_subset(own)))
}

/// Compares the security schemes, and remembers which ones are only renamed.
pub(super) fn compare_schemes<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let (base, head) = (schemes(&both.base), schemes(&both.head));
    let renamed = renamed(&base, &head);
    for (name, was) in &base {
        if let Some(is) = head.get(name) {
            let both = comparison.resolve(was, is);
            compare_scheme(comparison, &both);
        } else if let Some((name, is)) = renamed.get(name).and_then(|name| head.get_key_value(name)) {
            let difference = Difference::new(RuleId::SecuritySchemeRenamed, REQUEST).at(&was.at, &is.at);
            let before = crate::pointer::last(&was.at).into_owned();
            comparison.report(difference.showing(Some(before), Some((*name).to_owned())));
        } else {
            comparison.report(Difference::new(RuleId::SecuritySchemeRemoved, REQUEST).removed(was));
        }
    }
    let is_new = |name: &&str| !base.contains_key(*name) && !renamed.values().any(|new| new == name);
    for (_, is) in head.iter().filter(|(name, _)| is_new(name)) {
        comparison.report(Difference::new(RuleId::SecuritySchemeAdded, REQUEST).added(is));
    }
    comparison.renamed_schemes = renamed;
}

fn compare_scheme<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    compare_documentation(comparison, both, &["description", "bearerFormat"]);
    let keys = ["type", "name", "in", "openIdConnectUrl"];
    let differing = keys.iter().filter(|key| !(**key == "name" && is_same_header(both)));
    for key in differing {
        compare_keys(comparison, both, &[key], RuleId::SecuritySchemeChanged, REQUEST);
    }
    // The names of HTTP schemes are case-insensitive.
    let scheme = |value: &LocatedValue<'a>| value.text("scheme").map(str::to_ascii_lowercase);
    if scheme(&both.base) != scheme(&both.head) {
        compare_keys(comparison, both, &["scheme"], RuleId::SecuritySchemeChanged, REQUEST);
    }
    compare_keys(comparison, both, &["x-environment"], RuleId::EnvironmentChanged, REQUEST);
    match both.child("flows") {
        (Some(base), Some(head)) => compare_flows(comparison, &ValuePair { base, head }),
        _ => compare_keys(comparison, both, &["flows"], RuleId::SecuritySchemeChanged, REQUEST),
    }
    let compared = [&keys[..], &["scheme", "description", "bearerFormat", "x-environment", "flows"]].concat();
    compare_others(comparison, both, &compared, REQUEST);
}

/// Whether both sides name one header, whose name is case-insensitive.
fn is_same_header(both: &ValuePair<'_>) -> bool {
    let name = |scheme: &LocatedValue<'_>| {
        let is_header = scheme.text("in") == Some("header");
        scheme.text("name").filter(|_| is_header).map(str::to_ascii_lowercase)
    };
    name(&both.base).is_some() && name(&both.base) == name(&both.head)
}

fn compare_flows<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let names = ["implicit", "password", "clientCredentials", "authorizationCode"];
    for name in names {
        match both.child(name) {
            (Some(base), Some(head)) => compare_flow(comparison, &ValuePair { base, head }),
            (Some(base), None) => comparison.report(Difference::new(RuleId::OauthFlowRemoved, REQUEST).removed(&base)),
            (None, Some(head)) => comparison.report(Difference::new(RuleId::OauthFlowAdded, REQUEST).added(&head)),
            (None, None) => {}
        }
    }
    compare_others(comparison, both, &names, REQUEST);
}

fn compare_flow<'a>(comparison: &mut Comparison<'a>, both: &ValuePair<'a>) {
    let keys = ["authorizationUrl", "tokenUrl", "refreshUrl"];
    compare_keys(comparison, both, &keys, RuleId::OauthFlowChanged, REQUEST);
    let (base, head) = both.child("scopes");
    let (base, head) = (members(base.as_ref()), members(head.as_ref()));
    for (name, was) in &base {
        match head.get(name) {
            None => comparison.report(Difference::new(RuleId::OauthScopeRemoved, REQUEST).removed(was)),
            Some(is) if was.raw != is.raw => {
                let [before, after] = [was, is].map(|scope| Some(excerpt::value(scope.raw)));
                let difference = Difference::new(RuleId::DocumentationChanged, NOWHERE);
                comparison.report(difference.at(&was.at, &is.at).showing(before, after));
            }
            Some(_) => {}
        }
    }
    for (_, is) in head.iter().filter(|(name, _)| !base.contains_key(*name)) {
        comparison.report(Difference::new(RuleId::OauthScopeAdded, REQUEST).added(is));
    }
    compare_others(comparison, both, &[&keys[..], &["scopes"]].concat(), REQUEST);
}

type Schemes<'a> = IndexMap<&'a str, LocatedValue<'a>>;

fn schemes<'a>(root: &LocatedValue<'a>) -> Schemes<'a> {
    members(root.child("components").and_then(|components| components.child("securitySchemes")).as_ref())
}

/// Returns the renamed schemes. Their names do not cross the wire.
fn renamed<'a>(base: &Schemes<'a>, head: &Schemes<'a>) -> IndexMap<&'a str, &'a str> {
    let gone = base.iter().filter(|(name, _)| !head.contains_key(*name));
    let new = || head.iter().filter(|(name, _)| !base.contains_key(*name));
    gone.filter_map(|(name, was)| Some((*name, *new().find(|(_, is)| is.raw == was.raw)?.0))).collect()
}

/// Returns the alternatives of a `security` list. Without a list, the only alternative requires nothing.
fn requirements<'a>(
    list: Option<&LocatedValue<'a>>,
    renamed: &IndexMap<&'a str, &'a str>,
) -> Vec<SecurityRequirement<'a>> {
    let list = list.map(|list| list.raw.as_array().map(Vec::as_slice).unwrap_or_default()).unwrap_or_default();
    let scopes = |value: &'a Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let known = |name: &'a str| renamed.get(name).copied().unwrap_or(name);
    let mut requirements: Vec<SecurityRequirement<'a>> = list
        .iter()
        .filter_map(Value::as_object)
        .map(|schemes| schemes.iter().map(|(name, value)| (known(name), scopes(value))).collect())
        .collect();
    if requirements.is_empty() {
        requirements.push(SecurityRequirement::new());
    }
    requirements
}

fn shown(requirements: &[SecurityRequirement<'_>]) -> String {
    let one = |requirement: &SecurityRequirement<'_>| {
        let schemes = requirement.iter().map(|(name, scopes)| {
            let scopes: Vec<&str> = scopes.iter().copied().collect();
            if scopes.is_empty() { (*name).to_owned() } else { format!("{name} ({})", scopes.join(", ")) }
        });
        let schemes: Vec<String> = schemes.collect();
        if schemes.is_empty() { "nothing".to_owned() } else { schemes.join(" and ") }
    };
    requirements.iter().map(one).collect::<Vec<_>>().join(", or ")
}
