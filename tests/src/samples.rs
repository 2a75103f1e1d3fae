//! Payloads that cover a type: every property, every variant of every union, and every value of every enum.

use chatkit_codegen::ir::{Api, IntegerType, Object, Schema, StringType, Type, TypeDef, TypeId, TypeKind, UnionKind};
use serde_json::{Map, Value, json};

/// Returns payloads of a type, as many as its unions and enums need. The type must not contain itself.
#[must_use]
pub fn of_type(api: &Api, id: TypeId) -> Vec<Value> {
    let def = api.type_def(id);
    match &def.kind {
        TypeKind::Object(object) => of_object(api, object),
        TypeKind::Enum(values) => values.values.iter().map(|listed| listed.value.clone()).collect(),
        TypeKind::Union(_) => of_union(api, def),
        TypeKind::Alias(alias) => of_schema(api, &alias.schema),
    }
}

/// Returns payloads of a schema, none of them null.
#[must_use]
pub fn of_schema(api: &Api, schema: &Schema) -> Vec<Value> {
    match &schema.ty {
        Type::Any => vec![json!({"any": [null, 1, "text"]})],
        Type::Boolean => vec![json!(true), json!(false)],
        Type::Integer(integer) => vec![least(integer)],
        Type::Number(_) => vec![json!(0.25)],
        Type::String(string) => vec![text(string)],
        Type::List(list) => vec![Value::Array(of_schema(api, &list.items))],
        Type::Map(map) => {
            let values = of_schema(api, &map.values).into_iter().enumerate();
            vec![Value::Object(values.map(|(index, value)| (format!("key {index}"), value)).collect())]
        }
        Type::Named(id) => of_type(api, *id),
    }
}

fn least(integer: &IntegerType) -> Value {
    integer.bounds.minimum.clone().map_or(json!(7), Value::Number)
}

fn text(string: &StringType) -> Value {
    match string.format.as_deref() {
        Some("uri") => json!("https://example.com/a?b=c#d"),
        Some("date-time") => json!("2024-02-29T12:00:00Z"),
        Some("date") => json!("2024-02-29"),
        Some("uuid") => json!("0a1b2c3d-0000-4000-8000-0123456789ab"),
        Some("byte") => json!("dGV4dA=="),
        _ => {
            // The bounds may require a shorter or longer text.
            let (min, max) = (string.length.min.unwrap_or_default(), string.length.max.unwrap_or(u64::MAX));
            let length = usize::try_from(4.clamp(min, max)).unwrap_or(usize::MAX);
            Value::String("text".chars().cycle().take(length).collect())
        }
    }
}

/// Returns objects that go through all payloads of all properties in parallel.
fn of_object(api: &Api, object: &Object) -> Vec<Value> {
    let columns: Vec<Vec<Value>> = object
        .properties
        .iter()
        .map(|property| match &property.constant {
            Some(constant) => vec![constant.clone()],
            None => of_schema(api, &property.schema),
        })
        .collect();
    let rows = columns.iter().map(Vec::len).max().unwrap_or(1);
    let row = |row: usize| {
        let values = object.properties.iter().zip(&columns);
        values.map(|(property, column)| (property.name.clone(), column[row % column.len()].clone())).collect()
    };
    (0..rows).map(|index| Value::Object(row(index))).collect()
}

fn of_union(api: &Api, def: &TypeDef) -> Vec<Value> {
    let TypeKind::Union(union) = &def.kind else { return Vec::new() };
    let mut payloads = Vec::new();
    for variant in &union.variants {
        for payload in of_schema(api, &variant.schema) {
            match (&union.kind, payload) {
                (UnionKind::Tagged { property, .. }, Value::Object(payload)) => {
                    payloads.extend(variant.tags.iter().map(|tag| tagged(&payload, property, tag)));
                }
                (_, payload) => payloads.push(payload),
            }
        }
    }
    payloads
}

fn tagged(payload: &Map<String, Value>, property: &str, tag: &str) -> Value {
    let mut payload = payload.clone();
    payload.insert(property.to_owned(), json!(tag));
    Value::Object(payload)
}
