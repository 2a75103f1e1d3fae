//! Decides which property is the discriminator of a union, and which values select each variant.

use super::union_member::UnionMember;
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::resolve::{JsonType, MergedSchema, SchemaResolver, UnionSchema};
use crate::suggest;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The discriminator property of a variant.
enum TagProperty<'a> {
    /// It has one of these values.
    Listed(Vec<&'a str>),
    /// It is any string.
    Free,
    /// It cannot be a discriminator: the reason, and what to do.
    Unfit(String, &'static str),
}

/// Infers the discriminator of a union that does not declare one: the first property that has a different constant in
/// each variant.
pub(super) fn infer<'a>(schemas: &mut SchemaResolver<'a>, members: &mut [UnionMember<'a>]) -> Option<&'a str> {
    let objects = members.iter().all(|member| {
        member.merged.json_type == Some(JsonType::Object)
            && !member.merged.properties.is_empty()
            && member.merged.unions.is_empty()
    });
    if !objects {
        return None;
    }
    let candidates: Vec<&'a str> = members.first()?.merged.properties.keys().copied().collect();
    for property in candidates {
        let Some(values) = distinct_constants(schemas, members, property) else { continue };
        for (member, value) in members.iter_mut().zip(values) {
            member.tags.push(value.to_owned());
        }
        return Some(property);
    }
    None
}

/// Returns the constants of a property in all variants, if they all differ.
fn distinct_constants<'a>(
    schemas: &mut SchemaResolver<'a>,
    members: &[UnionMember<'a>],
    property: &str,
) -> Option<Vec<&'a str>> {
    let mut values: Vec<&'a str> = Vec::with_capacity(members.len());
    let mut seen = HashSet::new();
    for member in members {
        let TagProperty::Listed(listed) = tag_property(schemas, &member.merged, property) else { return None };
        let [value] = listed.as_slice() else { return None };
        if !seen.insert(*value) {
            return None;
        }
        values.push(value);
    }
    Some(values)
}

fn tag_property<'a>(schemas: &mut SchemaResolver<'a>, merged: &MergedSchema<'a>, property: &str) -> TagProperty<'a> {
    let Some(sites) = merged.properties.get(property) else { return without_property(merged, property) };
    if !merged.required.contains_key(property) {
        let message = format!("its property `{property}` is not required");
        return TagProperty::Unfit(message, "add the property to `required`");
    }
    let shape = schemas.resolve(sites);
    if shape.json_type != Some(JsonType::String) || !shape.unions.is_empty() || shape.is_nullable() {
        let message = format!("its property `{property}` is not a string, or is nullable");
        return TagProperty::Unfit(message, "make the property a `string` without `nullable: true`");
    }
    match &shape.values {
        Some(values) => TagProperty::Listed(values.iter().filter_map(|value| value.as_str()).collect()),
        None => TagProperty::Free,
    }
}

fn without_property<'a>(merged: &MergedSchema<'a>, property: &str) -> TagProperty<'a> {
    let (message, help) = if !merged.unions.is_empty() {
        ("it is a union".to_owned(), "list the variants of that union here")
    } else if merged.json_type == Some(JsonType::Object) {
        (format!("it has no property `{property}`"), "add the property with `type: string`, and list it in `required`")
    } else {
        ("it is not an object".to_owned(), "list only objects, or remove the discriminator")
    };
    TagProperty::Unfit(message, help)
}

/// Gives each variant the values of the declared discriminator that select it.
pub(super) fn select<'a>(
    schemas: &mut SchemaResolver<'a>,
    union: &UnionSchema<'a>,
    property: &str,
    members: &mut [UnionMember<'a>],
) {
    let by_component = first_by_component(schemas, members);
    map_values(schemas, union, &by_component, members);
    let by_value = components_by_value(schemas, property, members);
    let mut seen: HashMap<String, Rc<str>> = HashMap::new();
    for (index, member) in members.iter_mut().enumerate() {
        if member.component.is_some_and(|component| by_component.get(&component) != Some(&index)) {
            member.repeated = true;
            continue;
        }
        check_values(schemas, (union, property), &by_value, member);
        for tag in &member.tags {
            let Some(other) = seen.get(tag) else {
                seen.insert(tag.clone(), Rc::clone(&member.site.pointer));
                continue;
            };
            member.repeated = true;
            let message = format!("the tag value `{tag}` selects two variants");
            schemas.report(
                Diagnostic::error("union-tag", &*member.site.pointer, message)
                    .related(&**other, "the other variant")
                    .help("give each variant its own value, both in its property and in the mapping"),
            );
        }
    }
}

/// Returns the name of the component whose property has each value.
fn components_by_value<'a>(
    schemas: &mut SchemaResolver<'a>,
    property: &str,
    members: &[UnionMember<'a>],
) -> HashMap<&'a str, &'a str> {
    let mut by_value = HashMap::new();
    for member in members {
        let key = member.component.and_then(|index| schemas.components.key(index));
        if let (Some(key), TagProperty::Listed(values)) = (key, tag_property(schemas, &member.merged, property)) {
            by_value.extend(values.into_iter().map(|value| (value, key)));
        }
    }
    by_value
}

