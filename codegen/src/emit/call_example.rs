//! Programs that make a call with the values of the spec's examples, by constructors and setters.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::call_signature::{CallSignature, Output};
use super::context::Context;
use super::example_writer::{ExampleWriter, import, statements};
use super::identifiers::ident;
use super::pagination::Pagination;
use crate::ir::{MediaType, ParameterLocation, Schema, Type};

/// A program that makes a call.
pub struct CallExample {
    /// The models to import.
    names: BTreeSet<String>,
    /// The statements.
    body: TokenStream,
}

impl CallExample {
    /// Returns a doctest, which is compiled and not run.
    pub fn doctest(&self, crate_name: &str) -> String {
        let (import, body) = self.parts(crate_name);
        format!(
            "```no_run\n# async fn example() -> Result<(), {crate_name}::Error> {{\n{import}\n\n{body}\n# Ok(())\n# }}\n```"
        )
    }

    /// Returns a whole program.
    pub fn program(&self, crate_name: &str) -> String {
        let (import, body) = self.parts(crate_name);
        let body: Vec<_> =
            body.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }).collect();
        format!(
            "{import}\n\n#[tokio::main]\nasync fn main() -> Result<(), {crate_name}::Error> {{\n{}\n    Ok(())\n}}\n",
            body.join("\n")
        )
    }

    fn parts(&self, crate_name: &str) -> (String, String) {
        (import(crate_name, &["Client"], &self.names), statements(&self.body))
    }
}

/// An expression that makes a call of the variable `client`.
pub struct CallExpression {
    /// The models to import.
    pub names: BTreeSet<String>,
    pub tokens: TokenStream,
}

/// The expression of a call; `None` if the spec has no values that a program can show.
pub fn expression(context: &Context<'_>, call: &CallSignature<'_>) -> Option<CallExpression> {
    let mut writer = ExampleWriter::new(context);
    let arguments = arguments(&mut writer, call)?;
    let (resource, method) = (ident(&call.operation.module), ident(&call.operation.rust_name));
    Some(CallExpression { names: writer.names, tokens: quote! { client.#resource().#method(#(#arguments),*) } })
}

/// The example of a call; `None` if the spec has no values that a program can show.
pub fn of_call(context: &Context<'_>, call: &CallSignature<'_>) -> Option<CallExample> {
    let CallExpression { names, tokens: call_tokens } = expression(context, call)?;
    let body = if Pagination::of(context, call).is_some() {
        quote! {
            let client = Client::from_env()?;
            let mut items = #call_tokens.stream();
            while let Some(item) = items.try_next().await? {
                println!("{item:#?}");
            }
        }
    } else if let Output::Nothing = call.output {
        quote! {
            let client = Client::from_env()?;
            #call_tokens.await?;
        }
    } else {
        let variable = variable(context, call);
        let shown = format!("{{{variable}:#?}}");
        let variable = ident(&variable);
        quote! {
            let client = Client::from_env()?;
            let #variable = #call_tokens.await?;
            println!(#shown);
        }
    };
    Some(CallExample { names, body })
}

/// Returns the arguments of the resource's method.
fn arguments(writer: &mut ExampleWriter<'_, '_>, call: &CallSignature<'_>) -> Option<Vec<TokenStream>> {
    let context = writer.context;
    let mut arguments = Vec::new();
    for argument in call.required() {
        let example = argument.parameter.docs.example.clone();
        let example = example.or_else(|| is_text(context, argument.schema).then(|| Value::from("id")))?;
        arguments.push(writer.value(argument.schema, &example, true)?);
    }
    if let Some(argument) = call.required_body() {
        arguments.push(writer.value(argument.schema?, &example_of(context, argument.media)?, false)?);
    }
    Some(arguments)
}

fn is_text(context: &Context<'_>, schema: &Schema) -> bool {
    matches!(context.types.resolve(&schema.ty), Type::String(_))
}

/// Returns the variable that holds the response.
fn variable(context: &Context<'_>, call: &CallSignature<'_>) -> String {
    let def = match &call.output {
        Output::Json(Some(schema)) => match context.types.resolve(&schema.ty) {
            Type::Named(id) => Some(context.api.type_def(*id)),
            _ => None,
        },
        _ => None,
    };
    let name = def.map_or("response", |def| def.module.as_str());
    // A format string cannot hold a raw identifier, and `client` is already a variable.
    if name.ends_with('_') || name == "client" { "response".to_owned() } else { name.to_owned() }
}

fn example_of(context: &Context<'_>, media: &MediaType) -> Option<Value> {
    let of_type = || match context.types.resolve(&media.schema.as_ref()?.ty) {
        Type::Named(id) => context.api.type_def(*id).docs.example.clone(),
        _ => None,
    };
    media.example.clone().or_else(of_type)
}

/// Returns the best example of an API: a call that creates something, or the first call.
pub fn best(context: &Context<'_>, calls: &[CallSignature<'_>]) -> Option<CallExample> {
    let creates = |call: &&CallSignature<'_>| call.body.is_some() && call.operation.successes().next().is_some();
    let has_path = |call: &CallSignature<'_>| {
        call.operation.parameters.iter().any(|each| each.location == ParameterLocation::Path)
    };
    let candidates = calls.iter().filter(creates).chain(calls.iter().filter(|call| !has_path(call))).chain(calls);
    candidates.into_iter().find_map(|call| of_call(context, call))
}
