//! Structs: fields, constants, defaults, setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::defaults::{DefaultAccess, default_of};
use super::identifiers::ident;
use super::imports::Imports;
use super::item_docs::{PropertyDocs, type_docs};
use super::rust_type::TypePath;
use super::setter_parameters::setter_parameter;
use super::value_expression::ExpressionWriter;
use super::{constraint_docs, constructor, default_docs, docs, fields, json_literal, object_example, validate};
use crate::ir::{Additional, Object, Presence, Property, Type, TypeId};

/// The definition of a struct.
pub fn definition(context: &Context<'_>, id: TypeId, object: &Object, checked: bool) -> TokenStream {
    let def = context.api.type_def(id);
    let mut imports = Imports::default();
    imports.add_object(&context.types, object);
    imports.support("unknown_fields", "UnknownFields");
    if checked {
        imports.support("validate", "Violations");
    }
    let properties: Vec<_> = fields::stored(object).map(|property| PropertyDocs::new(context, property)).collect();
    let members = properties.iter().map(|docs| member(context, docs));
    let additional = additional(context, object);
    let docs = type_docs(context, id, &object_example::of_object(context, id, object));
    let name = ident(&def.name);
    let default_impl = DefaultImpl::of(object);
    let derive_default = (default_impl == Some(DefaultImpl::Derived)).then(|| quote! { , Default });
    let written_default = (default_impl == Some(DefaultImpl::Written)).then(|| written_default(&name));
    let inherent = inherent(context, &mut imports, object, &properties, checked);
    let arguments = constructor::arguments_struct(context, def, object, &properties);
    let imports = imports.tokens(&def.name);
    quote! {
        #imports

        #docs
        #[derive(Clone, Debug, PartialEq #derive_default)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
            #additional
            /// Properties that the spec does not list.
            pub unknown_fields: UnknownFields,
        }

        #written_default

        impl #name {
            #inherent
        }

        #arguments
    }
}

fn member(context: &Context<'_>, docs: &PropertyDocs<'_>) -> TokenStream {
    let property = docs.property;
    let text = docs.field();
    let text = docs::member(&docs::paragraphs([&*text, &facts(context, property, &text)]));
    let alias = docs::alias(&property.name, &property.rust_name);
    let deprecated = property.deprecated.then(|| quote! { #[deprecated] });
    let (name, ty) = (fields::ident(property), fields::field_type(&context.types, property).tokens(TypePath::Imported));
    quote! { #text #alias #deprecated pub #name: #ty, }
}

/// The facts about a property that neither the type of its field nor its `text` states.
fn facts(context: &Context<'_>, property: &Property, text: &str) -> String {
    let mut facts = constraint_docs::describe(&property.schema.ty);
    facts.extend(default_docs::unless_stated(property.default.as_ref(), text, |default| match property.presence {
        Presence::Defaulted { .. } => format!("Defaults to {default} if the server omits it."),
        // A required property cannot be omitted.
        Presence::Required | Presence::RequiredNullable => format!("Default: {default}."),
        _ if context.types.resolve(&property.schema.ty) == &Type::Any => format!("Default: {default}."),
        _ => default_docs::omitted(default),
    }));
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
    let ty = context.types.schema_type(schema).tokens(TypePath::Imported);
    Some(quote! {
        /// Additional properties, which the spec types but does not list.
        pub additional_properties: BTreeMap<String, #ty>,
    })
}

/// The source of a struct's `Default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultImpl {
    /// A derive.
    Derived,
    /// The constructor.
    Written,
}

impl DefaultImpl {
    /// The source for a struct; `None` if its constructor takes arguments.
    pub fn of(object: &Object) -> Option<Self> {
        if fields::arguments(object).next().is_some() {
            return None;
        }
        let is_empty = |property: &Property| !matches!(property.presence, Presence::Defaulted { .. });
        Some(if fields::stored(object).all(is_empty) { Self::Derived } else { Self::Written })
    }
}

fn written_default(name: &Ident) -> TokenStream {
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
    properties: &[PropertyDocs<'_>],
    checked: bool,
) -> TokenStream {
    let constants = object.properties.iter().filter_map(constant);
    let defaults: Vec<_> =
        object.properties.iter().filter_map(|property| default_item(context, imports, property)).collect();
    let constructor = constructor::function(context, object);
    let setters: Vec<_> = properties.iter().filter_map(|docs| setter(context, imports, docs)).collect();
    let validate = checked.then(validate::method);
    quote! {
        #(#constants)*
        #(#defaults)*
        #constructor
        #(#setters)*
        #validate
    }
}

/// The associated constant or function for the default of a property.
fn default_item(context: &Context<'_>, imports: &mut Imports, property: &Property) -> Option<TokenStream> {
    let default = default_of(property)?;
    let text = docs::member(&format!("The default of the property {}.", docs::code(&property.name)));
    let access = DefaultAccess::of(context, property)?;
    let (name, ty) = (ident(&access.name(property)), access.ty(context, property).tokens(TypePath::Imported));
    let mut value = || ExpressionWriter { context, imports }.typed(&property.schema.ty, default);
    Some(match access {
        DefaultAccess::TextConstant => {
            let value = default.as_str();
            quote! { #text pub const #name: #ty = #value; }
        }
        DefaultAccess::Constant => {
            let value = value();
            quote! { #text pub const #name: #ty = #value; }
        }
        DefaultAccess::Function => {
            let value = value();
            quote! { #text #[must_use] pub fn #name() -> #ty { #value } }
        }
    })
}

fn constant(property: &Property) -> Option<TokenStream> {
    let value = property.constant.as_ref().filter(|_| !fields::is_stored(property))?;
    let (name, text) = (
        ident(&fields::constant_name(property)),
        format!("The only value of the property {}.", docs::code(&property.name)),
    );
    let description = property.docs.description.as_deref().map(docs::prose).unwrap_or_default();
    let text = docs::member(&docs::paragraphs([text.as_str(), description.as_str()]));
    let (ty, value) = (json_literal::scalar_type(value)?.tokens(TypePath::Imported), json_literal::scalar(value)?);
    Some(quote! { #text pub const #name: #ty = #value; })
}

fn setter(context: &Context<'_>, imports: &mut Imports, docs: &PropertyDocs<'_>) -> Option<TokenStream> {
    let property = docs.property;
    let (ty, conversion) = setter_parameter(context, property)?;
    // The entries of a map behind an alias are not the type of the field.
    imports.add_code(&ty);
    let (name, ty) = (fields::ident(property), ty.tokens(TypePath::Imported));
    let text = docs::member(&docs.setter());
    let deprecated = property.deprecated.then(|| quote! { #[deprecated] });
    let mut value = conversion.expression(&quote! { #name });
    if matches!(property.presence, Presence::Optional | Presence::RequiredNullable) {
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
