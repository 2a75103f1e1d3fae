//! Predicts the outcome of decoding a payload from the intermediate representation alone.
//!
//! It is a slow and plain implementation of ARCHITECTURE's table of presence. Tests change payloads in many ways, and
//! compare the prediction with the generated code.

use chatkit_codegen::ir::{
    Additional, Api, EnumRepr, IntegerWidth, Object, Presence, Property, Schema, Type, TypeId, TypeKind, Union,
    UnionKind,
};
use serde_json::{Map, Value};

use crate::json::Place;

/// The predicted outcome of a payload.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The encoding of the decoded value, if there are no errors.
    pub encoded: Value,
    /// The places of errors. A decoder reports one of them.
    pub errors: Vec<Place>,
}

/// Predicts the outcome of decoding a value as a type.
#[must_use]
pub fn decode(api: &Api, id: TypeId, value: &Value) -> Outcome {
    let mut oracle = Oracle { api, errors: Vec::new() };
    let encoded = oracle.named(id, value, &Place::root());
    Outcome { encoded, errors: oracle.errors }
}

struct Oracle<'a> {
    api: &'a Api,
    errors: Vec<Place>,
}

impl Oracle<'_> {
    fn fail(&mut self, place: &Place) -> Value {
        self.errors.push(place.clone());
        Value::Null
    }

    fn schema(&mut self, schema: &Schema, value: &Value, place: &Place) -> Value {
        if schema.nullable && value.is_null() {
            return Value::Null;
        }
        self.ty(&schema.ty, value, place)
    }

    fn ty(&mut self, ty: &Type, value: &Value, place: &Place) -> Value {
        match (ty, value) {
            (Type::Any, _)
            | (Type::Boolean, Value::Bool(_))
            | (Type::Number(_), Value::Number(_))
            | (Type::String(_), Value::String(_)) => value.clone(),
            (Type::Integer(integer), _) if fits(integer.width, value) => value.clone(),
            (Type::List(list), Value::Array(values)) => {
                let values = values.iter().enumerate();
                values.map(|(index, value)| self.schema(&list.items, value, &place.index(index))).collect()
            }
            (Type::Map(map), Value::Object(entries)) => Value::Object(
                entries
                    .iter()
                    .map(|(name, value)| (name.clone(), self.schema(&map.values, value, &place.key(name))))
                    .collect(),
            ),
            (Type::Named(id), _) => self.named(*id, value, place),
            _ => self.fail(place),
        }
    }

    fn named(&mut self, id: TypeId, value: &Value, place: &Place) -> Value {
        let def = self.api.type_def(id);
        match (&def.kind, value) {
            (TypeKind::Alias(alias), _) => self.schema(&alias.schema, value, place),
            (TypeKind::Object(object), Value::Object(map)) => self.object(object, map, place),
            (TypeKind::Enum(values), Value::String(_)) if values.repr == EnumRepr::String => value.clone(),
            (TypeKind::Enum(values), _) if values.repr == EnumRepr::Integer && value.is_i64() => value.clone(),
            (TypeKind::Union(union), _) => self.union(union, value, place),
            _ => self.fail(place),
        }
    }

    fn object(&mut self, object: &Object, map: &Map<String, Value>, place: &Place) -> Value {
        let mut encoded = Map::new();
        for property in &object.properties {
            let place = place.key(&property.name);
            let value = match map.get(&property.name) {
                Some(value) => Some(self.present(property, value, &place)),
                None => self.absent(property, &place),
            };
            encoded.extend(value.map(|value| (property.name.clone(), value)));
        }
        for (name, value) in map.iter().filter(|(name, _)| !encoded.contains_key(*name)).collect::<Vec<_>>() {
            let value = match &object.additional {
                Additional::Typed(schema) => self.schema(schema, value, &place.key(name)),
                Additional::Any | Additional::Closed => value.clone(),
            };
            encoded.insert(name.clone(), value);
        }
        Value::Object(encoded)
    }

    fn present(&mut self, property: &Property, value: &Value, place: &Place) -> Value {
        match property.presence {
            Presence::Constant => value.clone(),
            Presence::Optional | Presence::Defaulted { optional: true } if value.is_null() => Value::Null,
            _ => self.schema(&property.schema, value, place),
        }
    }

    fn absent(&mut self, property: &Property, place: &Place) -> Option<Value> {
        match property.presence {
            Presence::Constant => property.constant.clone(),
            Presence::Required => Some(self.fail(place)),
            Presence::RequiredNullable => Some(Value::Null),
            Presence::Defaulted { optional: false } => property.default.clone(),
            Presence::Optional | Presence::OptionalNullable | Presence::Defaulted { optional: true } => None,
        }
    }

    fn union(&mut self, union: &Union, value: &Value, place: &Place) -> Value {
        match &union.kind {
            UnionKind::Tagged { property, .. } => self.tagged(union, property, value, place),
            UnionKind::ByJsonType | UnionKind::Untagged => {
                for variant in &union.variants {
                    let known = self.errors.len();
                    let encoded = self.schema(&variant.schema, value, place);
                    let failed = self.errors.split_off(known);
                    if failed.is_empty() {
                        return encoded;
                    }
                    // If one variant has the value's JSON type, the value is that variant.
                    if union.kind == UnionKind::ByJsonType && !failed.contains(place) {
                        self.errors.extend(failed);
                        return Value::Null;
                    }
                }
                value.clone()
            }
        }
    }

    fn tagged(&mut self, union: &Union, property: &str, value: &Value, place: &Place) -> Value {
        let Value::Object(map) = value else { return self.fail(place) };
        let Some(Value::String(tag)) = map.get(property) else { return self.fail(&place.key(property)) };
        match union.variants.iter().find(|variant| variant.tags.contains(tag)) {
            Some(variant) => self.schema(&variant.schema, value, place),
            None => value.clone(),
        }
    }
}

fn fits(width: IntegerWidth, value: &Value) -> bool {
    let (signed, unsigned) = (value.as_i64(), value.as_u64());
    match width {
        IntegerWidth::I32 => signed.is_some_and(|value| i32::try_from(value).is_ok()),
        IntegerWidth::I64 => signed.is_some(),
        IntegerWidth::U32 => unsigned.is_some_and(|value| u32::try_from(value).is_ok()),
        IntegerWidth::U64 => unsigned.is_some(),
    }
}
