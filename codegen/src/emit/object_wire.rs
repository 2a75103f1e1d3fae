//! The wire code of structs.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::context::Context;
use super::defaults::{default_function, default_value, is_constant};
use super::identifiers::ident;
use super::rust_type::TypePath;
use super::{correction_table, fields, literal, validate, wire_impls};
use crate::ir::{Additional, Object, Presence, Property, TypeDef};

/// Emits the wire code of a struct.
pub fn wire(context: &Context<'_>, def: &TypeDef, object: &Object, checked: bool) -> TokenStream {
    let name = ident(&def.name);
    let imports = imports(object, checked);
    let fields_struct = fields_struct(context, object);
    let decode = decode(context, def, object);
    let decoding = wire_impls::decoding(&name, &quote! { decode::object(deserializer) });
    let encode = encode(context, &name, object);
    let check = checked.then(|| validate::object(context, &name, object));
    let model = correction_table::model(&name, &correction_table::object(context, object));
    quote! {
        #imports
        #fields_struct
        #decode
        #decoding
        #encode
        #check
        #model
    }
}

fn imports(object: &Object, checked: bool) -> TokenStream {
    let typed = matches!(object.additional, Additional::Typed(_));
    let plain = |property: &Property| {
        matches!(
            property.presence,
            Presence::Required | Presence::RequiredNullable | Presence::Defaulted { optional: false }
        )
    };
    let encode = !object.properties.iter().all(plain);
    let encode = (encode || typed).then(|| quote! { use crate::support::encode; });
    let shape = if object.properties.iter().any(fields::is_stored) {
        quote! { Property, Shape }
    } else {
        quote! { Shape }
    };
    let validate = checked.then(wire_impls::check_imports);
    let slot = (!object.properties.is_empty()).then(|| quote! { , Slot });
    let constant = object.properties.iter().any(|property| !fields::is_stored(property)).then(|| quote! { Constant, });
    quote! {
        use serde_core::de::{self, Deserialize, Deserializer, MapAccess};
        use serde_core::ser::{Serialize, SerializeMap, Serializer};

        use crate::models;
        use crate::support::correction::{#shape};
        use crate::support::decode::{self, #constant Decode, FieldReader, Object #slot};
        #encode
        use crate::support::lenient::Model;
        use crate::support::unknown_fields::UnknownFields;
        #validate
    }
}

fn fields_struct(context: &Context<'_>, object: &Object) -> TokenStream {
    let members = object.properties.iter().map(|property| {
        let name = fields::ident(property);
        match property.presence {
            Presence::Constant => {
                // A union sets the field if it is the tag.
                let tag = property.constant.as_ref().is_some_and(Value::is_string);
                let visibility = tag.then(|| quote! { pub(super) });
                quote! { #visibility #name: Slot<()>, }
            }
            Presence::Optional => {
                let ty = context.types.boxed_type(&property.schema.ty, property.boxed).tokens(TypePath::Qualified);
                quote! { #name: Slot<#ty>, }
            }
            _ => {
                let ty = fields::field_type(&context.types, property).tokens(TypePath::Qualified);
                quote! { #name: Slot<#ty>, }
            }
        }
    });
    quote! {
        #[derive(Default)]
        pub struct Fields { #(#members)* }
    }
}

fn decode(context: &Context<'_>, def: &TypeDef, object: &Object) -> TokenStream {
    let name = ident(&def.name);
    let title = &def.name;
    let properties = object.properties.iter().map(|property| &property.name);
    let index = wire_impls::index_of_name(properties.clone());
    let read_field = read_field(&object.properties);
    let build = build(context, &name, object);
    quote! {
        impl Object for models::#name {
            const NAME: &'static str = #title;
            const PROPERTIES: &'static [&'static str] = &[#(#properties),*];
            type Fields = Fields;

            fn index(name: &str) -> Option<usize> {
                #index
            }

            #[inline]
            fn read_field<'de, A: MapAccess<'de>>(
                fields: &mut Fields,
                index: usize,
                reader: FieldReader<'_, A>,
            ) -> Result<(), A::Error> {
                #read_field
            }

            #[inline]
            fn build<E: de::Error>(fields: Fields, unknown_fields: UnknownFields) -> Result<Self, E> {
                #build
            }
        }
    }
}

fn read_field(properties: &[Property]) -> TokenStream {
    let Some((last, others)) = properties.split_last() else {
        return quote! {
            // No key is listed, so this is never called.
            let (_, _) = (fields, index);
            reader.value(&mut None::<serde_json::Value>)
        };
    };
    let last = reading(last);
    if others.is_empty() {
        return quote! { let _ = index; #last };
    }
    let arms = others.iter().enumerate().map(|(index, property)| {
        let (index, reading) = (Literal::usize_unsuffixed(index), reading(property));
        quote! { #index => #reading, }
    });
    quote! {
        match index {
            #(#arms)*
            _ => #last,
        }
    }
}

fn reading(property: &Property) -> TokenStream {
    let name = fields::ident(property);
    match property.presence {
        Presence::Constant => {
            let constant = expected_constant(property.constant.as_ref());
            quote! { reader.constant(&mut fields.#name, &#constant) }
        }
        Presence::Optional => quote! { reader.optional(&mut fields.#name) },
        Presence::Defaulted { optional: true } if !property.schema.nullable => {
            quote! { reader.optional(&mut fields.#name) }
        }
        _ => quote! { reader.value(&mut fields.#name) },
    }
}

/// Returns the only value of a property, in the form that the reader compares.
fn expected_constant(constant: Option<&Value>) -> TokenStream {
    match constant {
        Some(Value::String(text)) => quote! { Constant::String(#text) },
        Some(Value::Bool(truth)) => quote! { Constant::Boolean(#truth) },
        Some(Value::Number(number)) if number.is_f64() => {
            let number = literal::float(number.as_f64().unwrap_or_default());
            quote! { Constant::Number(#number) }
        }
        value => {
            let number = value.and_then(Value::as_number).and_then(serde_json::Number::as_i128);
            let number = literal::integer(number.unwrap_or_default());
            quote! { Constant::Integer(#number) }
        }
    }
}

fn build(context: &Context<'_>, name: &Ident, object: &Object) -> TokenStream {
    let members: Vec<_> = fields::stored(object)
        .map(|property| {
            let (ident, value) = (fields::ident(property), built_field(context, property));
            quote! { #ident: #value, }
        })
        .collect();
    let unused = members.is_empty().then(|| quote! { let _ = fields; });
    let typed = matches!(object.additional, Additional::Typed(_));
    let additional = typed.then(|| {
        quote! { additional_properties: decode::additional(&mut unknown_fields, Self::PROPERTIES)?, }
    });
    let mut properties = object.properties.iter();
    let optional_default = properties.any(|property| property.presence == Presence::Defaulted { optional: true });
    let mutable = (typed || optional_default).then(|| quote! { let mut unknown_fields = unknown_fields; });
    quote! {
        #unused
        #mutable
        Ok(models::#name { #(#members)* #additional unknown_fields })
    }
}

/// Emits the value of a field from the slot that was read.
fn built_field(context: &Context<'_>, property: &Property) -> TokenStream {
    let (ident, wire) = (fields::ident(property), &property.name);
    match property.presence {
        Presence::Required => quote! { decode::required(fields.#ident, #wire)? },
        Presence::Optional => quote! { fields.#ident },
        Presence::Constant | Presence::RequiredNullable | Presence::OptionalNullable => {
            quote! { fields.#ident.unwrap_or_default() }
        }
        Presence::Defaulted { optional: true } => {
            let function = default_function(context, property);
            quote! { decode::or_default(fields.#ident, #wire, &mut unknown_fields, #function) }
        }
        Presence::Defaulted { optional: false } if is_constant(context, property) => {
            let default = default_value(context, property, &quote! { Self });
            quote! { fields.#ident.unwrap_or(#default) }
        }
        Presence::Defaulted { optional: false } => {
            let function = default_function(context, property);
            quote! { fields.#ident.unwrap_or_else(#function) }
        }
    }
}

fn encode(context: &Context<'_>, name: &Ident, object: &Object) -> TokenStream {
    let entries = object.properties.iter().map(|property| entry(context, property));
    let typed = matches!(object.additional, Additional::Typed(_));
    let additional = typed.then(|| {
        quote! { encode::additional(&mut map, &self.additional_properties, Self::PROPERTIES)?; }
    });
    quote! {
        impl Serialize for models::#name {
            #[inline]
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                #(#entries)*
                #additional
                self.unknown_fields.encode(&mut map, Self::PROPERTIES)?;
                map.end()
            }
        }
    }
}

fn entry(context: &Context<'_>, property: &Property) -> TokenStream {
    let (name, wire) = (fields::ident(property), &property.name);
    match property.presence {
        Presence::Constant => {
            let constant = ident(&fields::constant_name(property));
            let reference = (!matches!(property.constant, Some(Value::String(_)))).then(|| quote! { & });
            quote! { encode::constant(&mut map, #wire, #reference Self::#constant, &self.unknown_fields)?; }
        }
        Presence::Required | Presence::RequiredNullable | Presence::Defaulted { optional: false } => {
            quote! { map.serialize_entry(#wire, &self.#name)?; }
        }
        Presence::Optional => quote! { encode::optional(&mut map, #wire, self.#name.as_ref(), &self.unknown_fields)?; },
        Presence::OptionalNullable => quote! { encode::optional_nullable(&mut map, #wire, &self.#name)?; },
        Presence::Defaulted { optional: true } => {
            let function = default_function(context, property);
            quote! { encode::defaulted(&mut map, #wire, &self.#name, &self.unknown_fields, #function)?; }
        }
    }
}
