//! Structs: fields, constants, constructor, setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, Field, Imports, Scope, ident, item_docs, type_docs};
use super::rust_type::RustType;
use super::{defaults, docs, validate};
use crate::ir::{Additional, Object, Presence, Property, Type, TypeDef};

/// The definition of a struct.
pub fn definition(
    context: &Context<'_>,
    def: &TypeDef,
    object: &Object,
    fields: &[Field<'_>],
    checked: bool,
) -> TokenStream {
    let mut imports = Imports::default();
    imports.add_object(context, object, fields);
    imports.support("unknown_fields", "UnknownFields");
    if checked {
        imports.support("validate", "Violations");
    }
    let stored: Vec<_> = fields.iter().filter(|field| field.is_stored()).collect();
    let members = stored.iter().map(|field| member(context, field));
    let additional = additional(context, object);
    let docs = type_docs(def, "");
    let name = ident(&def.name);
    let derive_default = (DefaultImpl::of(fields) == Some(DefaultImpl::Derived)).then(|| quote! { , Default });
    let allow = excess(context, &stored);
    let inherent = inherent(context, &mut imports, object, fields, checked);
    let manual_default = (DefaultImpl::of(fields) == Some(DefaultImpl::Written)).then(|| manual_default(&name));
    let imports = imports.tokens(&def.name);
    quote! {
        #imports

        #docs
        #[derive(Clone, Debug, PartialEq #derive_default)]
        #[non_exhaustive]
        #allow
        pub struct #name {
            #(#members)*
            #additional
            /// Properties that the spec does not list.
            pub unknown_fields: UnknownFields,
        }

        #manual_default

        impl #name {
            #inherent
        }
    }
}

