//! The generated defaults have the values of the spec.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use serde_yaml::{Mapping, Value};
use syn::{Expr, ExprStruct, Lit, Member, UnOp};

use super::expected::{Kind, Type, spec_types};
use super::for_each_type;
use super::generated::name;

#[test]
fn defaults_are_exactly_those_of_the_spec() {
    let types: BTreeMap<String, Type> = spec_types().into_iter().map(|ty| (ty.name.clone(), ty)).collect();
    let count = Cell::new(0);
    for_each_type(|ty, item| {
        let none = BTreeMap::new();
        let defaults = if let Kind::Object { defaults, .. } = &ty.kind { defaults } else { &none };
        let names: BTreeSet<String> = defaults.keys().map(|name| name.to_uppercase()).collect();
        assert_eq!(item.defaults.keys().cloned().collect::<BTreeSet<_>>(), names, "{}", ty.name);
        for (name, value) in defaults {
            let expr = &item.defaults[&name.to_uppercase()];
            assert!(gives(&types, expr, value), "{}.{name}: {} is not {value:?}", ty.name, expr.to_token_stream());
            count.set(count.get() + 1);
        }
    });
    assert!(count.get() >= 13, "only {count:?} defaults");
}

/// Whether an expression has the value of a default.
fn gives(types: &BTreeMap<String, Type>, expr: &Expr, value: &Value) -> bool {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => value.as_str() == Some(&text.value()),
            Lit::Bool(truth) => value.as_bool() == Some(truth.value),
            Lit::Int(number) => value.as_u64().is_some_and(|value| number.base10_digits() == value.to_string()),
            Lit::Float(number) => value.as_f64().map(f64::to_bits) == number.base10_parse().ok().map(f64::to_bits),
            _ => false,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let positive = value.as_i64().map(|value| Value::from(-value));
            positive
                .or_else(|| value.as_f64().map(|value| Value::from(-value)))
                .is_some_and(|value| gives(types, &unary.expr, &value))
        }
        Expr::Path(path) => match segments(path)[..].as_ref() {
            [none] => none == "None" && value.is_null(),
            [ty, variant] => enum_value(types, ty, variant).is_some_and(|found| value.as_str() == Some(&found)),
            _ => false,
        },
        Expr::Call(call) => called(types, call, value),
        Expr::Struct(expr) => fields_give(types, expr, value),
        Expr::Macro(list) => {
            let elements =
                list.mac.parse_body_with(syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated);
            all_give(types, elements.unwrap().iter(), value)
        }
        Expr::Array(list) => all_give(types, list.elems.iter(), value),
        other => panic!("this test does not know {}", other.to_token_stream()),
    }
}

/// Whether the call of a constructor, or of a variant with its payload, has the value of a default.
fn called(types: &BTreeMap<String, Type>, call: &syn::ExprCall, value: &Value) -> bool {
    let Expr::Path(path) = &*call.func else { return false };
    let segments = segments(path);
    match (segments.iter().map(String::as_str).collect::<Vec<_>>()[..].as_ref(), call.args.first()) {
        (["Some"] | ["String", "from"] | ["Box", "new"], Some(inner)) => gives(types, inner, value),
        (["Vec" | "BTreeMap", "new"], None) => {
            value.as_sequence().is_some_and(Vec::is_empty) || value.as_mapping().is_some_and(Mapping::is_empty)
        }
        (["BTreeMap", "from"], Some(Expr::Array(entries))) => {
            let entry = |entry: &Expr| {
                let Expr::Tuple(entry) = entry else { return false };
                let key = |key: &Value| gives(types, &entry.elems[0], key);
                value
                    .as_mapping()
                    .unwrap()
                    .iter()
                    .any(|(name, value)| key(name) && gives(types, &entry.elems[1], value))
            };
            value.as_mapping().is_some_and(|map| map.len() == entries.elems.len()) && entries.elems.iter().all(entry)
        }
        ([union, variant], Some(inner)) => {
            let Some(Kind::Union { tag, variants }) = types.get(*union).map(|ty| &ty.kind) else { return false };
            let variant = variants.iter().find(|found| found.name == *variant);
            let tagged = match (tag, variant) {
                (Some(tag), Some(variant)) => value.get(tag).and_then(Value::as_str) == variant.tag.as_deref(),
                (None, variant) => variant.is_some(),
                _ => false,
            };
            tagged && gives(types, inner, value)
        }
        _ => panic!("this test does not know {}", call.to_token_stream()),
    }
}

/// Whether a struct has the value of a default. Its other fields have to be empty.
fn fields_give(types: &BTreeMap<String, Type>, expr: &ExprStruct, value: &Value) -> bool {
    let ty = expr.path.segments.last().and_then(|segment| types.get(&name(&segment.ident)));
    let Some(Kind::Object { constants, wire_names, .. }) = ty.map(|ty| &ty.kind) else { return false };
    let field = |field: &syn::FieldValue| {
        let Member::Named(ident) = &field.member else { return false };
        let ident = name(ident);
        match wire_names.get(&ident).and_then(|name| value.get(name)) {
            Some(value) => gives(types, &field.expr, value),
            None => ident == "unknown_fields" || gives(types, &field.expr, &Value::Null),
        }
    };
    let is_there = |name: &Value| {
        let is_field = |(field, _): (&String, _)| {
            expr.fields.iter().any(|found| matches!(&found.member, Member::Named(ident) if self::name(ident) == *field))
        };
        let mut named = wire_names.iter().filter(|(_, wire)| name.as_str() == Some(wire));
        named.any(|(rust, wire)| constants.contains_key(rust) || is_field((rust, wire)))
    };
    expr.fields.iter().all(field) && value.as_mapping().is_some_and(|map| map.keys().all(is_there))
}

fn all_give<'e>(types: &BTreeMap<String, Type>, exprs: impl ExactSizeIterator<Item = &'e Expr>, value: &Value) -> bool {
    let Some(list) = value.as_sequence() else { return false };
    list.len() == exprs.len() && exprs.zip(list).all(|(expr, value)| gives(types, expr, value))
}

fn segments(path: &syn::ExprPath) -> Vec<String> {
    path.path.segments.iter().map(|segment| name(&segment.ident)).collect()
}

/// Returns the value of a variant without a payload.
fn enum_value(types: &BTreeMap<String, Type>, ty: &str, variant: &str) -> Option<String> {
    let Kind::Enum(values) = &types.get(ty)?.kind else { return None };
    values.iter().find(|value| value.replace('_', "").eq_ignore_ascii_case(variant)).cloned()
}
