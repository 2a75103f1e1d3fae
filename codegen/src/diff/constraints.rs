//! What values a schema allows, keyword by keyword.

use super::engine::{Engine, Finding, Place, anywhere, by_direction, loosened, tightened};
use super::rules::RuleId;
use super::schemas::{Read, Schemas};
use super::{Wire, excerpt};
use crate::ir::{NumberBounds, SizeBounds};
use crate::lower::flat::{Flat, Kind, Part};
use serde_json::{Map, Number, Value};
use std::cmp::Ordering;
use std::rc::Rc;

/// The rules of a bound.
struct Bound {
    keyword: &'static str,
    tightened: RuleId,
    loosened: RuleId,
    /// Whether it is a lower bound.
    lower: bool,
}

impl Bound {
    /// The keyword that makes it exclusive.
    fn exclusive(&self) -> &'static str {
        if self.lower { "exclusiveMinimum" } else { "exclusiveMaximum" }
    }
}

const fn bound(keyword: &'static str, rules: (RuleId, RuleId), lower: bool) -> Bound {
    Bound { keyword, tightened: rules.0, loosened: rules.1, lower }
}

const MINIMUM: Bound = bound("minimum", (RuleId::MinimumRaised, RuleId::MinimumLowered), true);
const MAXIMUM: Bound = bound("maximum", (RuleId::MaximumLowered, RuleId::MaximumRaised), false);

/// How two kinds of values relate.
enum Kinds {
    Same,
    /// The new one has all values of the old one, and more.
    Wider,
    Narrower,
    Other,
}

impl Schemas<'_> {
    /// Whether a keyword that says something of one kind of values only can mean anything here.
    fn can_mean(&self, keyword: &str) -> bool {
        let speaks_of = |kind: Kind| match keyword {
            "minLength" | "maxLength" | "pattern" => kind == Kind::String,
            "minItems" | "maxItems" | "uniqueItems" => kind == Kind::Array,
            "minProperties" | "maxProperties" => kind == Kind::Object,
            _ => matches!(kind, Kind::Integer | Kind::Number),
        };
        [&self.base, &self.head].iter().any(|read| read.flat.kind.is_none_or(speaks_of))
    }
}

impl<'a> Engine<'a> {
    /// Compares what values two schemas allow.
    pub(super) fn shapes(&mut self, both: &Schemas<'a>) {
        let (base, head) = (&both.base.flat, &both.head.flat);
        if !(base.unions.is_empty() && head.unions.is_empty()) {
            self.unions(both);
            if base.unions.is_empty() != head.unions.is_empty() {
                return;
            }
        }
        if !self.kinds(both) {
            return;
        }
        self.secret(both);
        self.values(both);
        self.formats(both);
        self.numbers(both);
        self.pattern(both);
        let sizes = [
            (base.length, head.length, LENGTH),
            (base.item_count, head.item_count, ITEMS),
            (base.property_count, head.property_count, PROPERTIES),
        ];
        for (before, after, bounds) in sizes {
            self.sizes(both, before, after, bounds);
        }
        if base.property_names != head.property_names {
            self.property_names(both);
        }
        if base.unique != head.unique && both.can_mean("uniqueItems") {
            let usage = both.usage();
            let (rule, wire) = if head.unique {
                (RuleId::UniqueItemsRequired, tightened(usage))
            } else {
                (RuleId::UniqueItemsNoLongerRequired, loosened(usage))
            };
            self.keyword(both, "uniqueItems", Finding::new(rule, usage, wire));
        }
        self.items(both);
        self.object(both);
    }

    /// Reports a keyword, with what it says on both sides.
    pub(super) fn keyword(&mut self, both: &Schemas<'a>, keyword: &str, finding: Finding) {
        let before = self.base.reader.stated(&both.base.node, keyword).map(|(_, value)| value);
        let after = self.head.reader.stated(&both.head.node, keyword).map(|(_, value)| value);
        let finding = self.stated(&both.base.node, &both.head.node, keyword, finding);
        self.report(finding.showing_values(before, after));
    }

