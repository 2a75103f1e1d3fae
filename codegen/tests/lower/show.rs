//! Prints each type on one line, so that a test reads like the table in ARCHITECTURE.md.

use chatkit_codegen::ir::{Additional, Api, Property, Schema, Type, TypeDef, TypeKind, UnionKind, Variant};

/// Shows every type of an API.
pub(crate) fn types(api: &Api) -> Vec<String> {
    api.types.iter().map(|def| definition(api, def)).collect()
}

fn definition(api: &Api, def: &TypeDef) -> String {
    let name = &def.name;
    match &def.kind {
        TypeKind::Object(object) => {
            let mut members: Vec<String> = object.properties.iter().map(|one| property(api, one)).collect();
            match &object.additional {
                Additional::Any => {}
                Additional::Closed => members.push("closed".to_owned()),
                Additional::Typed(values) => members.push(format!("..: {}", schema(api, values))),
            }
            format!("struct {name} {{ {} }}", members.join(", "))
        }
        TypeKind::Enum(one) => {
            let values: Vec<String> =
                one.values.iter().map(|value| format!("{} = {}", value.rust_name, value.value)).collect();
            format!("enum {name} {{ {} }}", values.join(", "))
        }
        TypeKind::Union(union) => {
            let kind = match &union.kind {
                UnionKind::Tagged { property, inferred: false } => format!("tagged by {property}"),
                UnionKind::Tagged { property, inferred: true } => format!("tagged by {property}, inferred"),
                UnionKind::ByJsonType => "by JSON type".to_owned(),
                UnionKind::Untagged => "untagged".to_owned(),
            };
            let variants: Vec<String> = union.variants.iter().map(|one| variant(api, one)).collect();
            format!("union {name} ({kind}) {{ {} }}", variants.join(", "))
        }
        TypeKind::Alias(alias) => {
            let recursive = if alias.recursive { "recursive " } else { "" };
            format!("{recursive}type {name} = {}", schema(api, &alias.schema))
        }
    }
}

fn property(api: &Api, property: &Property) -> String {
    let optional = if property.required { "" } else { "?" };
    let boxed = if property.boxed { "box " } else { "" };
    let ty = match &property.constant {
        Some(value) => format!("= {value}"),
        None => format!("{boxed}{}", schema(api, &property.schema)),
    };
    let default = property.default.as_ref().map_or_else(String::new, |value| format!(" default {value}"));
    format!("{}{optional}: {ty}{default}", property.rust_name)
}

fn variant(api: &Api, variant: &Variant) -> String {
    let boxed = if variant.boxed { "box " } else { "" };
    let tags = if variant.tags.is_empty() { String::new() } else { format!(" for {}", variant.tags.join("|")) };
    format!("{}({boxed}{}){tags}", variant.rust_name, schema(api, &variant.schema))
}

/// Shows a use of a type.
pub(crate) fn schema(api: &Api, schema: &Schema) -> String {
    let null = if schema.nullable { " or null" } else { "" };
    let ty = match &schema.ty {
        Type::Any => "any".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer(integer) => format!("{:?}", integer.width).to_lowercase(),
        Type::Number(_) => "f64".to_owned(),
        Type::String(string) if string.secret => "secret".to_owned(),
        Type::String(_) => "string".to_owned(),
        Type::List(list) => format!("[{}]", self::schema(api, &list.items)),
        Type::Map(map) => format!("{{{}}}", self::schema(api, &map.values)),
        Type::Named(id) => api.type_def(*id).name.clone(),
    };
    format!("{ty}{null}")
}
