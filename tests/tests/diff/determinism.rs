//! A change is one entry, entries are in document order, and each run finds the same.

use std::fmt::Write as _;

use chatkit_codegen::diff::{Diff, Revision, RuleId, compare};
use serde_json::json;

use crate::corpus::{self, verdict};

fn diff(base: &str, head: &str) -> Diff {
    let (base, head) = Revision::read_both(("base", base), ("head", head)).unwrap_or_else(|report| panic!("{report}"));
    compare(&base, &head)
}

fn rules(diff: &Diff) -> Vec<&'static str> {
    diff.changes.iter().map(|change| change.rule.name()).collect()
}

/// Returns a document with some components, and operations whose response is `Stay`.
fn document(operations: usize, components: &str) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Stays, version: '1'}\npaths:\n".to_owned();
    for number in 0..operations {
        write!(
            text,
            "  /stays{number}:\n    get:\n      operationId: getStay{number}\n      responses:\n        '200':\n          \
             description: It.\n          content:\n            application/json:\n              schema:\n                \
             $ref: '#/components/schemas/Stay'\n"
        )
        .expect("writing to a string cannot fail");
    }
    text + "components:\n  schemas:\n" + components
}

const STAY: &str = "    Stay:\n      type: object\n      properties:\n        id: {type: string}\n";

#[test]
fn every_thread_finds_the_same_changes() {
    let text = chatkit_tests::spec::TEXT.replace("type: string", "type: integer").replace("limit", "count");
    let compared = || diff(&chatkit_tests::spec::TEXT, &text);
    let first = compared();
    assert!(first.changes.len() > 50, "{} changes", first.changes.len());
    // Each thread seeds its hash maps in another way.
    let threads: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(compared)).collect();
        threads.into_iter().map(|thread| thread.join().expect("it does not panic")).collect()
    });
    assert!(threads.iter().all(|diff| *diff == first));
}

#[test]
fn entries_are_in_document_order() {
    for case in corpus::cases() {
        let diff = case.diff();
        let lines: Vec<_> = diff
            .changes
            .iter()
            .map(|change| change.head.as_ref().or(change.base.as_ref()).map(|site| site.line))
            .collect();
        assert!(lines.is_sorted(), "{}: {lines:?}", case.name);
    }
}

#[test]
fn a_change_of_a_shared_schema_is_one_entry() {
    let head = STAY.to_owned() + "        nights: {type: integer}\n";
    let diff = diff(&document(40, STAY), &document(40, &head));
    let [change] = diff.changes.as_slice() else { panic!("{:?}", rules(&diff)) };
    assert_eq!(
        verdict(change).to_string(),
        "optional-property-added at /components/schemas/Stay/properties/nights: wire compatible, source minor"
    );
    let operations: Vec<String> = (0..40).map(|number| format!("getStay{number}")).collect();
    assert_eq!(change.reach.operations, operations);
    assert_eq!(change.reach.types, ["Stay"]);
}

#[test]
fn a_change_deep_within_a_schema_reaches_every_type_that_contains_it() {
    let components = "    Stay:\n      type: object\n      properties:\n        room: {$ref: '#/components/schemas/Room'}\n    \
                      Room:\n      type: object\n      properties:\n        beds:\n          type: array\n          \
                      items: {$ref: '#/components/schemas/Bed'}\n    Bed:\n      type: object\n      properties:\n        \
                      width: {type: integer, maximum: 200}\n";
    let diff = diff(&document(3, components), &document(3, &components.replace("200", "220")));
    let [change] = diff.changes.as_slice() else { panic!("{:?}", rules(&diff)) };
    assert_eq!(change.reach.operations, ["getStay0", "getStay1", "getStay2"]);
    assert_eq!(change.reach.types, ["Stay", "Room", "Bed"]);
}