    /// Whether the kinds of values are the same, so that the rest can be compared.
    fn kinds(&mut self, both: &Schemas<'a>) -> bool {
        let (before, after) = (both.base.flat.kind, both.head.flat.kind);
        let usage = both.usage();
        let finding = match relation(before, after, both.spot.text) {
            Kinds::Same => {
                self.implied(both);
                return true;
            }
            Kinds::Wider => Finding::new(RuleId::TypeWidened, usage, loosened(usage)),
            Kinds::Narrower => Finding::new(RuleId::TypeNarrowed, usage, tightened(usage)),
            Kinds::Other => Finding::new(RuleId::TypeChanged, usage, anywhere(usage, Wire::Breaking)),
        };
        let name = |kind: Option<Kind>| Some(kind.map_or("any", Kind::name).to_owned());
        let finding = self.stated(&both.base.node, &both.head.node, "type", finding);
        self.report(finding.showing(name(before), name(after)));
        // The bounds of an integer and of a number mean the same.
        is_numeric(before) && is_numeric(after)
    }

    /// `type` where the same follows without it.
    fn implied(&mut self, both: &Schemas<'a>) {
        let is_said =
            |side: &super::engine::Side<'a>, read: &Read<'a>| side.reader.stated(&read.node, "type").is_some();
        if is_said(&self.base, &both.base) != is_said(&self.head, &both.head) {
            self.keyword(both, "type", Finding::new(RuleId::TypeImplied, both.usage(), Wire::None));
        }
    }

    fn secret(&mut self, both: &Schemas<'a>) {
        if both.base.flat.secret != both.head.flat.secret {
            let rule = if both.head.flat.secret { RuleId::SecretAdded } else { RuleId::SecretRemoved };
            self.keyword(both, "x-secret", Finding::new(rule, both.usage(), Wire::None));
        }
    }

    /// `enum`.
    fn values(&mut self, both: &Schemas<'a>) {
        let usage = both.usage();
        let (base, head) = (&both.base.flat, &both.head.flat);
        let is_closed = |flat: &Flat<'a>| flat.values.is_some() && !flat.open;
        match (is_closed(base), is_closed(head)) {
            (false, true) => self.keyword(both, "enum", Finding::new(RuleId::EnumAdded, usage, tightened(usage))),
            (true, false) => {
                let wire = by_direction(usage, Wire::Compatible, Wire::Risky);
                self.keyword(both, "enum", Finding::new(RuleId::EnumRemoved, usage, wire));
            }
            // Beside a variant that takes any value, the listed ones are but suggestions.
            (false, false) if base.values.is_some() != head.values.is_some() => {
                let rule = if head.values.is_some() { RuleId::EnumAdded } else { RuleId::EnumRemoved };
                self.keyword(both, "enum", Finding::new(rule, usage, Wire::None));
            }
            _ => {}
        }
        if let (Some(before), Some(after)) = (&base.values, &head.values) {
            self.listed(both, before, after);
        }
    }

    fn listed(&mut self, both: &Schemas<'a>, before: &[&'a Value], after: &[&'a Value]) {
        let usage = both.usage();
        if let ([was], [is]) = (before, after) {
            if !is_same_value(was, is) {
                let finding = Finding::new(RuleId::ConstantChanged, usage, anywhere(usage, Wire::Breaking));
                let at = self.value_places(both, was, is);
                let shown = (Some(excerpt::value(was)), Some(excerpt::value(is)));
                self.report(finding.at(&at.0, &at.1).showing(shown.0, shown.1));
            }
            return;
        }
        let lists = |list: &[&'a Value], value: &Value| list.iter().any(|other| is_same_value(other, value));
        for was in before.iter().filter(|value| !lists(after, value)) {
            let request = if both.head.flat.open { Wire::Compatible } else { Wire::Breaking };
            let wire = by_direction(usage, request, Wire::Compatible);
            let (at, _) = self.value_places(both, was, was);
            let finding = Finding::new(RuleId::EnumValueRemoved, usage, wire);
            self.report(finding.removed(&Place { at, raw: was }).about(&both.base.at(), &both.head.at()));
        }
        for is in after.iter().filter(|value| !lists(before, value)) {
            let (_, at) = self.value_places(both, is, is);
            let finding = Finding::new(RuleId::EnumValueAdded, usage, anywhere(usage, Wire::Compatible));
            self.report(finding.added(&Place { at, raw: is }).about(&both.base.at(), &both.head.at()));
        }
        let kept = |list: &[&'a Value], other: &[&'a Value]| -> Vec<&'a Value> {
            list.iter().filter(|value| lists(other, value)).copied().collect()
        };
        let (kept_before, kept_after) = (kept(before, after), kept(after, before));
        if kept_before.len() != kept_after.len()
            || !kept_before.iter().zip(&kept_after).all(|(was, is)| is_same_value(was, is))
        {
            self.keyword(both, "enum", Finding::new(RuleId::EnumOrderChanged, usage, Wire::None));
        }
    }

