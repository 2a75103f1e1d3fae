//! Responses, headers and media types.

use super::engine::{Both, Engine, Finding, Place, RESPONSE, by_direction, loosened, tightened};
use super::rules::RuleId;
use super::schemas::Spot;
use super::{Source, Wire};
use crate::ir::Usage;
use indexmap::IndexMap;

impl<'a> Engine<'a> {
    pub(super) fn responses(&mut self, both: &Both<'a>) {
        let (base, head) = both.child("responses");
        let list = |place: &Option<Place<'a>>| -> IndexMap<String, Place<'a>> {
            let entries = place.iter().flat_map(Place::entries);
            entries
                .filter(|(key, _)| !key.starts_with("x-"))
                .map(|(key, place)| (key.to_ascii_uppercase(), place))
                .collect()
        };
        let (before, after) = (list(&base), list(&head));
        for (status, base) in &before {
            let Some(head) = after.get(status) else {
                self.visit_base(base);
                let (rule, wire) = if is_success(status) {
                    (RuleId::SuccessResponseRemoved, Wire::Breaking)
                } else {
                    (RuleId::ErrorResponseRemoved, Wire::Risky)
                };
                self.report(Finding::new(rule, RESPONSE, wire).removed(base));
                continue;
            };
            let both = self.resolved(base, head);
            self.response(&both);
        }
        let known = before.keys().any(|status| is_success(status));
        for (status, head) in after.iter().filter(|(status, _)| !before.contains_key(*status)) {
            self.visit_head(head);
            let (rule, wire) = match is_success(status) {
                // What a client makes of a success is what the first one says.
                true if known => (RuleId::SuccessResponseAdded, Wire::Risky),
                true => (RuleId::SuccessResponseAdded, Wire::Compatible),
                false => (RuleId::ErrorResponseAdded, Wire::Compatible),
            };
            self.report(Finding::new(rule, RESPONSE, wire).added(head));
        }
        if let (Some(base), Some(head)) = (base, head) {
            let both = Both { base, head };
            let statuses: Vec<&str> = [&both.base, &both.head]
                .into_iter()
                .flat_map(Place::entries)
                .map(|(key, _)| key)
                .filter(|key| !key.starts_with("x-"))
                .collect();
            self.rest(&both, &statuses, RESPONSE);
        }
    }

    fn response(&mut self, both: &Both<'a>) {
        if !self.is_new(&both.base.at, &both.head.at, RESPONSE) {
            return;
        }
        self.prose(both, &["description"]);
        self.headers(both, RESPONSE);
        self.content(both, RESPONSE);
        self.plain(both, &["links"], RuleId::LinkChanged, RESPONSE, Wire::None);
        self.rest(both, &["description", "headers", "content", "links"], RESPONSE);
    }

