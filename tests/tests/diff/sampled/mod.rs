//! No change that is called compatible is disproved by a value, and no edit is silent.
//!
//! Each keyword of each schema is edited in each way. Values near the borders of both schemas are judged by a validator
//! that shares no code with the comparison. By default a sample of the edits runs; `DIFF_RUNS` sets another number, and
//! `DIFF_DOCUMENTS` names further documents.

mod json_schema;
mod random;
mod schema_edits;
mod values;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant};

use chatkit_codegen::diff::{Diff, Revision, WireImpact, compare};
use json_schema::{Reading, referenced};
use jsonschema::Validator;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use random::Random;
use serde_json::{Map, Value, json};
use values::Values;

/// The way of a schema across the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Request,
    Response,
}

/// An edit of a component.
struct Probe {
    name: String,
    way: Way,
    component: String,
    was: Rc<Map<String, Value>>,
    is: Value,
}

/// Returns a document in which an operation uses one component, with everything that the component refers to.
fn document(components: &Map<String, Value>, name: &str, way: Way) -> Value {
    let mut needed = vec![name.to_owned()];
    let mut next = 0;
    while let Some(schema) = needed.get(next).cloned() {
        next += 1;
        let mut found = BTreeSet::new();
        gather(components.get(&schema).unwrap_or(&Value::Null), &mut found);
        needed.extend(found.into_iter().filter(|name| !needed.contains(name)).collect::<Vec<_>>());
    }
    let schemas: Map<String, Value> = components
        .iter()
        .filter(|(name, _)| needed.contains(name))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    let content = json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } });
    let operation = match way {
        Way::Request => json!({
            "operationId": "send", "requestBody": { "required": true, "content": content },
            "responses": { "204": { "description": "It is done." } },
        }),
        Way::Response => json!({
            "operationId": "send", "responses": { "200": { "description": "It is done.", "content": content } },
        }),
    };
    json!({
        "openapi": "3.0.3", "info": { "title": "Samples", "version": "1" },
        "paths": { "/samples": { "post": operation } }, "components": { "schemas": schemas },
    })
}

fn gather(value: &Value, found: &mut BTreeSet<String>) {
    found.extend(referenced(value));
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                if key == "mapping" {
                    let targets = value.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_str);
                    found.extend(targets.map(|target| target.rsplit('/').next().unwrap_or(target).to_owned()));
                }
                gather(value, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| gather(value, found)),
        _ => {}
    }
}

/// Returns the edits of each component of a document.
fn probes(origin: &str, text: &str) -> Vec<Probe> {
    let root: Value = serde_yaml::from_str(text).expect("it is YAML");
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    let schemas = Rc::new(schemas);
    let mut probes = Vec::new();
    for (component, schema) in schemas.iter() {
        for edit in schema_edits::edits(schema) {
            for way in [Way::Request, Way::Response] {
                let name = format!("{origin}: {component}{}: {}, {way:?}", edit.pointer, edit.kind);
                let (was, is) = (Rc::clone(&schemas), edit.after.clone());
                probes.push(Probe { name, way, component: component.clone(), was, is });
            }
        }
    }
    probes
}

impl Probe {
    /// Returns the documents before and after the edit.
    fn documents(&self) -> [Value; 2] {
        let mut edited = (*self.was).clone();
        edited.insert(self.component.clone(), self.is.clone());
        [document(&self.was, &self.component, self.way), document(&edited, &self.component, self.way)]
    }
}

/// Whether a client of the old document keeps such a change as unknown.
fn is_kept(diff: &Diff) -> bool {
    // The last ones may hide the others.
    let rules = [
        "property-added",
        "properties-allowed",
        "enum-value-added",
        "union-variant-added",
        "write-only-removed",
        "type-narrowed",
        "union-removed",
        "reference-changed",
    ];
    diff.changes.iter().any(|change| rules.iter().any(|rule| change.rule.name().ends_with(rule)))
}

fn validator(document: &Value, component: &str, reading: Reading) -> Option<Validator> {
    let schema = json_schema::of_component(document, component, reading);
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.should_validate_formats(true).should_ignore_unknown_formats(true).build(&schema).ok()
}

/// Finds a value that disproves the verdict about two documents, both of which have a component.
fn disproof(probe: &Probe, [was, is]: [&Value; 2], diff: &Diff, pool: &[Value]) -> Option<String> {
    if diff.wire() >= WireImpact::Risky {
        return None;
    }
    let reading = if probe.way == Way::Request { Reading::Request } else { Reading::Response };
    let lenient = if probe.way == Way::Response && is_kept(diff) { Reading::Lenient } else { reading };
    // The values that may be sent have to be understood.
    let (sender, reader) = if probe.way == Way::Request { (was, is) } else { (is, was) };
    let (sends, reads) = (validator(sender, &probe.component, reading)?, validator(reader, &probe.component, lenient)?);
    // Callers do not use the names of properties that no document lists yet.
    let names = |document: &Value| {
        let component = document.pointer("/components/schemas").and_then(|schemas| schemas.get(&probe.component));
        component.map(values::property_names).unwrap_or_default()
    };
    let is_new =
        |sender: Vec<String>, reader: Vec<String>| reader.into_iter().filter(move |name| !sender.contains(name));
    let within = is_new(names(sender), names(reader));
    let new = within.chain(is_new(values::property_names(sender), values::property_names(reader)));
    let new: Vec<String> = new.collect();
    let is_foreseen = |value: &Value| probe.way == Way::Response || !has_key(value, &new);
    let disproves = |value: &&Value| is_foreseen(value) && sends.is_valid(value) && !reads.is_valid(value);
    let value = pool.iter().find(disproves)?;
    let changes: Vec<String> =
        diff.changes.iter().map(|change| format!("{} ({})", change.rule, change.wire.name())).collect();
    Some(format!("{value} disproves {changes:?}"))
}