    /// Where two values are listed, one on each side.
    fn value_places(&self, both: &Schemas<'a>, was: &Value, is: &Value) -> (Rc<str>, Rc<str>) {
        let (base, head) = (self.base.root().raw, self.head.root().raw);
        let place = |read: &Read<'a>, root: &'a Value, other: &'a Value, value: &Value| {
            let found = read.node.iter().find_map(|part| listed_at(root, &part.pointer, part.raw, value, 0));
            // What both documents list there is only made use of here, or no more.
            found.filter(|at| other.pointer(at) != Some(value)).unwrap_or_else(|| read.at())
        };
        (place(&both.base, base, head, was), place(&both.head, head, base, is))
    }

    fn formats(&mut self, both: &Schemas<'a>) {
        let (before, after) = (both.base.flat.format, both.head.flat.format);
        if before == after {
            return;
        }
        let usage = both.usage();
        let (rule, wire) = match (before, after) {
            _ if [before, after].iter().flatten().all(|format| is_remark(format)) => {
                (RuleId::FormatChanged, Wire::None)
            }
            (None, _) => (RuleId::FormatAdded, tightened(usage)),
            (_, None) => (RuleId::FormatRemoved, loosened(usage)),
            (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => {
                (RuleId::FormatWidened, loosened(usage))
            }
            (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => {
                (RuleId::FormatNarrowed, tightened(usage))
            }
            _ => (RuleId::FormatChanged, anywhere(usage, Wire::Breaking)),
        };
        self.keyword(both, "format", Finding::new(rule, usage, wire));
    }

    fn pattern(&mut self, both: &Schemas<'a>) {
        let (before, after) = (both.base.flat.pattern, both.head.flat.pattern);
        let usage = both.usage();
        let (rule, wire) = match (before, after) {
            _ if before == after || !both.can_mean("pattern") => return,
            (None, _) => (RuleId::PatternAdded, tightened(usage)),
            (_, None) => (RuleId::PatternRemoved, loosened(usage)),
            // Nothing can tell whether one has all texts of the other.
            _ => (RuleId::PatternChanged, anywhere(usage, Wire::Breaking)),
        };
        self.keyword(both, "pattern", Finding::new(rule, usage, wire));
    }

    fn numbers(&mut self, both: &Schemas<'a>) {
        let (before, after) = (&both.base.flat.number, &both.head.flat.number);
        self.bound(both, &MINIMUM, limit(before, true), limit(after, true));
        self.bound(both, &MAXIMUM, limit(before, false), limit(after, false));
        let usage = both.usage();
        let (rule, wire) = match (&before.multiple_of, &after.multiple_of) {
            (one, other) if one == other || !both.can_mean("multipleOf") => return,
            (Some(was), Some(is)) if numeric(was, is) == Ordering::Equal => return,
            (None, _) => (RuleId::MultipleOfTightened, tightened(usage)),
            (_, None) => (RuleId::MultipleOfLoosened, loosened(usage)),
            (Some(was), Some(is)) if divides(was, is) => (RuleId::MultipleOfTightened, tightened(usage)),
            (Some(was), Some(is)) if divides(is, was) => (RuleId::MultipleOfLoosened, loosened(usage)),
            _ => (RuleId::MultipleOfChanged, anywhere(usage, Wire::Breaking)),
        };
        self.keyword(both, "multipleOf", Finding::new(rule, usage, wire));
    }

    fn bound(&mut self, both: &Schemas<'a>, bound: &Bound, before: Option<Limit>, after: Option<Limit>) {
        let Some(order) = compare(bound, before.as_ref(), after.as_ref()) else { return };
        if !both.can_mean(bound.keyword) {
            return;
        }
        let usage = both.usage();
        let (rule, wire) = if order == Ordering::Greater {
            (bound.tightened, tightened(usage))
        } else {
            (bound.loosened, loosened(usage))
        };
        // Integers know no difference between above 0 and from 1.
        let is_whole = [&both.base, &both.head].iter().all(|read| read.flat.kind == Some(Kind::Integer));
        let limits = before.as_ref().zip(after.as_ref());
        let is_same = is_whole && limits.is_some_and(|(was, is)| nearest(bound, was) == nearest(bound, is));
        let finding = Finding::new(rule, usage, if is_same { Wire::None } else { wire });
        // Where the number is the same, it is the other keyword that changed.
        let same = limits.is_some_and(|(was, is)| was.0 == is.0);
        let keyword = if same { bound.exclusive() } else { bound.keyword };
        let finding = self.stated(&both.base.node, &both.head.node, keyword, finding);
        let shown = |limit: Option<Limit>| {
            limit
                .map(|(number, exclusive)| if exclusive { format!("{number} (exclusive)") } else { number.to_string() })
        };
        self.report(finding.showing(shown(before), shown(after)));
    }

    fn sizes(&mut self, both: &Schemas<'a>, before: SizeBounds, after: SizeBounds, [min, max]: [Bound; 2]) {
        let limit = |size: Option<u64>| size.map(|size| (Number::from(size), false));
        // None and zero are the same lower bound.
        let least = |size: Option<u64>| limit(size.filter(|size| *size > 0));
        self.bound(both, &min, least(before.min), least(after.min));
        self.bound(both, &max, limit(before.max), limit(after.max));
    }

    /// `x-property-names`.
    fn property_names(&mut self, both: &Schemas<'a>) {
        let (before, after) = (both.base.flat.property_names, both.head.flat.property_names);
        let usage = both.usage();
        let most = |size: SizeBounds| size.max.unwrap_or(u64::MAX);
        let least = |size: SizeBounds| size.min.unwrap_or_default();
        let wider = least(after) <= least(before) && most(after) >= most(before);
        let (rule, wire) = if wider {
            (RuleId::PropertyNamesLoosened, loosened(usage))
        } else {
            (RuleId::PropertyNamesTightened, tightened(usage))
        };
        self.keyword(both, "x-property-names", Finding::new(rule, usage, wire));
    }

    fn items(&mut self, both: &Schemas<'a>) {
        let (before, after) = (&both.base.flat.items, &both.head.flat.items);
        let usage = both.usage();
        // `items: {}` says nothing.
        let is_free = |node: &[Part<'a>]| node.iter().all(|part| part.raw.as_object().is_some_and(Map::is_empty));
        if is_free(before) && is_free(after) {
            return;
        }
        match (before.is_empty(), after.is_empty()) {
            (false, false) => self.uses(before, after, both.spot.inner()),
            (true, true) => {}
            (true, false) => self.keyword(both, "items", Finding::new(RuleId::ItemsAdded, usage, tightened(usage))),
            (false, true) => self.keyword(both, "items", Finding::new(RuleId::ItemsRemoved, usage, loosened(usage))),
        }
    }
}

/// A bound, and whether it is exclusive.
type Limit = (Number, bool);

const LENGTH: [Bound; 2] = [
    bound("minLength", (RuleId::MinLengthRaised, RuleId::MinLengthLowered), true),
    bound("maxLength", (RuleId::MaxLengthLowered, RuleId::MaxLengthRaised), false),
];
const ITEMS: [Bound; 2] = [
    bound("minItems", (RuleId::MinItemsRaised, RuleId::MinItemsLowered), true),
    bound("maxItems", (RuleId::MaxItemsLowered, RuleId::MaxItemsRaised), false),
];
const PROPERTIES: [Bound; 2] = [
    bound("minProperties", (RuleId::MinPropertiesRaised, RuleId::MinPropertiesLowered), true),
    bound("maxProperties", (RuleId::MaxPropertiesLowered, RuleId::MaxPropertiesRaised), false),
];

fn limit(bounds: &NumberBounds, lower: bool) -> Option<Limit> {
    if lower {
        bounds.minimum.clone().map(|number| (number, bounds.exclusive_minimum))
    } else {
        bounds.maximum.clone().map(|number| (number, bounds.exclusive_maximum))
    }
}

/// Whether the new bound is tighter (greater) or looser (less); nothing where it is the same.
fn compare(bound: &Bound, before: Option<&Limit>, after: Option<&Limit>) -> Option<Ordering> {
    let order = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(was), Some(is)) => match numeric(&is.0, &was.0) {
            Ordering::Equal => is.1.cmp(&was.1),
            order if bound.lower => order,
            order => order.reverse(),
        },
    };
    (order != Ordering::Equal).then_some(order)
}

