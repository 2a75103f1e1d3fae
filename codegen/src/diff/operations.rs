//! Operations: which there are, and what is theirs alone.

use super::Wire;
use super::engine::{Both, EVERYWHERE, Engine, Finding, NOWHERE, Place, REQUEST, anywhere, members};
use super::rules::RuleId;
use crate::lower::operation::METHODS;
use indexmap::IndexMap;
use std::rc::Rc;

/// An operation of one of the documents.
#[derive(Clone)]
pub(super) struct Operation<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) path_item: Place<'a>,
    pub(super) place: Place<'a>,
}

/// Where an operation is found: the path without the names of its parameters, and the method.
type Address = (String, String);

impl<'a> Engine<'a> {
    pub(super) fn paths(&mut self, both: &Both<'a>) {
        let (base, head) = both.child("paths");
        let (before, after) = (operations(&mut self.base, base.as_ref()), operations(&mut self.head, head.as_ref()));
        let mut unmatched: Vec<(&Address, &Operation<'a>)> =
            after.iter().filter(|(address, _)| !before.contains_key(*address)).collect();
        let mut items = Vec::new();
        for (address, was) in &before {
            let is = after.get(address).or_else(|| {
                let id = was.place.text("operationId")?;
                let index = unmatched.iter().position(|(_, other)| other.place.text("operationId") == Some(id))?;
                Some(unmatched.remove(index).1)
            });
            let Some(is) = is else {
                let finding = Finding::new(RuleId::OperationRemoved, EVERYWHERE, Wire::Breaking).removed(&was.place);
                self.report(Finding { before: Some(named(was)), ..finding });
                continue;
            };
            if was.path != is.path || was.method != is.method {
                self.moved(was, is);
            }
            items.push((was.path_item.clone(), is.path_item.clone()));
            self.operation(was, is);
        }
        for (_, is) in unmatched {
            let finding = Finding::new(RuleId::OperationAdded, EVERYWHERE, Wire::Compatible).added(&is.place);
            self.report(Finding { after: Some(named(is)), ..finding });
        }
        for (base, head) in items {
            if self.is_new(&base.at, &head.at, EVERYWHERE) {
                self.path_item(&Both { base, head });
            }
        }
        if let (Some(base), Some(head)) = (base, head) {
            self.beside_paths(&Both { base, head });
        }
    }

    /// Extensions among the paths.
    fn beside_paths(&mut self, both: &Both<'a>) {
        let paths: Vec<&str> =
            [&both.base, &both.head].into_iter().flat_map(Place::entries).map(|(key, _)| key).collect();
        let handled: Vec<&str> = paths.into_iter().filter(|key| key.starts_with('/')).collect();
        self.rest(both, &handled, NOWHERE);
    }

    fn path_item(&mut self, both: &Both<'a>) {
        self.prose(both, &["summary", "description"]);
        self.servers(both);
        let handled = [&METHODS[..], &["summary", "description", "servers", "parameters"]].concat();
        self.rest(both, &handled, EVERYWHERE);
    }

    fn moved(&mut self, was: &Operation<'a>, is: &Operation<'a>) {
        let renamed = was.method == is.method && template(was.path) == template(is.path);
        let (rule, wire) =
            if renamed { (RuleId::PathParameterRenamed, Wire::None) } else { (RuleId::OperationMoved, Wire::Breaking) };
        let finding = Finding::new(rule, EVERYWHERE, wire).at(&was.place.at, &is.place.at);
        self.report(finding.showing(Some(named(was)), Some(named(is))));
    }

    fn operation(&mut self, was: &Operation<'a>, is: &Operation<'a>) {
        self.pairs.insert(Rc::clone(&was.place.at), Rc::clone(&is.place.at));
        let both = Both { base: was.place.clone(), head: is.place.clone() };
        self.plain(&both, &["operationId"], RuleId::OperationIdChanged, EVERYWHERE, Wire::None);
        let tags = |place: &Place<'a>| {
            place.raw.get("tags").filter(|tags| tags.as_array().is_none_or(|list| !list.is_empty()))
        };
        if tags(&both.base) != tags(&both.head) {
            self.report(Finding::new(RuleId::OperationTagsChanged, EVERYWHERE, Wire::None).of(&both, "tags"));
        }
        self.plain(&both, &["x-rust-name", "x-rust-module"], RuleId::RustNameChanged, EVERYWHERE, Wire::None);
        self.plain(&both, &["x-paging"], RuleId::PagingChanged, EVERYWHERE, Wire::None);
        self.plain(&both, &["callbacks"], RuleId::CallbackChanged, EVERYWHERE, Wire::Risky);
        self.prose(&both, &["summary", "description", "externalDocs"]);
        self.deprecation(&both, EVERYWHERE);
        self.servers(&both);
        self.operation_security(&both);
        self.parameters(was, is);
        self.body(&both);
        self.responses(&both);
        let handled = [
            "operationId",
            "tags",
            "x-rust-name",
            "x-rust-module",
            "x-paging",
            "callbacks",
            "summary",
            "description",
            "externalDocs",
            "deprecated",
            "servers",
            "security",
            "parameters",
            "requestBody",
            "responses",
        ];
        self.rest(&both, &handled, EVERYWHERE);
    }

