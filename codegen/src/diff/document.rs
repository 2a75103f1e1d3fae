//! What stands at the top of a document.

use super::Wire;
use super::engine::{Both, EVERYWHERE, Engine, Finding, NOWHERE, Place, members};
use super::rules::RuleId;
use indexmap::IndexMap;

/// Parts of `components` other than schemas and security schemes, which have comparisons of their own.
const SHARED: &[&str] = &["parameters", "requestBodies", "responses", "headers", "examples", "links", "callbacks"];

impl<'a> Engine<'a> {
    /// Compares the documents.
    pub(super) fn document(&mut self) {
        let both = Both { base: self.base.root(), head: self.head.root() };
        self.plain(&both, &["openapi"], RuleId::OpenapiVersionChanged, NOWHERE, Wire::None);
        self.plain(&both, &["x-rust-crate"], RuleId::CrateChanged, NOWHERE, Wire::None);
        self.plain(&both, &["x-errors"], RuleId::ErrorsChanged, NOWHERE, Wire::None);
        self.prose(&both, &["externalDocs"]);
        self.info(&both);
        self.tags(&both);
        self.servers(&both);
        self.security_schemes(&both);
        self.paths(&both);
        self.security(&both);
        self.components(&both);
        let handled = [
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
        self.rest(&both, &handled, NOWHERE);
        self.unused(&both);
    }

    fn info(&mut self, both: &Both<'a>) {
        let (Some(base), Some(head)) = both.child("info") else {
            return self.plain(both, &["info"], RuleId::InfoChanged, NOWHERE, Wire::None);
        };
        let both = Both { base, head };
        let prose = ["title", "description", "termsOfService", "contact", "license"];
        self.plain(&both, &["version"], RuleId::ApiVersionChanged, NOWHERE, Wire::None);
        self.plain(&both, &prose, RuleId::InfoChanged, NOWHERE, Wire::None);
        let handled = [&prose[..], &["version"]].concat();
        self.rest(&both, &handled, NOWHERE);
    }

    fn tags(&mut self, both: &Both<'a>) {
        let (base, head) = both.child("tags");
        let by_name = |list: Option<&Place<'a>>| -> IndexMap<&'a str, Place<'a>> {
            let tags = list.into_iter().flat_map(Place::elements);
            tags.filter_map(|tag| Some((tag.text("name")?, tag))).collect()
        };
        let (base, head) = (by_name(base.as_ref()), by_name(head.as_ref()));
        let finding = || Finding::new(RuleId::TagChanged, NOWHERE, Wire::None);
        for (name, tag) in &base {
            match head.get(name) {
                None => self.report(finding().removed(tag)),
                Some(now) => {
                    let both = Both { base: tag.clone(), head: now.clone() };
                    self.plain(&both, &["description", "externalDocs"], RuleId::TagChanged, NOWHERE, Wire::None);
                    self.rest(&both, &["name", "description", "externalDocs"], NOWHERE);
                }
            }
        }
        for (_, tag) in head.iter().filter(|(name, _)| !base.contains_key(*name)) {
            self.report(finding().added(tag));
        }
    }