/// The integer nearest to a limit that is within it.
fn nearest(bound: &Bound, (number, exclusive): &Limit) -> Option<i128> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and what is beyond i128 is as good as the last"
    )]
    let whole = number.as_i128().or_else(|| {
        let float = number.as_f64()?;
        Some(if bound.lower { float.ceil() } else { float.floor() } as i128)
    })?;
    let at_limit = numeric(&Number::from_i128(whole)?, number) == Ordering::Equal;
    let step = i128::from(*exclusive && at_limit);
    if bound.lower { whole.checked_add(step) } else { whole.checked_sub(step) }
}

/// Compares without loss where both are whole.
fn numeric(a: &Number, b: &Number) -> Ordering {
    if let (Some(a), Some(b)) = (a.as_i128(), b.as_i128()) {
        return a.cmp(&b);
    }
    let float = |number: &Number| number.as_f64().unwrap_or_default();
    float(a).total_cmp(&float(b))
}

/// Whether two values are the same: `1` and `1.0` are.
fn is_same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => numeric(a, b) == Ordering::Equal,
        _ => a == b,
    }
}

/// Whether each multiple of the second is one of the first.
fn divides(first: &Number, second: &Number) -> bool {
    match (first.as_f64(), second.as_f64()) {
        (Some(first), Some(second)) if first != 0.0 => is_whole(second / first),
        _ => false,
    }
}