#[test]
fn compares_recursive_schemas() {
    let list = "    Stay:\n      type: object\n      properties:\n        next: {$ref: '#/components/schemas/Stay'}\n";
    let circle = "    Stay:\n      type: object\n      properties:\n        guest: {$ref: '#/components/schemas/Guest'}\n    \
                  Guest:\n      type: object\n      properties:\n        stays:\n          type: array\n          items: \
                  {$ref: '#/components/schemas/Stay'}\n";
    let map = "    Stay:\n      type: object\n      additionalProperties: {$ref: '#/components/schemas/Stay'}\n";
    let union = "    Stay:\n      anyOf:\n        - type: string\n        - type: array\n          items: {$ref: \
                 '#/components/schemas/Stay'}\n";
    let itself = "    Stay:\n      allOf:\n        - $ref: '#/components/schemas/Stay'\n";
    let documents = [STAY, list, circle, map, union, itself].map(|components| document(1, components));
    for base in &documents {
        for head in &documents {
            let diff = diff(base, head);
            assert_eq!(diff.changes.is_empty(), base == head, "{base}\n{head}\n{:?}", rules(&diff));
        }
    }
}

#[test]
fn a_change_of_a_recursive_schema_is_one_entry() {
    let components = "    Stay:\n      type: object\n      properties:\n        guest: {$ref: '#/components/schemas/Guest'}\n    \
                      Guest:\n      type: object\n      properties:\n        name: {type: string}\n        friends:\n          \
                      type: array\n          items: {$ref: '#/components/schemas/Guest'}\n        stay: {$ref: \
                      '#/components/schemas/Stay'}\n";
    let head = components.replace("name: {type: string}", "name: {type: integer}");
    let diff = diff(&document(2, components), &document(2, &head));
    assert_eq!(rules(&diff), ["type-changed"]);
}

#[test]
fn a_change_behind_a_yaml_alias_is_one_entry_for_all_its_places() {
    let components = "    Stay:\n      type: object\n      properties:\n        price: &money\n          type: integer\n          \
                      maximum: 99\n        fee: *money\n    Guest:\n      type: object\n      properties:\n        owes: *money\n";
    let sends = "  /guests:\n    post:\n      operationId: addGuest\n      requestBody:\n        content:\n          \
                 application/json:\n            schema: {$ref: '#/components/schemas/Guest'}\n      responses:\n        \
                 '204': {description: It.}\ncomponents:";
    let base = document(1, components).replace("components:", sends);
    let diff = diff(&base, &base.replace("99", "98"));
    let [change] = diff.changes.as_slice() else { panic!("{:?}", rules(&diff)) };
    // In responses alone it would be compatible.
    assert_eq!(
        verdict(change).to_string(),
        "maximum-lowered at /components/schemas/Stay/properties/price/maximum: wire breaking, source patch"
    );
    assert_eq!(corpus::usage(change), "both");
    assert_eq!(change.reach.operations, ["getStay0", "addGuest"]);
    assert_eq!(change.reach.types, ["Stay", "Guest"]);
}

#[test]
fn a_reference_into_paths_changes_nothing() {
    let written = document(2, "    Unused: {type: string}\n")
        .replace("$ref: '#/components/schemas/Stay'", "{type: object, properties: {n: {type: integer}}}");
    let at = written.rfind("{type: object").expect("both operations have it");
    let reference = "$ref: '#/paths/~1stays0/get/responses/200/content/application~1json/schema'";
    let rest = written[at..].replace("{type: object, properties: {n: {type: integer}}}", reference);
    let referring = format!("{}{rest}", &written[..at]);
    assert_eq!(rules(&diff(&written, &referring)), [""; 0]);
    assert_eq!(rules(&diff(&referring, &written)), [""; 0]);
}

