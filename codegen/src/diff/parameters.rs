//! Parameters.

use super::Wire;
use super::engine::{Both, Engine, Finding, NOWHERE, Place, REQUEST, Side};
use super::operations::{Operation, template_names};
use super::rules::RuleId;
use super::schemas::Spot;
use crate::lower::flat::Kind;
use indexmap::IndexMap;
use serde_json::Value;

/// A parameter: at its use, and where it is described.
struct Parameter<'a> {
    used: Place<'a>,
    place: Place<'a>,
}

/// Where a parameter goes, and what it is called there.
type Key = (String, String);

impl<'a> Engine<'a> {
    /// The parameters of an operation, those of its path included.
    pub(super) fn parameters(&mut self, was: &Operation<'a>, is: &Operation<'a>) {
        let (before, after) = (parameters(&mut self.base, was), parameters(&mut self.head, is));
        for parameter in before.values().chain(after.values()) {
            self.visited.insert(parameter.place.at.clone());
        }
        let mut new: IndexMap<&Key, &Parameter<'a>> =
            after.iter().filter(|(key, _)| !before.contains_key(*key)).collect();
        let mut kept = Vec::new();
        for (key, base) in &before {
            if let Some(head) = after.get(key) {
                kept.push((&base.place, &head.place));
                self.parameter(&Both { base: base.place.clone(), head: head.place.clone() });
                continue;
            }
            // The same name in another place, or another name of the same shared parameter: one change and not two.
            let shared = base.used.at != base.place.at;
            let same = |(_, name): &Key, other: &Parameter<'a>| {
                *name == key.1 || (shared && other.used.at != other.place.at && other.place.at == base.place.at)
            };
            let elsewhere = new.iter().find(|(key, other)| same(key, other)).map(|(key, _)| *key);
            if let Some(head) = elsewhere.and_then(|other| new.shift_remove(other)) {
                kept.push((&base.place, &head.place));
                self.relocated(base, head);
            } else if self.is_new(&base.used.at, &"".into(), REQUEST) {
                let finding = Finding::new(RuleId::ParameterRemoved, REQUEST, Wire::Breaking).removed(&base.used);
                self.report(finding.named(&name(&base.place)));
            }
        }
        for (_, head) in new {
            if self.is_new(&"".into(), &head.used.at, REQUEST) {
                let (rule, wire) = if head.place.flag("required") {
                    (RuleId::RequiredParameterAdded, Wire::Breaking)
                } else {
                    (RuleId::OptionalParameterAdded, Wire::Compatible)
                };
                self.report(Finding::new(rule, REQUEST, wire).added(&head.used).named(&name(&head.place)));
            }
        }
        self.parameter_order(was, is, &kept, &after);
    }

    fn relocated(&mut self, base: &Parameter<'a>, head: &Parameter<'a>) {
        let both = Both { base: base.place.clone(), head: head.place.clone() };
        if self.is_new(&both.base.at, &both.head.at, NOWHERE) {
            self.plain(&both, &["in"], RuleId::ParameterLocationChanged, REQUEST, Wire::Breaking);
            self.plain(&both, &["name"], RuleId::ParameterRenamed, REQUEST, Wire::Breaking);
        }
        self.parameter(&both);
    }

    /// The order of a method's arguments is that of the parameters.
    fn parameter_order(
        &mut self,
        was: &Operation<'a>,
        is: &Operation<'a>,
        kept: &[(&Place<'a>, &Place<'a>)],
        after: &IndexMap<Key, Parameter<'a>>,
    ) {
        let name = |place: &Place<'a>| place.text("name").unwrap_or_default();
        let before: Vec<&str> = kept.iter().map(|(_, head)| name(head)).collect();
        let stays = |place: &Place<'a>| kept.iter().any(|(_, head)| head.at == place.at);
        let after: Vec<&str> = after
            .values()
            .filter(|parameter| stays(&parameter.place))
            .map(|parameter| name(&parameter.place))
            .collect();
        if before != after {
            let finding = Finding::new(RuleId::ParameterOrderChanged, REQUEST, Wire::None);
            let finding = finding.at(&was.place.at, &is.place.at);
            self.report(finding.showing(Some(before.join(", ")), Some(after.join(", "))));
        }
    }

    fn parameter(&mut self, both: &Both<'a>) {
        if !self.is_new(&both.base.at, &both.head.at, REQUEST) {
            return;
        }
        self.prose(both, &["description"]);
        self.deprecation(both, REQUEST);
        self.requirement(both, "parameter", REQUEST);
        self.plain(both, &["x-rust-name"], RuleId::RustNameChanged, REQUEST, Wire::None);
        self.plain(both, &["x-environment"], RuleId::EnvironmentChanged, REQUEST, Wire::None);
        self.serialization(both);
        let rules = (RuleId::EmptyValueAllowed, RuleId::EmptyValueForbidden);
        self.switch(both, "allowEmptyValue", rules, REQUEST, (Wire::Compatible, Wire::Breaking));
        let rules = (RuleId::ReservedAllowed, RuleId::ReservedForbidden);
        self.switch(both, "allowReserved", rules, REQUEST, (Wire::Risky, Wire::Risky));
        self.samples(both);
        match (both.child("schema"), both.child("content")) {
            ((Some(base), Some(head)), _) => {
                self.schema(&base, &head, Spot { usage: REQUEST, text: true, required: false });
            }
            (_, (Some(_), Some(_))) => self.content(both, REQUEST),
            ((None, None), (None, None)) => {}
            _ => self.report(
                Finding::new(RuleId::ParameterSerializationChanged, REQUEST, Wire::Breaking)
                    .at(&both.base.at, &both.head.at)
                    .showing(Some(how(&both.base).to_owned()), Some(how(&both.head).to_owned())),
            ),
        }
        let handled = [
            "name",
            "in",
            "description",
            "deprecated",
            "required",
            "x-rust-name",
            "x-environment",
            "style",
            "explode",
            "allowEmptyValue",
            "allowReserved",
            "example",
            "examples",
            "schema",
            "content",
        ];
        self.rest(both, &handled, REQUEST);
    }

    /// `style` and `explode`, with their defaults filled in.
    fn serialization(&mut self, both: &Both<'a>) {
        let style = |place: &Place<'a>| place.text("style").unwrap_or_else(|| default_style(place)).to_owned();
        let explode =
            |place: &Place<'a>| place.raw.get("explode").and_then(Value::as_bool).unwrap_or(style(place) == "form");
        // There is but one way to write an object deep.
        let is_deep = style(&both.base) == "deepObject";
        let (before, after) = (style(&both.base), style(&both.head));
        let moved = both.base.text("in") != both.head.text("in");
        if before != after && !moved {
            let finding =
                Finding::new(RuleId::ParameterSerializationChanged, REQUEST, Wire::Breaking).of(both, "style");
            self.report(finding.showing(Some(before), Some(after)));
        } else if explode(&both.base) != explode(&both.head) && !moved {
            // A scalar is written in one way.
            let wire = if is_deep || self.is_scalar(both) { Wire::None } else { Wire::Breaking };
            self.report(Finding::new(RuleId::ParameterSerializationChanged, REQUEST, wire).of(both, "explode"));
        }
    }

    fn is_scalar(&mut self, both: &Both<'a>) -> bool {
        let (Some(base), Some(head)) = both.child("schema") else { return false };
        let (base, head) = ([self.base.part(&base)], [self.head.part(&head)]);
        let (base, head) = (self.base.reader.flat(&base), self.head.reader.flat(&head));
        let scalar = |kind: Option<Kind>| kind.is_some_and(|kind| !matches!(kind, Kind::Array | Kind::Object));
        scalar(base.kind) && scalar(head.kind)
    }
}

