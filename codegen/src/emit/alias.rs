//! Names for scalars, lists and maps.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, Imports, Scope, ident, type_docs};
use super::{correction_table, enumeration, validate};
use crate::ir::{Alias, TypeDef};

/// The definition of an alias, or of a newtype where it contains itself.
pub fn definition(context: &Context<'_>, def: &TypeDef, alias: &Alias) -> TokenStream {
    let mut imports = Imports::default();
    imports.add(context, &alias.schema.ty);
    let imports = imports.tokens(&def.name);
    let facts = validate::describe(&alias.schema.ty).join(" ");
    let docs = type_docs(def, &facts);
    let name = ident(&def.name);
    let ty = context.rust_type(&alias.schema.ty).tokens(Scope::Models);
    if !alias.recursive {
        return quote! { #imports #docs pub type #name = #ty; };
    }
    quote! {
        #imports

        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name(
            /// What it holds.
            pub #ty,
        );

        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }
    }
}

/// The wire code of a newtype.
pub fn wire(context: &Context<'_>, def: &TypeDef, alias: &Alias, checked: bool) -> TokenStream {
    let name = ident(&def.name);
    let decoding = enumeration::decoding(&name, &quote! { Decode::decode(deserializer).map(Self) });
    let check = checked.then(|| validate::newtype(context, &name, alias));
    let check_imports = checked.then(|| quote! { use crate::support::validate::{Check, Checker}; });
    // The table is behind a reference, as every table of a list's elements is.
    let shape = correction_table::inner(context, &alias.schema);
    let model = correction_table::model(&name, &shape);
    quote! {
        use serde_core::de::{Deserialize, Deserializer};
        use serde_core::ser::{Serialize, Serializer};

        use crate::models;
        use crate::support::decode::Decode;
        use crate::support::lenient::Model;
        use crate::support::correction::Shape;
        #check_imports

        #decoding

        impl Serialize for models::#name {
            #[inline]
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        #check
        #model
    }
}