fn member(context: &Context<'_>, field: &Field<'_>) -> TokenStream {
    let property = field.property;
    let fallback = fallback(context, property);
    let text = item_docs(property.docs.title.as_deref(), property.docs.description.as_deref(), &fallback);
    let facts = facts(context, field);
    let text = docs::outer(&docs::paragraphs([text.as_str(), facts.as_str()]));
    let alias = docs::alias(&property.name, &property.rust_name);
    let deprecated = property.deprecated.then(|| quote! { #[deprecated] });
    let (name, ty) = (field.ident(), context.field_type(field).tokens(Scope::Models));
    quote! { #text #alias #deprecated pub #name: #ty, }
}

/// What documents a property without prose: that of its type, or just its name.
fn fallback(context: &Context<'_>, property: &Property) -> String {
    let description = match &property.schema.ty {
        Type::Named(id) => context.api.type_def(*id).docs.description.as_deref().map(docs::prose),
        _ => None,
    };
    let first = description.as_deref().and_then(|text| text.split("\n\n").next()).map(str::to_owned);
    first.filter(|text| !text.is_empty()).unwrap_or_else(|| format!("The property {}.", docs::code(&property.name)))
}

/// What the type of a field does not say.
fn facts(context: &Context<'_>, field: &Field<'_>) -> String {
    let property = field.property;
    let mut facts = validate::describe(&property.schema.ty);
    if let Some(default) = property.default.as_ref().filter(|default| !default.is_null()) {
        let default = docs::code(&default.to_string());
        facts.push(match field.property.presence {
            Presence::Defaulted { .. } => format!("Defaults to {default} if the server omits it."),
            // What is required cannot be left out.
            Presence::Required | Presence::RequiredNullable => format!("Default: {default}."),
            _ if context.resolve(&property.schema.ty) == &Type::Any => format!("Default: {default}."),
            _ => format!("If omitted, the server uses {default}."),
        });
    }
    if property.read_only {
        facts.push("Only in responses.".to_owned());
    }
    if property.write_only {
        facts.push("Only in requests.".to_owned());
    }
    facts.join(" ")
}

fn additional(context: &Context<'_>, object: &Object) -> Option<TokenStream> {
    let Additional::Typed(schema) = &object.additional else { return None };
    let ty = context.schema_type(schema).tokens(Scope::Models);
    Some(quote! {
        /// Properties that the spec does not list by name, but has a type for.
        pub additional_properties: BTreeMap<String, #ty>,
    })
}

/// Lints that a long list of properties sets off.
fn excess(context: &Context<'_>, stored: &[&Field<'_>]) -> Option<TokenStream> {
    let flags = stored.iter().filter(|field| {
        field.property.presence == Presence::Required && *context.resolve(&field.property.schema.ty) == Type::Boolean
    });
    (flags.count() > 3).then(|| {
        quote! { #[allow(clippy::struct_excessive_bools, reason = "the properties are the spec's")] }
    })
}

/// Where the `Default` of a struct comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultImpl {
    /// From a derive.
    Derived,
    /// From the constructor.
    Written,
}

impl DefaultImpl {
    /// Of a struct with these fields; `None` where its constructor takes something.
    pub fn of(fields: &[Field<'_>]) -> Option<Self> {
        let mut stored = fields.iter().filter(|field| field.is_stored());
        if stored.clone().any(|field| field.property.in_constructor) {
            return None;
        }
        let is_empty =
            |field: &Field<'_>| matches!(field.property.presence, Presence::Optional | Presence::OptionalNullable);
        Some(if stored.all(is_empty) { Self::Derived } else { Self::Written })
    }
}

fn manual_default(name: &Ident) -> TokenStream {
    quote! {
        impl Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

fn inherent(
    context: &Context<'_>,
    imports: &mut Imports,
    object: &Object,
    fields: &[Field<'_>],
    checked: bool,
) -> TokenStream {
    let constants = fields.iter().filter_map(constant);
    let defaults: Vec<_> = fields.iter().filter_map(|field| defaults::associated(context, imports, field)).collect();
    let constructor = constructor(context, object, fields);
    let setters = fields.iter().filter_map(|field| setter(context, field));
    let validate = checked.then(validate::method);
    quote! {
        #(#constants)*
        #(#defaults)*
        #constructor
        #(#setters)*
        #validate
    }
}

fn constant(field: &Field<'_>) -> Option<TokenStream> {
    let value = field.property.constant.as_ref().filter(|_| !field.is_stored())?;
    let (name, text) = (
        ident(&field.constant_name()),
        format!("The only value of the property {}.", docs::code(&field.property.name)),
    );
    let description = field.property.docs.description.as_deref().map(docs::prose).unwrap_or_default();
    let text = docs::outer(&docs::paragraphs([text.as_str(), description.as_str()]));
    let (ty, value) = (defaults::scalar_type(value)?.tokens(Scope::Models), defaults::scalar(value)?);
    Some(quote! { #text pub const #name: #ty = #value; })
}

fn constructor(context: &Context<'_>, object: &Object, fields: &[Field<'_>]) -> TokenStream {
    let arguments: Vec<_> = fields.iter().filter(|field| field.property.in_constructor).collect();
    let parameters = arguments.iter().map(|field| {
        let (name, ty) = (field.ident(), parameter(context, field).0.tokens(Scope::Models));
        quote! { #name: #ty }
    });
    let values = fields.iter().filter(|field| field.is_stored()).map(|field| {
        let name = field.ident();
        let value = initial(context, field);
        value.map_or_else(|| quote! { #name, }, |value| quote! { #name: #value, })
    });
    let typed = matches!(object.additional, Additional::Typed(_));
    let additional = typed.then(|| quote! { additional_properties: BTreeMap::new(), });
    let many = (arguments.len() > 7).then(|| {
        quote! { #[allow(clippy::too_many_arguments, reason = "one for each required property")] }
    });
    let text = if arguments.is_empty() {
        "Creates a value with no property set."
    } else {
        "Creates a value from its required properties."
    };
    let text = docs::outer(text);
    quote! {
        #text
        #[must_use]
        #many
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values)* #additional unknown_fields: UnknownFields::new() }
        }
    }
}

/// What a field starts with; `None` where it is just the argument.
fn initial(context: &Context<'_>, field: &Field<'_>) -> Option<TokenStream> {
    let name = field.ident();
    if field.property.in_constructor {
        let (_, making) = parameter(context, field);
        return match (field.property.presence, making.of(&name)) {
            (Presence::Optional, Some(value)) => Some(quote! { Some(#value) }),
            (Presence::Optional, None) => Some(quote! { Some(#name) }),
            (_, value) => value,
        };
    }
    Some(match field.property.presence {
        Presence::Defaulted { .. } => defaults::use_of(context, field, &quote! { Self }),
        Presence::OptionalNullable => quote! { OptionalNullable::Absent },
        _ => quote! { None },
    })
}

/// How a field's value is made of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    /// It is the parameter.
    Given,
    Into,
    Boxed,
    IntoBoxed,
    /// Boxed within an `Option`.
    MapBoxed,
    Collected,
}

impl Making {
    /// The expression; `None` where it is the parameter.
    fn of(self, name: &Ident) -> Option<TokenStream> {
        Some(match self {
            Self::Given => return None,
            Self::Into => quote! { #name.into() },
            Self::Boxed => quote! { Box::new(#name) },
            Self::IntoBoxed => quote! { Box::new(#name.into()) },
            Self::MapBoxed => quote! { #name.map(Box::new) },
            Self::Collected => {
                quote! { #name.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
            }
        })
    }
}

/// The parameter type that takes a field's value, and how that is made of it.
pub fn parameter<'a>(context: &Context<'a>, field: &Field<'_>) -> (RustType<'a>, Making) {
    let property = field.property;
    let ty = context.rust_type(&property.schema.ty);
    if field.property.presence == Presence::RequiredNullable
        || (property.schema.nullable && field.property.presence != Presence::OptionalNullable)
    {
        return (ty.option(), if property.boxed { Making::MapBoxed } else { Making::Given });
    }
    match (takes_into(context, &property.schema.ty), property.boxed) {
        (true, true) => (ty.into(), Making::IntoBoxed),
        (true, false) => (ty.into(), Making::Into),
        (false, true) => (ty, Making::Boxed),
        (false, false) => (ty, Making::Given),
    }
}

/// Whether `impl Into<T>` spares the caller a conversion.
pub fn takes_into(context: &Context<'_>, ty: &Type) -> bool {
    match context.resolve(ty) {
        Type::String(_) => true,
        Type::Named(id) => context.is_convertible(*id),
        _ => false,
    }
}

/// As [`parameter`], for a map: from anything that gives its entries, as an array does.
///
/// Not for constructors, where an empty map would have to name its types.
fn entries<'a>(context: &Context<'a>, field: &Field<'_>) -> Option<(RustType<'a>, Making)> {
    let property = field.property;
    let Type::Map(map) = context.resolve(&property.schema.ty) else { return None };
    if property.boxed || property.schema.nullable || map.values.nullable {
        return None;
    }
    Some((RustType::Entries(Box::new(context.rust_type(&map.values.ty))), Making::Collected))
}

/// The parameter of a field's setter, as [`parameter`]; `None` where it has none.
pub fn setter_parameter<'a>(context: &Context<'a>, field: &Field<'_>) -> Option<(RustType<'a>, Making)> {
    let property = field.property;
    match field.property.presence {
        _ if field.property.in_constructor => None,
        Presence::OptionalNullable => {
            let ty = context.boxed_type(&property.schema.ty, property.boxed);
            Some((ty.nullable().into(), Making::Into))
        }
        Presence::Optional | Presence::Defaulted { .. } => {
            Some(entries(context, field).unwrap_or_else(|| parameter(context, field)))
        }
        Presence::Constant | Presence::Required | Presence::RequiredNullable => None,
    }
}

fn setter(context: &Context<'_>, field: &Field<'_>) -> Option<TokenStream> {
    let (ty, making) = setter_parameter(context, field)?;
    let (name, ty) = (field.ident(), ty.tokens(Scope::Models));
    let text = docs::outer(&format!("Sets [`{0}`](Self::{0}).", field.property.rust_name));
    let deprecated = field.property.deprecated.then(|| quote! { #[deprecated] });
    let mut value = making.of(&name).unwrap_or_else(|| quote! { #name });
    if field.property.presence == Presence::Optional {
        value = quote! { Some(#value) };
    }
    Some(quote! {
        #text
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    })
}
