//! The items of types.

use serde_json::Value;

use super::{Item, Kind, Owner};
use crate::emit::context::{Context, Field, fields};
use crate::emit::defaults::{Associated, scalar_type};
use crate::emit::object::{DefaultImpl, parameter, setter_parameter};
use crate::emit::public_api::Home;
use crate::emit::rust_type::RustType;
use crate::emit::union;
use crate::ir::{Additional, Alias, Enum, EnumRepr, Object, Property, TypeDef, TypeId, TypeKind, Union};

/// Adds those of a type.
pub fn add(context: &Context<'_>, id: TypeId, def: &TypeDef, items: &mut Vec<Item>) {
    let owner = Owner { home: Home::Models, name: &def.name, pointer: &def.pointer };
    match &def.kind {
        TypeKind::Object(object) => add_object(context, owner, def, object, items),
        TypeKind::Enum(values) => add_enum(owner, def, values, items),
        TypeKind::Union(union) => add_union(context, owner, def, union, items),
        TypeKind::Alias(alias) => add_alias(context, owner, def, alias, items),
    }
    // An alias has no methods, and a newtype leaves that to what contains it.
    if context.is_checked(id) && matches!(def.kind, TypeKind::Object(_) | TypeKind::Union(_)) {
        items.push(owner.method("validate", "Result<(), Violations>"));
    }
}

fn add_object(context: &Context<'_>, owner: Owner<'_>, def: &TypeDef, object: &Object, items: &mut Vec<Item>) {
    let fields = fields(object);
    items.push(owner.itself("struct", def.deprecated));
    items.extend(fields.iter().filter(|field| field.is_stored()).map(|field| {
        let Property { rust_name, pointer, deprecated, .. } = field.property;
        let item = owner.at(pointer).item(Kind::Field, rust_name, context.field_type(field));
        Item { deprecated: *deprecated, ..item }
    }));
    if let Additional::Typed(schema) = &object.additional {
        items.push(owner.item(Kind::Field, "additional_properties", context.schema_type(schema).map()));
    }
    items.push(owner.item(Kind::Field, "unknown_fields", "UnknownFields"));
    items.extend(fields.iter().filter_map(|field| constant(owner, field)));
    items.extend(fields.iter().filter_map(|field| default(context, owner, field)));
    items.push(owner.item(Kind::Constructor, "new()", "Self"));
    items.extend(fields.iter().filter(|field| field.property.in_constructor).enumerate().map(|(position, field)| {
        let Property { rust_name, pointer, .. } = field.property;
        let (ty, _) = parameter(context, field);
        let item = owner.at(pointer).item(Kind::Argument, format!("new({rust_name})"), ty);
        Item { position: Some(position), ..item }
    }));
    items.extend(fields.iter().filter_map(|field| {
        let Property { rust_name, pointer, deprecated, .. } = field.property;
        let (ty, _) = setter_parameter(context, field)?;
        let item = owner.at(pointer).item(Kind::Setter, format!("{rust_name}()"), ty);
        Some(Item { deprecated: *deprecated, ..item })
    }));
    items.extend(DefaultImpl::of(&fields).map(|_| owner.implements("Default", "")));
}

fn constant(owner: Owner<'_>, field: &Field<'_>) -> Option<Item> {
    let property = field.property;
    let value = property.constant.as_ref().filter(|_| !field.is_stored())?;
    let item = owner.at(&property.pointer).item(Kind::Constant, field.constant_name(), scalar_type(value)?);
    Some(Item { value: Some(value.to_string()), ..item })
}

fn default(context: &Context<'_>, owner: Owner<'_>, field: &Field<'_>) -> Option<Item> {
    let property = field.property;
    let associated = Associated::of(context, field)?;
    let (owner, name, ty) = (owner.at(&property.pointer), associated.name(field), associated.ty(context, field));
    let item = match associated {
        Associated::Text | Associated::Constant => owner.item(Kind::Constant, name, ty),
        Associated::Function => owner.method(&name, ty),
    };
    Some(Item { value: property.default.as_ref().map(Value::to_string), ..item })
}

fn add_enum(owner: Owner<'_>, def: &TypeDef, values: &Enum, items: &mut Vec<Item>) {
    let names = values.values.iter().map(|value| &value.rust_name);
    let listed = values.values.iter().map(|listed| &listed.value);
    let (inner, getter, listed): (_, _, Vec<_>) = match values.repr {
        EnumRepr::String => {
            (RustType::String, ("as_str", RustType::Str), listed.filter(|each| each.is_string()).collect())
        }
        EnumRepr::Integer => (RustType::I64, ("value", RustType::I64), listed.filter(|each| each.is_i64()).collect()),
    };
    items.push(owner.itself("enum", def.deprecated));
    items.extend(names.map(|name| owner.item(Kind::Variant, name, "")));
    items.push(owner.item(Kind::Variant, "Unknown", inner.clone()));
    let ty = match values.repr {
        EnumRepr::String => "&'static [&'static str]",
        EnumRepr::Integer => "&'static [i64]",
    };
    let texts: Vec<_> = listed.into_iter().map(Value::to_string).collect();
    let value = Some(format!("[{}]", texts.join(", ")));
    items.push(Item { value, ..owner.item(Kind::Constant, "VALUES", ty) });
    items.push(owner.method(getter.0, getter.1));
    items.push(owner.method("is_unknown", RustType::Bool));
    if values.repr == EnumRepr::String {
        items.push(owner.implements("From<&str>", ""));
    }
    items.push(owner.implements(format_args!("From<{inner}>"), ""));
    items.extend(["Display", "Eq", "Hash"].map(|name| owner.implements(name, "")));
}

fn add_union(context: &Context<'_>, owner: Owner<'_>, def: &TypeDef, union: &Union, items: &mut Vec<Item>) {
    items.push(owner.itself("enum", def.deprecated));
    items.extend(union.variants.iter().map(|variant| {
        let ty = context.boxed_type(&variant.schema.ty, variant.boxed);
        owner.at(&variant.pointer).item(Kind::Variant, &variant.rust_name, ty)
    }));
    items.push(owner.item(Kind::Variant, "Unknown", RustType::Json));
    items.push(owner.method("is_unknown", RustType::Bool));
    items.extend(
        union::accessors(context, union)
            .into_iter()
            .map(|accessor| owner.method(&accessor.field.property.rust_name, accessor.ty.option())),
    );
    items.extend(union::conversions(context, def, union).into_iter().map(|conversion| {
        owner.at(&conversion.variant.pointer).implements(format_args!("From<{}>", conversion.from), "")
    }));
}

fn add_alias(context: &Context<'_>, owner: Owner<'_>, def: &TypeDef, alias: &Alias, items: &mut Vec<Item>) {
    let ty = context.rust_type(&alias.schema.ty);
    if !alias.recursive {
        items.push(owner.itself(&format!("= {ty}"), def.deprecated));
        return;
    }
    items.push(owner.itself("struct", def.deprecated));
    items.push(owner.item(Kind::Field, "0", ty.clone()));
    items.push(owner.implements(format_args!("From<{ty}>"), ""));
    items.push(owner.implements("Default", ""));
}
