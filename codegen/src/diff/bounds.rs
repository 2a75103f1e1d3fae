//! Bounds of numbers and sizes, and `multipleOf`.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::NONE;
use super::rules::RuleId;
use super::schema_pair::SchemaPair;
use crate::ir::{NumberBounds, SizeBounds};
use crate::numbers;
use crate::resolve::JsonType;
use serde_json::Number;
use std::cmp::Ordering;

/// A keyword that bounds values from below or above.
struct BoundKeyword {
    name: &'static str,
    tightened: RuleId,
    loosened: RuleId,
    is_lower: bool,
}

impl BoundKeyword {
    const fn lower(name: &'static str, raised: RuleId, lowered: RuleId) -> Self {
        Self { name, tightened: raised, loosened: lowered, is_lower: true }
    }

    const fn upper(name: &'static str, lowered: RuleId, raised: RuleId) -> Self {
        Self { name, tightened: lowered, loosened: raised, is_lower: false }
    }

    /// Returns the keyword that makes it exclusive.
    fn exclusive(&self) -> &'static str {
        if self.is_lower { "exclusiveMinimum" } else { "exclusiveMaximum" }
    }
}

const MINIMUM: BoundKeyword = BoundKeyword::lower("minimum", RuleId::MinimumRaised, RuleId::MinimumLowered);
const MAXIMUM: BoundKeyword = BoundKeyword::upper("maximum", RuleId::MaximumLowered, RuleId::MaximumRaised);
const LENGTH: [BoundKeyword; 2] = [
    BoundKeyword::lower("minLength", RuleId::MinLengthRaised, RuleId::MinLengthLowered),
    BoundKeyword::upper("maxLength", RuleId::MaxLengthLowered, RuleId::MaxLengthRaised),
];
const ITEMS: [BoundKeyword; 2] = [
    BoundKeyword::lower("minItems", RuleId::MinItemsRaised, RuleId::MinItemsLowered),
    BoundKeyword::upper("maxItems", RuleId::MaxItemsLowered, RuleId::MaxItemsRaised),
];
const PROPERTIES: [BoundKeyword; 2] = [
    BoundKeyword::lower("minProperties", RuleId::MinPropertiesRaised, RuleId::MinPropertiesLowered),
    BoundKeyword::upper("maxProperties", RuleId::MaxPropertiesLowered, RuleId::MaxPropertiesRaised),
];

/// The value of a bound.
struct BoundValue {
    number: Number,
    is_exclusive: bool,
}

impl BoundValue {
    fn minimum(bounds: &NumberBounds) -> Option<Self> {
        let is_exclusive = bounds.exclusive_minimum;
        bounds.minimum.clone().map(|number| Self { number, is_exclusive })
    }

    fn maximum(bounds: &NumberBounds) -> Option<Self> {
        let is_exclusive = bounds.exclusive_maximum;
        bounds.maximum.clone().map(|number| Self { number, is_exclusive })
    }

    fn size(size: u64) -> Self {
        Self { number: size.into(), is_exclusive: false }
    }

    fn shown(&self) -> String {
        if self.is_exclusive { format!("{} (exclusive)", self.number) } else { self.number.to_string() }
    }

    /// Returns the integer within the bound that is nearest to it.
    fn nearest(&self, keyword: &BoundKeyword) -> Option<i128> {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "`as` saturates, and no integer type has values beyond i128"
        )]
        let whole = self.number.as_i128().or_else(|| {
            let float = self.number.as_f64()?;
            Some(if keyword.is_lower { float.ceil() } else { float.floor() } as i128)
        })?;
        let is_at_bound = numbers::compare(&Number::from_i128(whole)?, &self.number) == Ordering::Equal;
        let step = i128::from(self.is_exclusive && is_at_bound);
        if keyword.is_lower { whole.checked_add(step) } else { whole.checked_sub(step) }
    }
}

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (base, head) = (&both.base.merged, &both.head.merged);
    compare_bound(comparison, both, &MINIMUM, [&base.number, &head.number].map(BoundValue::minimum));
    compare_bound(comparison, both, &MAXIMUM, [&base.number, &head.number].map(BoundValue::maximum));
    compare_multiple_of(comparison, both);
    let sizes = [
        ([base.length, head.length], LENGTH),
        ([base.item_count, head.item_count], ITEMS),
        ([base.property_count, head.property_count], PROPERTIES),
    ];
    for (bounds, [min, max]) in sizes {
        // No lower bound and zero are the same.
        let least = bounds.map(|bounds| bounds.min.filter(|size| *size > 0));
        compare_bound(comparison, both, &min, least.map(|size| size.map(BoundValue::size)));
        compare_bound(comparison, both, &max, bounds.map(|bounds| bounds.max.map(BoundValue::size)));
    }
    compare_property_names(comparison, both);
}

