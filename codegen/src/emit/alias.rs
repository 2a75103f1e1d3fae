//! Aliases of scalars, lists and maps, and newtypes.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::identifiers::ident;
use super::imports::Imports;
use super::item_docs::type_docs;
use super::rust_type::TypePath;
use super::{constraint_docs, correction_table, validate, wire_impls};
use crate::ir::{Alias, TypeDef, TypeId};

/// Emits the definition of an alias, or of a newtype if it contains itself.
pub fn definition(context: &Context<'_>, id: TypeId, alias: &Alias) -> TokenStream {
    let def = context.api.type_def(id);
    let mut imports = Imports::default();
    imports.add(&context.types, &alias.schema.ty);
    let imports = imports.tokens(&def.name);
    let facts = constraint_docs::describe(&alias.schema.ty).join(" ");
    let docs = type_docs(context, id, &facts);
    let name = ident(&def.name);
    let ty = context.types.rust_type(&alias.schema.ty).tokens(TypePath::Imported);
    if !alias.recursive {
        return quote! { #imports #docs pub type #name = #ty; };
    }
    quote! {
        #imports

        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name(
            /// The value.
            pub #ty,
        );

        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }
    }
}

/// Emits the wire code of a newtype.
pub fn wire(context: &Context<'_>, def: &TypeDef, alias: &Alias, checked: bool) -> TokenStream {
    let name = ident(&def.name);
    let decoding = wire_impls::decoding(&name, &quote! { Decode::decode(deserializer).map(Self) });
    let check = checked.then(|| validate::newtype(context, &name, alias));
    let check_imports = checked.then(wire_impls::check_imports);
    // The table is behind a reference, as the table of a list's elements is.
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