/// As in `limit (in query)`.
fn name(place: &Place<'_>) -> String {
    let text = |key: &str| place.text(key).unwrap_or_default();
    format!("{} (in {})", text("name"), text("in"))
}

fn how(place: &Place<'_>) -> &'static str {
    if place.raw.get("content").is_some() { "content" } else { "schema" }
}

fn default_style(place: &Place<'_>) -> &'static str {
    match place.text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    }
}

fn parameters<'a>(side: &mut Side<'a>, operation: &Operation<'a>) -> IndexMap<Key, Parameter<'a>> {
    let names = template_names(operation.path);
    let mut found = IndexMap::new();
    for list in [&operation.path_item, &operation.place].map(|place| place.child("parameters")).into_iter().flatten() {
        for written in list.elements() {
            let place = side.resolve(&written);
            let (Some(name), Some(location)) = (place.text("name"), place.text("in")) else { continue };
            let key = match location {
                // OpenAPI has other ways to say these.
                "header" if ["accept", "content-type", "authorization"].contains(&&*name.to_ascii_lowercase()) => {
                    continue;
                }
                "header" => name.to_ascii_lowercase(),
                // The template tells which one it is, and its name does not cross the wire.
                "path" => match names.iter().position(|known| *known == name) {
                    Some(index) => format!("{{{index}}}"),
                    None => name.to_owned(),
                },
                _ => name.to_owned(),
            };
            found.insert((location.to_owned(), key), Parameter { used: written, place });
        }
    }
    found
}
