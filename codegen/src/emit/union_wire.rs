//! The wire code of unions.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::context::Context;
use super::identifiers::ident;
use super::rust_type::TypePath;
use super::{correction_table, fields, validate, wire_impls};
use crate::ir::{
    Additional, EnumRepr, IntegerWidth, Object, Property, Type, TypeDef, TypeKind, Union, UnionKind, Variant,
};

/// Emits the wire code of a union.
pub fn wire(context: &Context<'_>, def: &TypeDef, union: &Union, checked: bool) -> TokenStream {
    let name = ident(&def.name);
    let imports = imports(context, union);
    let (decode, body) = decode(context, def, union);
    let decoding = wire_impls::decoding(&name, &body);
    let encode = encode(&name, union);
    let check = checked.then(|| validate::union(context, &name, union));
    let check_imports = checked.then(wire_impls::check_imports);
    let model = correction_table::model(&name, &correction_table::union(context, union));
    quote! {
        #imports
        use crate::support::lenient::Model;
        use crate::support::correction::Shape;
        #check_imports
        #decode
        #decoding
        #encode
        #check
        #model
    }
}

fn imports(context: &Context<'_>, union: &Union) -> TokenStream {
    let decode = if union.variants.iter().any(|variant| is_closed(context, variant)) {
        quote! { use crate::support::decode::{Decode, Object}; }
    } else {
        quote! { use crate::support::decode::Decode; }
    };
    match &union.kind {
        UnionKind::Tagged { .. } => tagged_imports(context, union),
        UnionKind::ByJsonType => by_json_type_imports(context, union),
        UnionKind::Untagged => quote! {
            use serde_core::de::{Deserialize, Deserializer};
            use serde_core::ser::{Serialize, Serializer};
            use crate::models;
            #decode
        },
    }
}

/// Emits the trait implementation that decodes this kind of union, and the expression that calls it.
fn decode(context: &Context<'_>, def: &TypeDef, union: &Union) -> (TokenStream, TokenStream) {
    match &union.kind {
        UnionKind::Tagged { property, .. } => {
            (tagged(context, def, union, property), quote! { tagged::tagged(deserializer) })
        }
        UnionKind::ByJsonType => {
            (by_json_type(context, def, union), quote! { by_json_type::by_json_type(deserializer) })
        }
        UnionKind::Untagged => (TokenStream::new(), untagged(context, union)),
    }
}

