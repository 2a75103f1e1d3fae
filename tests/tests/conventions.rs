//! The conventions of `spec/README.md`: the spec follows each, and each reports a document that breaks it.

use std::collections::BTreeSet;

use chatkit_codegen::diagnostics::Located;
use chatkit_tests::{patch, spec};
use xtask::conventions::{CONVENTIONS, check};

/// A document that follows every convention.
const BASE: &str = include_str!("../fixtures/conventions.yaml");

/// Returns the diagnostics about a valid document.
#[track_caller]
fn judge(origin: &str, text: &str) -> Vec<Located> {
    let document = chatkit_codegen::read(origin, text).unwrap_or_else(|report| panic!("{report}"));
    check(&document, text).located()
}

/// Asserts that the spec follows a convention, and that the convention reports each patched document.
///
/// A patch comes with a part of the first line that is reported.
#[track_caller]
fn assert_convention(name: &str, patches: &[(&str, &str)]) {
    let broken: Vec<_> = judge("spec/chatkit.yaml", &spec::TEXT).into_iter().filter(|at| at.rule == name).collect();
    assert!(broken.is_empty(), "spec/chatkit.yaml: {broken:#?}");
    for (patch, at) in patches {
        let text = patch::apply(name, patch.trim_start_matches('\n'), BASE);
        let found = judge("broken.yaml", &text);
        let rules: BTreeSet<&str> = found.iter().map(|found| found.rule).collect();
        assert_eq!(rules, BTreeSet::from([name]), "{patch}{found:#?}");
        let line = text.lines().nth(found[0].line - 1).unwrap_or_default();
        assert!(line.contains(at), "{patch}{at:?} is not in line {}: {line:?}", found[0].line);
        for Located { message, help, .. } in &found {
            let help = help.as_deref().unwrap_or_default();
            assert!(!message.is_empty() && !help.is_empty(), "{patch}{found:#?}");
            assert!(!message.ends_with('.') && !help.ends_with('.'), "{patch}{found:#?}");
        }
    }
}

/// Defines a test for each convention, and the list of their names.
macro_rules! conventions {
    ($($test:ident: $name:literal => [$(($patch:literal, $at:literal)),*];)*) => {
        const TESTED: &[&str] = &[$($name),*];

        $(
            #[test]
            fn $test() {
                assert_convention($name, &[$(($patch, $at)),*]);
            }
        )*
    };
}

