//! Operations, parameters, responses and pagination.

use super::{feature, lowered, paths};
use chatkit_codegen::ir::{ParameterContent, ParameterLocation, SecurityKind, Status, Style};
use serde_json::Value;

#[test]
fn parameters_of_the_operation_override_those_of_the_path() {
    let api = feature("parameters");
    let parameters = &api.operations[0].parameters;
    let limit = parameters.iter().find(|parameter| parameter.name == "limit").expect("it is listed");
    assert_eq!(limit.default, Some(Value::from(20)));
    assert_eq!(parameters.iter().filter(|parameter| parameter.name == "limit").count(), 1);
    assert_eq!(parameters[0].name, "id");
}

#[test]
fn styles_default_by_location() {
    let api = feature("parameters");
    let style = |name: &str| {
        let parameter = api.operations[0].parameters.iter().find(|parameter| parameter.name == name)?;
        match parameter.content {
            ParameterContent::Styled { style, explode, .. } => Some((style, explode)),
            ParameterContent::Media(_) => None,
        }
    };
    assert_eq!(style("id"), Some((Style::Simple, false)));
    assert_eq!(style("path"), Some((Style::Label, true)));
    assert_eq!(style("order"), Some((Style::Form, true)));
    assert_eq!(style("tags"), Some((Style::Form, false)));
    assert_eq!(style("ids"), Some((Style::PipeDelimited, false)));
    assert_eq!(style("X-Project"), Some((Style::Simple, false)));
    assert_eq!(style("session"), Some((Style::Form, true)));
    assert_eq!(style("json"), None);
}

#[test]
fn a_required_one_value_parameter_is_a_constant() {
    let api = feature("parameters");
    let constant = |name: &str| api.operations[0].parameters.iter().find(|p| p.name == name)?.constant.clone();
    assert_eq!(constant("X-Version"), Some(Value::from("v1")));
    assert_eq!(constant("session"), None);
}

#[test]
fn names_come_from_extensions_then_ids_then_paths() {
    let lowered = paths(
        "  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { default: { description: Done } } }
    put: { tags: [Zoo Keeping], operationId: savePet, responses: { default: { description: Done } } }
    delete: { x-rust-module: zoo, x-rust-name: remove, operationId: x, responses: { default: { description: Done } } }
",
    );
    let names: Vec<String> =
        lowered.api.operations.iter().map(|one| format!("{}.{} {}", one.module, one.rust_name, one.method)).collect();
    assert_eq!(names, ["pets.get_pets_id GET", "zoo_keeping.save_pet PUT", "zoo.remove DELETE"]);
    assert!(lowered.diagnostics.is_empty());
}

#[test]
fn responses_keep_their_status_and_share_referenced_schemas() {
    let api = feature("responses");
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    let statuses: Vec<Status> = responses.map(|response| response.status).collect();
    let expected = [Status::Code(200), Status::Range(4), Status::Default, Status::Code(201), Status::Code(204)];
    assert_eq!(statuses, expected);
    let schema = |index: usize| &api.operations[0].responses[index].content[0].schema;
    assert_eq!(schema(1), schema(2));
}

#[test]
fn usage_says_whether_requests_or_responses_reach_a_type() {
    let api = feature("defaults");
    let usage = |name: &str| {
        let def = api.types.iter().find(|def| def.name == name).expect("it is a component");
        (def.usage.request, def.usage.response)
    };
    assert_eq!(usage("Sent"), (true, false));
    assert_eq!(usage("Received"), (false, true));
    let unused = feature("objects");
    assert!(!unused.types[0].usage.request && !unused.types[0].usage.response);
}

#[test]
fn ignores_a_content_type_parameter() {
    let lowered = paths(
        "  /pets:
    get:
      parameters:
        - { name: content-type, in: header, schema: { type: string } }
        - { name: X-Content-Type, in: header, schema: { type: string } }
      responses: { default: { description: Done } }
",
    );
    let names: Vec<&str> = lowered.api.operations[0].parameters.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["X-Content-Type"]);
    assert_eq!(lowered.diagnostics[0].rule, "ignored-header");
}

#[test]
fn pagination_can_have_both_directions() {
    let lowered = paths(
        "  /pets:
    get:
      x-paging:
        items: data
        forward: { parameter: after, cursor: last }
        backward: { parameter: before, cursor: first }
      parameters:
        - { name: after, in: query, schema: { type: string } }
        - { name: before, in: query, schema: { type: string } }
      responses:
        '200':
          description: A page
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: {} }
                  first: { type: string, nullable: true }
                  last: { type: string, nullable: true }
",
    );
    assert!(lowered.diagnostics.is_empty(), "{:?}", lowered.diagnostics);
    let paging = lowered.api.operations[0].paging.as_ref().expect("it is valid");
    assert_eq!(paging.forward.cursor, "last");
    assert_eq!(paging.backward.as_ref().map(|cursor| cursor.parameter.as_str()), Some("before"));
}

#[test]
fn binary_is_allowed_in_forms_but_not_in_json() {
    let body = |media: &str| {
        paths(&format!(
            "  /pets:\n    post:\n      requestBody:\n        content:\n          {media}:\n            schema: {{ type: object, \
             properties: {{ file: {{ type: string, format: binary }} }} }}\n      responses: {{ default: {{ description: Done }} }}\n"
        ))
    };
    assert!(body("multipart/form-data").diagnostics.iter().all(|found| found.rule != "binary-in-json"));
    assert_eq!(body("application/json").diagnostics[0].rule, "binary-in-json");
}

#[test]
fn lowers_servers_and_security() {
    let lowered = lowered(
        "openapi: 3.0.3
info: { title: Test, version: '1' }
servers:
  - { url: 'https://{region}.example.com', variables: { region: { default: eu } }, x-environment: BASE_URL }
security: [{ Key: [] }, {}]
paths: {}
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key, x-environment: KEY }
",
    );
    assert!(lowered.diagnostics.is_empty(), "{:?}", lowered.diagnostics);
    assert_eq!(lowered.api.servers[0].url, "https://eu.example.com");
    assert_eq!(lowered.api.security.len(), 2);
    let kind = SecurityKind::ApiKey { location: ParameterLocation::Header, name: "X-Key".to_owned() };
    assert_eq!(lowered.api.security_schemes["Key"].kind, kind);
}
