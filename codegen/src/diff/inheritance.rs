//! Discriminators without a union: the tags that select the schemas which inherit them.

use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::impact_by_direction::{COMPATIBLE, RISKY};
use super::located_value::LocatedValue;
use super::rules::RuleId;
use super::schema_pair::{CompareSchemas as _, PartsPair, SchemaPair};
use super::subtypes::{discriminator, parents, subtypes};
use crate::pointer::join;
use crate::resolve::SchemaSite;
use indexmap::IndexMap;
use std::collections::HashSet;
use std::rc::Rc;

/// A schema with a discriminator, and the schemas that inherit it.
struct TaggedFamily<'a> {
    discriminator: LocatedValue<'a>,
    /// The component that each tag selects.
    tags: IndexMap<String, usize>,
}

impl<'a> TaggedFamily<'a> {
    fn of(side: &DocumentSide<'a>, parts: &[SchemaSite<'a>]) -> Option<Self> {
        let (part, discriminator) =
            parts.iter().find_map(|part| Some((part, discriminator(&LocatedValue::from(part))?)))?;
        let schemas = &side.schemas;
        let mut tags: IndexMap<String, usize> = IndexMap::new();
        for (tag, component) in discriminator.child("mapping").iter().flat_map(LocatedValue::entries) {
            if let Some(index) = component.raw.as_str().and_then(|name| schemas.components.mapping_target(name)) {
                tags.insert(tag.to_owned(), index);
            }
        }
        let own = schemas.components.target(&format!("#{}", part.pointer));
        for subtype in own.map(|own| subtypes(&parents(schemas), own)).unwrap_or_default() {
            if !tags.values().any(|known| *known == subtype) {
                tags.insert(schemas.components.key(subtype).unwrap_or_default().to_owned(), subtype);
            }
        }
        Some(Self { discriminator, tags })
    }

    /// Returns the place that maps a tag to a schema.
    fn tag_place(&self, side: &DocumentSide<'a>, tag: &str) -> Option<LocatedValue<'a>> {
        let mapped = self.discriminator.child("mapping").and_then(|mapping| mapping.child(tag));
        mapped.or_else(|| {
            let part = side.schemas.components.site(*self.tags.get(tag)?).cloned()?;
            Some(LocatedValue::from(&part))
        })
    }

    /// Returns the tags of a component, by its key.
    fn tags_of(&self, side: &DocumentSide<'a>, key: &str) -> Vec<&str> {
        let index = side.schemas.components.index(key);
        self.tags.iter().filter(|(_, known)| Some(**known) == index).map(|(tag, _)| tag.as_str()).collect()
    }

    /// Returns the place of the first tag that another list does not have, or that of the discriminator.
    fn changed_tag(&self, own: &[&str], other: &[&str]) -> Rc<str> {
        let mapping = self.discriminator.child("mapping");
        let is_written = |tag: &&&str| mapping.as_ref().is_some_and(|mapping| mapping.raw.get(**tag).is_some());
        let tag = own.iter().filter(is_written).find(|tag| !other.contains(tag));
        let at = &self.discriminator.at;
        tag.map_or_else(|| Rc::clone(at), |tag| join(&join(at, "mapping"), tag).into())
    }
}

/// Compares the discriminator of a schema without a union.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let was = TaggedFamily::of(&comparison.base, &both.base.parts);
    let is = TaggedFamily::of(&comparison.head, &both.head.parts);
    let difference = Difference::new(RuleId::DiscriminatorChanged, both.usage());
    let (was, is) = match (was, is) {
        (Some(was), Some(is)) => (was, is),
        (None, None) => return,
        (was, is) => {
            let at = |family: &Option<TaggedFamily<'a>>, own: Rc<str>| {
                family.as_ref().map_or(own, |family| Rc::clone(&family.discriminator.at))
            };
            let difference = difference.judged(RISKY);
            return comparison.report(difference.at(&at(&was, both.base.at()), &at(&is, both.head.at())));
        }
    };
    let property = |family: &TaggedFamily<'a>| family.discriminator.text("propertyName").map(str::to_owned);
    if property(&was) != property(&is) {
        let difference = difference.at(&was.discriminator.at, &is.discriminator.at);
        comparison.report(difference.showing(property(&was), property(&is)));
    }
    compare_members(comparison, both, &was, &is);
}

fn compare_members<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    was: &TaggedFamily<'a>,
    is: &TaggedFamily<'a>,
) {
    let usage = both.usage();
    let mut retagged: HashSet<&str> = HashSet::new();
    for (tag, old) in &was.tags {
        if let Some(new) = is.tags.get(tag) {
            if let Some((old, new)) = comparison.component_pair(*old, *new) {
                comparison.compare_schemas(PartsPair { base: &[old], head: &[new] }, both.schema_use.inner());
            }
            continue;
        }
        let key = comparison.base.schemas.components.key(*old).unwrap_or_default();
        if !is.tags_of(&comparison.head, key).is_empty() {
            retagged.insert(key);
        } else if let Some(place) = was.tag_place(&comparison.base, tag) {
            let difference = Difference::new(RuleId::UnionVariantRemoved, usage).removed(&place);
            comparison.report(difference.about(&both.base.at(), &both.head.at()));
        }
    }
    for (tag, new) in is.tags.iter().filter(|(tag, _)| !was.tags.contains_key(*tag)) {
        let key = comparison.head.schemas.components.key(*new).unwrap_or_default();
        if !was.tags_of(&comparison.base, key).is_empty() {
            retagged.insert(key);
        } else if let Some(place) = is.tag_place(&comparison.head, tag) {
            let difference = Difference::new(RuleId::UnionVariantAdded, usage).added(&place);
            comparison.report(difference.about(&both.base.at(), &both.head.at()));
        }
    }
    let mut retagged: Vec<&str> = retagged.into_iter().collect();
    retagged.sort_unstable();
    for key in retagged {
        let (before, after) = (was.tags_of(&comparison.base, key), is.tags_of(&comparison.head, key));
        let keeps_tags = before.iter().all(|tag| after.contains(tag));
        let difference = Difference::new(RuleId::VariantTagsChanged, usage);
        let difference = if keeps_tags { difference.judged(COMPATIBLE) } else { difference };
        let difference = difference.at(&was.changed_tag(&before, &after), &is.changed_tag(&after, &before));
        comparison.report(difference.showing(Some(before.join(", ")), Some(after.join(", "))));
    }
}