    fn headers(&mut self, both: &Both<'a>, usage: Usage) {
        let (base, head) = both.child("headers");
        let list = |place: Option<Place<'a>>| -> IndexMap<String, Place<'a>> {
            let entries = place.iter().flat_map(Place::entries).collect::<Vec<_>>();
            let entries = entries.into_iter().map(|(name, place)| (name.to_ascii_lowercase(), place));
            // The media type says it.
            entries.filter(|(name, _)| name != "content-type").collect()
        };
        let (before, after) = (list(base), list(head));
        for (name, base) in &before {
            let Some(head) = after.get(name) else {
                self.visit_base(base);
                let wire = by_direction(usage, Wire::Compatible, Wire::Breaking);
                self.report(Finding::new(RuleId::HeaderRemoved, usage, wire).removed(base));
                continue;
            };
            let both = self.resolved(base, head);
            self.header(&both, usage);
        }
        for (_, head) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            let header = self.visit_head(head);
            let request = if header.flag("required") { Wire::Breaking } else { Wire::Compatible };
            let wire = by_direction(usage, request, Wire::Compatible);
            self.report(Finding::new(RuleId::HeaderAdded, usage, wire).added(head));
        }
    }

    fn header(&mut self, both: &Both<'a>, usage: Usage) {
        if !self.is_new(&both.base.at, &both.head.at, usage) {
            return;
        }
        self.prose(both, &["description"]);
        self.deprecation(both, usage);
        self.requirement(both, "header", usage);
        let style = |place: &Place<'a>| place.text("style").unwrap_or("simple");
        if style(&both.base) != style(&both.head) {
            self.report(Finding::new(RuleId::HeaderSerializationChanged, usage, Wire::None).of(both, "style"));
        }
        for (key, wire) in
            [("explode", Wire::Breaking), ("allowEmptyValue", Wire::Risky), ("allowReserved", Wire::Risky)]
        {
            let rules = (RuleId::HeaderSerializationChanged, RuleId::HeaderSerializationChanged);
            self.switch(both, key, rules, usage, (wire, wire));
        }
        self.samples(both);
        if let (Some(base), Some(head)) = both.child("schema") {
            self.schema(&base, &head, Spot { usage, text: true, required: false });
        } else if both.base.raw.get("schema").is_some() != both.head.raw.get("schema").is_some() {
            self.plain(both, &["schema"], RuleId::HeaderSerializationChanged, usage, Wire::Breaking);
        }
        self.content(both, usage);
        let handled = [
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
        self.rest(both, &handled, usage);
    }

    /// `content`: media types.
    pub(super) fn content(&mut self, both: &Both<'a>, usage: Usage) {
        let (base, head) = both.child("content");
        let list = |place: Option<Place<'a>>| -> IndexMap<String, Place<'a>> {
            let entries = place.iter().flat_map(Place::entries).collect::<Vec<_>>();
            entries.into_iter().map(|(name, place)| (normalized(name), place)).collect()
        };
        let (before, after) = (list(base), list(head));
        // What a client sends or asks for.
        let least = if chosen(&before) == chosen(&after) { Source::None } else { Source::Patch };
        for (name, base) in &before {
            let Some(head) = after.get(name) else {
                let wire = by_direction(usage, Wire::Breaking, Wire::Breaking);
                let finding = Finding::new(RuleId::MediaTypeRemoved, usage, wire).removed(base).named(name);
                self.report(finding.at_least(least));
                continue;
            };
            self.media_type(&Both { base: base.clone(), head: head.clone() }, usage);
        }
        for (name, head) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            let wire = by_direction(usage, Wire::Compatible, Wire::Compatible);
            self.report(Finding::new(RuleId::MediaTypeAdded, usage, wire).added(head).named(name).at_least(least));
        }
    }

    fn media_type(&mut self, both: &Both<'a>, usage: Usage) {
        self.samples(both);
        match both.child("schema") {
            (Some(base), Some(head)) => self.schema(&base, &head, Spot { usage, text: false, required: false }),
            (None, Some(head)) => self.report(Finding::new(RuleId::SchemaSet, usage, tightened(usage)).added(&head)),
            (Some(base), None) => self.report(Finding::new(RuleId::SchemaUnset, usage, loosened(usage)).removed(&base)),
            (None, None) => {}
        }
        self.encoding(both, usage);
        self.rest(both, &["example", "examples", "schema", "encoding"], usage);
    }

    fn encoding(&mut self, both: &Both<'a>, usage: Usage) {
        let wire = by_direction(usage, Wire::Breaking, Wire::None);
        match both.child("encoding") {
            (None, None) => {}
            (Some(base), Some(head)) => {
                let both = Both { base, head };
                let names = [&both.base, &both.head].into_iter().flat_map(Place::entries).map(|(name, _)| name);
                let names: indexmap::IndexSet<&str> = names.collect();
                for name in names {
                    self.plain(&both, &[name], RuleId::EncodingChanged, usage, wire);
                }
            }
            _ => self.plain(both, &["encoding"], RuleId::EncodingChanged, usage, wire),
        }
    }
}

/// A media type without blanks and in lower case, parameters included.
fn normalized(name: &str) -> String {
    name.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// The media type that a client sends or asks for.
fn chosen<'c>(content: &'c IndexMap<String, Place<'_>>) -> Option<&'c str> {
    let names = || content.keys().map(String::as_str);
    names().find(|name| crate::ir::is_json(name)).or_else(|| names().next())
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}
