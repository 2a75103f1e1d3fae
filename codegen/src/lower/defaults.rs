//! Defaults that contain themselves, lack a required property, or hold an integer that their type does not.

use super::type_graph::components;
use crate::diagnostics::Diagnostic;
use crate::ir::{Api, IntegerWidth, Presence, Property, Type, TypeDef, TypeId, TypeKind, Union, UnionKind};
use crate::numbers::whole;
use serde_json::{Map, Number, Value};
use std::collections::{HashMap, HashSet};

/// Reports defaults that contain themselves, and defaults that lack a required property.
///
/// A default contains itself if an object in it omits a property whose default leads back to it. Only types that
/// requests do not reach take their defaults when they are decoded.
pub(super) fn check(api: &Api, found: &mut Vec<Diagnostic>) {
    let mut places: HashMap<(usize, usize), usize> = HashMap::new();
    let mut properties: Vec<&Property> = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let TypeKind::Object(object) = &def.kind else { continue };
        for (position, property) in object.properties.iter().enumerate().filter(|(_, property)| has_default(property)) {
            if takes_default(property) {
                places.insert((index, position), properties.len());
            }
            properties.push(property);
        }
    }
    report_integers_out_of_range(api, &places, found);
    let mut edges: Vec<Vec<usize>> = Vec::with_capacity(properties.len());
    for property in &properties {
        let mut search = DefaultSearch::new(api, &places);
        search.value(&property.schema.ty, property.default.as_ref().unwrap_or(&Value::Null));
        if let Some((def, lacking)) = search.lacking {
            let message =
                format!("the default of `{}` lacks `{lacking}`, which `{}` requires", property.name, def.name);
            let help = format!(
                "add `{lacking}: …` to the default: `{}` is used in one direction only, and requires it there",
                def.name
            );
            let at = format!("{}/default", property.pointer);
            found.push(Diagnostic::error("incomplete-default", at, message).help(help));
        }
        edges.push(search.taken);
    }
    find_endless(&properties, &edges, found);
}

/// Reports integers in defaults and examples that the Rust types do not hold.
fn report_integers_out_of_range(api: &Api, places: &HashMap<(usize, usize), usize>, found: &mut Vec<Diagnostic>) {
    let mut check = |ty: &Type, value: Option<&Value>, (rule, key): (&'static str, &str), pointer: &str| {
        let mut search = DefaultSearch::new(api, places);
        search.value(ty, value.unwrap_or(&Value::Null));
        if let Some((number, width)) = search.out_of_range {
            let (least, most) = width.range().into_inner();
            let message = format!("the {key} contains {number}, but its Rust type holds {least} to {most}");
            let help = "write an integer within this range, or declare the integer as `type: number`";
            found.push(Diagnostic::error(rule, format!("{pointer}/{key}"), message).help(help));
        }
    };
    let (default, example) = (("bad-default", "default"), ("bad-example", "example"));
    for (index, def) in api.types.iter().enumerate() {
        let ty = Type::Named(TypeId(index));
        check(&ty, def.default.as_ref(), default, &def.pointer);
        check(&ty, def.docs.example.as_ref(), example, &def.pointer);
        let TypeKind::Object(object) = &def.kind else { continue };
        for property in object.properties.iter().filter(|property| property.constant.is_none()) {
            check(&property.schema.ty, property.default.as_ref(), default, &property.pointer);
            check(&property.schema.ty, property.docs.example.as_ref(), example, &property.pointer);
        }
    }
}

fn find_endless(properties: &[&Property], edges: &[Vec<usize>], found: &mut Vec<Diagnostic>) {
    let components = components(edges);
    let mut reported = HashSet::new();
    for (index, (property, edges)) in properties.iter().zip(edges).enumerate() {
        let endless = edges.iter().any(|to| components.get(*to) == components.get(index));
        if endless && reported.insert(components.get(index)) {
            let message = format!(
                "the default of `{}` contains itself: an object in it takes the same default for a missing property",
                property.name
            );
            found.push(
                Diagnostic::error("infinite-value", format!("{}/default", property.pointer), message)
                    .help("in each object of this default, write out the properties that have a default"),
            );
        }
    }
}

