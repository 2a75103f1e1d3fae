//! Who may call: security schemes, and what requires them.

use super::Wire;
use super::engine::{Both, Engine, Finding, NOWHERE, Place, REQUEST, anywhere, members};
use super::rules::RuleId;
use crate::ir::Usage;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What has to be shown together: scopes by scheme.
type Alternative<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

impl<'a> Engine<'a> {
    /// The global `security`, when the operations are known. Where it only takes over from operations, or hands over
    /// to them, they tell what that means; where none ever leaves it to the document, it means nothing.
    pub(super) fn security(&mut self, both: &Both<'a>) {
        let (base, head) = both.child("security");
        match self.open_to_document {
            (true, _) => self.requirements(both, base.as_ref(), head.as_ref(), REQUEST),
            (false, true) => {}
            (false, false) => self.requirements(both, base.as_ref(), head.as_ref(), NOWHERE),
        }
    }

    /// That of an operation. Where both sides leave it to the document, nothing is said twice.
    pub(super) fn operation_security(&mut self, both: &Both<'a>) {
        let (base, head) = both.child("security");
        self.open_to_document.0 |= base.is_none() && head.is_none();
        self.open_to_document.1 |= base.is_none() || head.is_none();
        if base.is_some() || head.is_some() {
            let base = base.or_else(|| self.base.root().child("security"));
            let head = head.or_else(|| self.head.root().child("security"));
            self.requirements(both, base.as_ref(), head.as_ref(), REQUEST);
        }
    }

    fn requirements(&mut self, both: &Both<'a>, base: Option<&Place<'a>>, head: Option<&Place<'a>>, usage: Usage) {
        let before = alternatives(base, &self.renamed_schemes);
        let after = alternatives(head, &IndexMap::new());
        // Whoever shows more than is asked for is let in as well.
        let satisfies = |given: &Alternative<'_>, asked: &Alternative<'_>| {
            asked.iter().all(|(scheme, scopes)| given.get(scheme).is_some_and(|own| scopes.is_subset(own)))
        };
        let refused = before.iter().any(|old| !after.iter().any(|new| satisfies(old, new)));
        let welcome = after.iter().any(|new| !before.iter().any(|old| satisfies(new, old)));
        let (rule, wire) = match (refused, welcome) {
            (false, false) => return,
            (true, true) => (RuleId::SecurityChanged, Wire::Breaking),
            (true, false) => (RuleId::SecurityTightened, Wire::Breaking),
            (false, true) => (RuleId::SecurityLoosened, Wire::Compatible),
        };
        let at = |own: Option<&Place<'a>>, object: &Place<'a>| own.unwrap_or(object).at.clone();
        let finding = Finding::new(rule, usage, anywhere(usage, wire)).at(&at(base, &both.base), &at(head, &both.head));
        self.report(finding.showing(Some(shown(&before)), Some(shown(&after))));
    }

    pub(super) fn security_schemes(&mut self, both: &Both<'a>) {
        let renamed = self.renamed_schemes.clone();
        let (base, head) = (schemes(&both.base), schemes(&both.head));
        for (name, was) in &base {
            if let Some(is) = head.get(name) {
                let both = self.resolved(was, is);
                self.security_scheme(&both);
            } else if let Some((name, is)) = renamed.get(name).and_then(|name| head.get_key_value(name)) {
                let finding = Finding::new(RuleId::SecuritySchemeRenamed, REQUEST, Wire::None).at(&was.at, &is.at);
                let before = crate::pointer::last(&was.at).into_owned();
                self.report(finding.showing(Some(before), Some((*name).to_owned())));
            } else {
                self.report(Finding::new(RuleId::SecuritySchemeRemoved, REQUEST, Wire::None).removed(was));
            }
        }
        let is_new = |name: &&str| !base.contains_key(*name) && !renamed.values().any(|new| new == name);
        for (_, is) in head.iter().filter(|(name, _)| is_new(name)) {
            self.report(Finding::new(RuleId::SecuritySchemeAdded, REQUEST, Wire::None).added(is));
        }
    }

    fn security_scheme(&mut self, both: &Both<'a>) {
        self.prose(both, &["description", "bearerFormat"]);
        let keys = ["type", "name", "in", "openIdConnectUrl"];
        self.plain(both, &keys, RuleId::SecuritySchemeChanged, REQUEST, Wire::Breaking);
        // Schemes of HTTP are the same in upper and lower case.
        let scheme = |place: &Place<'a>| place.text("scheme").map(str::to_ascii_lowercase);
        if scheme(&both.base) != scheme(&both.head) {
            self.plain(both, &["scheme"], RuleId::SecuritySchemeChanged, REQUEST, Wire::Breaking);
        }
        self.plain(both, &["x-environment"], RuleId::EnvironmentChanged, REQUEST, Wire::None);
        match both.child("flows") {
            (Some(base), Some(head)) => self.flows(&Both { base, head }),
            _ => self.plain(both, &["flows"], RuleId::SecuritySchemeChanged, REQUEST, Wire::Breaking),
        }
        let handled = [&keys[..], &["scheme", "description", "bearerFormat", "x-environment", "flows"]].concat();
        self.rest(both, &handled, REQUEST);
    }

