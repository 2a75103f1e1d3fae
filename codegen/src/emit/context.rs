//! What every emitting function needs to know of the whole API.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::docs;
use crate::ir::{Additional, Api, IntegerWidth, Object, Property, Schema, Type, TypeDef, TypeId, TypeKind};
use crate::keyword::is_keyword;

/// The API, and what follows from all of it.
pub struct Context<'a> {
    pub api: &'a Api,
    /// Of each type, whether `validate()` has anything to check in it.
    checked: Vec<bool>,
}

/// Where a type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Among the definitions, where the types in use are imported.
    Models,
    /// In wire code, where nothing is.
    Wire,
}

/// A property as a field.
pub struct Field<'a> {
    pub property: &'a Property,
    /// The field's name, raw where it is a keyword.
    pub ident: Ident,
    pub presence: Presence,
    /// The constructor takes it.
    pub argument: bool,
}

/// How a field holds absence and null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// No field.
    Constant,
    /// `T`.
    Required,
    /// `Option<T>`, where `None` is null.
    RequiredNullable,
    /// `Option<T>`, where `None` is absence.
    Optional,
    /// `OptionalNullable<T>`.
    OptionalNullable,
    /// `T`, or `Option<T>` where null is a value; absence is the default.
    Defaulted {
        /// Absence is fine, and stays when encoded.
        optional: bool,
    },
}

/// What a field's own type is around the type of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Nothing.
    Value,
    /// An `Option`.
    Option,
    /// An `OptionalNullable`.
    Three,
}

impl Field<'_> {
    /// What its type is around the type of its values.
    pub fn holds(&self) -> Holds {
        match self.presence {
            Presence::Constant | Presence::Required => Holds::Value,
            Presence::Defaulted { .. } if !self.property.schema.nullable => Holds::Value,
            Presence::RequiredNullable | Presence::Optional | Presence::Defaulted { .. } => Holds::Option,
            Presence::OptionalNullable => Holds::Three,
        }
    }

    /// It is in the struct.
    pub fn is_stored(&self) -> bool {
        self.presence != Presence::Constant
    }

    /// The name of the associated constant that holds its only value.
    pub fn constant_ident(&self) -> Ident {
        format_ident!("{}", shouty(&self.property.rust_name))
    }

    /// The name of the associated constant that holds its default.
    pub fn default_ident(&self) -> Ident {
        format_ident!("DEFAULT_{}", shouty(&self.property.rust_name))
    }
}