    /// `example` and `examples`.
    pub(super) fn samples(&mut self, both: &Both<'a>) {
        self.plain(both, &["example"], RuleId::ExampleChanged, NOWHERE, Wire::None);
        let (base, head) = both.child("examples");
        let (base, head) = (members(base.as_ref()), members(head.as_ref()));
        let finding = || Finding::new(RuleId::ExampleChanged, NOWHERE, Wire::None);
        for (key, sample) in &base {
            let Some(now) = head.get(key) else {
                self.report(finding().removed(sample));
                continue;
            };
            let both = self.resolved(sample, now);
            if both.base.raw != both.head.raw && self.is_new(&both.base.at, &both.head.at, NOWHERE) {
                let finding = finding().at(&both.base.at, &both.head.at);
                self.report(finding.showing_values(Some(both.base.raw), Some(both.head.raw)));
            }
        }
        for (_, sample) in head.iter().filter(|(key, _)| !base.contains_key(*key)) {
            self.report(finding().added(sample));
        }
    }

    /// A request body.
    fn body(&mut self, both: &Both<'a>) {
        let required = |place: &Place<'a>| place.flag("required");
        match both.child("requestBody") {
            (None, None) => {}
            (Some(base), None) => {
                self.visit_base(&base);
                self.report(Finding::new(RuleId::RequestBodyRemoved, REQUEST, Wire::Breaking).removed(&base));
            }
            (None, Some(head)) => {
                let body = self.visit_head(&head);
                let (rule, wire) = if required(&body) {
                    (RuleId::RequiredRequestBodyAdded, Wire::Breaking)
                } else {
                    (RuleId::OptionalRequestBodyAdded, Wire::Compatible)
                };
                self.report(Finding::new(rule, REQUEST, wire).added(&head));
            }
            (Some(base), Some(head)) => {
                let both = self.resolved(&base, &head);
                if !self.is_new(&both.base.at, &both.head.at, REQUEST) {
                    return;
                }
                self.requirement(&both, "request-body", REQUEST);
                self.prose(&both, &["description"]);
                self.content(&both, REQUEST);
                self.rest(&both, &["required", "description", "content"], REQUEST);
            }
        }
    }

    /// `required` of a body, a parameter or a header.
    pub(super) fn requirement(&mut self, both: &Both<'a>, what: &str, usage: crate::ir::Usage) {
        let (before, after) = (both.base.flag("required"), both.head.flag("required"));
        let rule = match (what, before, after) {
            (_, false, false) | (_, true, true) => return,
            ("request-body", false, true) => RuleId::RequestBodyBecameRequired,
            ("request-body", true, false) => RuleId::RequestBodyBecameOptional,
            ("parameter", false, true) => RuleId::ParameterBecameRequired,
            ("parameter", true, false) => RuleId::ParameterBecameOptional,
            (_, false, true) => RuleId::HeaderBecameRequired,
            (_, true, false) => RuleId::HeaderBecameOptional,
        };
        let wire = if after { super::engine::tightened(usage) } else { super::engine::loosened(usage) };
        // A path has all its parameters, also where a document forgets to say so.
        let wire = if both.head.text("in") == Some("path") { Wire::None } else { wire };
        self.report(Finding::new(rule, usage, wire).of(both, "required"));
    }

    pub(super) fn visit_base(&mut self, place: &Place<'a>) -> Place<'a> {
        let resolved = self.base.resolve(place);
        self.visited.insert(Rc::clone(&resolved.at));
        resolved
    }

    pub(super) fn visit_head(&mut self, place: &Place<'a>) -> Place<'a> {
        let resolved = self.head.resolve(place);
        self.visited.insert(Rc::clone(&resolved.at));
        resolved
    }

    /// `allowReserved` and the like.
    pub(super) fn switch(
        &mut self,
        both: &Both<'a>,
        key: &str,
        rules: (RuleId, RuleId),
        usage: crate::ir::Usage,
        (on, off): (Wire, Wire),
    ) {
        let (before, after) = (both.base.flag(key), both.head.flag(key));
        if before != after {
            let (rule, wire) = if after { (rules.0, on) } else { (rules.1, off) };
            self.report(Finding::new(rule, usage, anywhere(usage, wire)).of(both, key));
        }
    }
}

/// As in `GET /pets`.
fn named(operation: &Operation<'_>) -> String {
    format!("{} {}", operation.method.to_ascii_uppercase(), operation.path)
}

/// A path without the names of its parameters, which never cross the wire.
pub(super) fn template(path: &str) -> String {
    let mut template = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        template.push_str(before);
        template.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    template + rest
}

/// The names in the template of a path, in their order.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

fn operations<'a>(side: &mut super::engine::Side<'a>, paths: Option<&Place<'a>>) -> IndexMap<Address, Operation<'a>> {
    let mut found = IndexMap::new();
    for (path, written) in paths.into_iter().flat_map(Place::entries).filter(|(path, _)| path.starts_with('/')) {
        let path_item = side.resolve(&written);
        for (method, place) in path_item.entries().filter(|(key, _)| METHODS.contains(key)) {
            let operation = Operation { path, method, path_item: path_item.clone(), place };
            found.entry((template(path), method.to_owned())).or_insert(operation);
        }
    }
    found
}
