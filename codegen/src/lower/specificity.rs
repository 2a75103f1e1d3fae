//! Which kinds of JSON values a schema accepts, and which of two schemas is the more specific.

use super::Lowerer;
use super::merged_schema::{Flat, Kind};
use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

/// A set of kinds of JSON values, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    const ALL: Self = Self(0b11_1111);

    pub(super) fn of(kind: Kind) -> Self {
        Self(1 << kind as u8)
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn is_one(self) -> bool {
        self.0.is_power_of_two()
    }
}

impl<'a> Lowerer<'a> {
    /// The kinds of JSON values that a schema accepts.
    pub(super) fn kinds(&mut self, flat: &Flat<'a>) -> Kinds {
        self.kinds_beyond(flat, &mut HashSet::new())
    }

    /// Looks into each union once: unions may lead to each other in many ways, and back.
    fn kinds_beyond(&mut self, flat: &Flat<'a>, seen: &mut HashSet<Rc<str>>) -> Kinds {
        if flat.unions.is_empty() {
            return flat.kind.map_or(Kinds::ALL, Kinds::of);
        }
        let mut kinds = Kinds::default();
        for union in flat.unions.iter().filter(|union| seen.insert(Rc::clone(&union.pointer))).collect::<Vec<_>>() {
            for variant in &union.variants {
                let shape = self.shape(std::slice::from_ref(variant));
                kinds.0 |= self.kinds_beyond(&shape, seen).0;
            }
        }
        kinds
    }
}

/// Whether whatever the first accepts, the second is likely to accept as well, so that the first has to be tried first.
fn more_specific(a: &Flat<'_>, b: &Flat<'_>) -> bool {
    if !(a.unions.is_empty() && b.unions.is_empty()) {
        return false;
    }
    match (a.kind, b.kind) {
        (Some(Kind::Object), Some(Kind::Object)) => {
            let least = usize::from(a.required.len() <= b.required.len());
            least == 0 && b.required.keys().all(|name| a.required.contains_key(name))
        }
        (Some(Kind::Integer), Some(Kind::Number)) | (Some(_), None) => true,
        (Some(a_kind), Some(b_kind)) => a_kind == b_kind && a.values.is_some() && b.values.is_none(),
        _ => false,
    }
}

/// The order in which to try schemas: the more specific first, otherwise as they stand.
pub(super) fn order(flats: &[&Flat<'_>]) -> Vec<usize> {
    // Each waits for those more specific than itself, and the first that waits for none is next.
    let mut waits: Vec<usize> = Vec::with_capacity(flats.len());
    for b in flats {
        waits.push(flats.iter().filter(|a| more_specific(a, b)).count());
    }
    let mut ready: BTreeSet<usize> =
        waits.iter().enumerate().filter(|(_, waiting)| **waiting == 0).map(|(index, _)| index).collect();
    let mut order = Vec::with_capacity(flats.len());
    while let Some(next) = ready.pop_first() {
        order.push(next);
        let Some(done) = flats.get(next) else { continue };
        for (index, (flat, waiting)) in flats.iter().zip(&mut waits).enumerate() {
            if *waiting > 0 && more_specific(done, flat) {
                *waiting -= 1;
                if *waiting == 0 {
                    ready.insert(index);
                }
            }
        }
    }
    order
}
