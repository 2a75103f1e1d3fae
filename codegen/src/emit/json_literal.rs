//! JSON values as Rust expressions.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Number, Value};

use super::literal;
use super::rust_type::RustType;

/// Returns the type of a scalar in a constant, or `None` for any other value.
pub fn scalar_type(value: &Value) -> Option<RustType<'static>> {
    match value {
        Value::String(_) => Some(RustType::StaticStr),
        Value::Bool(_) => Some(RustType::Bool),
        Value::Number(number) if number.is_f64() => Some(RustType::F64),
        Value::Number(number) if number.is_i64() => Some(RustType::I64),
        Value::Number(_) => Some(RustType::U64),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the expression of a scalar in a constant, or `None` for any other value.
pub fn scalar(value: &Value) -> Option<TokenStream> {
    match value {
        Value::String(text) => Some(quote! { #text }),
        Value::Bool(truth) => Some(quote! { #truth }),
        Value::Number(number) => Some(self::number(number)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the expression of a `serde_json::Value`.
pub fn json(value: &Value) -> TokenStream {
    if value.is_null() {
        return quote! { serde_json::Value::Null };
    }
    let tokens = json_tokens(value);
    quote! { serde_json::json!(#tokens) }
}

/// Returns the tokens of a value within `serde_json::json!`.
pub fn json_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote! { null },
        Value::Bool(truth) => quote! { #truth },
        Value::Number(number) => self::number(number),
        Value::String(text) => quote! { #text },
        Value::Array(values) => {
            let values = values.iter().map(json_tokens);
            quote! { [#(#values),*] }
        }
        Value::Object(map) => {
            let (names, values): (Vec<_>, Vec<_>) = map.iter().map(|(name, value)| (name, json_tokens(value))).unzip();
            quote! { { #(#names: #values),* } }
        }
    }
}

/// Returns a whole number, even if it is written as `1.0`. `lower` has checked the bounds of the type.
pub fn integer(number: &Number) -> TokenStream {
    #[allow(clippy::cast_possible_truncation, reason = "a whole number within the bounds of the type")]
    let whole = number.as_i128().unwrap_or_else(|| number.as_f64().unwrap_or_default() as i128);
    literal::integer(whole)
}

/// Returns a number as it is written: whole or not.
fn number(number: &Number) -> TokenStream {
    match number.as_i128() {
        Some(whole) => literal::integer(whole),
        None => literal::float(number.as_f64().unwrap_or_default()),
    }
}
