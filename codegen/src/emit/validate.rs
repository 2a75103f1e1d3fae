//! The bounds of the spec: as documentation and as checks.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::context::{Context, Field, ident};
use super::operation::Call;
use super::{docs, literal};
use crate::ir::{
    Additional, Alias, Api, IntegerWidth, NumberBounds, Object, Presence, Schema, SizeBounds, StringType, Type, TypeId,
    TypeKind, Union,
};
use crate::pattern::is_checkable;

/// The method that checks a whole value.
pub fn method() -> TokenStream {
    quote! {
        /// Checks the value against the bounds of the spec.
        ///
        /// # Errors
        ///
        /// Every violation, if there is any.
        pub fn validate(&self) -> Result<(), Violations> {
            crate::support::validate::validate(self)
        }
    }
}

/// Of each type, whether there is anything to check in it.
///
/// A type is checked when it has bounds, or contains one that is; found by going from the bounded ones to those that
/// contain them.
pub fn checked(api: &Api) -> Vec<bool> {
    let types = &api.types;
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut found = Vec::new();
    for (index, def) in types.iter().enumerate() {
        let mut bounded = matches!(&def.kind, TypeKind::Object(object) if object.size != SizeBounds::default());
        each_schema(&def.kind, &mut |schema| {
            bounded |= own_bounds(&schema.ty, &mut |used| users[used.0].push(index));
        });
        if bounded {
            found.push(index);
        }
    }
    let mut checked = vec![false; types.len()];
    while let Some(index) = found.pop() {
        if !std::mem::replace(&mut checked[index], true) {
            found.extend(&users[index]);
        }
    }
    checked
}

fn each_schema(kind: &TypeKind, visit: &mut impl FnMut(&Schema)) {
    match kind {
        TypeKind::Object(object) => {
            object
                .properties
                .iter()
                .filter(|property| property.constant.is_none())
                .for_each(|property| visit(&property.schema));
            if let Additional::Typed(schema) = &object.additional {
                visit(schema);
            }
        }
        TypeKind::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.schema)),
        TypeKind::Alias(alias) => visit(&alias.schema),
        TypeKind::Enum(_) => {}
    }
}

/// Whether a type has bounds itself; the definitions in it are told to a visitor.
fn own_bounds(ty: &Type, used: &mut impl FnMut(TypeId)) -> bool {
    match ty {
        Type::Any | Type::Boolean => false,
        Type::Integer(integer) => integer.bounds != NumberBounds::default(),
        // No JSON number is infinite.
        Type::Number(_) => true,
        Type::String(string) => {
            string.length != SizeBounds::default() || string.pattern.is_some() || format_check(string).is_some()
        }
        Type::List(list) => own_bounds(&list.items.ty, used) || list.unique || list.size != SizeBounds::default(),
        Type::Map(map) => {
            own_bounds(&map.values.ty, used) || map.keys != SizeBounds::default() || map.size != SizeBounds::default()
        }
        Type::Named(id) => {
            used(*id);
            false
        }
    }
}

/// The function of `support::format` that checks a format.
fn format_check(string: &StringType) -> Option<&'static str> {
    match string.format.as_deref()? {
        "date-time" => Some("date_time"),
        "date" => Some("date"),
        "uuid" => Some("uuid"),
        "uri" => Some("uri"),
        "byte" => Some("byte"),
        _ => None,
    }
}