conventions! {
    wrappers_add_something: "needless-wrapper" => [(r"
         room:
-          $ref: '#/components/schemas/Room'
+          type: string
+          description: Size of a room.
+          allOf:
+            - $ref: '#/components/schemas/Room'
", "room:")];
    nullable_wrappers_repeat_the_type_of_a_nullable_schema: "nullable-wrapper" => [(r"
     Breakfast:
       type: object
-      nullable: true
", "nullable: true")];
    constants_are_required_strings_without_a_default: "constant" => [(r"
         note:
           type: string
           description: Note to the hotel. Left out, there is none.
+          enum:
+            - early
", "enum:"), (r"
             - Child
+          default: Child
", "default: Child"), (r"
       schema:
-        type: string
+        type: integer
         enum:
-          - stays
+          - 1
", "enum:"), (r"
       description: Opts in.
-      required: true
", "enum:")];
    response_properties_are_required_and_nullable_ones_have_a_default: "response-presence" => [(r"
         - id
-        - room
         - guests
", "room:"), (r"
             - $ref: '#/components/schemas/Breakfast'
-          default: null
", "breakfast:")];
    request_properties_are_not_nullable: "request-presence" => [(r"
           type: string
+          nullable: true
           description: Note to the hotel. Left out, there is none.
", "note:")];
    tagged_unions_have_a_complete_mapping: "tagged-union" => [(r"
-          Child: '#/components/schemas/Child'
", "$ref: '#/components/schemas/Child'"), (r"
-      anyOf:
+      oneOf:
         - type: integer
", "oneOf:"), (r"
-      oneOf:
+      anyOf:
         - $ref: '#/components/schemas/Adult'
", "anyOf:")];
    unions_are_components: "union-component" => [(r"
         age:
-          $ref: '#/components/schemas/Age'
+          description: Age of the child.
+          anyOf:
+            - type: integer
+            - type: boolean
", "anyOf:")];
    enums_are_components_of_strings: "enum-component" => [(r"
           description: Note to the hotel. Left out, there is none.
+          enum:
+            - early
+            - late
", "enum:"), (r"
+    Stars:
+      type: integer
+      description: Stars of a hotel.
+      enum:
+        - 4
+        - 5
+      example: 4
     Breakfast:
", "enum:")];
    objects_are_open: "open-objects" => [(r"
           description: Note to the hotel. Left out, there is none.
+      additionalProperties: false
", "additionalProperties: false")];
    operation_ids_are_in_camel_case: "operation-id" => [(r"
-      operationId: createStay
+      operationId: create_stay
", "operationId: create_stay"), (r"
-      operationId: createStay
+      operationId: CreateStay
", "operationId: CreateStay"), (r"
-      operationId: createStay
+      operationId: create
", "operationId: create"), (r"
-      operationId: createStay
", "post:")];
    everything_has_a_description: "description" => [(r"
         nights:
           type: integer
-          description: Number of nights.
", "nights:"), (r"
-      description: Size of a room.
", "Room:"), (r"
-      description: Opts in.
", "Beta:"), (r"
-      summary: Book a stay
", "post:"), (r"
-      description: >-
-        Books a stay: the room is held from then on.
", "post:")];
    descriptions_end_with_a_full_stop: "full-stop" => [(r"
-          description: Number of nights.
+          description: Number of nights
", "description: Number of nights"), (r"
-    description: Bookings of rooms.
+    description: Bookings of rooms
", "description: Bookings of rooms")];
    components_and_bodies_have_an_example: "example" => [(r"
-      example: single
", "Room:"), (r"
-            example:
-              nights: 2
", "application/json:")];
    examples_keep_the_order_of_the_properties: "example-order" => [(r"
                     name: Ada
+                  - name: Ben
+                    kind: adult
                 breakfast: null
", "kind: adult"), (r"
         guests:
-          - kind: Child
-            age: 7
+          - age: 7
+            kind: Child
", "kind: Child")];
    lines_are_short: "line-length" => [(r"
-      description: Opts in.
+      description: Opts in, by a sentence that goes on and on and on until it has more characters than a line ever may have.
", "Opts in")];
    the_layout_is_block_style: "block-style" => [(r"
-      tags:
-        - stays
+      tags: [stays]
", "tags: [stays]"), (r"
-        - $ref: '#/components/parameters/Beta'
+        - { $ref: '#/components/parameters/Beta' }
", "- { $ref")];
    levels_are_indented_by_two_spaces: "indentation" => [(r"
       tags:
-        - stays
+      - stays
", "- stays"), (r"
 x-rust-crate:
-  name: stays
+    name: stays
", "name: stays"), (r"
       description: >-
-        Books a stay: the room is held from then on.
+          Books a stay: the room is held from then on.
", "description: >-")];
    keys_of_schemas_are_in_order: "key-order" => [(r"
-          description: Number of nights.
           minimum: 1
+          description: Number of nights.
", "description: Number of nights."), (r"
     Stay:
-      type: object
       description: A stay.
+      type: object
", "type: object")];
}

#[test]
fn the_base_of_the_broken_documents_follows_every_convention() {
    let found = judge("tests/fixtures/conventions.yaml", BASE);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_convention_has_a_test_and_a_summary() {
    let names: BTreeSet<&str> = CONVENTIONS.iter().map(|convention| convention.name).collect();
    assert_eq!(names, TESTED.iter().copied().collect());
    assert_eq!(names.len(), CONVENTIONS.len(), "names are unique");
    for convention in CONVENTIONS {
        assert!(!convention.summary.is_empty() && !convention.summary.ends_with('.'), "{}", convention.name);
    }
}

#[test]
fn the_spec_has_neither_errors_nor_warnings() {
    let generated = chatkit_codegen::generate("spec/chatkit.yaml", &spec::TEXT);
    let generated = generated.unwrap_or_else(|report| panic!("{report}"));
    assert!(generated.warnings.diagnostics().is_empty(), "{}", generated.warnings);
}
