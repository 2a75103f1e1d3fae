//! How each kind of property holds absence and null, and whether the constructor takes it, by the directions that its type
//! crosses the wire in.

use super::{lowered, schemas};
use chatkit_codegen::ir::{Constructor, Object, Presence, TypeDef, TypeKind};
use chatkit_codegen::lower::Lowered;

/// One property of each kind; `required` lists those whose names start with `r`.
const PROPERTIES: &str = "
        r_plain: { type: string }
        r_nullable: { type: string, nullable: true }
        r_constant: { type: string, enum: [x] }
        r_default: { type: integer, default: 1 }
        r_nullable_default: { type: integer, nullable: true, default: 1 }
        r_null_default: { type: string, nullable: true, default: null }
        r_read: { type: string, readOnly: true }
        r_write: { type: string, writeOnly: true }
        o_plain: { type: string }
        o_nullable: { type: string, nullable: true }
        o_default: { type: integer, default: 1 }
        o_null_default: { type: string, nullable: true, default: null }
        o_self: { $ref: '#/components/schemas/T' }";

/// Returns the presence of each property of a type that requests or responses reach, with whether the constructor
/// takes it.
fn presences(request: bool, response: bool) -> Vec<(String, Presence, bool)> {
    let content = "{ application/json: { schema: { $ref: '#/components/schemas/T' } } }";
    let body = if request { format!("requestBody: {{ content: {content} }}") } else { String::new() };
    let content = if response { content } else { "{}" };
    let lowered = lowered(&format!(
        "openapi: 3.0.3
info: {{ title: Test, version: '1' }}
paths:
  /t:
    post:
      operationId: t
      {body}
      responses: {{ '200': {{ description: d, content: {content} }} }}
components:
  schemas:
    T:
      type: object
      required: [r_plain, r_nullable, r_constant, r_default, r_nullable_default, r_null_default, r_read, r_write]
      properties:{PROPERTIES}
"
    ));
    let properties = object(&lowered, 0).properties.iter();
    properties.map(|property| (property.name.clone(), property.presence, property.in_constructor)).collect()
}

fn object(lowered: &Lowered, index: usize) -> &Object {
    let TypeKind::Object(object) = &lowered.api.types[index].kind else { panic!("a struct") };
    object
}

fn assert_presences(actual: &[(String, Presence, bool)], expected: [(Presence, bool); 13]) {
    let actual: Vec<_> = actual.iter().map(|(name, presence, taken)| (name.as_str(), *presence, *taken)).collect();
    let names = actual.iter().map(|(name, ..)| *name);
    let expected: Vec<_> = names.zip(expected).map(|(name, (presence, taken))| (name, presence, taken)).collect();
    assert_eq!(actual, expected);
}

#[test]
fn responses_fill_in_defaults() {
    use Presence::{Constant, Defaulted, Optional, OptionalNullable, Required, RequiredNullable};
    assert_presences(
        &presences(false, true),
        [
            (Required, true),
            (RequiredNullable, false),
            (Constant, false),
            (Defaulted { optional: false }, false),
            (Defaulted { optional: false }, false),
            (RequiredNullable, false),
            (Required, true),
            (Optional, true),
            (Optional, false),
            (OptionalNullable, false),
            (Defaulted { optional: true }, false),
            (OptionalNullable, false),
            (Optional, false),
        ],
    );
}

#[test]
fn requests_leave_defaults_to_the_server() {
    use Presence::{Constant, Optional, OptionalNullable, Required, RequiredNullable};
    let request = [
        (Required, true),
        (RequiredNullable, true),
        (Constant, false),
        (Required, true),
        (RequiredNullable, true),
        (RequiredNullable, false),
        (Optional, false),
        (Required, true),
        (Optional, false),
        (OptionalNullable, false),
        (Optional, false),
        (OptionalNullable, false),
        (Optional, false),
    ];
    assert_presences(&presences(true, false), request);
}

#[test]
fn a_type_of_both_directions_requires_what_both_require() {
    use Presence::{Constant, Optional, OptionalNullable, Required, RequiredNullable};
    let both = [
        (Required, true),
        (RequiredNullable, true),
        (Constant, false),
        (Required, true),
        (RequiredNullable, true),
        (RequiredNullable, false),
        (Optional, false),
        (Optional, true),
        (Optional, false),
        (OptionalNullable, false),
        (Optional, false),
        (OptionalNullable, false),
        (Optional, false),
    ];
    assert_presences(&presences(true, true), both);
}

#[test]
fn a_type_that_nothing_reaches_constructs_null_by_leaving_it_out() {
    use Presence::{Constant, Optional, OptionalNullable, Required, RequiredNullable};
    let neither = [
        (Required, true),
        (RequiredNullable, false),
        (Constant, false),
        (Required, true),
        (RequiredNullable, false),
        (RequiredNullable, false),
        (Optional, false),
        (Optional, true),
        (Optional, false),
        (OptionalNullable, false),
        (Optional, false),
        (OptionalNullable, false),
        (Optional, false),
    ];
    assert_presences(&presences(false, false), neither);
}

#[test]
fn constructors_take_more_than_five_arguments_by_name() {
    let lowered = schemas(
        "Five:
  type: object
  required: [a, b, c, d, e, kind, nothing]
  properties:
    a: { type: string }
    b: { type: string }
    c: { type: string }
    d: { type: string }
    e: { type: string }
    kind: { type: string, enum: [five] }
    nothing: { type: string, nullable: true }
    f: { type: string }
Six:
  allOf:
    - { $ref: '#/components/schemas/Five' }
    - { type: object, required: [f] }",
    );
    assert_eq!(object(&lowered, 0).constructor, Constructor::Positional);
    assert_eq!(object(&lowered, 1).constructor, Constructor::Named("SixArgs".to_owned()));
    let names: Vec<_> = lowered.api.types.iter().flat_map(TypeDef::names).collect();
    assert_eq!(names, ["Five", "Six", "SixArgs"]);
}