/// Whether a quotient is whole but for how binary fractions stand for decimal ones.
fn is_whole(quotient: f64) -> bool {
    quotient >= 0.5 && (quotient - quotient.round()).abs() < 1e-9
}

fn is_numeric(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Integer | Kind::Number))
}

/// Formats that say nothing of which values there are.
fn is_remark(format: &str) -> bool {
    matches!(format, "password")
}

fn relation(before: Option<Kind>, after: Option<Kind>, text: bool) -> Kinds {
    let is_scalar = |kind: Option<Kind>| kind.is_some_and(|kind| !matches!(kind, Kind::Array | Kind::Object));
    match (before, after) {
        _ if before == after => Kinds::Same,
        (None, _) | (Some(Kind::Number), Some(Kind::Integer)) => Kinds::Narrower,
        (_, None) | (Some(Kind::Integer), Some(Kind::Number)) => Kinds::Wider,
        (_, Some(Kind::String)) if text && is_scalar(before) => Kinds::Wider,
        (Some(Kind::String), _) if text && is_scalar(after) => Kinds::Narrower,
        _ => Kinds::Other,
    }
}

/// Where a schema or a part of it lists a value.
fn listed_at(root: &Value, at: &str, raw: &Value, value: &Value, depth: usize) -> Option<Rc<str>> {
    const DEEPEST: usize = 16;
    if depth > DEEPEST {
        return None;
    }
    if let Some(reference) = raw.get("$ref").and_then(Value::as_str) {
        let (at, raw) = crate::pointer::follow(root, reference)?;
        return listed_at(root, &at, raw, value, depth + 1);
    }
    let list = raw.get("enum").and_then(Value::as_array);
    if let Some(index) = list.and_then(|list| list.iter().position(|other| other == value)) {
        return Some(format!("{at}/enum/{index}").into());
    }
    ["allOf", "oneOf", "anyOf"].iter().find_map(|combinator| {
        let parts = raw.get(combinator).and_then(Value::as_array)?;
        parts
            .iter()
            .enumerate()
            .find_map(|(index, part)| listed_at(root, &format!("{at}/{combinator}/{index}"), part, value, depth + 1))
    })
}
