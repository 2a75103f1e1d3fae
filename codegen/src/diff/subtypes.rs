//! Schemas that inherit others by `allOf`, and the directions in which they cross the wire. A value of a schema with a
//! discriminator and without a union may be one of any schema that inherits it.

use super::located_value::LocatedValue;
use crate::ir::Usage;
use crate::resolve::{SchemaResolver, SchemaSite};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Adds the directions in which schemas cross the wire in the place of one that they inherit.
pub(super) fn spread_usage(schemas: &SchemaResolver<'_>, usages: &mut HashMap<String, Usage>) {
    let components = schemas.components.sites();
    let is_parent: Vec<bool> =
        components.iter().map(|part| discriminator(&LocatedValue::new(&part.pointer, part.json())).is_some()).collect();
    if !is_parent.contains(&true) {
        return;
    }
    let parents = parents(schemas);
    let directions: [fn(&mut Usage) -> &mut bool; 2] = [|usage| &mut usage.request, |usage| &mut usage.response];
    for direction in directions {
        let is_used =
            |part: &SchemaSite<'_>| usages.get(&*part.pointer).is_some_and(|usage| *direction(&mut usage.clone()));
        let used = components.iter().enumerate().filter(|(_, part)| is_used(part));
        let mut work: Vec<usize> = used.map(|(index, _)| index).collect();
        let mut seen: HashSet<usize> = work.iter().copied().collect();
        while let Some(index) = work.pop() {
            *direction(usages.entry(components[index].pointer.to_string()).or_default()) = true;
            let mut next = HashSet::new();
            references(schemas, components[index].json(), &mut next);
            if is_parent[index] {
                next.extend(subtypes(&parents, index));
                next.extend(mapped(schemas, components[index].json()));
            }
            work.extend(next.into_iter().filter(|index| seen.insert(*index)));
        }
    }
}

/// Returns the discriminator of a schema without a union.
pub(super) fn discriminator<'a>(schema: &LocatedValue<'a>) -> Option<LocatedValue<'a>> {
    let is_union = ["oneOf", "anyOf"].iter().any(|key| schema.raw.get(key).is_some());
    let own = schema.child("discriminator").filter(|own| !is_union && own.text("propertyName").is_some());
    own.or_else(|| schema.child("allOf")?.elements().find_map(|part| discriminator(&part)))
}

/// Returns the components in the mapping of a schema's discriminator.
fn mapped(schemas: &SchemaResolver<'_>, raw: &Value) -> Vec<usize> {
    let mapping = discriminator(&LocatedValue::new("", raw)).and_then(|discriminator| discriminator.child("mapping"));
    let names = mapping.iter().flat_map(LocatedValue::entries).filter_map(|(_, name)| name.raw.as_str());
    names.filter_map(|name| schemas.components.mapping_target(name)).collect()
}

/// Returns the components that each component inherits.
pub(super) fn parents(schemas: &SchemaResolver<'_>) -> Vec<HashSet<usize>> {
    fn add(schemas: &SchemaResolver<'_>, raw: &Value, found: &mut HashSet<usize>) {
        for part in raw.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            found.extend(
                part.get("$ref").and_then(Value::as_str).and_then(|reference| schemas.components.target(reference)),
            );
            add(schemas, part, found);
        }
    }
    let components = schemas.components.sites().iter().map(|part| {
        let mut found = HashSet::new();
        add(schemas, part.json(), &mut found);
        found
    });
    components.collect()
}

/// Returns the components that inherit one, also by way of others, in the order of the document.
pub(super) fn subtypes(parents: &[HashSet<usize>], of: usize) -> Vec<usize> {
    let mut found = vec![of];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        next += 1;
        for (index, inherited) in parents.iter().enumerate() {
            if inherited.contains(&parent) && !found.contains(&index) {
                found.push(index);
            }
        }
    }
    found.remove(0);
    found.sort_unstable();
    found
}

/// Adds the components that a schema refers to.
fn references(schemas: &SchemaResolver<'_>, raw: &Value, found: &mut HashSet<usize>) {
    match raw {
        Value::Object(object) => {
            found.extend(
                object.get("$ref").and_then(Value::as_str).and_then(|reference| schemas.components.target(reference)),
            );
            object.values().for_each(|value| references(schemas, value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(schemas, value, found)),
        _ => {}
    }
}
