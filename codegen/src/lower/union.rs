//! Decides the variants of a `oneOf` or `anyOf`, how a decoder distinguishes them, and their names.

use super::discriminator;
use super::name_scope::NameScope;
use super::schema_form::SchemaForm;
use super::specificity::{VariantOrder, most_specific_first};
use super::union_member::UnionMember;
use super::unused_renames::unused_renames;
use crate::diagnostics::Diagnostic;
use crate::ir::{EnumRepr, UnionKind};
use crate::resolve::{Annotations, ComponentSchemas, JsonType, JsonTypes, MergedSchema, SchemaResolver, UnionSchema};
use crate::rust_name;
use std::rc::Rc;

const RENAME: &str = "name it in `x-rust-names` of the union, by its tag value, schema name or JSON type; an inline \
                      variant can have an `x-rust-name` instead";

/// A union whose variants are still to be lowered.
pub(super) struct DecidedUnion<'a> {
    pub(super) kind: UnionKind,
    pub(super) exclusive: bool,
    pub(super) members: Vec<UnionMember<'a>>,
}

/// Decides the union of a schema; `None` if the schema has none.
pub(super) fn decide<'a>(
    schemas: &mut SchemaResolver<'a>,
    merged: &MergedSchema<'a>,
    type_name: &str,
) -> Option<DecidedUnion<'a>> {
    let (union, others) = merged.unions.split_first()?;
    for other in others {
        schemas.report(
            Diagnostic::error("unsupported-union", &*other.pointer, "two unions for the same value are not supported")
                .related(&*union.pointer, "the other union")
                .help("write one union that lists the combinations"),
        );
    }
    let mut members = members(schemas, merged, union);
    let kind = kind(schemas, union, &mut members);
    if !matches!(kind, UnionKind::Tagged { .. }) || union.discriminator.is_none() {
        let components: Vec<Option<usize>> = members.iter().map(|member| member.component).collect();
        let shapes: Vec<Rc<MergedSchema<'a>>> = members.iter().map(|member| Rc::clone(&member.merged)).collect();
        for index in schemas.repeated_variants(union, &components, &shapes) {
            if let Some(member) = members.get_mut(index) {
                member.repeated = true;
            }
        }
    }
    members.retain(|member| !member.repeated);
    if kind == UnionKind::Untagged {
        members = in_order_of_attempts(schemas, members);
    }
    name_variants(schemas, merged, type_name, &mut members);
    Some(DecidedUnion { kind, exclusive: union.exclusive, members })
}

/// Sorts the variants of an untagged union in the order in which a decoder tries them, and reports those that it never
/// reaches.
fn in_order_of_attempts<'a>(schemas: &mut SchemaResolver<'a>, members: Vec<UnionMember<'a>>) -> Vec<UnionMember<'a>> {
    let shapes: Vec<Rc<MergedSchema<'a>>> = members.iter().map(|member| Rc::clone(&member.merged)).collect();
    let VariantOrder { order, never_selected } = most_specific_first(schemas, &shapes);
    for (earlier, later) in never_selected {
        let (Some(earlier), Some(later)) = (members.get(earlier), members.get(later)) else { continue };
        let message = "no value selects this variant, because decoding ignores bounds and tries another variant first";
        schemas.report(
            Diagnostic::warning("never-matches", &*later.site.pointer, message)
                .related(&*earlier.site.pointer, "this variant accepts each of its values")
                .help("merge the two variants, or require a property with one value in each"),
        );
    }
    let mut slots: Vec<Option<UnionMember<'a>>> = members.into_iter().map(Some).collect();
    order.into_iter().filter_map(|index| slots.get_mut(index)?.take()).collect()
}

/// Returns the variants, each with the properties beside the union merged into it.
fn members<'a>(
    schemas: &mut SchemaResolver<'a>,
    merged: &MergedSchema<'a>,
    union: &UnionSchema<'a>,
) -> Vec<UnionMember<'a>> {
    let base = MergedSchema { unions: Vec::new(), nullable: None, ..merged.clone() };
    let mut members = Vec::with_capacity(union.variants.len());
    for site in &union.variants {
        let sites = std::slice::from_ref(site);
        let component = schemas.component_use(sites).map(|used| used.component);
        let shape = schemas.resolve(sites);
        let adds_members = base.has_members() && !shape.inherits_members(&base);
        let extended = adds_members || base.required.keys().any(|name| !shape.required.contains_key(name));
        let merged = if extended {
            let annotations = if component.is_some() { Annotations::default() } else { shape.annotations };
            let mut variant = base.clone();
            variant.json_type = variant.json_type.or(Some(JsonType::Object));
            variant.merge(MergedSchema { annotations, ..(*shape).clone() }, &mut schemas.diagnostics);
            variant.annotations = annotations;
            variant.pointer = Rc::clone(&site.pointer);
            Rc::new(variant)
        } else {
            shape
        };
        members.push(UnionMember::new(site.clone(), component, merged, extended));
    }
    members
}

