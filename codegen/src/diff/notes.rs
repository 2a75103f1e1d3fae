//! What stands in a schema beside what values it allows.

use super::engine::{EVERYWHERE, Engine, Finding, NOWHERE, Place, Side, anywhere, by_direction, loosened, tightened};
use super::schemas::{Read, Spot};
use super::{Wire, brief, rules};
use crate::parse::dialect::openapi_objects::{FieldType, ObjectKind};
use crate::resolve::SchemaSite;
use crate::resolve::{Annotations, RawSchema};
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::rc::Rc;

impl<'a> Engine<'a> {
    /// What stands in a schema about its use.
    pub(super) fn notes(
        &mut self,
        at: &[Rc<str>; 2],
        base: &[SchemaSite<'a>],
        head: &[SchemaSite<'a>],
        (was, is): (Annotations<'a>, Annotations<'a>),
        spot: Spot,
    ) {
        let usage = spot.usage;
        let text = |text: Option<&str>| text.map(brief::cut);
        let prose = [("title", was.title, is.title), ("description", was.description, is.description)];
        for (keyword, before, after) in prose.into_iter().filter(|(_, before, after)| before != after) {
            let finding = self.stated(base, head, keyword, Finding::new("documentation-changed", NOWHERE, Wire::None));
            let (before, after) = brief::texts(before, after);
            self.report(finding.showing(before, after));
        }
        let names = [("x-rust-name", was.rust_name, is.rust_name), ("x-rust-field", was.rust_field, is.rust_field)];
        for (keyword, before, after) in names.into_iter().filter(|(_, before, after)| before != after) {
            let finding = self.stated(base, head, keyword, Finding::new("rust-name-changed", usage, Wire::None));
            self.report(finding.showing(text(before), text(after)));
        }
        let values = [("example", was.example, is.example), ("default", was.default, is.default)];
        for (keyword, before, after) in values.into_iter().filter(|(_, before, after)| before != after) {
            let (rule, wire) = match (keyword, before, after) {
                ("example", ..) => ("example-changed", Wire::None),
                (_, None, _) => ("default-added", by_direction(usage, Wire::Risky, Wire::Compatible)),
                (_, _, None) => ("default-removed", by_direction(usage, Wire::Risky, Wire::Risky)),
                _ => ("default-changed", by_direction(usage, Wire::Risky, Wire::Risky)),
            };
            let finding = self.stated(base, head, keyword, Finding::new(rule, usage, wire));
            // A null by default is what is there without one.
            let idle = keyword == "default" && [before, after].iter().flatten().all(|value| value.is_null());
            self.report(Finding { idle, ..finding.showing_values(before, after) });
        }
        let set = Option::unwrap_or_default;
        let access = by_direction(usage, Wire::Breaking, Wire::None);
        let hidden = by_direction(usage, Wire::None, Wire::Breaking);
        let fine = anywhere(usage, Wire::Compatible);
        // What only responses had to have, requests have to have as well.
        let open = by_direction(usage, if spot.required { Wire::Breaking } else { Wire::Compatible }, Wire::Compatible);
        let flags = [
            ("deprecated", was.deprecated, is.deprecated, ("deprecated", "no-longer-deprecated"), (fine, fine)),
            ("readOnly", was.read_only, is.read_only, ("read-only-added", "read-only-removed"), (access, open)),
            ("writeOnly", was.write_only, is.write_only, ("write-only-added", "write-only-removed"), (hidden, fine)),
        ];
        for (keyword, before, after, rules, wires) in flags {
            if set(before) != set(after) {
                let (rule, wire) = if set(after) { (rules.0, wires.0) } else { (rules.1, wires.1) };
                let finding = self.stated(base, head, keyword, Finding::new(rule, usage, wire));
                self.report(finding.showing(Some(set(before).to_string()), Some(set(after).to_string())));
            }
        }
        if was.rust_names != is.rust_names {
            let finding = Finding::new("rust-name-changed", usage, Wire::None).at(&at[0], &at[1]);
            let finding = self.stated(base, head, "x-rust-names", finding);
            let shown = |names: Option<&Map<String, Value>>| {
                names.map(|names| brief::cut(&Value::Object(names.clone()).to_string()))
            };
            self.report(finding.showing(shown(was.rust_names), shown(is.rust_names)));
        }
    }

    /// Keys of schemas that the flat view does not have: extensions, `not`, and what is no keyword, or not of its type.
    pub(super) fn annotations(&mut self, base: &[SchemaSite<'a>], head: &[SchemaSite<'a>], across: bool, spot: Spot) {
        let (was, is) = (gather(&self.base, base, across), gather(&self.head, head, across));
        let keys: indexmap::IndexSet<&str> = was.keys().chain(is.keys()).copied().collect();
        for key in keys {
            let (before, after) = (was.get(key), is.get(key));
            if before.map(|place| place.raw) == after.map(|place| place.raw)
                || (key == "not" && self.rules_out_the_same(before, after))
            {
                continue;
            }
            let usage = spot.usage;
            let (rule, wire) = match (key, before.is_some(), after.is_some()) {
                ("externalDocs" | "examples" | "$comment", ..) => ("documentation-changed", Wire::None),
                ("xml", ..) => ("xml-changed", anywhere(usage, Wire::Risky)),
                ("not", false, _) => ("not-added", tightened(usage)),
                ("not", _, false) => ("not-removed", loosened(usage)),
                ("not", ..) => ("not-changed", anywhere(usage, Wire::Breaking)),
                _ => {
                    let (rule, wire) = rules::of_key(key);
                    (rule, anywhere(usage, wire))
                }
            };
            let finding = self.stated(base, head, key, Finding::new(rule, usage, wire));
            self.report(finding.showing_values(before.map(|place| place.raw), after.map(|place| place.raw)));
        }
    }

    /// Whether two values of `not` are the same but for how they are written.
    fn rules_out_the_same(&mut self, before: Option<&Place<'a>>, after: Option<&Place<'a>>) -> bool {
        let (Some(before), Some(after)) = (before, after) else { return false };
        let spot = Spot { usage: EVERYWHERE, text: false, required: false };
        self.judged(|engine| engine.schema(before, after, spot)) == Wire::None
    }
}

/// What a schema says about its use, and for a component what that says itself.
pub(super) fn all_notes<'a>(side: &mut Side<'a>, read: &Read<'a>) -> Annotations<'a> {
    side.reader
        .component_use(&read.node)
        .map_or(read.flat.annotations, |sole| sole.annotations.or(read.flat.annotations))
}

/// Keys that the flat view has, where their values are of the right kind.
fn is_read(key: &str, value: &Value) -> bool {
    match key {
        // Unions read `discriminator`, where there is one.
        "$ref" | "x-rust-name" | "x-rust-field" | "x-rust-names" | "discriminator" => true,
        "not" | "xml" | "externalDocs" => false,
        "x-secret" => value.is_boolean(),
        "type" if value.is_array() => RawSchema::single_type(value).is_some(),
        "x-property-names" => value.is_object(),
        _ => ObjectKind::Schema.field_type(key).is_some_and(|field_type| fits(field_type, value)),
    }
}

fn fits(field_type: FieldType, value: &Value) -> bool {
    match field_type {
        FieldType::Any => true,
        FieldType::Text => value.is_string(),
        FieldType::Word(words) => value.as_str().is_some_and(|text| words.contains(&text)),
        FieldType::Boolean => value.is_boolean(),
        FieldType::Number | FieldType::Count => value.is_number(),
        FieldType::Texts | FieldType::Values | FieldType::List(_) => value.is_array(),
        FieldType::TextMap | FieldType::AnyMap | FieldType::Object(_) | FieldType::Map(_) => value.is_object(),
        FieldType::SchemaOrBoolean => value.is_object() || value.is_boolean(),
    }
}

/// The keys of a schema and its parts that the flat view does not have.
fn gather<'a>(side: &Side<'a>, node: &[SchemaSite<'a>], across: bool) -> IndexMap<&'a str, Place<'a>> {
    let mut found = IndexMap::new();
    for part in node {
        let place = Place::from(part);
        gather_at(side, &place, across, 0, &mut found);
    }
    found
}

fn gather_at<'a>(
    side: &Side<'a>,
    place: &Place<'a>,
    across: bool,
    depth: usize,
    found: &mut IndexMap<&'a str, Place<'a>>,
) {
    const DEEPEST: usize = 16;
    if depth > DEEPEST {
        return;
    }
    if let Some(reference) = place.text("$ref") {
        if across && let Some((at, raw)) = crate::pointer::follow(&side.revision.raw, reference) {
            gather_at(side, &Place { at: at.into(), raw }, across, depth + 1, found);
        }
        return;
    }
    for (key, value) in place.entries() {
        if !is_read(key, value.raw) {
            found.entry(key).or_insert(value);
        }
    }
    for part in place.child("allOf").iter().flat_map(Place::elements) {
        gather_at(side, &part, across, depth + 1, found);
    }
}