/// Returns the first variant of each component, and reports the others.
fn first_by_component<'a>(schemas: &mut SchemaResolver<'a>, members: &[UnionMember<'a>]) -> HashMap<usize, usize> {
    let mut by_component: HashMap<usize, usize> = HashMap::new();
    for (index, member) in members.iter().enumerate() {
        let Some(component) = member.component else { continue };
        let first = *by_component.entry(component).or_insert(index);
        if let Some(first) = members.get(first).filter(|_| first != index) {
            schemas.report(
                Diagnostic::error("union-tag", &*member.site.pointer, "this variant is listed twice")
                    .related(&*first.site.pointer, "first listed here")
                    .help("list it once: several tag values of the mapping can lead to one variant"),
            );
        }
    }
    by_component
}

/// Reads the `mapping` of a discriminator.
fn map_values<'a>(
    schemas: &mut SchemaResolver<'a>,
    union: &UnionSchema<'a>,
    by_component: &HashMap<usize, usize>,
    members: &mut [UnionMember<'a>],
) {
    for (tag, target) in union.mapping().into_iter().flatten() {
        let Some(target) = target.as_str() else { continue };
        let component = schemas.components.mapping_target(target);
        let member = component.and_then(|component| by_component.get(&component));
        if let Some(member) = member.and_then(|index| members.get_mut(*index)) {
            member.tags.push(tag.clone());
            continue;
        }
        let may_suggest = schemas.may_suggest();
        let variants = members.iter().filter_map(|member| schemas.components.key(member.component?));
        let name = target.rsplit('/').next().unwrap_or(target);
        let near = may_suggest.then(|| suggest::nearest(name, variants)).flatten();
        let help = near.map_or_else(
            || "add it to the variants, or remove it from the mapping".to_owned(),
            |near| format!("did you mean `#/components/schemas/{near}`?"),
        );
        let message = format!("`{target}` is not a variant of this union");
        report(schemas, &mapping_pointer(union, tag), message, help);
    }
}

/// Compares the mapping's values for a variant with those of its property. Without a mapping, the schema's name is the
/// value.
fn check_values<'a>(
    schemas: &mut SchemaResolver<'a>,
    (union, property): (&UnionSchema<'a>, &str),
    by_value: &HashMap<&'a str, &'a str>,
    member: &mut UnionMember<'a>,
) {
    let at = Rc::clone(&member.site.pointer);
    let key = member.component.and_then(|index| schemas.components.key(index));
    let listed = match tag_property(schemas, &member.merged, property) {
        TagProperty::Unfit(message, help) => {
            let subject = key.map_or_else(String::new, |name| format!(" (`{name}`)"));
            report(schemas, &at, format!("this variant{subject} has no tag: {message}"), help);
            None
        }
        TagProperty::Free => None,
        TagProperty::Listed(values) => Some(values),
    };
    if !member.tags.is_empty() {
        let Some(listed) = listed else { return };
        for tag in member.tags.iter().filter(|tag| !listed.contains(&tag.as_str())) {
            let at = mapping_pointer(union, tag);
            let listed = quoted(&listed);
            let message = format!("`{tag}` cannot select this variant: its property `{property}` is {listed}");
            let help = match by_value.get(tag.as_str()) {
                Some(owner) => format!("write `{tag}: '#/components/schemas/{owner}'` in the mapping"),
                None => format!("write {listed} as the key in the mapping"),
            };
            report(schemas, &at, message, help);
        }
        return;
    }
    let is_mapped = |value: &&&str| union.mapping().is_some_and(|mapping| mapping.contains_key(**value));
    if let Some(value) = listed.as_ref().and_then(|listed| listed.iter().find(is_mapped)) {
        // The entry leads elsewhere, which is an error of its own.
        member.tags.push(key.unwrap_or(value).to_owned());
        return;
    }
    match (key, listed) {
        (Some(name), listed) => {
            member.tags.push(name.to_owned());
            if let Some(listed) = listed.filter(|listed| !listed.contains(&name)) {
                let message = format!(
                    "without an entry in `mapping`, the tag value is the schema name `{name}`, but `{property}` is {}",
                    quoted(&listed)
                );
                let value = listed.first().copied().unwrap_or_default();
                let help = format!("add `{value}: '#/components/schemas/{name}'` to the discriminator's `mapping`");
                report(schemas, &at, message, help);
            }
        }
        // An inline variant does not have a name, but the values of its property select it.
        (None, Some(listed)) => member.tags.extend(listed.into_iter().map(str::to_owned)),
        (None, None) => {
            let message = "no tag value selects this variant".to_owned();
            let help = "move it to `components.schemas`, and add it to the discriminator's `mapping`";
            report(schemas, &at, message, help);
        }
    }
}

fn report(schemas: &mut SchemaResolver<'_>, at: &str, message: String, help: impl Into<String>) {
    schemas.report(Diagnostic::error("union-tag", at, message).help(help));
}

/// Returns the pointer of an entry in the `mapping` of a union.
fn mapping_pointer(union: &UnionSchema<'_>, tag: &str) -> Rc<str> {
    pointer::child(&format!("{}/discriminator/mapping", union.owner), tag)
}

fn quoted(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(" or ")
}
