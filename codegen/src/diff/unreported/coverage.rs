//! The places of the differences that are reported, and what each of them accounts for.

use super::super::difference::Difference;
use super::super::rules::RuleId;
use crate::pointer::{last, parent};
use serde_json::Value;
use std::collections::HashSet;

/// The values that a difference at a place accounts for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CoveredPart {
    /// None: it is about a name or an order, which this search ignores.
    Nothing,
    /// The value at the place, but not the values within it.
    Key,
    /// The value at the place and everything within it.
    Value,
    /// The object that has the key at the place: if its type changes, its other keywords are not compared.
    Owner,
}

fn covered_part(rule: RuleId, pointer: &str) -> CoveredPart {
    match rule {
        RuleId::EnumOrderChanged
        | RuleId::OperationMoved
        | RuleId::ParameterOrderChanged
        | RuleId::PathParameterRenamed
        | RuleId::PropertyOrderChanged
        | RuleId::SchemaMoved
        | RuleId::SchemaRenamed
        | RuleId::SecuritySchemeRenamed
        | RuleId::TypeImplied
        | RuleId::TypeRenamed
        | RuleId::UnionOrderChanged => CoveredPart::Nothing,
        // A union without a discriminator is the place where one is missing.
        RuleId::DiscriminatorChanged if last(pointer) != "discriminator" => CoveredPart::Nothing,
        // References may lead into an unused component or an extension, whose changes then have an effect.
        RuleId::NullAllowed
        | RuleId::NullForbidden
        | RuleId::UnionExclusivenessChanged
        | RuleId::UnusedComponentChanged
        | RuleId::VendorExtensionChanged => CoveredPart::Key,
        RuleId::TypeChanged
        | RuleId::TypeNarrowed
        | RuleId::TypeWidened
        | RuleId::UnionAdded
        | RuleId::UnionRemoved => CoveredPart::Owner,
        _ => CoveredPart::Value,
    }
}

/// The places of one document that are reported.
#[derive(Default)]
struct CoveredPlaces {
    keys: HashSet<String>,
    values: HashSet<String>,
    /// Every reported place, and every place around one.
    around: HashSet<String>,
}

impl CoveredPlaces {
    fn add(&mut self, rule: RuleId, pointer: &str) {
        match covered_part(rule, pointer) {
            CoveredPart::Nothing => {}
            CoveredPart::Key => drop(self.keys.insert(pointer.to_owned())),
            CoveredPart::Value => drop(self.values.insert(pointer.to_owned())),
            CoveredPart::Owner => {
                let is_keyword = ["type", "oneOf", "anyOf"].contains(&&*last(pointer));
                self.values.insert(if is_keyword { parent(pointer) } else { pointer }.to_owned());
            }
        }
    }

    fn add_around(&mut self, pointer: &str) {
        let mut pointer = pointer;
        while self.around.insert(pointer.to_owned()) && !pointer.is_empty() {
            pointer = parent(pointer);
        }
    }

    fn has_value_around(&self, pointer: &str) -> bool {
        let mut pointer = pointer;
        loop {
            if self.values.contains(pointer) {
                return true;
            }
            if pointer.is_empty() {
                return false;
            }
            pointer = parent(pointer);
        }
    }
}

/// The places that are reported, of the old and the new document.
pub(super) struct Coverage([CoveredPlaces; 2]);

impl Coverage {
    pub(super) fn new(found: &[Difference], roots: [&Value; 2]) -> Self {
        let mut coverage = Self(Default::default());
        for difference in found {
            let places = [difference.base.as_deref(), difference.head.as_deref()];
            let lacks = lacks_the_key(places, roots);
            for (side, pointer) in places.into_iter().enumerate() {
                let Some(pointer) = pointer else { continue };
                coverage.0[side].add_around(pointer);
                let part = covered_part(difference.rule, pointer);
                let is_certain = part == CoveredPart::Owner || difference.rule == RuleId::DiscriminatorChanged;
                if is_certain || !lacks[side] {
                    coverage.0[side].add(difference.rule, pointer);
                }
            }
        }
        coverage
    }

    /// Whether a difference accounts for the value at a place.
    pub(super) fn has(&self, side: usize, pointer: &str) -> bool {
        self.0[side].keys.contains(pointer) || self.0[side].has_value_around(pointer)
    }

    /// Whether a difference accounts for everything within a place.
    pub(super) fn has_all_of(&self, side: usize, pointer: &str) -> bool {
        self.0[side].has_value_around(pointer)
    }

    /// Whether there is a difference at a place or within it.
    pub(super) fn has_part_of(&self, side: usize, pointer: &str) -> bool {
        self.0[side].around.contains(pointer)
    }
}

/// Whether each place is that of the object that lacks the key at the other place. Then the difference is about the key
/// alone, and not about the object.
fn lacks_the_key(places: [Option<&str>; 2], roots: [&Value; 2]) -> [bool; 2] {
    let [Some(base), Some(head)] = places else { return [false; 2] };
    let lacks = |root: &Value, own: &str, other: &str| {
        let key = last(other);
        last(own) != key
            && root.pointer(own).and_then(Value::as_object).is_some_and(|object| !object.contains_key(&*key))
    };
    match [lacks(roots[0], base, head), lacks(roots[1], head, base)] {
        [true, true] => [false; 2],
        lacks => lacks,
    }
}
