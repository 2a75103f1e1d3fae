//! What every emitting function needs to know of the whole API.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::rust_type::RustType;
use super::{docs, union};
use crate::ir::{
    Additional, Alias, Api, IntegerWidth, Object, Presence, Property, Schema, Type, TypeDef, TypeId, TypeKind,
};
use crate::rust_name::is_keyword;

/// The API, and what follows from all of it.
pub struct Context<'a> {
    pub api: &'a Api,
    /// Of each alias, what it stands for.
    targets: Targets<'a>,
    /// Of each alias and newtype, what it is on the wire.
    contents: Targets<'a>,
    /// Of each type, whether some value converts into it by `From`, where it is a union.
    convertible: Vec<bool>,
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
#[derive(Clone, Copy)]
pub struct Field<'a> {
    pub property: &'a Property,
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
    /// Its name, raw where it is a keyword.
    pub fn ident(&self) -> Ident {
        ident(&self.property.rust_name)
    }

    /// What its type is around the type of its values.
    pub fn holds(&self) -> Holds {
        match self.property.presence {
            Presence::Constant | Presence::Required => Holds::Value,
            Presence::Defaulted { .. } if !self.property.schema.nullable => Holds::Value,
            Presence::RequiredNullable | Presence::Optional | Presence::Defaulted { .. } => Holds::Option,
            Presence::OptionalNullable => Holds::Three,
        }
    }

    /// It is in the struct.
    pub fn is_stored(&self) -> bool {
        self.property.presence != Presence::Constant
    }

    /// The name of the associated constant that holds its only value.
    pub fn constant_name(&self) -> String {
        shouty(&self.property.rust_name)
    }

    /// The name of the associated constant that holds its default.
    pub fn default_name(&self) -> String {
        format!("DEFAULT_{}", shouty(&self.property.rust_name))
    }
}

fn shouty(name: &str) -> String {
    heck::ToShoutySnakeCase::to_shouty_snake_case(name)
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api) -> Self {
        let targets = targets(api, |alias| !alias.recursive);
        let contents = self::targets(api, |_| true);
        let checked = super::validate::checked(api);
        let mut context = Self { api, targets, contents, convertible: Vec::new(), checked };
        let convertible =
            |def: &TypeDef| matches!(&def.kind, TypeKind::Union(union) if union::has_from(&context, union));
        context.convertible = api.types.iter().map(convertible).collect();
        context
    }

    /// Whether some value converts into a type by `From`, where it is a union.
    pub fn is_convertible(&self, id: TypeId) -> bool {
        self.convertible[id.0]
    }

    /// Whether `validate()` has anything to check in a type.
    pub fn is_checked(&self, id: TypeId) -> bool {
        self.checked[id.0]
    }

    /// A type without the aliases, which have no code of their own.
    pub fn resolve<'s>(&self, ty: &'s Type) -> &'s Type
    where
        'a: 's,
    {
        target(&self.targets, ty)
    }

    /// A type without aliases and newtypes, which the wire knows nothing of.
    pub fn content<'s>(&self, ty: &'s Type) -> &'s Type
    where
        'a: 's,
    {
        target(&self.contents, ty)
    }

    /// The type of a field.
    pub fn field_type(&self, field: &Field<'_>) -> RustType<'a> {
        let inner = self.boxed_type(&field.property.schema.ty, field.property.boxed);
        match field.holds() {
            Holds::Value => inner,
            Holds::Option => inner.option(),
            Holds::Three => inner.nullable(),
        }
    }

    /// A type, boxed where it must be.
    pub fn boxed_type(&self, ty: &Type, boxed: bool) -> RustType<'a> {
        let ty = self.rust_type(ty);
        if boxed { ty.boxed() } else { ty }
    }

    /// A type with null.
    pub fn schema_type(&self, schema: &Schema) -> RustType<'a> {
        let ty = self.rust_type(&schema.ty);
        if schema.nullable { ty.option() } else { ty }
    }

    /// A type.
    pub fn rust_type(&self, ty: &Type) -> RustType<'a> {
        match ty {
            Type::Any => RustType::Json,
            Type::Boolean => RustType::Bool,
            Type::Integer(integer) => match integer.width {
                IntegerWidth::I32 => RustType::I32,
                IntegerWidth::I64 => RustType::I64,
                IntegerWidth::U32 => RustType::U32,
                IntegerWidth::U64 => RustType::U64,
            },
            Type::Number(_) => RustType::F64,
            Type::String(string) if string.secret => RustType::Secret,
            Type::String(_) => RustType::String,
            Type::List(list) => self.schema_type(&list.items).list(),
            Type::Map(map) => self.schema_type(&map.values).map(),
            Type::Named(id) => RustType::Model(&self.api.type_def(*id).name),
        }
    }
}

/// Of each type what it stands for, where it is an alias.
type Targets<'a> = Vec<Option<&'a Type>>;

fn target<'s>(targets: &Targets<'s>, ty: &'s Type) -> &'s Type {
    match ty {
        Type::Named(id) => targets[id.0].unwrap_or(ty),
        _ => ty,
    }
}

/// Follows those aliases that are to be. A circle of them, which only a document with errors has, ends somewhere on it.
fn targets(api: &Api, follow: impl Fn(&Alias) -> bool) -> Targets<'_> {
    let mut targets = vec![None; api.types.len()];
    for index in 0..api.types.len() {
        let (mut at, mut passed, mut end) = (TypeId(index), Vec::new(), None);
        while let TypeKind::Alias(alias) = &api.type_def(at).kind
            && follow(alias)
        {
            if targets[at.0].is_some() {
                end = targets[at.0];
                break;
            }
            end = Some(&alias.schema.ty);
            targets[at.0] = end;
            passed.push(at);
            let Type::Named(next) = alias.schema.ty else { break };
            at = next;
        }
        for id in passed {
            targets[id.0] = end;
        }
    }
    targets
}

/// The fields of an object.
pub fn fields(object: &Object) -> Vec<Field<'_>> {
    object.properties.iter().map(|property| Field { property }).collect()
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
            if field.property.presence == Presence::OptionalNullable {
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
