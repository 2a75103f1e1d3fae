//! Values of the API's types as Rust expressions, for the module of a definition.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use super::context::Context;
use super::defaults::{default_value, unknown_members};
use super::identifiers::ident;
use super::imports::Imports;
use super::json_literal::{integer, json, json_tokens};
use super::variant_choice::chosen;
use super::{fields, literal};
use crate::ir::{Additional, Enum, EnumRepr, Object, Presence, Property, Schema, Type, TypeId, TypeKind, Union};

/// Writes expressions, and imports the names in them.
pub struct ExpressionWriter<'c, 'a> {
    pub context: &'c Context<'a>,
    pub imports: &'c mut Imports,
}

impl ExpressionWriter<'_, '_> {
    /// Writes a value of a type.
    pub fn typed(&mut self, ty: &Type, value: &Value) -> TokenStream {
        match (ty, value) {
            (Type::Boolean, Value::Bool(truth)) => quote! { #truth },
            (Type::Integer(_), Value::Number(number)) => integer(number),
            (Type::Number(_), Value::Number(number)) => literal::float(number.as_f64().unwrap_or_default()),
            (Type::String(string), Value::String(text)) if string.secret => {
                self.imports.add(&self.context.types, ty);
                quote! { Secret::from(#text) }
            }
            (Type::String(_), Value::String(text)) if text.is_empty() => quote! { String::new() },
            (Type::String(_), Value::String(text)) => quote! { String::from(#text) },
            (Type::List(_), Value::Array(values)) if values.is_empty() => quote! { Vec::new() },
            (Type::List(list), Value::Array(values)) => {
                let values = values.iter().map(|value| self.of_schema(&list.items, value));
                quote! { vec![#(#values),*] }
            }
            (Type::Map(map), Value::Object(entries)) => self.map(&map.values, entries),
            (Type::Named(id), value) => self.named(*id, value),
            (_, value) => json(value),
        }
    }

    /// Writes a value of a schema, which may be null.
    fn of_schema(&mut self, schema: &Schema, value: &Value) -> TokenStream {
        if !schema.nullable {
            return self.typed(&schema.ty, value);
        }
        if value.is_null() {
            return quote! { None };
        }
        let value = self.typed(&schema.ty, value);
        quote! { Some(#value) }
    }

    fn map<'v>(&mut self, values: &Schema, entries: impl IntoIterator<Item = (&'v String, &'v Value)>) -> TokenStream {
        self.imports.map();
        let entries: Vec<_> = entries
            .into_iter()
            .map(|(name, value)| {
                let value = self.of_schema(values, value);
                quote! { (String::from(#name), #value) }
            })
            .collect();
        if entries.is_empty() {
            quote! { BTreeMap::new() }
        } else {
            quote! { BTreeMap::from([#(#entries),*]) }
        }
    }

    fn named(&mut self, id: TypeId, value: &Value) -> TokenStream {
        let def = self.context.api.type_def(id);
        let name = ident(&def.name);
        self.imports.add(&self.context.types, &Type::Named(id));
        let path = quote! { #name };
        match (&def.kind, value) {
            (TypeKind::Alias(alias), _) if alias.recursive => {
                let value = self.typed(&alias.schema.ty, value);
                quote! { #path(#value) }
            }
            (TypeKind::Alias(alias), _) => self.typed(&alias.schema.ty, value),
            (TypeKind::Enum(values), _) => enum_value(&path, values, value),
            (TypeKind::Object(object), Value::Object(map)) => self.object(object, &path, map),
            (TypeKind::Union(union), _) => self.union(union, &path, value),
            (TypeKind::Object(_), _) => json(value),
        }
    }

    /// Writes a struct by its fields. A constant can hold that, unlike a constructor call.
    fn object(&mut self, object: &Object, path: &TokenStream, map: &Map<String, Value>) -> TokenStream {
        let mut members = Vec::new();
        for property in fields::stored(object) {
            let (name, value) = (fields::ident(property), self.field(property, map.get(&property.name), path));
            members.push(quote! { #name: #value, });
        }
        let mut unknown: Vec<_> = unknown_members(object, map).collect();
        if let Additional::Typed(values) = &object.additional {
            let unnamed = |name: &str| object.properties.iter().all(|property| property.name != *name);
            let (typed, rest): (Vec<_>, Vec<_>) = unknown.into_iter().partition(|(name, _)| unnamed(name));
            unknown = rest;
            let entries = self.map(values, typed);
            members.push(quote! { additional_properties: #entries, });
        }
        members.push(unknown_fields(&unknown));
        quote! { #path { #(#members)* } }
    }

    fn field(&mut self, property: &Property, value: Option<&Value>, owner: &TokenStream) -> TokenStream {
        if property.presence == Presence::OptionalNullable {
            self.imports.support("optional_nullable", "OptionalNullable");
        }
        let Some(value) = value else { return absent_field(self.context, property, owner) };
        if value.is_null() && property.schema.nullable {
            let is_absence = property.presence == Presence::OptionalNullable;
            return if is_absence {
                quote! { OptionalNullable::Null }
            } else {
                quote! { None }
            };
        }
        let mut value = self.typed(&property.schema.ty, value);
        if property.boxed {
            value = quote! { Box::new(#value) };
        }
        match fields::wrapper(property) {
            fields::FieldWrapper::OptionalNullable => quote! { OptionalNullable::Value(#value) },
            fields::FieldWrapper::Option => quote! { Some(#value) },
            fields::FieldWrapper::Bare => value,
        }
    }

    fn union(&mut self, union: &Union, path: &TokenStream, value: &Value) -> TokenStream {
        let Some(variant) = chosen(self.context, union, value) else {
            let value = json(value);
            return quote! { #path::Unknown(#value) };
        };
        let name = ident(&variant.rust_name);
        let value = self.typed(&variant.schema.ty, value);
        if variant.boxed {
            quote! { #path::#name(Box::new(#value)) }
        } else {
            quote! { #path::#name(#value) }
        }
    }
}

/// The value of a field whose property is absent. `owner` is the path of the struct.
pub fn absent_field(context: &Context<'_>, property: &Property, owner: &TokenStream) -> TokenStream {
    match property.presence {
        Presence::OptionalNullable => quote! { OptionalNullable::Absent },
        Presence::Defaulted { .. } => default_value(context, property, owner),
        _ => quote! { None },
    }
}

fn unknown_fields(unknown: &[(&String, &Value)]) -> TokenStream {
    let entries = unknown.iter().map(|(name, value)| {
        let value = json(value);
        quote! { (#name, #value) }
    });
    if unknown.is_empty() {
        quote! { unknown_fields: UnknownFields::new() }
    } else {
        quote! { unknown_fields: [#(#entries),*].into_iter().collect() }
    }
}

/// Writes a value of the enum at `path`.
pub fn enum_value(path: &TokenStream, values: &Enum, value: &Value) -> TokenStream {
    if let Some(listed) = values.values.iter().find(|listed| listed.value == *value) {
        let variant = ident(&listed.rust_name);
        return quote! { #path::#variant };
    }
    let tokens = match values.repr {
        EnumRepr::String => json_tokens(value),
        EnumRepr::Integer => value.as_number().map(integer).unwrap_or_default(),
    };
    quote! { #path::from(#tokens) }
}
