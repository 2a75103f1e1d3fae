//! The public items of types.

use serde_json::Value;

use super::item::{ItemKind, ItemOwner, PublicItem, PublicModule};
use crate::emit::context::Context;
use crate::emit::defaults::DefaultAccess;
use crate::emit::json_literal::scalar_type;
use crate::emit::object::DefaultImpl;
use crate::emit::rust_type::RustType;
use crate::emit::setter_parameters::{argument, setter_parameter};
use crate::emit::union_conversions::conversions;
use crate::emit::{fields, union};
use crate::ir::{Additional, Alias, Constructor, Enum, EnumRepr, Object, Property, TypeDef, TypeId, TypeKind, Union};
use crate::numbers::whole;

/// Adds the items of a type.
pub fn add(context: &Context<'_>, id: TypeId, def: &TypeDef, items: &mut Vec<PublicItem>) {
    let owner = ItemOwner { module: PublicModule::Models, name: &def.name, pointer: &def.pointer };
    match &def.kind {
        TypeKind::Object(object) => add_object(context, owner, def, object, items),
        TypeKind::Enum(values) => add_enum(owner, def, values, items),
        TypeKind::Union(union) => add_union(context, owner, def, union, items),
        TypeKind::Alias(alias) => add_alias(context, owner, def, alias, items),
    }
    // An alias has no methods. A newtype has no `validate()`, because the types that contain it check it.
    if context.is_checked(id) && matches!(def.kind, TypeKind::Object(_) | TypeKind::Union(_)) {
        items.push(owner.method("validate", "Result<(), Violations>"));
    }
}

fn add_object(
    context: &Context<'_>,
    owner: ItemOwner<'_>,
    def: &TypeDef,
    object: &Object,
    items: &mut Vec<PublicItem>,
) {
    items.push(owner.itself("struct", def.deprecated));
    items.extend(fields::stored(object).map(|property| {
        let Property { rust_name, pointer, deprecated, .. } = property;
        let item = owner.at(pointer).item(ItemKind::Field, rust_name, fields::field_type(&context.types, property));
        PublicItem { deprecated: *deprecated, ..item }
    }));
    if let Additional::Typed(schema) = &object.additional {
        items.push(owner.item(ItemKind::Field, "additional_properties", context.types.schema_type(schema).map()));
    }
    items.push(owner.item(ItemKind::Field, "unknown_fields", "UnknownFields"));
    items.extend(object.properties.iter().filter_map(|property| constant(owner, property)));
    items.extend(object.properties.iter().filter_map(|property| default(context, owner, property)));
    add_constructor(context, owner, def, object, items);
    items.extend(object.properties.iter().filter_map(|property| {
        let Property { rust_name, pointer, deprecated, .. } = property;
        let (ty, _) = setter_parameter(context, property)?;
        let item = owner.at(pointer).item(ItemKind::Setter, format!("{rust_name}()"), ty);
        Some(PublicItem { deprecated: *deprecated, ..item })
    }));
    items.extend(DefaultImpl::of(object).map(|_| owner.implements("Default", "")));
}

/// Adds the constructor and its arguments. Those by name are public fields of a struct.
fn add_constructor(
    context: &Context<'_>,
    owner: ItemOwner<'_>,
    def: &TypeDef,
    object: &Object,
    items: &mut Vec<PublicItem>,
) {
    let signature = match &object.constructor {
        Constructor::Positional => "Self".to_owned(),
        Constructor::Named(name) => {
            items.push(ItemOwner { name, ..owner }.itself("struct", def.deprecated));
            format!("fn({name}) -> Self")
        }
    };
    items.push(owner.item(ItemKind::Constructor, "new()", signature));
    let is_named = matches!(object.constructor, Constructor::Named(_));
    items.extend(fields::arguments(object).enumerate().map(|(position, property)| {
        let Property { rust_name, pointer, deprecated, .. } = property;
        let (ty, _) = argument(context, object, property);
        let item = owner.at(pointer).item(ItemKind::Argument, format!("new({rust_name})"), ty);
        PublicItem { position: (!is_named).then_some(position), deprecated: is_named && *deprecated, ..item }
    }));
}