fn compare_multiple_of<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (&both.base.merged.number.multiple_of, &both.head.merged.number.multiple_of);
    let rule = match (before, after) {
        _ if before == after || !both.may_apply("multipleOf") => return,
        (Some(was), Some(is)) if numbers::compare(was, is) == Ordering::Equal => return,
        (None, _) => RuleId::MultipleOfTightened,
        (_, None) => RuleId::MultipleOfLoosened,
        (Some(was), Some(is)) if numbers::divides(was, is) => RuleId::MultipleOfTightened,
        (Some(was), Some(is)) if numbers::divides(is, was) => RuleId::MultipleOfLoosened,
        _ => RuleId::MultipleOfChanged,
    };
    both.report_keyword(comparison, "multipleOf", rule);
}

fn compare_bound<'a>(
    comparison: &mut Comparison<'a>,
    both: &SchemaPair<'a>,
    keyword: &BoundKeyword,
    [before, after]: [Option<BoundValue>; 2],
) {
    let Some(order) = tightness(keyword, before.as_ref(), after.as_ref()) else { return };
    if !both.may_apply(keyword.name) {
        return;
    }
    let rule = if order == Ordering::Greater { keyword.tightened } else { keyword.loosened };
    // For an integer, "above 0" and "from 1" are the same.
    let is_whole = [&both.base, &both.head].iter().all(|schema| schema.merged.json_type == Some(JsonType::Integer));
    let values = before.as_ref().zip(after.as_ref());
    let is_same = is_whole && values.is_some_and(|(was, is)| was.nearest(keyword) == is.nearest(keyword));
    let difference = Difference::new(rule, both.usage());
    let difference = if is_same { difference.judged(NONE) } else { difference };
    // If the number is the same, the other keyword has changed.
    let is_same_number = values.is_some_and(|(was, is)| numbers::compare(&was.number, &is.number) == Ordering::Equal);
    let name = if is_same_number { keyword.exclusive() } else { keyword.name };
    let difference = both.parts().at_keyword(comparison, name, difference);
    comparison.report(difference.showing(before.map(|bound| bound.shown()), after.map(|bound| bound.shown())));
}

/// Whether the new bound is tighter (greater) or looser (less); `None` if it is the same.
fn tightness(keyword: &BoundKeyword, before: Option<&BoundValue>, after: Option<&BoundValue>) -> Option<Ordering> {
    let order = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(was), Some(is)) => match numbers::compare(&is.number, &was.number) {
            Ordering::Equal => is.is_exclusive.cmp(&was.is_exclusive),
            order if keyword.is_lower => order,
            order => order.reverse(),
        },
    };
    (order != Ordering::Equal).then_some(order)
}

/// Compares `x-property-names`.
fn compare_property_names<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (both.base.merged.property_names, both.head.merged.property_names);
    if before == after {
        return;
    }
    let most = |size: SizeBounds| size.max.unwrap_or(u64::MAX);
    let least = |size: SizeBounds| size.min.unwrap_or_default();
    let is_wider = least(after) <= least(before) && most(after) >= most(before);
    let rule = if is_wider { RuleId::PropertyNamesLoosened } else { RuleId::PropertyNamesTightened };
    both.report_keyword(comparison, "x-property-names", rule);
}