fn kind<'a>(schemas: &mut SchemaResolver<'a>, union: &UnionSchema<'a>, members: &mut [UnionMember<'a>]) -> UnionKind {
    if let Some(property) = union.tag_property() {
        discriminator::select(schemas, union, property, members);
        return UnionKind::Tagged { property: property.to_owned(), inferred: false };
    }
    if let Some(property) = discriminator::infer(schemas, members) {
        return UnionKind::Tagged { property: property.to_owned(), inferred: true };
    }
    let mut seen: Vec<JsonTypes> = Vec::new();
    let disjoint = members.iter().all(|member| {
        let types = schemas.accepted_types(&member.merged);
        let fresh = types.is_one() && !seen.iter().any(|other| other.overlaps(types));
        seen.push(types);
        fresh
    });
    if disjoint { UnionKind::ByJsonType } else { UnionKind::Untagged }
}

fn name_variants<'a>(
    schemas: &mut SchemaResolver<'a>,
    merged: &MergedSchema<'a>,
    type_name: &str,
    members: &mut [UnionMember<'a>],
) {
    let what = format!("variant of `{type_name}`");
    let mut scope = NameScope::new(&what, RENAME, &["Unknown"]);
    let renames = merged.annotations.rust_names;
    let mut known: Vec<String> = Vec::new();
    let mut unnamed = Vec::new();
    for member in members {
        let keys = rename_keys(&schemas.components, member);
        let given = renames.and_then(|renames| keys.iter().find_map(|key| renames.get(key)?.as_str()));
        member.rust_name = given.map_or_else(|| variant_name(&schemas.components, member), str::to_owned);
        if given.is_none()
            && let Some(key) = keys.first()
        {
            unnamed.push((Rc::clone(&member.site.pointer), key.clone(), member.rust_name.clone()));
        }
        known.extend(keys);
        schemas.diagnostics.extend(scope.claim(&member.rust_name, &member.site.pointer));
    }
    // One name alone may resolve a clash. Of several, the missing one is an oversight.
    if renames.is_some_and(|renames| renames.len() > 1) {
        schemas.diagnostics.extend(unnamed.iter().map(|(at, key, name)| missing_name(type_name, at, key, name)));
    }
    schemas.diagnostics.extend(unused_renames(renames, &merged.pointer, "variant", &known));
}

fn missing_name(type_name: &str, at: &str, key: &str, name: &str) -> Diagnostic {
    let message =
        format!("`x-rust-names` of `{type_name}` names other variants, but not `{key}`, which is `{name}` now");
    Diagnostic::warning("missing-name", at, message)
        .help(format!("add `{key}: {name}` to `x-rust-names`, or another name"))
}

/// Returns the keys of `x-rust-names` that name a variant.
fn rename_keys(components: &ComponentSchemas<'_>, member: &UnionMember<'_>) -> Vec<String> {
    if !member.tags.is_empty() {
        return member.tags.clone();
    }
    let key = member.component.and_then(|index| components.key(index));
    let json_type = member.merged.json_type.filter(|_| member.merged.unions.is_empty()).map(JsonType::name);
    key.into_iter().chain(json_type).map(str::to_owned).collect()
}

/// Names a variant after its tag, its schema, or its JSON type.
fn variant_name(components: &ComponentSchemas<'_>, member: &UnionMember<'_>) -> String {
    if let Some(tag) = member.tags.first() {
        return rust_name::variant(tag);
    }
    if let Some(site) = member.component.and_then(|index| components.site(index)) {
        return site.type_name.as_ref().to_owned();
    }
    if let Some(name) = member.site.schema.annotations.rust_name {
        return name.to_owned();
    }
    let name = match SchemaForm::of(&member.merged) {
        SchemaForm::Any => "Any",
        SchemaForm::Boolean => "Boolean",
        SchemaForm::Integer | SchemaForm::Enum(EnumRepr::Integer) => "Integer",
        SchemaForm::Number => "Number",
        SchemaForm::String | SchemaForm::Enum(EnumRepr::String) => "String",
        SchemaForm::List => "List",
        SchemaForm::Map => "Map",
        SchemaForm::Struct => "Object",
        SchemaForm::Union => "Union",
    };
    name.to_owned()
}
