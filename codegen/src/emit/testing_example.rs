//! The example of the guide to calls that tests a call without a network.

use std::collections::BTreeSet;

use serde_json::Value;

use super::call_example::CallExpression;
use super::call_signature::{CallSignature, Output};
use super::client_settings::{credentials, credentials_of};
use super::context::Context;
use super::decode_example::raw_string;
use super::example_writer::import;
use super::guide_examples::{expression, variable};
use super::identifiers::ident;
use super::pagination::Pagination;
use crate::ir::{Operation, SizeBounds, StringType, Type, is_json};

/// A call whose response the spec has an example of, so that the test runs.
struct CannedCall<'a> {
    operation: &'a Operation,
    call: CallExpression,
    /// The body of the response, on one line.
    json: String,
    value: Value,
}

/// A doctest that sends a call to a fake transport. Without a call that can be run, it ends with the client.
pub fn doctest(context: &Context<'_>, calls: &[CallSignature<'_>]) -> String {
    let crate_name = context.api.library_name();
    let canned = calls.iter().filter_map(|call| canned_call(context, call)).min_by_key(|canned| canned.json.len());
    let names = ["Body", "BoxFuture", "Client", "Error", "Transport", "TransportError", "http"];
    let import = format!("use {crate_name}::bytes::Bytes;\n{}", import(&crate_name, &names, &BTreeSet::new()));
    let client = client(context, canned.as_ref().map(|canned| canned.operation));
    let test = canned.map(|canned| test(&crate_name, &canned)).unwrap_or_default();
    format!("```\n{import}\n\n{TRANSPORT}\n\n{client}{test}\n```")
}

/// The function that builds the client, with the credentials that it needs.
fn client(context: &Context<'_>, operation: Option<&Operation>) -> String {
    let of_call = operation.map(|operation| credentials_of(context.api, operation)).unwrap_or_default();
    let required = context.api.security.first();
    let needed = credentials(context.api).into_iter().enumerate().filter(|(index, (name, _))| {
        of_call.contains(index) || required.is_some_and(|required| required.contains_key(*name))
    });
    let setters: Vec<_> =
        needed.map(|(_, (_, scheme))| format!("        .{}(\"any\")\n", ident(&scheme.rust_name))).collect();
    let setters = setters.concat();
    format!(
        "fn test_client(answer: Canned) -> Result<Client, Error> {{\n    Client::builder()\n        \
         .environment(|_| None)\n        .base_url(\"http://localhost\")\n{setters}        .transport(answer)\n        \
         .build()\n}}"
    )
}

/// The statements that test the call.
fn test(crate_name: &str, canned: &CannedCall<'_>) -> String {
    let json = if canned.json.len() > LONGEST_LINE { format!("{:#}", canned.value) } else { canned.json.clone() };
    let (call, json) = (variable(&canned.call), raw_string(&json));
    format!(
        "\n\n# #[tokio::main]\n# async fn main() -> Result<(), {crate_name}::Error> {{\n\
         let body = {json};\nlet client = test_client(Canned(200, body))?;\n{call}\n\
         assert_eq!(call.await?.attempts(), 1);\n\n\
         let client = test_client(Canned(429, \"\"))?;\n{call}\n\
         let error = call.retries(0).await.unwrap_err();\n\
         assert!(error.status().is_some_and(|status| status == 429));\n# Ok(())\n# }}"
    )
}

/// Longer JSON is written in several lines.
const LONGEST_LINE: usize = 80;

/// A call that a test can run: with one value as its response, and with arguments that are surely valid.
fn canned_call<'a>(context: &Context<'_>, call: &CallSignature<'a>) -> Option<CannedCall<'a>> {
    let operation = call.operation;
    let arguments_are_valid = call.required_body().is_none()
        && call.required().all(|argument| {
            argument.parameter.docs.example.is_some() || is_any_text(context.types.resolve(&argument.schema.ty))
        });
    if !arguments_are_valid || operation.deprecated || Pagination::of(context, call).is_some() {
        return None;
    }
    let value = response_example(context, call)?;
    let call = expression(context, call).filter(|call| call.names.is_empty())?;
    Some(CannedCall { operation, call, json: value.to_string(), value })
}

/// Whether a type accepts any text.
fn is_any_text(ty: &Type) -> bool {
    const NONE: SizeBounds = SizeBounds { min: None, max: None };
    matches!(ty, Type::String(StringType { format: None, length: NONE, pattern: None, .. }))
}

/// The example of the response that a call decodes.
fn response_example(context: &Context<'_>, call: &CallSignature<'_>) -> Option<Value> {
    let Output::Json(Some(schema)) = call.output else { return None };
    let media = call.operation.successes().next()?.content.iter().find(|media| is_json(&media.name))?;
    let of_type = || match context.types.resolve(&schema.ty) {
        Type::Named(id) => context.api.type_def(*id).docs.example.clone(),
        _ => None,
    };
    media.example.clone().or_else(of_type)
}

const TRANSPORT: &str = r#"/// Answers every request with the same status and body.
struct Canned(u16, &'static str);

impl Transport for Canned {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let response = http::Response::builder().status(self.0).body(Body::from(self.1));
        Box::pin(async { Ok(response.expect("the status is valid")) })
    }
}"#;