fn encode(name: &Ident, union: &Union) -> TokenStream {
    let variants = union.variants.iter().map(|variant| ident(&variant.rust_name));
    quote! {
        impl Serialize for models::#name {
            #[inline]
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(Self::#variants(value) => value.serialize(serializer),)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }
    }
}

fn tagged_imports(context: &Context<'_>, union: &Union) -> TokenStream {
    let objects = !union.variants.is_empty() && union.variants.iter().all(|variant| object(context, variant).is_some());
    let decode = (!objects).then(|| quote! { self, });
    quote! {
        use serde_core::de::{Deserialize, Deserializer, MapAccess};
        use serde_core::ser::{Serialize, Serializer};
        use crate::models;
        use crate::support::decode::{#decode Decode};
        use crate::support::tagged::{self, Tagged, VariantEntries};
    }
}

fn tagged(context: &Context<'_>, def: &TypeDef, union: &Union, property: &str) -> TokenStream {
    let (name, title) = (ident(&def.name), &def.name);
    let tags = union.variants.iter().flat_map(|variant| &variant.tags);
    let index = wire_impls::index_of_name(tags.clone());
    let variant = choice(context, union, property);
    quote! {
        impl Tagged for models::#name {
            const NAME: &'static str = #title;
            const TAG: &'static str = #property;
            const TAGS: &'static [&'static str] = &[#(#tags),*];

            fn index(name: &str) -> Option<usize> {
                #index
            }

            fn variant<'de, A: MapAccess<'de>>(tag: usize, entries: VariantEntries<'de, A>) -> Result<Self, A::Error> {
                #variant
            }

            fn unknown(value: serde_json::Value) -> Self {
                Self::Unknown(value)
            }
        }
    }
}

fn choice(context: &Context<'_>, union: &Union, property: &str) -> TokenStream {
    let mut next = 0;
    let mut arms = Vec::new();
    for variant in &union.variants {
        let indices = (next..next + variant.tags.len()).map(Literal::usize_unsuffixed);
        let pattern = quote! { #(#indices)|* };
        next += variant.tags.len();
        arms.push((pattern, from_entries(context, property, variant)));
    }
    let Some((_, last)) = arms.pop() else {
        return quote! { let _ = tag; decode::from_entries(entries).map(Self::Unknown) };
    };
    if arms.is_empty() {
        return quote! { let _ = tag; #last };
    }
    let (patterns, bodies): (Vec<_>, Vec<_>) = arms.into_iter().unzip();
    quote! {
        match tag {
            #(#patterns => #bodies,)*
            _ => #last,
        }
    }
}

/// Emits the expression that decodes a variant from the entries of the union.
fn from_entries(context: &Context<'_>, property: &str, variant: &Variant) -> TokenStream {
    let wrap = wrap(variant);
    let Some(object) = object(context, variant) else {
        let ty = context.types.boxed_type(&variant.schema.ty, variant.boxed).tokens(TypePath::Qualified);
        return quote! { decode::from_entries::<#ty, _>(entries).map(#wrap) };
    };
    let ty = context.types.rust_type(&variant.schema.ty).tokens(TypePath::Qualified);
    let boxed = variant.boxed.then(|| quote! { .map(Box::new) });
    let is_tag = |each: &&Property| each.name == property && is_constant(each, &variant.tags);
    let object = if let Some(tag) = object.properties.iter().find(is_tag).map(fields::ident) {
        quote! { object_with_fields::<#ty>(|fields| fields.#tag = Some(())) }
    } else {
        quote! { object::<#ty>() }
    };
    quote! { entries.#object #boxed.map(#wrap) }
}

/// Returns whether the property's only value is the variant's only tag.
fn is_constant(property: &Property, tags: &[String]) -> bool {
    let constant = property.constant.as_ref().and_then(Value::as_str);
    !fields::is_stored(property)
        && constant.is_some()
        && constant == tags.first().map(String::as_str)
        && tags.len() == 1
}

fn object<'a>(context: &Context<'a>, variant: &Variant) -> Option<&'a Object> {
    let Type::Named(id) = context.types.resolve(&variant.schema.ty) else { return None };
    match &context.api.type_def(*id).kind {
        TypeKind::Object(object) => Some(object),
        _ => None,
    }
}

/// Emits the function that turns a payload into the variant. The payload is boxed already if it must be.
fn wrap(variant: &Variant) -> TokenStream {
    let name = ident(&variant.rust_name);
    quote! { Self::#name }
}

fn by_json_type_imports(context: &Context<'_>, union: &Union) -> TokenStream {
    let types: Vec<_> = union.variants.iter().map(|variant| variant_type(context, variant)).collect();
    let list = types.contains(&VariantType::List).then(|| quote! { SeqAccess, });
    let object = types.contains(&VariantType::Object).then(|| quote! { MapAccess, });
    let decode = (list.is_some() || object.is_some()).then(|| quote! { self, });
    quote! {
        use serde_core::de::{Deserialize, Deserializer, #list #object};
        use serde_core::ser::{Serialize, Serializer};
        use crate::models;
        use crate::support::by_json_type::{self, ByJsonType};
        use crate::support::decode::{#decode Decode};
    }
}

/// The JSON type of a variant's payload, in a union by JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VariantType {
    Boolean,
    Integer,
    Number,
    String,
    List,
    Object,
    Any,
}

fn variant_type(context: &Context<'_>, variant: &Variant) -> VariantType {
    match context.types.resolve(&variant.schema.ty) {
        Type::Any => VariantType::Any,
        Type::Boolean => VariantType::Boolean,
        Type::Integer(_) => VariantType::Integer,
        Type::Number(_) => VariantType::Number,
        Type::String(_) => VariantType::String,
        Type::List(_) => VariantType::List,
        Type::Map(_) => VariantType::Object,
        Type::Named(id) => match &context.api.type_def(*id).kind {
            TypeKind::Enum(values) if values.repr == EnumRepr::Integer => VariantType::Integer,
            TypeKind::Enum(_) => VariantType::String,
            TypeKind::Alias(alias) if matches!(alias.schema.ty, Type::List(_)) => VariantType::List,
            TypeKind::Object(_) | TypeKind::Union(_) | TypeKind::Alias(_) => VariantType::Object,
        },
    }
}

fn by_json_type(context: &Context<'_>, def: &TypeDef, union: &Union) -> TokenStream {
    let (name, title) = (ident(&def.name), &def.name);
    let has_integer = union.variants.iter().any(|variant| variant_type(context, variant) == VariantType::Integer);
    let methods = union.variants.iter().map(|variant| by_json_type_method(context, variant, has_integer));
    quote! {
        impl ByJsonType for models::#name {
            const NAME: &'static str = #title;

            fn unknown(value: serde_json::Value) -> Self {
                Self::Unknown(value)
            }

            #(#methods)*
        }
    }
}

fn by_json_type_method(context: &Context<'_>, variant: &Variant, has_integer: bool) -> TokenStream {
    let ty = context.types.boxed_type(&variant.schema.ty, variant.boxed).tokens(TypePath::Qualified);
    let wrap = wrap(variant);
    match variant_type(context, variant) {
        VariantType::Boolean => quote! { fn boolean(value: bool) -> Self { #wrap(value) } },
        VariantType::Integer => integer_methods(context, variant, &wrap),
        VariantType::Number => {
            let integer = (!has_integer).then(|| {
                quote! {
                    fn integer(value: i64) -> Self {
                        by_json_type::exact_number(value).map_or_else(|| Self::Unknown(value.into()), #wrap)
                    }
                }
            });
            quote! {
                #integer
                fn number(value: f64) -> Option<Self> { Some(#wrap(value)) }
            }
        }
        VariantType::String => {
            let value = match context.types.resolve(&variant.schema.ty) {
                Type::String(string) if !string.secret => quote! { value },
                _ => quote! { value.into() },
            };
            quote! { fn string(value: String) -> Self { #wrap(#value) } }
        }
        VariantType::List => quote! {
            fn list<'de, A: SeqAccess<'de>>(seq: A) -> Result<Self, A::Error> {
                decode::from_elements::<#ty, _>(seq).map(#wrap)
            }
        },
        VariantType::Object => quote! {
            fn object<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
                decode::from_entries::<#ty, _>(map).map(#wrap)
            }
        },
        VariantType::Any => TokenStream::new(),
    }
}

fn integer_methods(context: &Context<'_>, variant: &Variant, wrap: &TokenStream) -> TokenStream {
    let width = match context.types.resolve(&variant.schema.ty) {
        Type::Integer(integer) => integer.width,
        _ => return quote! { fn integer(value: i64) -> Self { #wrap(value.into()) } },
    };
    let checked = |ty: TokenStream| {
        quote! {
            fn integer(value: i64) -> Self {
                #ty::try_from(value).map_or_else(|_| Self::Unknown(value.into()), #wrap)
            }
        }
    };
    match width {
        IntegerWidth::I64 => quote! { fn integer(value: i64) -> Self { #wrap(value) } },
        IntegerWidth::I32 => checked(quote! { i32 }),
        IntegerWidth::U32 => checked(quote! { u32 }),
        IntegerWidth::U64 => {
            let signed = checked(quote! { u64 });
            quote! {
                #signed
                fn unsigned(value: u64) -> Self { #wrap(value) }
            }
        }
    }
}

fn untagged(context: &Context<'_>, union: &Union) -> TokenStream {
    let attempts = union.variants.iter().map(|variant| attempt(context, variant, &closed(context, variant)));
    let with_unlisted: Vec<_> = union
        .variants
        .iter()
        .filter(|variant| is_closed(context, variant))
        .map(|variant| attempt(context, variant, &TokenStream::new()))
        .collect();
    quote! {
        let value = serde_json::Value::decode(deserializer)?;
        #(#attempts)*
        #(#with_unlisted)*
        Ok(Self::Unknown(value))
    }
}

/// Emits the attempt to decode a variant, which must meet further conditions.
fn attempt(context: &Context<'_>, variant: &Variant, conditions: &TokenStream) -> TokenStream {
    let ty = context.types.boxed_type(&variant.schema.ty, variant.boxed).tokens(TypePath::Qualified);
    let wrap = wrap(variant);
    let listed = is_open(context, variant).then(|| quote! { && !variant.is_unknown() });
    let constants = constants(context, variant);
    quote! {
        if #constants let Ok(variant) = <#ty>::decode(&value) #listed #conditions {
            return Ok(#wrap(variant));
        }
    }
}

/// Emits the condition that a closed object has no unlisted properties. A second attempt accepts them, because a newer
/// service may send more.
fn closed(context: &Context<'_>, variant: &Variant) -> TokenStream {
    if !is_closed(context, variant) {
        return TokenStream::new();
    }
    let ty = context.types.rust_type(&variant.schema.ty).tokens(TypePath::Qualified);
    quote! { && variant.unknown_fields.count_all_but(<#ty as Object>::PROPERTIES) == 0 }
}

fn is_closed(context: &Context<'_>, variant: &Variant) -> bool {
    object(context, variant).is_some_and(|object| object.additional == Additional::Closed)
}

/// Emits conditions that the value has the constants of the variant's type. Decoding alone does not require them.
fn constants(context: &Context<'_>, variant: &Variant) -> TokenStream {
    let Type::Named(id) = context.types.resolve(&variant.schema.ty) else { return TokenStream::new() };
    let def = context.api.type_def(*id);
    let TypeKind::Object(object) = &def.kind else { return TokenStream::new() };
    let name = ident(&def.name);
    let conditions = object.properties.iter().filter(|property| !fields::is_stored(property)).map(|property| {
        let (wire, constant) = (&property.name, ident(&fields::constant_name(property)));
        quote! { value.get(#wire).is_some_and(|value| *value == models::#name::#constant) && }
    });
    quote! { #(#conditions)* }
}

/// Returns whether the variant's type also decodes from unlisted values.
fn is_open(context: &Context<'_>, variant: &Variant) -> bool {
    let Type::Named(id) = context.types.resolve(&variant.schema.ty) else { return false };
    matches!(context.api.type_def(*id).kind, TypeKind::Enum(_) | TypeKind::Union(_))
}
