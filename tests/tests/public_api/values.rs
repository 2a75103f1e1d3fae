//! Constants of generated code as JSON, as far as they can be read without compiling them.

use std::collections::HashMap;

use quote::ToTokens;
use serde_json::{Number, Value};
use syn::{Expr, Lit, UnOp};

/// The wire values of enums' variants, by enum and variant.
pub type Variants = HashMap<(String, String), Value>;

/// Returns the value of an expression; `None` if it is neither a scalar nor a list of scalars.
pub fn value(expr: &Expr, variants: &Variants) -> Option<Value> {
    match expr {
        Expr::Lit(literal) => scalar(&literal.lit),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let Value::Number(number) = value(&unary.expr, variants)? else { return None };
            negative(&number)
        }
        Expr::Reference(reference) => value(&reference.expr, variants),
        Expr::Array(list) => {
            list.elems.iter().map(|elem| value(elem, variants)).collect::<Option<_>>().map(Value::Array)
        }
        Expr::Path(path) => {
            let names: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let [owner, variant] = &names[..] else { return None };
            variants.get(&(owner.clone(), variant.clone())).cloned()
        }
        Expr::Call(call) => {
            let path = call.func.to_token_stream().to_string().replace(' ', "");
            match (path.as_str(), call.args.first()) {
                ("String::new", None) => Some(Value::from("")),
                ("Vec::new", None) => Some(Value::Array(Vec::new())),
                ("BTreeMap::new", None) => Some(Value::Object(serde_json::Map::new())),
                ("String::from" | "Secret::from", Some(text)) => value(text, variants),
                _ => None,
            }
        }
        _ => None,
    }
}

fn scalar(literal: &Lit) -> Option<Value> {
    match literal {
        Lit::Str(text) => Some(Value::from(text.value())),
        Lit::Bool(truth) => Some(Value::from(truth.value)),
        Lit::Int(number) => {
            let digits = number.base10_digits();
            digits.parse::<u64>().map(Value::from).ok()
        }
        Lit::Float(number) => number.base10_parse::<f64>().ok().map(Value::from),
        _ => None,
    }
}

fn negative(number: &Number) -> Option<Value> {
    match number.as_u64() {
        Some(whole) => i64::try_from(-i128::from(whole)).map(Value::from).ok(),
        None => number.as_f64().map(|number| Value::from(-number)),
    }
}