    fn flows(&mut self, both: &Both<'a>) {
        let kinds = ["implicit", "password", "clientCredentials", "authorizationCode"];
        for kind in kinds {
            match both.child(kind) {
                (Some(base), Some(head)) => self.flow(&Both { base, head }),
                (Some(base), None) => {
                    self.report(Finding::new(RuleId::OauthFlowRemoved, REQUEST, Wire::Breaking).removed(&base));
                }
                (None, Some(head)) => {
                    self.report(Finding::new(RuleId::OauthFlowAdded, REQUEST, Wire::Compatible).added(&head));
                }
                (None, None) => {}
            }
        }
        self.rest(both, &kinds, REQUEST);
    }

    fn flow(&mut self, both: &Both<'a>) {
        let keys = ["authorizationUrl", "tokenUrl", "refreshUrl"];
        self.plain(both, &keys, RuleId::OauthFlowChanged, REQUEST, Wire::Risky);
        let (base, head) = both.child("scopes");
        let (base, head) = (members(base.as_ref()), members(head.as_ref()));
        for (name, was) in &base {
            match head.get(name) {
                None => self.report(Finding::new(RuleId::OauthScopeRemoved, REQUEST, Wire::Breaking).removed(was)),
                Some(is) if was.raw != is.raw => {
                    let [before, after] = [was, is].map(|place| Some(super::excerpt::value(place.raw)));
                    let finding = Finding::new(RuleId::DocumentationChanged, NOWHERE, Wire::None);
                    self.report(finding.at(&was.at, &is.at).showing(before, after));
                }
                Some(_) => {}
            }
        }
        for (_, is) in head.iter().filter(|(name, _)| !base.contains_key(*name)) {
            self.report(Finding::new(RuleId::OauthScopeAdded, REQUEST, Wire::Compatible).added(is));
        }
        self.rest(both, &[&keys[..], &["scopes"]].concat(), REQUEST);
    }
}

/// Schemes that go by another name, which is nothing that crosses the wire.
pub(super) fn renamed<'a>(base: &Place<'a>, head: &Place<'a>) -> IndexMap<&'a str, &'a str> {
    let (base, head) = (schemes(base), schemes(head));
    let gone = base.iter().filter(|(name, _)| !head.contains_key(*name));
    let new = || head.iter().filter(|(name, _)| !base.contains_key(*name));
    gone.filter_map(|(name, was)| Some((*name, *new().find(|(_, is)| is.raw == was.raw)?.0))).collect()
}

fn schemes<'a>(root: &Place<'a>) -> IndexMap<&'a str, Place<'a>> {
    members(root.child("components").and_then(|components| components.child("securitySchemes")).as_ref())
}

/// What is asked for; nothing at all where nothing is said.
fn alternatives<'a>(place: Option<&Place<'a>>, renamed: &IndexMap<&'a str, &'a str>) -> Vec<Alternative<'a>> {
    let list = place.map(|place| place.raw.as_array().map(Vec::as_slice).unwrap_or_default()).unwrap_or_default();
    let scopes = |value: &'a Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let known = |name: &'a str| renamed.get(name).copied().unwrap_or(name);
    let mut alternatives: Vec<Alternative<'a>> = list
        .iter()
        .filter_map(Value::as_object)
        .map(|schemes| schemes.iter().map(|(name, value)| (known(name), scopes(value))).collect())
        .collect();
    if alternatives.is_empty() {
        alternatives.push(Alternative::new());
    }
    alternatives
}

fn shown(alternatives: &[Alternative<'_>]) -> String {
    let one = |alternative: &Alternative<'_>| {
        let schemes = alternative.iter().map(|(name, scopes)| {
            let scopes: Vec<&str> = scopes.iter().copied().collect();
            if scopes.is_empty() { (*name).to_owned() } else { format!("{name} ({})", scopes.join(", ")) }
        });
        let schemes: Vec<String> = schemes.collect();
        if schemes.is_empty() { "nothing".to_owned() } else { schemes.join(" and ") }
    };
    alternatives.iter().map(one).collect::<Vec<_>>().join(", or ")
}
