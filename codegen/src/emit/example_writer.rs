//! Values of the spec's examples as Rust expressions, for programs outside of the crate: by constructors and setters.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use serde_json::{Map, Value};

use super::context::Context;
use super::identifiers::ident;
use super::json_literal::json;
use super::value_expression::enum_value;
use super::variant_choice::chosen;
use super::{exports, fields, literal, render, setter_parameters};
use crate::ir::{Constructor, Object, Presence, Schema, Type, TypeDef, TypeKind, Union, UnionKind};
use crate::numbers::whole;

/// Writes values, and collects the names to import.
pub struct ExampleWriter<'c, 'a> {
    pub context: &'c Context<'a>,
    pub names: BTreeSet<String>,
}

impl<'c, 'a> ExampleWriter<'c, 'a> {
    pub fn new(context: &'c Context<'a>) -> Self {
        Self { context, names: BTreeSet::new() }
    }

    /// Writes a value. `into` says that its parameter converts it.
    pub fn value(&mut self, schema: &Schema, value: &Value, into: bool) -> Option<TokenStream> {
        if !schema.nullable {
            return self.typed(&schema.ty, value, into);
        }
        if value.is_null() {
            return Some(quote! { None });
        }
        let value = self.typed(&schema.ty, value, false)?;
        Some(quote! { Some(#value) })
    }

    /// Writes a value of a type.
    pub fn typed(&mut self, ty: &Type, value: &Value, into: bool) -> Option<TokenStream> {
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

/// A doctest that imports models. `end` is its hidden last line, if it needs one.
pub fn doctest(context: &Context<'_>, models: &BTreeSet<String>, body: &str, end: &str) -> String {
    let import = import(&context.api.library_name(), &[], models);
    let end = if end.is_empty() { String::new() } else { format!("# {end}\n") };
    format!("```\n{import}\n\n{body}\n{end}```")
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
