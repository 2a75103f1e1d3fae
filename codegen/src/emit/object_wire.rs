//! How structs cross the wire.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value;

use super::context::{Context, Field, Scope, ident};
use super::{correction_table, defaults, enumeration, literal, validate};
use crate::ir::{Additional, Object, Presence, TypeDef};

/// The wire code of a struct.
pub fn wire(context: &Context<'_>, def: &TypeDef, object: &Object, fields: &[Field<'_>], checked: bool) -> TokenStream {
    let name = ident(&def.name);
    let imports = imports(fields, object, checked);
    let fields_struct = fields_struct(context, fields);
    let decode = decode(context, def, object, fields);
    let decoding = enumeration::decoding(&name, &quote! { decode::object(deserializer) });
    let encode = encode(context, &name, object, fields);
    let check = checked.then(|| validate::object(context, &name, object, fields));
    let model = correction_table::model(&name, &correction_table::object(context, fields));
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

fn imports(fields: &[Field<'_>], object: &Object, checked: bool) -> TokenStream {
    let typed = matches!(object.additional, Additional::Typed(_));
    let plain = |field: &Field<'_>| {
        matches!(
            field.property.presence,
            Presence::Required | Presence::RequiredNullable | Presence::Defaulted { optional: false }
        )
    };
    let encode = !fields.iter().all(plain);
    let encode = (encode || typed).then(|| quote! { use crate::support::encode; });
    let shape = if fields.iter().any(Field::is_stored) {
        quote! { Property, Shape }
    } else {
        quote! { Shape }
    };
    let validate = checked.then(|| quote! { use crate::support::validate::{Check, Checker}; });
    let slot = (!fields.is_empty()).then(|| quote! { , Slot });
    let constant = fields.iter().any(|field| !field.is_stored()).then(|| quote! { Constant, });
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

fn fields_struct(context: &Context<'_>, fields: &[Field<'_>]) -> TokenStream {
    let members = fields.iter().map(|field| {
        let name = field.ident();
        match field.property.presence {
            Presence::Constant => {
                // A union marks it, where it is the tag.
                let tag = field.property.constant.as_ref().is_some_and(Value::is_string);
                let visibility = tag.then(|| quote! { pub(super) });
                quote! { #visibility #name: Slot<()>, }
            }
            Presence::Optional => {
                let ty = context.boxed_type(&field.property.schema.ty, field.property.boxed).tokens(Scope::Wire);
                quote! { #name: Slot<#ty>, }
            }
            _ => {
                let ty = context.field_type(field).tokens(Scope::Wire);
                quote! { #name: Slot<#ty>, }
            }
        }
    });
    quote! {
        #[derive(Default)]
        pub struct Fields { #(#members)* }
    }
}

fn decode(context: &Context<'_>, def: &TypeDef, object: &Object, fields: &[Field<'_>]) -> TokenStream {
    let name = ident(&def.name);
    let title = &def.name;
    let properties = fields.iter().map(|field| &field.property.name);
    let index = index(properties.clone());
    let read_field = read_field(fields);
    let build = build(context, &name, object, fields);
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

/// Looks a name up, by lengths and words, since the compiler knows them all.
pub(super) fn index(names: impl Iterator<Item = impl ToTokens>) -> TokenStream {
    let arms: Vec<_> = names
        .enumerate()
        .map(|(index, name)| {
            let index = Literal::usize_unsuffixed(index);
            quote! { #name => Some(#index), }
        })
        .collect();
    if arms.is_empty() {
        return quote! { let _ = name; None };
    }
    quote! {
        match name {
            #(#arms)*
            _ => None,
        }
    }
}

fn read_field(fields: &[Field<'_>]) -> TokenStream {
    let Some((last, others)) = fields.split_last() else {
        return quote! {
            // No key is listed, so none comes here.
            let (_, _) = (fields, index);
            reader.value(&mut None::<serde_json::Value>)
        };
    };
    let last = reading(last);
    if others.is_empty() {
        return quote! { let _ = index; #last };
    }
    let arms = others.iter().enumerate().map(|(index, field)| {
        let (index, reading) = (Literal::usize_unsuffixed(index), reading(field));
        quote! { #index => #reading, }
    });
    quote! {
        match index {
            #(#arms)*
            _ => #last,
        }
    }
}

fn reading(field: &Field<'_>) -> TokenStream {
    let name = field.ident();
    match field.property.presence {
        Presence::Constant => {
            let constant = match &field.property.constant {
                Some(Value::String(text)) => quote! { Constant::String(#text) },
                Some(Value::Bool(truth)) => quote! { Constant::Boolean(#truth) },
                Some(Value::Number(number)) if number.is_f64() => {
                    let number = literal::float(number.as_f64().unwrap_or_default());
                    quote! { Constant::Number(#number) }
                }
                value => {
                    let number = value.as_ref().and_then(Value::as_number).and_then(serde_json::Number::as_i128);
                    let number = literal::integer(number.unwrap_or_default());
                    quote! { Constant::Integer(#number) }
                }
            };
            quote! { reader.constant(&mut fields.#name, &#constant) }
        }
        Presence::Optional => quote! { reader.optional(&mut fields.#name) },
        Presence::Defaulted { optional: true } if !field.property.schema.nullable => {
            quote! { reader.optional(&mut fields.#name) }
        }
        _ => quote! { reader.value(&mut fields.#name) },
    }
}

fn build(context: &Context<'_>, name: &proc_macro2::Ident, object: &Object, fields: &[Field<'_>]) -> TokenStream {
    let members = fields.iter().filter(|field| field.is_stored()).map(|field| {
        let (ident, wire) = (field.ident(), &field.property.name);
        let value = match field.property.presence {
            Presence::Required => quote! { decode::required(fields.#ident, #wire)? },
            Presence::Optional => quote! { fields.#ident },
            Presence::Constant | Presence::RequiredNullable | Presence::OptionalNullable => {
                quote! { fields.#ident.unwrap_or_default() }
            }
            Presence::Defaulted { optional } => {
                let default = defaults::use_of(context, field, &quote! { Self });
                let producer = defaults::producer(context, field);
                if optional {
                    quote! { decode::or_default(fields.#ident, #wire, &mut unknown_fields, #producer) }
                } else if defaults::is_constant(context, field) {
                    quote! { fields.#ident.unwrap_or(#default) }
                } else {
                    quote! { fields.#ident.unwrap_or_else(#producer) }
                }
            }
        };
        quote! { #ident: #value, }
    });
    let members: Vec<_> = members.collect();
    let unused = members.is_empty().then(|| quote! { let _ = fields; });
    let typed = matches!(object.additional, Additional::Typed(_));
    let additional = typed.then(|| {
        quote! { additional_properties: decode::additional(&mut unknown_fields, Self::PROPERTIES)?, }
    });
    let optional_default = fields.iter().any(|field| field.property.presence == Presence::Defaulted { optional: true });
    let mutable = (typed || optional_default).then(|| quote! { let mut unknown_fields = unknown_fields; });
    quote! {
        #unused
        #mutable
        Ok(models::#name { #(#members)* #additional unknown_fields })
    }
}

fn encode(context: &Context<'_>, name: &proc_macro2::Ident, object: &Object, fields: &[Field<'_>]) -> TokenStream {
    let entries = fields.iter().map(|field| entry(context, field));
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

fn entry(context: &Context<'_>, field: &Field<'_>) -> TokenStream {
    let (name, wire) = (field.ident(), &field.property.name);
    match field.property.presence {
        Presence::Constant => {
            let constant = ident(&field.constant_name());
            let reference = (!matches!(field.property.constant, Some(Value::String(_)))).then(|| quote! { & });
            quote! { encode::constant(&mut map, #wire, #reference Self::#constant, &self.unknown_fields)?; }
        }
        Presence::Required | Presence::RequiredNullable | Presence::Defaulted { optional: false } => {
            quote! { map.serialize_entry(#wire, &self.#name)?; }
        }
        Presence::Optional => quote! { encode::optional(&mut map, #wire, self.#name.as_ref(), &self.unknown_fields)?; },
        Presence::OptionalNullable => quote! { encode::optional_nullable(&mut map, #wire, &self.#name)?; },
        Presence::Defaulted { optional: true } => {
            let producer = defaults::producer(context, field);
            quote! { encode::defaulted(&mut map, #wire, &self.#name, &self.unknown_fields, #producer)?; }
        }
    }
}