fn has_default(property: &Property) -> bool {
    property.default.as_ref().is_some_and(|default| !default.is_null()) && property.constant.is_none()
}

/// Returns whether a missing property decodes as its default.
fn takes_default(property: &Property) -> bool {
    matches!(property.presence, Presence::Defaulted { .. })
}

/// A search for the defaults of omitted properties.
struct DefaultSearch<'a> {
    api: &'a Api,
    places: &'a HashMap<(usize, usize), usize>,
    /// The types already searched, each with its value, because unions may contain each other.
    seen: HashSet<(TypeId, *const Value)>,
    taken: Vec<usize>,
    /// A required property that the default lacks, with the type that requires it.
    lacking: Option<(&'a TypeDef, &'a str)>,
    /// An integer that its Rust type does not hold.
    out_of_range: Option<(Number, IntegerWidth)>,
}

impl<'a> DefaultSearch<'a> {
    fn new(api: &'a Api, places: &'a HashMap<(usize, usize), usize>) -> Self {
        Self { api, places, seen: HashSet::new(), taken: Vec::new(), lacking: None, out_of_range: None }
    }

    fn value(&mut self, ty: &'a Type, value: &Value) {
        match (ty, value) {
            (Type::List(list), Value::Array(items)) => items.iter().for_each(|item| self.value(&list.items.ty, item)),
            (Type::Map(map), Value::Object(entries)) => {
                entries.values().for_each(|entry| self.value(&map.values.ty, entry));
            }
            (Type::Named(id), _) => self.named(*id, value),
            (Type::Integer(integer), Value::Number(number)) => {
                let is_fraction = number.as_f64().is_some_and(|float| float.fract() != 0.0);
                // Another check reports fractions.
                if !is_fraction && !whole(number).is_some_and(|whole| integer.width.range().contains(&whole)) {
                    self.out_of_range = Some((number.clone(), integer.width));
                }
            }
            _ => {}
        }
    }

    fn named(&mut self, id: TypeId, value: &Value) {
        if !self.seen.insert((id, value)) {
            return;
        }
        let def = self.api.type_def(id);
        match (&def.kind, value) {
            (TypeKind::Alias(alias), _) => self.value(&alias.schema.ty, value),
            (TypeKind::Union(union), _) => self.union(union, value),
            (TypeKind::Object(object), Value::Object(map)) => self.object(id, def, &object.properties, map),
            (TypeKind::Object(_) | TypeKind::Enum(_), _) => {}
        }
    }

    fn object(&mut self, id: TypeId, def: &'a TypeDef, properties: &'a [Property], map: &Map<String, Value>) {
        for (position, property) in properties.iter().enumerate() {
            match map.get(&property.name) {
                Some(value) => self.value(&property.schema.ty, value),
                None if takes_default(property) => self.taken.extend(self.places.get(&(id.0, position))),
                None if property.presence == Presence::Required => self.lacking = Some((def, &property.name)),
                None => {}
            }
        }
    }

    fn union(&mut self, union: &'a Union, value: &Value) {
        for variant in &union.variants {
            let is_it = match &union.kind {
                UnionKind::Tagged { property, .. } => {
                    value.get(property).and_then(Value::as_str).is_some_and(|tag| variant.tags.iter().any(|t| t == tag))
                }
                UnionKind::ByJsonType | UnionKind::Untagged => true,
            };
            if is_it {
                let before = (self.lacking, self.out_of_range.clone());
                self.value(&variant.schema.ty, value);
                // Another variant may accept what this one rejects.
                if !matches!(union.kind, UnionKind::Tagged { .. }) {
                    (self.lacking, self.out_of_range) = before;
                }
            }
        }
    }
}
