//! The tags of tagged unions.

use super::Lowerer;
use super::merged_schema::{Flat, Kind, UnionPart};
use super::union::Member;
use crate::diagnostics::Diagnostic;
use crate::ir::{Type, TypeId, TypeKind, UnionKind};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What a variant says about its tag property.
enum Tag<'a> {
    /// The values that it may have.
    Listed(Vec<&'a str>),
    /// Any text.
    Free,
    /// It cannot be a tag, and why.
    Unfit(String, &'static str),
}

impl<'a> Lowerer<'a> {
    /// The property that tells the variants apart although no discriminator says so.
    pub(super) fn inferred_tag(&mut self, members: &mut [Member<'a>]) -> Option<&'a str> {
        let objects = members.iter().all(|member| {
            member.flat.kind == Some(Kind::Object)
                && !member.flat.properties.is_empty()
                && member.flat.unions.is_empty()
        });
        if !objects {
            return None;
        }
        let candidates: Vec<&'a str> = members.first()?.flat.properties.keys().copied().collect();
        for property in candidates {
            let Some(values) = self.constants(members, property) else { continue };
            for (member, value) in members.iter_mut().zip(values) {
                member.tags.push(value.to_owned());
            }
            return Some(property);
        }
        None
    }

    /// The constants of a property in all variants, where they differ.
    fn constants(&mut self, members: &[Member<'a>], property: &str) -> Option<Vec<&'a str>> {
        let mut values: Vec<&'a str> = Vec::with_capacity(members.len());
        let mut seen = std::collections::HashSet::new();
        for member in members {
            let Tag::Listed(listed) = self.tag_of(&member.flat, property) else { return None };
            let [value] = listed.as_slice() else { return None };
            if !seen.insert(*value) {
                return None;
            }
            values.push(value);
        }
        Some(values)
    }

    fn tag_of(&mut self, flat: &Flat<'a>, property: &str) -> Tag<'a> {
        let object = flat.kind == Some(Kind::Object);
        let Some(node) = flat.properties.get(property) else {
            return if !flat.unions.is_empty() {
                Tag::Unfit("it is a union itself".to_owned(), "list the variants of that union here")
            } else if object {
                Tag::Unfit(
                    format!("it has no property `{property}`"),
                    "add the property, required and of type `string`",
                )
            } else {
                Tag::Unfit("it is no object".to_owned(), "list objects alone, or leave the discriminator out")
            };
        };
        if !flat.required.contains_key(property) {
            return Tag::Unfit(format!("its property `{property}` is not required"), "list the property in `required`");
        }
        let shape = self.shape(node);
        if shape.kind != Some(Kind::String) || !shape.unions.is_empty() || shape.is_nullable() {
            let message = format!("its property `{property}` is no string, or may be null");
            return Tag::Unfit(message, "make the property a `string` that is not nullable");
        }
        match &shape.values {
            Some(values) => Tag::Listed(values.iter().filter_map(|value| value.as_str()).collect()),
            None => Tag::Free,
        }
    }

    /// Gives each variant its tags, by the discriminator.
    pub(super) fn tag(
        &mut self,
        union: &UnionPart<'a>,
        discriminator: &'a Map<String, Value>,
        property: &'a str,
        members: &mut [Member<'a>],
    ) {
        let mut by_component: HashMap<usize, usize> = HashMap::new();
        for (index, member) in members.iter().enumerate() {
            let Some(component) = member.component else { continue };
            let first = *by_component.entry(component).or_insert(index);
            if first != index {
                let at = &members.get(first).map(|member| member.part.pointer.clone()).unwrap_or_default();
                self.diagnostics.push(
                    Diagnostic::error("union-tag", &*member.part.pointer, "this variant is listed twice")
                        .related(&**at, "the first time")
                        .help("leave one of them out, and map both tag values to the other"),
                );
            }
        }
        self.mapped_tags(union, discriminator, &by_component, members);
        let mut seen: HashMap<String, usize> = HashMap::new();
        for index in 0..members.len() {
            let Some(member) = members.get_mut(index) else { continue };
            let repeats = member.component.is_some_and(|component| by_component.get(&component) != Some(&index));
            if repeats {
                member.repeated = true;
                continue;
            }
            self.settle_tags(union, property, member);
            let (tags, at) = (member.tags.clone(), member.part.pointer.clone());
            for tag in tags {
                if let Some(other) = seen.get(&tag).and_then(|other| members.get(*other)) {
                    let other = other.part.pointer.clone();
                    if let Some(member) = members.get_mut(index) {
                        member.repeated = true;
                    }
                    self.diagnostics.push(
                        Diagnostic::error("union-tag", &*at, format!("the tag value `{tag}` selects two variants"))
                            .related(&*other, "the other one")
                            .help("give each variant a value of its own, in its property and in the mapping"),
                    );
                } else {
                    seen.insert(tag, index);
                }
            }
        }
    }

    fn mapped_tags(
        &mut self,
        union: &UnionPart<'a>,
        discriminator: &'a Map<String, Value>,
        by_component: &HashMap<usize, usize>,
        members: &mut [Member<'a>],
    ) {
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        for (tag, target) in mapping.into_iter().flatten() {
            let Some(target) = target.as_str() else { continue };
            let component = self.by_key.get(target).copied().or_else(|| self.component_of(target));
            let member = component.and_then(|component| by_component.get(&component));
            if let Some(member) = member.and_then(|index| members.get_mut(*index)) {
                member.tags.push(tag.clone());
                continue;
            }
            let at = Self::discriminator_pointer(union, &["mapping", tag]);
            let message = format!("`{target}` is not among the variants");
            let variants = members.iter().filter_map(|member| self.component_key(member.component?));
            let name = target.rsplit('/').next().unwrap_or(target);
            let help = super::name_scope::closest(name, variants).map_or_else(
                || "list it as a variant, or leave it out of the mapping".to_owned(),
                |near| format!("did you mean `#/components/schemas/{near}`?"),
            );
            self.tag_error(&at, message, help);
        }
    }

    /// Compares what the mapping says of a variant with what its tag property says.
    fn settle_tags(&mut self, union: &UnionPart<'a>, property: &str, member: &mut Member<'a>) {
        let at = member.part.pointer.clone();
        let schema = member.component.and_then(|index| self.component_key(index));
        let listed = match self.tag_of(&member.flat, property) {
            Tag::Unfit(message, help) => {
                let subject = schema.map_or_else(String::new, |name| format!(" (`{name}`)"));
                self.tag_error(&at, format!("this variant{subject} has no tag: {message}"), help);
                None
            }
            Tag::Free => None,
            Tag::Listed(values) => Some(values),
        };
        if !member.tags.is_empty() {
            let Some(listed) = listed else { return };
            for tag in member.tags.iter().filter(|tag| !listed.contains(&tag.as_str())) {
                let at = Self::discriminator_pointer(union, &["mapping", tag]);
                let message =
                    format!("the tag value is `{tag}`, but `{property}` is {} in this variant", quoted(&listed));
                self.tag_error(&at, message, format!("write {} in the mapping", quoted(&listed)));
            }
            return;
        }
        match (schema, listed) {
            (Some(name), listed) => {
                member.tags.push(name.to_owned());
                if let Some(listed) = listed.filter(|listed| !listed.contains(&name)) {
                    let message = format!(
                        "without a mapping the tag value is the schema's name `{name}`, but `{property}` is {}",
                        quoted(&listed)
                    );
                    let value = listed.first().copied().unwrap_or_default();
                    let help = format!("write the mapping out, as in `{value}: '#/components/schemas/{name}'`");
                    self.tag_error(&at, message, help);
                }
            }
            // An inline variant has no name, but its values say just as well what selects it.
            (None, Some(listed)) => member.tags.extend(listed.into_iter().map(str::to_owned)),
            (None, None) => {
                let message = "no tag value selects this variant".to_owned();
                self.tag_error(&at, message, "make a component of it, and map a value to it");
            }
        }
    }

    /// Makes a constant of a tag property of plain text, where one tag value alone selects its object.
    ///
    /// The discriminators of all unions say so together: with several values the property has to stay a field.
    pub(super) fn fix_tags(&mut self) {
        let mut tags: HashMap<(TypeId, &str), Vec<&str>> = HashMap::new();
        for def in &self.types {
            let TypeKind::Union(union) = &def.kind else { continue };
            let UnionKind::Tagged { property, .. } = &union.kind else { continue };
            for variant in &union.variants {
                if let Type::Named(id) = variant.schema.ty {
                    let known = tags.entry((self.object_behind(id), property)).or_default();
                    for tag in &variant.tags {
                        if !known.contains(&tag.as_str()) {
                            known.push(tag);
                        }
                    }
                }
            }
        }
        let fixed: Vec<(TypeId, String, String)> = tags
            .into_iter()
            .filter_map(|((id, property), values)| match values.as_slice() {
                [only] => Some((id, property.to_owned(), (*only).to_owned())),
                _ => None,
            })
            .collect();
        for (id, name, tag) in fixed {
            let Some(TypeKind::Object(object)) = self.types.get_mut(id.0).map(|def| &mut def.kind) else { continue };
            let property = object.properties.iter_mut().find(|property| property.name == name);
            if let Some(property) = property
                && matches!(property.schema.ty, Type::String(_))
                && property.required
                && !property.schema.nullable
                && property.constant.is_none()
            {
                property.constant = Some(Value::String(tag));
            }
        }
    }

    fn object_behind(&self, id: TypeId) -> TypeId {
        let mut at = id;
        for _ in 0..super::resolver::DEPTH {
            match self.types.get(at.0).map(|def| &def.kind) {
                Some(TypeKind::Alias(alias)) => match alias.schema.ty {
                    Type::Named(next) => at = next,
                    _ => break,
                },
                _ => break,
            }
        }
        at
    }
}

fn quoted(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(" or ")
}
