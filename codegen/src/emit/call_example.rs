//! Programs that make a call with the values of the spec's examples, by constructors and setters.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use serde_json::{Map, Value};

use super::call_signature::{CallSignature, Output};
use super::context::Context;
use super::identifiers::ident;
use super::json_literal::json;
use super::pagination::Pagination;
use super::value_expression::enum_value;
use super::variant_choice::chosen;
use super::{exports, fields, literal, render, setter_parameters};
use crate::ir::{
    Constructor, MediaType, Object, ParameterLocation, Presence, Schema, Type, TypeDef, TypeKind, Union, UnionKind,
};
use crate::numbers::whole;

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

/// An import from the crate, of names of the client and of models, as text.
pub fn import(crate_name: &str, names: &[&str], models: &BTreeSet<String>) -> String {
    let names = names.iter().map(|name| (*name, ident(name).into_token_stream()));
    let models = models.iter().map(|name| (name.as_str(), import_path(name)));
    let mut paths: Vec<_> = names.chain(models).collect();
    paths.sort_by_key(|(name, _)| *name);
    let (krate, paths) = (ident(crate_name), paths.into_iter().map(|(_, path)| path));
    render::unparsed(&quote! { use #krate::{#(#paths),*}; }).trim_end().to_owned()
}

/// Statements as text.
pub fn statements(body: &TokenStream) -> String {
    let function = render::unparsed(&quote! { async fn example() { #body } });
    let lines: Vec<&str> = function.trim_end().lines().collect();
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    let inner: Vec<&str> = inner.iter().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    inner.join("\n")
}

/// The path that a model is imported by. One with the name of an export of the client is in `models` alone.
fn import_path(name: &str) -> TokenStream {
    let ident = ident(name);
    if exports::is_runtime_name(name) {
        quote! { models::#ident }
    } else {
        quote! { #ident }
    }
}

/// The expression of a call; `None` if the spec has no values that a program can show.
pub fn expression(context: &Context<'_>, call: &CallSignature<'_>) -> Option<CallExpression> {
    let mut writer = ExampleWriter { context, names: BTreeSet::new() };
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
fn arguments(writer: &mut ExampleWriter<'_>, call: &CallSignature<'_>) -> Option<Vec<TokenStream>> {
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

/// Writes values, and collects the names to import.
struct ExampleWriter<'a> {
    context: &'a Context<'a>,
    names: BTreeSet<String>,
}

impl ExampleWriter<'_> {
    /// Writes a value. `into` says that its parameter converts it.
    fn value(&mut self, schema: &Schema, value: &Value, into: bool) -> Option<TokenStream> {
        if !schema.nullable {
            return self.typed(&schema.ty, value, into);
        }
        if value.is_null() {
            return Some(quote! { None });
        }
        let value = self.typed(&schema.ty, value, false)?;
        Some(quote! { Some(#value) })
    }

    fn typed(&mut self, ty: &Type, value: &Value, into: bool) -> Option<TokenStream> {
        let context = self.context;
        Some(match (context.types.resolve(ty), value) {
            (Type::Boolean, Value::Bool(truth)) => quote! { #truth },
            (Type::Integer(integer), Value::Number(number)) => {
                literal::integer(whole(number).filter(|whole| integer.width.range().contains(whole))?)
            }
            (Type::Number(_), Value::Number(number)) => literal::float(number.as_f64()?),
            (Type::String(_), Value::String(text)) if into => quote! { #text },
            (Type::String(string), Value::String(text)) if string.secret => {
                self.names.insert("Secret".to_owned());
                quote! { Secret::from(#text) }
            }
            (Type::String(_), Value::String(text)) => quote! { #text.to_owned() },
            (Type::List(list), Value::Array(values)) => {
                let values: Option<Vec<_>> = values.iter().map(|value| self.value(&list.items, value, false)).collect();
                let values = values?;
                quote! { vec![#(#values),*] }
            }
            (Type::Map(map), Value::Object(entries)) if into => self.entries(&map.values, entries)?,
            (Type::Named(id), _) => return self.named(context.api.type_def(*id), value),
            (Type::Any, _) => json(value),
            _ => return None,
        })
    }

    fn entries(&mut self, values: &Schema, entries: &Map<String, Value>) -> Option<TokenStream> {
        let entries = entries.iter().map(|(name, value)| {
            let value = self.value(values, value, false)?;
            Some(quote! { (#name, #value) })
        });
        let entries: Vec<_> = entries.collect::<Option<_>>()?;
        Some(quote! { [#(#entries),*] })
    }

    fn named(&mut self, def: &TypeDef, value: &Value) -> Option<TokenStream> {
        // The client is imported by that name.
        if def.name == "Client" {
            return None;
        }
        self.names.insert(def.name.clone());
        let name = ident(&def.name);
        match (&def.kind, value) {
            (TypeKind::Enum(values), _) => Some(enum_value(&quote! { #name }, values, value)),
            (TypeKind::Object(object), Value::Object(map)) => self.object(def, object, map),
            (TypeKind::Union(union), _) => self.union(union, &name, value),
            _ => None,
        }
    }

    fn object(&mut self, def: &TypeDef, object: &Object, map: &Map<String, Value>) -> Option<TokenStream> {
        let name = ident(&def.name);
        // Only listed properties have a setter.
        if map.keys().any(|key| object.properties.iter().all(|property| property.name != *key)) {
            return None;
        }
        let (mut arguments, mut setters) = (Vec::new(), Vec::new());
        for property in &object.properties {
            let (schema, method) = (&property.schema, fields::ident(property));
            let value = map.get(&property.name);
            match (property.presence, value) {
                (Presence::Constant, value) if value.is_none_or(|value| Some(value) == property.constant.as_ref()) => {}
                (_, Some(value)) if property.in_constructor => {
                    let into = object.constructor == Constructor::Positional
                        && setter_parameters::takes_into(self.context, &schema.ty);
                    arguments.push(self.value(schema, value, into)?);
                }
                (Presence::RequiredNullable, Some(Value::Null)) => {}
                (Presence::Optional | Presence::RequiredNullable, Some(value)) if !value.is_null() => {
                    let plain = Schema { nullable: false, ..schema.clone() };
                    let value = self.value(&plain, value, !property.boxed)?;
                    setters.push(quote! { .#method(#value) });
                }
                (_, None) if !property.in_constructor => {}
                _ => return None,
            }
        }
        let constructed = match &object.constructor {
            Constructor::Positional => quote! { #name::new(#(#arguments),*) },
            Constructor::Named(struct_name) => {
                self.names.insert(struct_name.clone());
                let (struct_name, fields) = (ident(struct_name), fields::arguments(object).map(fields::ident));
                quote! { #name::new(#struct_name { #(#fields: #arguments),* }) }
            }
        };
        Some(quote! { #constructed #(#setters)* })
    }

    fn union(&mut self, union: &Union, name: &Ident, value: &Value) -> Option<TokenStream> {
        let variant = chosen(self.context, union, value).filter(|variant| !variant.boxed)?;
        let rust_name = ident(&variant.rust_name);
        let value = match (&union.kind, value) {
            // The payload has no field for the tag.
            (UnionKind::Tagged { property, .. }, Value::Object(map)) if variant.tags.len() > 1 => {
                let mut map = map.clone();
                map.remove(property);
                self.value(&variant.schema, &Value::Object(map), false)?
            }
            _ => self.value(&variant.schema, value, false)?,
        };
        Some(quote! { #name::#rust_name(#value) })
    }
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
