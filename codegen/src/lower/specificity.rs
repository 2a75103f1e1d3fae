//! Decides in which order an untagged union tries its variants.
//!
//! Decoding ignores bounds, so a variant is more specific than another if the other's decoder accepts each of its
//! values. At the top level, a decoder also requires constants, listed enum values, and no properties beside those of a
//! closed object.

use super::schema_form::{SchemaForm, integer_type, only_value};
use crate::ir::{EnumRepr, IntegerWidth};
use crate::resolve::{MergedSchema, SchemaResolver, SchemaSite};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The most comparisons for one union. Schemas may contain each other, so some documents would never end.
const MOST_COMPARISONS: usize = 20_000;

/// The most levels that a comparison descends.
const MOST_LEVELS: usize = 8;

/// The order of the variants of an untagged union, by their indices.
pub(super) struct VariantOrder {
    /// The more specific first, otherwise in the order of the document.
    pub(super) order: Vec<usize>,
    /// Variants that no value selects, each after the variant that accepts all of its values.
    pub(super) never_selected: Vec<(usize, usize)>,
}

/// Decides the order of variants.
pub(super) fn most_specific_first<'a>(
    schemas: &mut SchemaResolver<'a>,
    variants: &[Rc<MergedSchema<'a>>],
) -> VariantOrder {
    let mut search = AcceptanceSearch { schemas, left: MOST_COMPARISONS, level: 0 };
    let mut accepted: Vec<Vec<Option<bool>>> = Vec::with_capacity(variants.len());
    for by in variants {
        accepted.push(variants.iter().map(|each| search.accepts(by, each)).collect());
    }
    let accepts = |by: usize, each: usize| accepted.get(by).and_then(|row| *row.get(each)?);
    let more_specific = |a: usize, b: usize| {
        matches!((accepts(b, a), accepts(a, b)), (Some(true), None) | (Some(true) | None, Some(false)))
    };
    let order = sorted(variants.len(), more_specific);
    let mut never_selected = Vec::new();
    for (position, &later) in order.iter().enumerate() {
        let mut earlier = order.iter().take(position);
        if let Some(&earlier) = earlier.find(|&&earlier| accepts(earlier, later) == Some(true)) {
            never_selected.push((earlier, later));
        }
    }
    VariantOrder { order, never_selected }
}

/// Sorts indices. Each waits for those that come before it; the first that does not wait is next.
fn sorted(count: usize, before: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut waits: Vec<usize> = (0..count).map(|b| (0..count).filter(|a| *a != b && before(*a, b)).count()).collect();
    let mut ready: BTreeSet<usize> = (0..count).filter(|index| waits.get(*index) == Some(&0)).collect();
    let mut left: BTreeSet<usize> = (0..count).collect();
    let mut order = Vec::with_capacity(count);
    // Comparisons that were cut short may form a circle. It begins with its first variant.
    while let Some(next) = ready.pop_first().or_else(|| left.first().copied()) {
        left.remove(&next);
        order.push(next);
        for (index, waiting) in waits.iter_mut().enumerate() {
            if left.contains(&index) && *waiting > 0 && before(next, index) {
                *waiting -= 1;
                if *waiting == 0 {
                    ready.insert(index);
                }
            }
        }
    }
    order
}

/// Compares the values that decoders accept. `None` means that this is not known.
struct AcceptanceSearch<'s, 'a> {
    schemas: &'s mut SchemaResolver<'a>,
    left: usize,
    level: usize,
}