/// Whether a value has a property with one of some names.
fn has_key(value: &Value, names: &[String]) -> bool {
    match value {
        Value::Object(object) => object.iter().any(|(key, value)| names.contains(key) || has_key(value, names)),
        Value::Array(list) => list.iter().any(|value| has_key(value, names)),
        _ => false,
    }
}

/// Finds a value that only one of two documents accepts.
fn distinguishing<'v>(probe: &Probe, documents: [&Value; 2], pool: &'v [Value]) -> Option<&'v Value> {
    let reading = if probe.way == Way::Request { Reading::Request } else { Reading::Response };
    let [was, is] = documents.map(|document| validator(document, &probe.component, reading));
    let (was, is) = (was?, is?);
    pool.iter().find(|value| was.is_valid(value) != is.is_valid(value))
}

/// Judges one edit in both orders. Returns `None` if a document cannot be read.
fn judge(probe: &Probe, random: &mut Random, runner: &mut TestRunner) -> Option<Vec<String>> {
    const VALUES: usize = 40;
    let [was, is] = probe.documents();
    if was == is {
        return None;
    }
    let base = Revision::read("base", &was.to_string()).ok()?;
    let head = Revision::read("head", &is.to_string()).ok()?;
    let mut names = values::property_names(&was);
    names.extend(values::property_names(&is));
    let mut pool = Vec::new();
    for document in [&was, &is] {
        let schema = json!({ "$ref": format!("#/components/schemas/{}", probe.component) });
        let mut values = Values { document, random, names: &names, runner };
        pool.extend((0..VALUES).map(|_| values.of(&schema)));
    }
    // No value disproves anything about a schema that contradicts itself.
    let reading = if probe.way == Way::Request { Reading::Request } else { Reading::Response };
    for document in [&was, &is] {
        let accepts = validator(document, &probe.component, reading)?;
        pool.iter().find(|value| accepts.is_valid(value))?;
    }
    let mut wrong = Vec::new();
    for (base, head, documents, order) in [(&base, &head, [&was, &is], ""), (&head, &base, [&is, &was], " backwards")] {
        let diff = compare(base, head);
        let unknown = diff.changes.iter().find(|change| change.rule.is_unknown());
        wrong.extend(unknown.map(|change| format!("{}{order}: {} at {}", probe.name, change.rule, change.pointer())));
        if diff.changes.is_empty()
            && let Some(value) = distinguishing(probe, documents, &pool)
        {
            wrong.push(format!("{}{order}: no change, but {value} differs", probe.name));
        }
        let disproof = disproof(probe, documents, &diff, &pool);
        wrong.extend(disproof.map(|disproof| format!("{}{order}: {disproof}", probe.name)));
    }
    let contradicts_itself = |text: &str| {
        let report = chatkit_codegen::read("probe", text).err();
        report.is_some_and(|report| report.to_string().contains("conflicting-all-of"))
    };
    let is_contradiction = !wrong.is_empty() && [&was, &is].iter().any(|text| contradicts_itself(&text.to_string()));
    (!is_contradiction).then_some(wrong)
}

/// Documents of this repository, and those that the environment names.
fn documents() -> Vec<(String, String)> {
    let own = [
        ("the spec".to_owned(), chatkit_tests::spec::TEXT.clone()),
        ("borders".to_owned(), include_str!("borders.yaml").to_owned()),
    ];
    let further = std::env::var("DIFF_DOCUMENTS").unwrap_or_default();
    let further = further.split(':').filter(|path| !path.is_empty()).map(|path| {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        (path.rsplit('/').next().unwrap_or(path).to_owned(), text)
    });
    let further: Vec<_> = further.collect();
    if further.is_empty() {
        own.into_iter().chain(chatkit_tests::fixtures::feature_documents()).collect()
    } else {
        further
    }
}

#[test]
fn no_value_disproves_a_verdict_and_no_edit_is_silent() {
    let runs = std::env::var("DIFF_RUNS").ok().map(|runs| runs.parse::<usize>().expect("a number of runs"));
    let seed = std::env::var("DIFF_SEED").ok().map_or(1, |seed| seed.parse().expect("a seed"));
    let limit = if runs.is_some() { Duration::MAX } else { Duration::from_secs(10) };
    let (start, runs) = (Instant::now(), runs.unwrap_or(400));
    let mut random = Random::new(seed);
    let generator = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), generator);
    let mut probes: Vec<Probe> = documents().iter().flat_map(|(name, text)| probes(name, text)).collect();
    random.shuffle(&mut probes);
    let (mut judged, mut wrong) = (0, Vec::new());
    for probe in &probes {
        if judged == runs || start.elapsed() > limit {
            break;
        }
        let Some(found) = judge(probe, &mut random, &mut runner) else { continue };
        judged += 1;
        wrong.extend(found);
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{} of {judged} runs:\n{}", wrong.len(), wrong.join("\n"));
    assert!(judged > 20, "only {judged} edits were judged");
}