/// The check of a struct.
pub fn object(context: &Context<'_>, name: &Ident, object: &Object, fields: &[Field<'_>]) -> TokenStream {
    let stored: Vec<_> = fields.iter().filter(|field| field.is_stored()).collect();
    let checks = stored.iter().filter_map(|field| property(context, field));
    let additional = match &object.additional {
        Additional::Typed(schema) => nested(context, schema).map(|check| {
            quote! {
                for (name, value) in &self.additional_properties {
                    let checker = &mut checker.property(name);
                    #check
                }
            }
        }),
        Additional::Any | Additional::Closed => None,
    };
    let size = (object.size != SizeBounds::default()).then(|| {
        let (min, max) = limits(object.size);
        let count = count(object, fields);
        quote! { checker.property_count(#count, #min, #max); }
    });
    check(name, &quote! { #(#checks)* #additional #size })
}

fn check(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl Check for models::#name {
            fn check(&self, checker: &mut Checker<'_>) {
                #body
            }
        }
    }
}

/// How many properties an object has.
fn count(object: &Object, fields: &[Field<'_>]) -> TokenStream {
    let always = fields.iter().filter(|field| {
        !matches!(
            field.property.presence,
            Presence::Optional | Presence::OptionalNullable | Presence::Defaulted { optional: true }
        )
    });
    let always = match always.count() {
        0 => None,
        count => {
            let count = Literal::usize_unsuffixed(count);
            Some(quote! { #count + })
        }
    };
    let sometimes = fields.iter().filter_map(|field| {
        let (name, wire) = (field.ident(), &field.property.name);
        match field.property.presence {
            // A null that its type does not have is kept, and counts.
            Presence::Optional => Some(quote! {
                usize::from(self.#name.is_some() || self.unknown_fields.get(#wire).is_some()) +
            }),
            Presence::OptionalNullable => Some(quote! { usize::from(!self.#name.is_absent()) + }),
            Presence::Defaulted { optional: true } => {
                Some(quote! { usize::from(!self.unknown_fields.was_absent(#wire)) + })
            }
            _ => None,
        }
    });
    let typed = matches!(object.additional, Additional::Typed(_));
    let typed = typed.then(|| quote! { self.additional_properties.len() + });
    quote! { #always #(#sometimes)* #typed self.unknown_fields.count_all_but(Self::PROPERTIES) }
}

fn property(context: &Context<'_>, field: &Field<'_>) -> Option<TokenStream> {
    let (name, wire) = (field.ident(), &field.property.name);
    let schema = Schema { nullable: false, ..field.property.schema.clone() };
    let body = nested(context, &schema)?;
    let call = quote! {
        let checker = &mut checker.property(#wire);
        #body
    };
    let optional = match field.property.presence {
        Presence::Constant => return None,
        Presence::Required => false,
        Presence::Defaulted { .. } => field.property.schema.nullable,
        Presence::RequiredNullable | Presence::Optional => true,
        Presence::OptionalNullable => {
            return Some(quote! { if let Some(value) = self.#name.as_ref() { #call } });
        }
    };
    Some(if optional {
        quote! { if let Some(value) = &self.#name { #call } }
    } else {
        quote! { { let value = &self.#name; #call } }
    })
}

/// The check of a union.
pub fn union(context: &Context<'_>, name: &Ident, union: &Union) -> TokenStream {
    let checked = union.variants.iter().filter_map(|variant| {
        let body = nested(context, &variant.schema)?;
        Some((ident(&variant.rust_name), body))
    });
    let (variants, bodies): (Vec<_>, Vec<_>) = checked.unzip();
    if let ([variant], [body]) = (&variants[..], &bodies[..]) {
        return check(name, &quote! { if let Self::#variant(value) = self { #body } });
    }
    let all = variants.len() == union.variants.len();
    let rest = if all {
        quote! { Self::Unknown(_) }
    } else {
        quote! { _ }
    };
    check(name, &quote! { match self { #(Self::#variants(value) => { #bodies })* #rest => {} } })
}

/// The check of a newtype.
pub fn newtype(context: &Context<'_>, name: &Ident, alias: &Alias) -> TokenStream {
    let body = nested(context, &alias.schema).unwrap_or_default();
    check(name, &quote! { let value = &self.0; #body })
}

/// Statements that check `value`, a reference; `None` where there is nothing to check.
pub fn nested(context: &Context<'_>, schema: &Schema) -> Option<TokenStream> {
    let body = match context.resolve(&schema.ty) {
        Type::Integer(integer) => {
            let literal = |number: &Number| integer_literal(number, integer.width);
            bounds(&whole(&integer.bounds), literal, &quote! { multiple_of })?
        }
        Type::Number(number) => {
            let bounds = bounds(&number.bounds, float_literal, &quote! { multiple_of_number });
            quote! { checker.finite(*value); #bounds }
        }
        Type::String(string) => text(string)?,
        Type::List(list) => {
            let (min, max) = limits(list.size);
            let size =
                (list.size != SizeBounds::default()).then(|| quote! { checker.item_count(value.len(), #min, #max); });
            let unique = list.unique.then(|| quote! { checker.unique(value); });
            let items = nested(context, &list.items).map(|check| {
                quote! {
                    for (index, value) in value.iter().enumerate() {
                        let checker = &mut checker.item(index);
                        #check
                    }
                }
            });
            joined([size, unique, items])?
        }
        Type::Map(map) => {
            let (min, max) = limits(map.size);
            let size = (map.size != SizeBounds::default())
                .then(|| quote! { checker.property_count(value.len(), #min, #max); });
            let (min, max) = limits(map.keys);
            let keys = (map.keys != SizeBounds::default()).then(|| quote! { checker.names(value, #min, #max); });
            let values = nested(context, &map.values).map(|check| {
                quote! {
                    for (name, value) in value {
                        let checker = &mut checker.property(name);
                        #check
                    }
                }
            });
            joined([size, keys, values])?
        }
        Type::Named(id) if context.is_checked(*id) => quote! { value.check(checker); },
        Type::Any | Type::Boolean | Type::Named(_) => return None,
    };
    Some(if schema.nullable {
        quote! { if let Some(value) = value { #body } }
    } else {
        body
    })
}

fn joined(parts: [Option<TokenStream>; 3]) -> Option<TokenStream> {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| quote! { #(#parts)* })
}

fn limits(size: SizeBounds) -> (TokenStream, TokenStream) {
    let limit = |limit: Option<u64>| {
        let limit = limit.map(|limit| literal::integer(limit.into()));
        limit.map_or_else(|| quote! { None }, |limit| quote! { Some(#limit) })
    };
    (limit(size.min), limit(size.max))
}

fn bounds(
    bounds: &NumberBounds,
    literal: impl Fn(&Number) -> TokenStream,
    multiple_of: &TokenStream,
) -> Option<TokenStream> {
    let minimum = bounds.minimum.as_ref().map(|limit| {
        let limit = literal(limit);
        if bounds.exclusive_minimum {
            quote! { checker.exclusive_minimum(*value, #limit); }
        } else {
            quote! { checker.minimum(*value, #limit); }
        }
    });
    let maximum = bounds.maximum.as_ref().map(|limit| {
        let limit = literal(limit);
        if bounds.exclusive_maximum {
            quote! { checker.exclusive_maximum(*value, #limit); }
        } else {
            quote! { checker.maximum(*value, #limit); }
        }
    });
    let multiple = bounds.multiple_of.as_ref().map(|limit| {
        let limit = literal(limit);
        quote! { checker.#multiple_of(*value, #limit); }
    });
    joined([minimum, maximum, multiple])
}

/// The bounds of an integer as integers: an integer above 0.5 is one from 1. A fraction that integers are to be a
/// multiple of is left out, and `lower` has said so.
fn whole(bounds: &NumberBounds) -> NumberBounds {
    let mut whole = bounds.clone();
    if let Some(minimum) = bounds.minimum.as_ref().filter(|minimum| minimum.as_i128().is_none()) {
        whole.minimum = minimum.as_f64().and_then(|minimum| Number::from_f64(minimum.ceil()));
        whole.exclusive_minimum &= minimum.as_f64().is_some_and(|minimum| minimum.fract() == 0.0);
    }
    if let Some(maximum) = bounds.maximum.as_ref().filter(|maximum| maximum.as_i128().is_none()) {
        whole.maximum = maximum.as_f64().and_then(|maximum| Number::from_f64(maximum.floor()));
        whole.exclusive_maximum &= maximum.as_f64().is_some_and(|maximum| maximum.fract() == 0.0);
    }
    whole.multiple_of = bounds.multiple_of.clone().filter(|limit| limit.as_i128().is_some_and(|limit| limit > 0));
    whole
}

/// A bound of an integer, within the values of its Rust type: what is outside cannot be reached anyway.
fn integer_literal(number: &Number, width: IntegerWidth) -> TokenStream {
    let (least, most) = match width {
        IntegerWidth::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        IntegerWidth::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        IntegerWidth::U32 => (0, i128::from(u32::MAX)),
        IntegerWidth::U64 => (0, i128::from(u64::MAX)),
    };
    #[allow(clippy::cast_possible_truncation, reason = "casts from f64 saturate")]
    let exact = number.as_i128().unwrap_or_else(|| number.as_f64().unwrap_or_default() as i128);
    literal::integer(exact.clamp(least, most))
}

fn float_literal(number: &Number) -> TokenStream {
    literal::float(number.as_f64().unwrap_or_default())
}

fn text(string: &StringType) -> Option<TokenStream> {
    let value = if string.secret {
        quote! { value.expose() }
    } else {
        quote! { value }
    };
    let shown = if string.secret {
        quote! { "…" }
    } else {
        quote! { value.as_str() }
    };
    let (min, max) = limits(string.length);
    let length = (string.length != SizeBounds::default()).then(|| quote! { checker.length(#value, #min, #max); });
    let pattern = string.pattern.as_ref().filter(|pattern| is_checkable(pattern)).map(|pattern| {
        quote! {
            let within = crate::support::pattern::matches!(#pattern, #value);
            checker.require(within, crate::Limit::Pattern(#pattern), #shown);
        }
    });
    let format = format_check(string).map(|check| {
        let (check, format) = (ident(check), &string.format);
        quote! {
            let within = crate::support::format::#check(#value);
            checker.require(within, crate::Limit::Format(#format), #shown);
        }
    });
    joined([length, pattern, format])
}

/// Whether any pattern in the API is checked.
pub fn has_patterns(context: &Context<'_>) -> bool {
    has_type_patterns(context) || has_call_patterns(context)
}

/// Whether a pattern in a type is checked.
pub fn has_type_patterns(context: &Context<'_>) -> bool {
    context.api.types.iter().any(|def| {
        let mut found = false;
        each_schema(&def.kind, &mut |schema| found |= has_pattern(&schema.ty));
        found
    })
}

/// Whether a pattern in a parameter or a body is checked that no type has.
fn has_call_patterns(context: &Context<'_>) -> bool {
    let calls = context.api.operations.iter().map(Call::new);
    calls.into_iter().any(|call| call.types().any(has_pattern))
}

fn has_pattern(ty: &Type) -> bool {
    match ty {
        Type::String(string) => string.pattern.as_deref().is_some_and(is_checkable),
        Type::List(list) => has_pattern(&list.items.ty),
        Type::Map(map) => has_pattern(&map.values.ty),
        _ => false,
    }
}

/// The bounds of a type in words, a sentence each.
pub fn describe(ty: &Type) -> Vec<String> {
    let mut facts = Vec::new();
    match ty {
        Type::Integer(integer) => describe_bounds(&integer.bounds, &mut facts),
        Type::Number(number) => describe_bounds(&number.bounds, &mut facts),
        Type::String(string) => {
            if let Some(format) = &string.format {
                facts.push(format!("Format: {}.", docs::code(format)));
            }
            describe_size(string.length, ("character", "characters"), &mut facts);
            if let Some(pattern) = &string.pattern {
                facts.push(format!("Pattern: {}.", docs::code(pattern)));
            }
        }
        Type::List(list) => {
            describe_size(list.size, ("element", "elements"), &mut facts);
            if list.unique {
                facts.push("No two elements are equal.".to_owned());
            }
        }
        Type::Map(map) => {
            describe_size(map.size, ("entry", "entries"), &mut facts);
            describe_size(map.keys, ("character a key", "characters a key"), &mut facts);
        }
        Type::Any | Type::Boolean | Type::Named(_) => {}
    }
    facts
}

fn describe_bounds(bounds: &NumberBounds, facts: &mut Vec<String>) {
    if let Some(minimum) = &bounds.minimum {
        let relation = if bounds.exclusive_minimum { "Above" } else { "At least" };
        facts.push(format!("{relation} {minimum}."));
    }
    if let Some(maximum) = &bounds.maximum {
        let relation = if bounds.exclusive_maximum { "Below" } else { "At most" };
        facts.push(format!("{relation} {maximum}."));
    }
    if let Some(multiple) = &bounds.multiple_of {
        facts.push(format!("A multiple of {multiple}."));
    }
}

fn describe_size(size: SizeBounds, (one, many): (&str, &str), facts: &mut Vec<String>) {
    let counted = |count: u64| format!("{count} {}", if count == 1 { one } else { many });
    match (size.min, size.max) {
        (Some(min), Some(max)) if min == max => facts.push(format!("Exactly {}.", counted(min))),
        (min, max) => {
            facts.extend(min.map(|min| format!("At least {}.", counted(min))));
            facts.extend(max.map(|max| format!("At most {}.", counted(max))));
        }
    }
}
