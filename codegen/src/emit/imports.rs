//! The imports of emitted modules.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::fields;
use super::identifiers::ident;
use super::rust_type::RustType;
use super::types::Types;
use crate::ir::{Additional, Object, Presence, Type};

/// The imports of a definition, gathered from the types in it.
#[derive(Default)]
pub struct Imports {
    map: bool,
    support: BTreeSet<(&'static str, &'static str)>,
    models: BTreeSet<String>,
}

impl Imports {
    /// Imports the names in a type.
    pub fn add(&mut self, types: &Types<'_>, ty: &Type) {
        match ty {
            Type::List(list) => self.add(types, &list.items.ty),
            Type::Map(map) => {
                self.map = true;
                self.add(types, &map.values.ty);
            }
            Type::Named(id) => {
                self.models.insert(types.api.type_def(*id).name.clone());
            }
            Type::String(string) if string.secret => self.support("secret", "Secret"),
            _ => {}
        }
    }

    /// Imports the names in the fields of a struct.
    pub fn add_object(&mut self, types: &Types<'_>, object: &Object) {
        for property in fields::stored(object) {
            self.add(types, &property.schema.ty);
            if property.presence == Presence::OptionalNullable {
                self.support("optional_nullable", "OptionalNullable");
            }
        }
        if let Additional::Typed(schema) = &object.additional {
            self.map = true;
            self.add(types, &schema.ty);
        }
    }

    /// Imports the names in the code of a type.
    pub fn add_code(&mut self, ty: &RustType<'_>) {
        match ty {
            RustType::Model(name) => {
                self.models.insert((*name).to_owned());
            }
            RustType::Secret => self.support("secret", "Secret"),
            RustType::Nullable(_) => self.support("optional_nullable", "OptionalNullable"),
            RustType::Map(_) => self.map = true,
            _ => {}
        }
        ty.inner().into_iter().for_each(|inner| self.add_code(inner));
    }

    /// Imports maps.
    pub fn map(&mut self) {
        self.map = true;
    }

    /// Imports an item of the support modules.
    pub fn support(&mut self, module: &'static str, name: &'static str) {
        self.support.insert((module, name));
    }

    /// Returns whether a model with this name is imported.
    pub fn has_model(&self, name: &str) -> bool {
        self.models.contains(name.trim_start_matches("r#"))
    }

    /// Returns the `use` declarations for the module of the type `own`.
    pub fn tokens(&self, own: &str) -> TokenStream {
        self.declarations(own, &quote! { super })
    }

    /// Returns the `use` declarations for a module outside of `models`.
    pub fn tokens_elsewhere(&self) -> TokenStream {
        self.declarations("", &quote! { crate::models })
    }

    fn declarations(&self, own: &str, models_path: &TokenStream) -> TokenStream {
        let map = self.map.then(|| quote! { use std::collections::BTreeMap; });
        let models: Vec<_> = self.models.iter().filter(|name| *name != own).map(|name| ident(name)).collect();
        let models = (!models.is_empty()).then(|| quote! { use #models_path::{#(#models),*}; });
        let support = self.support.iter().map(|(module, name)| {
            let (module, name) = (ident(module), ident(name));
            quote! { use crate::support::#module::#name; }
        });
        quote! { #map #models #(#support)* }
    }
}
