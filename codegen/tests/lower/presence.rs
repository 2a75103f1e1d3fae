//! How each kind of property holds absence and null, by the directions that its type crosses the wire in.

use super::lowered;
use chatkit_codegen::ir::{Presence, TypeKind};

/// One property of each kind; `required` lists those whose names start with `r`.
const PROPERTIES: &str = "
        r_plain: { type: string }
        r_nullable: { type: string, nullable: true }
        r_constant: { type: string, enum: [x] }
        r_default: { type: integer, default: 1 }
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
      required: [r_plain, r_nullable, r_constant, r_default, r_read, r_write]
      properties:{PROPERTIES}
"
    ));
    let TypeKind::Object(object) = &lowered.api.types[0].kind else { panic!("a struct") };
    let of =
        |property: &chatkit_codegen::ir::Property| (property.name.clone(), property.presence, property.in_constructor);
    object.properties.iter().map(of).collect()
}

fn assert_presences(actual: &[(String, Presence, bool)], expected: [(Presence, bool); 11]) {
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
            (RequiredNullable, true),
            (Constant, false),
            (Defaulted { optional: false }, false),
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