#[test]
fn changes_without_a_position_are_entries_of_their_own() {
    // YAML has no key of this length, so the text is read as JSON and its positions end here.
    let base = json!({
        "openapi": "3.0.3",
        "info": {"title": "Bookings", "version": "1"},
        "x".repeat(2_000): 1,
        "paths": {"/stays": {"get": {"operationId": "getStay", "responses": {"200": {
            "description": "It.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stay"}}}
        }}}}},
        "components": {"schemas": {"Stay": {"type": "object", "properties": {
            "id": {"type": "string"}, "size": {"type": "integer"}, "tint": {"type": "integer"}
        }}}}
    });
    let mut head = base.clone();
    head["components"]["schemas"]["Stay"]["properties"] = json!({"id": {"type": "string"}});
    let diff = diff(&base.to_string(), &head.to_string());
    assert_eq!(rules(&diff), ["property-removed", "property-removed"]);
    assert_eq!(diff.notes.len(), 2, "{:?}", diff.notes);
    assert!(diff.notes[0].contains("old document are known up to line 1"), "{:?}", diff.notes);
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let cases = corpus::cases().into_iter().flat_map(|case| {
        let name = case.name;
        [(format!("{name}/base"), case.base), (format!("{name}/head"), case.head)]
    });
    let features = chatkit_tests::fixtures::feature_documents();
    let broken = chatkit_tests::fixtures::diagnostics();
    let spec = ("the spec".to_owned(), chatkit_tests::spec::TEXT.clone());
    let mut compared = 0;
    for (name, text) in cases.chain(features).chain(broken).chain([spec]) {
        // Some of the broken fixtures cannot be read as a document.
        let Ok(document) = Revision::read(&name, &text) else { continue };
        let diff = compare(&document, &document);
        // Nobody knows whether another file has changed.
        let known = diff.changes.iter().filter(|change| change.rule != RuleId::ReferenceNotFollowed);
        assert_eq!(known.count(), 0, "{name}: {:?}", rules(&diff));
        compared += 1;
    }
    assert!(compared > 800, "{compared} documents were compared");
}

#[test]
fn inline_schemas_that_become_one_edited_component_are_one_entry() {
    let inline = |number: usize| {
        format!("        meta{number}:\n          type: object\n          additionalProperties: true\n")
    };
    let reference = |number: usize| format!("        meta{number}: {{$ref: '#/components/schemas/Meta'}}\n");
    let stay = |meta: &dyn Fn(usize) -> String| STAY.to_owned() + &(0..4).map(meta).collect::<String>();
    let meta = "    Meta: {type: object, additionalProperties: {type: string}}\n";
    let (base, head) = (document(2, &stay(&inline)), document(2, &(stay(&reference) + meta)));
    let diff = diff(&base, &head);
    let [change] = diff.changes.as_slice() else { panic!("{:?}", rules(&diff)) };
    assert_eq!(change.rule.name(), "additional-properties-narrowed");
    assert_eq!(change.pointer(), "/components/schemas/Meta/additionalProperties");
    assert_eq!(change.reach.operations, ["getStay0", "getStay1"]);
}

#[test]
fn a_new_enum_value_lists_its_own_variant() {
    let stay = |values: &str| format!("    Stay: {{type: string, enum: [{values}]}}\n");
    let diff = diff(&document(1, &stay("a, b")), &document(1, &stay("a, b, c, d, e, f")));
    let variants = |change: &chatkit_codegen::diff::Change| -> Vec<String> {
        let items = change.items.iter().filter(|item| item.before.is_none());
        items.map(|item| item.path.clone()).collect()
    };
    let found: Vec<_> = diff.changes.iter().map(|change| (change.rule.name(), variants(change))).collect();
    let expected = ["C", "D", "E", "F"].map(|name| ("enum-value-added", vec![format!("Stay::{name}")]));
    assert_eq!(found, expected);
}

#[test]
fn the_note_about_a_refused_document_says_why() {
    let unread = document(1, &(STAY.to_owned() + "        room: {$ref: '#/components/schemas/Room'}\n"));
    let diff = diff(&unread, &document(1, STAY));
    let [note] = diff.notes.as_slice() else { panic!("{:?}", diff.notes) };
    assert!(note.starts_with("The generator refuses the old document: "), "{note}");
    assert!(note.contains("(dangling-ref at /components/schemas/Stay/properties/room"), "{note}");
}