impl<'a> AcceptanceSearch<'_, 'a> {
    /// Returns whether the decoder of `by` accepts each value of `each`.
    fn accepts(&mut self, by: &MergedSchema<'a>, each: &MergedSchema<'a>) -> Option<bool> {
        self.left = self.left.checked_sub(1)?;
        let whole = |width| matches!(width, IntegerWidth::I32 | IntegerWidth::I64 | IntegerWidth::U32);
        Some(match (SchemaForm::of(by), SchemaForm::of(each)) {
            (SchemaForm::Any, _)
            | (SchemaForm::Boolean, SchemaForm::Boolean)
            | (SchemaForm::Number, SchemaForm::Number | SchemaForm::Integer | SchemaForm::Enum(EnumRepr::Integer))
            | (SchemaForm::String, SchemaForm::String | SchemaForm::Enum(EnumRepr::String)) => true,
            (SchemaForm::Union, _) | (_, SchemaForm::Union) => return None,
            (SchemaForm::Integer, SchemaForm::Integer) => holds(integer_type(by).width, integer_type(each).width),
            (SchemaForm::Integer, SchemaForm::Enum(EnumRepr::Integer)) => {
                return (integer_type(by).width == IntegerWidth::I64).then_some(true);
            }
            (SchemaForm::Enum(a), SchemaForm::Enum(b)) if a == b => self.level > 0 || lists(by, each),
            (SchemaForm::Enum(EnumRepr::String), SchemaForm::String) => self.level > 0,
            (SchemaForm::Enum(EnumRepr::Integer), SchemaForm::Integer) => {
                self.level > 0 && whole(integer_type(each).width)
            }
            (SchemaForm::List, SchemaForm::List) => return self.inner(&by.items, &each.items, false),
            (SchemaForm::Map | SchemaForm::Struct, SchemaForm::Map | SchemaForm::Struct) => {
                return self.accepts_object(by, each);
            }
            _ => false,
        })
    }

    /// Compares elements or properties. No sites mean any value. `null` says whether the decoder accepts null anyway.
    fn inner(&mut self, by: &[SchemaSite<'a>], each: &[SchemaSite<'a>], null: bool) -> Option<bool> {
        if by.is_empty() {
            return Some(true);
        }
        if self.level == MOST_LEVELS {
            return None;
        }
        let by = self.schemas.resolve(by);
        if SchemaForm::of(&by) == SchemaForm::Any {
            return Some(true);
        }
        if each.is_empty() {
            return if SchemaForm::of(&by) == SchemaForm::Union { None } else { Some(false) };
        }
        let each = self.schemas.resolve(each);
        if each.is_nullable() && !by.is_nullable() && !null {
            return Some(false);
        }
        self.level += 1;
        let accepted = self.accepts(&by, &each);
        self.level -= 1;
        accepted
    }

    fn accepts_object(&mut self, by: &MergedSchema<'a>, each: &MergedSchema<'a>) -> Option<bool> {
        if self.level == 0 && is_closed(by) && !(is_closed(each) && is_subset(each, by)) {
            return Some(false);
        }
        let mut known = true;
        let lacking = by.required.keys().filter(|name| !each.required.contains_key(*name));
        for name in lacking {
            known &= self.may_lack(by.properties.get(name).map(Vec::as_slice).unwrap_or_default())?;
            if !known {
                return Some(false);
            }
        }
        for (name, sites) in &by.properties {
            match self.accepts_property((name, sites), by, each) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => known = false,
            }
        }
        if !by.additional.is_empty() {
            let unlisted = each.properties.iter().filter(|(name, _)| !by.properties.contains_key(*name));
            let mut others: Vec<&[SchemaSite<'a>]> = unlisted.map(|(_, sites)| sites.as_slice()).collect();
            others.extend((!is_closed(each)).then_some(each.additional.as_slice()));
            for sites in others {
                match self.inner(&by.additional, sites, false) {
                    Some(true) => {}
                    Some(false) => return Some(false),
                    None => known = false,
                }
            }
        }
        known.then_some(true)
    }

    /// Returns whether a decoder accepts that a required property is missing.
    fn may_lack(&mut self, sites: &[SchemaSite<'a>]) -> Option<bool> {
        if sites.is_empty() {
            return Some(true);
        }
        let property = self.schemas.resolve(sites);
        if property.is_nullable() || (self.level > 0 && only_value(&property).is_some()) {
            return Some(true);
        }
        let annotations = property.annotations;
        let depends = annotations.default.is_some()
            || annotations.read_only == Some(true)
            || annotations.write_only == Some(true);
        // The directions in which a type crosses the wire decide, and are not known yet.
        if depends { None } else { Some(false) }
    }

    fn accepts_property(
        &mut self,
        (name, sites): (&str, &[SchemaSite<'a>]),
        by: &MergedSchema<'a>,
        each: &MergedSchema<'a>,
    ) -> Option<bool> {
        let required = by.required.contains_key(name);
        let own = each.properties.get(name).map(Vec::as_slice);
        if required {
            let property = self.schemas.resolve(sites);
            if let Some(constant) = only_value(&property).filter(|_| !property.is_nullable()) {
                let own = own.map(|sites| self.schemas.resolve(sites));
                return Some(self.level > 0 || own.is_some_and(|own| only_value(&own) == Some(constant)));
            }
        }
        match own {
            Some(own) => self.inner(sites, own, !required),
            // A closed object never has it.
            None if is_closed(each) => Some(true),
            None => self.inner(sites, &each.additional, !required),
        }
    }
}

/// Returns whether an object has no properties beside those that it lists.
fn is_closed(schema: &MergedSchema<'_>) -> bool {
    schema.closed && schema.additional.is_empty()
}

/// Returns whether the properties of one schema are among those of another.
fn is_subset(schema: &MergedSchema<'_>, of: &MergedSchema<'_>) -> bool {
    schema.properties.keys().all(|name| of.properties.contains_key(name))
}

/// Returns whether the values of an enum are among those of another.
fn lists(by: &MergedSchema<'_>, each: &MergedSchema<'_>) -> bool {
    let listed = by.values.as_deref().unwrap_or_default();
    !each.open && each.values.iter().flatten().all(|value| listed.contains(value))
}

/// Returns whether an integer type holds each value of another.
fn holds(width: IntegerWidth, other: IntegerWidth) -> bool {
    width == other
        || matches!(
            (width, other),
            (IntegerWidth::I64, IntegerWidth::I32 | IntegerWidth::U32) | (IntegerWidth::U64, IntegerWidth::U32)
        )
}