    /// `servers` of a document, a path or an operation.
    pub(super) fn servers(&mut self, both: &Both<'a>) {
        let (base, head) = both.child("servers");
        let list = |place: &Option<Place<'a>>| place.iter().flat_map(Place::elements).collect::<Vec<_>>();
        let (before, after) = (list(&base), list(&head));
        if before.is_empty() != after.is_empty() {
            return self.first_servers(both, &before, &after);
        }
        let same = |one: &Place<'_>, other: &Place<'_>| one.raw.get("url") == other.raw.get("url");
        let gone: Vec<_> = before.iter().filter(|server| !after.iter().any(|other| same(server, other))).collect();
        let new: Vec<_> = after.iter().filter(|server| !before.iter().any(|other| same(server, other))).collect();
        let finding = |rule, wire| Finding::new(rule, EVERYWHERE, wire);
        if let ([was], [is]) = (gone.as_slice(), new.as_slice()) {
            let both = Both { base: (*was).clone(), head: (*is).clone() };
            self.report(finding(RuleId::ServerChanged, Wire::Risky).of(&both, "url"));
        } else {
            for server in &gone {
                self.report(finding(RuleId::ServerRemoved, Wire::Risky).removed(server));
            }
            for server in &new {
                self.report(finding(RuleId::ServerAdded, Wire::Compatible).added(server));
            }
        }
        for server in &before {
            if let Some(now) = after.iter().find(|other| same(server, other)) {
                let both = Both { base: server.clone(), head: now.clone() };
                self.prose(&both, &["description"]);
                self.plain(&both, &["variables"], RuleId::ServerChanged, EVERYWHERE, Wire::Risky);
                self.plain(&both, &["x-environment"], RuleId::EnvironmentChanged, EVERYWHERE, Wire::None);
                self.rest(&both, &["url", "description", "variables", "x-environment"], EVERYWHERE);
            }
        }
        // A client goes to the first one.
        let first_moved = before.first().zip(after.first()).filter(|(was, is)| !same(was, is));
        if let Some((was, is)) = first_moved.filter(|_| gone.is_empty() && new.is_empty()) {
            let both = Both { base: was.clone(), head: is.clone() };
            self.report(finding(RuleId::ServerChanged, Wire::Risky).of(&both, "url"));
        }
    }

    /// Servers where there were none, or none any more: then those of the document count, and for a document without
    /// any it is where the document itself is.
    fn first_servers(&mut self, both: &Both<'a>, before: &[Place<'a>], after: &[Place<'a>]) {
        fn urls<'v>(own: &[Place<'v>], root: &Place<'v>) -> Vec<&'v str> {
            let shared: Vec<Place<'v>> = root.child("servers").iter().flat_map(Place::elements).collect();
            let list = if own.is_empty() { &shared } else { own };
            let urls: Vec<&str> = list.iter().map(|server| server.text("url").unwrap_or("/")).collect();
            if urls.is_empty() { vec!["/"] } else { urls }
        }
        let (was, is) = (urls(before, &self.base.root()), urls(after, &self.head.root()));
        if was != is {
            let finding = Finding::new(RuleId::ServerChanged, EVERYWHERE, Wire::Risky).of(both, "servers");
            self.report(finding.showing(Some(was.join(", ")), Some(is.join(", "))));
        }
    }

    /// `components`, as far as no operation led there.
    fn components(&mut self, both: &Both<'a>) {
        self.schemas();
        let (base, head) = both.child("components");
        let empty = Place::new("/components", &serde_json::Value::Null);
        let both = Both { base: base.unwrap_or_else(|| empty.clone()), head: head.unwrap_or(empty) };
        let handled = [SHARED, &["schemas", "securitySchemes"]].concat();
        self.rest(&both, &handled, NOWHERE);
    }

    /// Shared parts that no operation uses, which no comparison has reached.
    fn unused(&mut self, both: &Both<'a>) {
        for section in SHARED {
            let within = |root: &Place<'a>| root.child("components").and_then(|components| components.child(section));
            let (base, head) = (within(&both.base), within(&both.head));
            let (base, head) = (members(base.as_ref()), members(head.as_ref()));
            let finding = || Finding::new(RuleId::UnusedComponentChanged, NOWHERE, Wire::None);
            for (key, part) in &base {
                let used = self.visited.contains(&part.at);
                match head.get(key) {
                    None if !used => self.report(finding().removed(part)),
                    Some(now) if !used && !self.visited.contains(&now.at) && part.raw != now.raw => {
                        let finding = finding().at(&part.at, &now.at);
                        self.report(finding.showing_values(Some(part.raw), Some(now.raw)));
                    }
                    _ => {}
                }
            }
            for (_, part) in
                head.iter().filter(|(key, part)| !base.contains_key(*key) && !self.visited.contains(&part.at))
            {
                self.found.push(finding().added(part));
            }
        }
    }
}