fn shouty(name: &str) -> String {
    heck::ToShoutySnakeCase::to_shouty_snake_case(name)
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api) -> Self {
        let mut context = Self { api, checked: vec![false; api.types.len()] };
        context.checked = super::validate::checked(&context);
        context
    }

    /// Whether `validate()` has anything to check in a type.
    pub fn is_checked(&self, id: TypeId) -> bool {
        self.checked[id.0]
    }

    /// A type without the aliases, which have no code of their own.
    pub fn resolve<'s>(&'s self, ty: &'s Type) -> &'s Type {
        if let Type::Named(id) = ty
            && let TypeKind::Alias(alias) = &self.api.type_def(*id).kind
            && !alias.recursive
        {
            return self.resolve(&alias.schema.ty);
        }
        ty
    }

    /// The type of a field.
    pub fn field_type(&self, field: &Field<'_>, scope: Scope) -> TokenStream {
        let inner = self.boxed_type(&field.property.schema.ty, field.property.boxed, scope);
        match field.presence {
            Presence::RequiredNullable | Presence::Optional => quote! { Option<#inner> },
            Presence::Defaulted { .. } if field.property.schema.nullable => quote! { Option<#inner> },
            Presence::Constant | Presence::Required | Presence::Defaulted { .. } => inner,
            Presence::OptionalNullable => match scope {
                Scope::Models => quote! { OptionalNullable<#inner> },
                Scope::Wire => quote! { crate::OptionalNullable<#inner> },
            },
        }
    }

    /// A type, boxed where it must be.
    pub fn boxed_type(&self, ty: &Type, boxed: bool, scope: Scope) -> TokenStream {
        let ty = self.rust_type(ty, scope);
        if boxed {
            quote! { Box<#ty> }
        } else {
            ty
        }
    }

    /// A type with null.
    pub fn schema_type(&self, schema: &Schema, scope: Scope) -> TokenStream {
        let ty = self.rust_type(&schema.ty, scope);
        if schema.nullable {
            quote! { Option<#ty> }
        } else {
            ty
        }
    }

    /// A type.
    pub fn rust_type(&self, ty: &Type, scope: Scope) -> TokenStream {
        match ty {
            Type::Any => quote! { serde_json::Value },
            Type::Boolean => quote! { bool },
            Type::Integer(integer) => match integer.width {
                IntegerWidth::I32 => quote! { i32 },
                IntegerWidth::I64 => quote! { i64 },
                IntegerWidth::U32 => quote! { u32 },
                IntegerWidth::U64 => quote! { u64 },
            },
            Type::Number(_) => quote! { f64 },
            Type::String(string) if string.secret => match scope {
                Scope::Models => quote! { Secret },
                Scope::Wire => quote! { crate::Secret },
            },
            Type::String(_) => quote! { String },
            Type::List(list) => {
                let items = self.schema_type(&list.items, scope);
                quote! { Vec<#items> }
            }
            Type::Map(map) => {
                let values = self.schema_type(&map.values, scope);
                match scope {
                    Scope::Models => quote! { BTreeMap<String, #values> },
                    Scope::Wire => quote! { std::collections::BTreeMap<String, #values> },
                }
            }
            Type::Named(id) => {
                let name = ident(&self.api.type_def(*id).name);
                match scope {
                    Scope::Models => quote! { #name },
                    Scope::Wire => quote! { models::#name },
                }
            }
        }
    }
}

/// The fields of an object.
pub fn fields<'o>(def: &TypeDef, object: &'o Object) -> Vec<Field<'o>> {
    object.properties.iter().map(|property| field(def, property)).collect()
}

fn field<'o>(def: &TypeDef, property: &'o Property) -> Field<'o> {
    let usage = def.usage;
    let only_response = usage.response && !usage.request;
    let only_request = usage.request && !usage.response;
    // `required` of a read-only property speaks of responses, of a write-only one of requests.
    let speaks = (!property.read_only || only_response) && (!property.write_only || only_request);
    let required = property.required && speaks;
    let has_default = property.default.as_ref().is_some_and(|default| !default.is_null());
    let presence = match (required, property.schema.nullable) {
        _ if property.constant.is_some() && required => Presence::Constant,
        // What is boxed contains itself, and so would its default.
        _ if has_default && only_response && !property.boxed => Presence::Defaulted { optional: !required },
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    };
    let argument = matches!(presence, Presence::Required | Presence::RequiredNullable)
        || (presence == Presence::Optional && property.required && property.write_only);
    Field { property, ident: ident(&property.rust_name), presence, argument }
}

/// The documentation of a type, with its attributes.
pub fn type_docs(def: &TypeDef, more: &str) -> TokenStream {
    let fallback = match def.kind {
        TypeKind::Object(_) => "An object of the API.",
        TypeKind::Enum(_) => "A value of the API.",
        TypeKind::Union(_) => "One of several kinds of values.",
        TypeKind::Alias(_) => "A name for a type.",
    };
    let text = item_docs(def.docs.title.as_deref(), def.docs.description.as_deref(), fallback);
    let text = docs::outer(&docs::paragraphs([text.as_str(), more]));
    let alias = def.schema.as_ref().and_then(|schema| docs::alias(schema, &def.name));
    let deprecated = def.deprecated.then(|| quote! { #[deprecated] });
    quote! { #text #alias #deprecated }
}

/// The imports of a definition, gathered from the types in it.
#[derive(Default)]
pub struct Imports {
    map: bool,
    support: BTreeSet<(&'static str, &'static str)>,
    models: BTreeSet<String>,
}

impl Imports {
    /// Imports what a type mentions.
    pub fn add(&mut self, context: &Context<'_>, ty: &Type) {
        match ty {
            Type::List(list) => self.add(context, &list.items.ty),
            Type::Map(map) => {
                self.map = true;
                self.add(context, &map.values.ty);
            }
            Type::Named(id) => {
                self.models.insert(context.api.type_def(*id).name.clone());
            }
            Type::String(string) if string.secret => self.support("secret", "Secret"),
            _ => {}
        }
    }

    /// Imports what a struct mentions.
    pub fn add_object(&mut self, context: &Context<'_>, object: &Object, fields: &[Field<'_>]) {
        for field in fields.iter().filter(|field| field.is_stored()) {
            self.add(context, &field.property.schema.ty);
            if field.presence == Presence::OptionalNullable {
                self.support("optional_nullable", "OptionalNullable");
            }
        }
        if let Additional::Typed(schema) = &object.additional {
            self.map = true;
            self.add(context, &schema.ty);
        }
    }

    /// Imports maps.
    pub fn map(&mut self) {
        self.map = true;
    }

    /// Imports an item of the support modules.
    pub fn support(&mut self, module: &'static str, name: &'static str) {
        self.support.insert((module, name));
    }

    /// Whether a model of some name is imported.
    pub fn has_model(&self, name: &str) -> bool {
        self.models.contains(name.trim_start_matches("r#"))
    }

    /// The `use` declarations, in the module of one type.
    pub fn tokens(&self, own: &str) -> TokenStream {
        self.declarations(own, &quote! { super })
    }

    /// The `use` declarations, in a module that is no type's.
    pub fn tokens_elsewhere(&self) -> TokenStream {
        self.declarations("", &quote! { crate::models })
    }

    fn declarations(&self, own: &str, home: &TokenStream) -> TokenStream {
        let map = self.map.then(|| quote! { use std::collections::BTreeMap; });
        let models: Vec<_> = self.models.iter().filter(|name| *name != own).map(|name| ident(name)).collect();
        let models = (!models.is_empty()).then(|| quote! { use #home::{#(#models),*}; });
        let support = self.support.iter().map(|(module, name)| {
            let (module, name) = (ident(module), ident(name));
            quote! { use crate::support::#module::#name; }
        });
        quote! { #map #models #(#support)* }
    }
}

/// The documentation of an item: title, description, or a fallback.
pub fn item_docs(title: Option<&str>, description: Option<&str>, fallback: &str) -> String {
    let title = title.map(docs::prose).unwrap_or_default();
    let description = description.map(docs::prose).unwrap_or_default();
    let text = docs::paragraphs([title.as_str(), description.as_str()]);
    if text.is_empty() { fallback.to_owned() } else { text }
}

/// Whether an identifier occurs in some code, other than behind a path, as in `models::Name`.
pub fn mentions(code: &TokenStream, name: &str) -> bool {
    let mut colons = 0;
    code.clone().into_iter().any(|token| {
        let before = std::mem::take(&mut colons);
        match token {
            TokenTree::Ident(ident) => ident == name && before != 2,
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Punct(sign) if sign.as_char() == ':' => {
                colons = before + 1;
                false
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        }
    })
}

/// An identifier, raw where it is a keyword. `lower` has made sure that it is one of the two.
pub fn ident(name: &str) -> Ident {
    if is_keyword(name) { Ident::new_raw(name, Span::call_site()) } else { Ident::new(name, Span::call_site()) }
}