fn constant(owner: ItemOwner<'_>, property: &Property) -> Option<PublicItem> {
    let value = property.constant.as_ref().filter(|_| !fields::is_stored(property))?;
    let item =
        owner.at(&property.pointer).item(ItemKind::Constant, fields::constant_name(property), scalar_type(value)?);
    Some(PublicItem { value: Some(value.to_string()), ..item })
}

fn default(context: &Context<'_>, owner: ItemOwner<'_>, property: &Property) -> Option<PublicItem> {
    let access = DefaultAccess::of(context, property)?;
    let (owner, name, ty) = (owner.at(&property.pointer), access.name(property), access.ty(context, property));
    let item = match access {
        DefaultAccess::TextConstant | DefaultAccess::Constant => owner.item(ItemKind::Constant, name, ty),
        DefaultAccess::Function => owner.method(&name, ty),
    };
    // `2.0` is the value `2`.
    let shown =
        |value: &Value| value.as_number().and_then(whole).map_or_else(|| value.to_string(), |whole| whole.to_string());
    Some(PublicItem { value: property.default.as_ref().map(shown), ..item })
}

fn add_enum(owner: ItemOwner<'_>, def: &TypeDef, values: &Enum, items: &mut Vec<PublicItem>) {
    let names = values.values.iter().map(|value| &value.rust_name);
    let listed = values.values.iter().map(|listed| &listed.value);
    let (inner, getter, listed): (_, _, Vec<_>) = match values.repr {
        EnumRepr::String => {
            (RustType::String, ("as_str", RustType::Str), listed.filter(|each| each.is_string()).collect())
        }
        EnumRepr::Integer => (RustType::I64, ("value", RustType::I64), listed.filter(|each| each.is_i64()).collect()),
    };
    items.push(owner.itself("enum", def.deprecated));
    items.extend(names.map(|name| owner.item(ItemKind::Variant, name, "")));
    items.push(owner.item(ItemKind::Variant, "Unknown", inner.clone()));
    let ty = match values.repr {
        EnumRepr::String => "&'static [&'static str]",
        EnumRepr::Integer => "&'static [i64]",
    };
    let texts: Vec<_> = listed.into_iter().map(Value::to_string).collect();
    let value = Some(format!("[{}]", texts.join(", ")));
    items.push(PublicItem { value, ..owner.item(ItemKind::Constant, "VALUES", ty) });
    items.push(owner.method(getter.0, getter.1));
    items.push(owner.method("is_unknown", RustType::Bool));
    if values.repr == EnumRepr::String {
        items.push(owner.implements("From<&str>", ""));
    }
    items.push(owner.implements(format_args!("From<{inner}>"), ""));
    items.extend(["Display", "Eq", "Hash"].map(|name| owner.implements(name, "")));
}

fn add_union(context: &Context<'_>, owner: ItemOwner<'_>, def: &TypeDef, union: &Union, items: &mut Vec<PublicItem>) {
    items.push(owner.itself("enum", def.deprecated));
    items.extend(union.variants.iter().map(|variant| {
        let ty = context.types.boxed_type(&variant.schema.ty, variant.boxed);
        owner.at(&variant.pointer).item(ItemKind::Variant, &variant.rust_name, ty)
    }));
    items.push(owner.item(ItemKind::Variant, "Unknown", RustType::Json));
    items.push(owner.method("is_unknown", RustType::Bool));
    items.extend(
        union::accessors(context, union)
            .into_iter()
            .map(|accessor| owner.method(&accessor.property.rust_name, accessor.ty.option())),
    );
    items.extend(conversions(&context.types, def, union).into_iter().map(|conversion| {
        owner.at(&conversion.variant.pointer).implements(format_args!("From<{}>", conversion.from), "")
    }));
}

fn add_alias(context: &Context<'_>, owner: ItemOwner<'_>, def: &TypeDef, alias: &Alias, items: &mut Vec<PublicItem>) {
    let ty = context.types.rust_type(&alias.schema.ty);
    if !alias.recursive {
        items.push(owner.itself(&format!("= {ty}"), def.deprecated));
        return;
    }
    items.push(owner.itself("struct", def.deprecated));
    items.push(owner.item(ItemKind::Field, "0", ty.clone()));
    items.push(owner.implements(format_args!("From<{ty}>"), ""));
    items.push(owner.implements("Default", ""));
}
