//! The list of types, and the types that have `validate()`.

use chatkit_codegen::ir::{Additional, Schema, SizeBounds, Type, TypeId, TypeKind};
use chatkit_tests::spec::{self, API};
use chatkit_tests::types::TYPES;

#[test]
fn the_list_of_types_is_that_of_the_spec() {
    let mut listed: Vec<_> = TYPES.iter().map(|ty| (ty.schema, ty.name)).collect();
    let mut spec: Vec<_> = API.types.iter().map(|def| (spec::schema_name(def), def.name.as_str())).collect();
    listed.sort_unstable();
    spec.sort_unstable();
    let missing: Vec<_> = spec.iter().filter(|ty| !listed.contains(ty)).collect();
    let too_many: Vec<_> = listed.iter().filter(|ty| !spec.contains(ty)).collect();
    let help = "run `cargo xtask regenerate`";
    assert!(missing.is_empty() && too_many.is_empty(), "missing: {missing:?}, too many: {too_many:?}: {help}");
    assert_eq!(listed, spec, "a type is listed twice");
}

#[test]
fn only_types_with_bounds_have_validate() {
    for (id, ty) in super::types() {
        assert_eq!(ty.validate.is_some(), has_bounds(id, &[]), "{}", ty.schema);
    }
}

/// Whether a type or one within it has a bound. `around` are the types that contain it.
fn has_bounds(id: TypeId, around: &[TypeId]) -> bool {
    if around.contains(&id) {
        return false;
    }
    let around = &[around, &[id]].concat();
    match &API.type_def(id).kind {
        TypeKind::Object(object) => {
            let typed = match &object.additional {
                Additional::Typed(schema) => bounded(schema, around),
                Additional::Any | Additional::Closed => false,
            };
            let mut fields = object.properties.iter().filter(|property| property.constant.is_none());
            typed || object.size != SizeBounds::default() || fields.any(|field| bounded(&field.schema, around))
        }
        TypeKind::Union(union) => union.variants.iter().any(|variant| bounded(&variant.schema, around)),
        TypeKind::Alias(alias) => bounded(&alias.schema, around),
        TypeKind::Enum(_) => false,
    }
}

/// Whether a schema has a bound. A number always has one: it must be finite.
fn bounded(schema: &Schema, around: &[TypeId]) -> bool {
    let none = SizeBounds::default();
    match &schema.ty {
        Type::Any | Type::Boolean => false,
        Type::Number(_) => true,
        Type::Integer(integer) => {
            let bounds = &integer.bounds;
            bounds.minimum.is_some() || bounds.maximum.is_some() || bounds.multiple_of.is_some()
        }
        Type::String(string) => {
            string.pattern.is_some()
                || string.length != none
                || matches!(string.format.as_deref(), Some("uri" | "date-time" | "date" | "uuid" | "byte"))
        }
        Type::List(list) => list.unique || list.size != none || bounded(&list.items, around),
        Type::Map(map) => map.keys != none || map.size != none || bounded(&map.values, around),
        Type::Named(id) => has_bounds(*id, around),
    }
}
