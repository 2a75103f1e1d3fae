//! The impact of a change on the wire, by the direction in which its place crosses it.
//!
//! One theory covers all cases. In a request the set of accepted values must not shrink. In a response the set of
//! possible values must not grow, except by what every generated client keeps: properties, enum values and union
//! variants. A removed part is breaking in both directions. A change of meaning that changes no byte is risky.
//!
//! Each rule has its verdict in its row of `rules`. In special cases the comparison calls `Difference::judged` with
//! another verdict.

use super::impact::WireImpact;
use crate::ir::Usage;

pub(super) const REQUEST: Usage = Usage { request: true, response: false };
pub(super) const RESPONSE: Usage = Usage { request: false, response: true };
pub(super) const NOWHERE: Usage = Usage { request: false, response: false };
pub(super) const EVERYWHERE: Usage = Usage { request: true, response: true };

/// The impact of a change on requests and on responses that have the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ImpactByDirection {
    request: WireImpact,
    response: WireImpact,
}

/// Names, texts, order, and components whose uses have verdicts of their own.
pub(super) const NONE: ImpactByDirection = anywhere(WireImpact::None);

/// Either side still understands the other.
pub(super) const COMPATIBLE: ImpactByDirection = anywhere(WireImpact::Compatible);

/// The meaning changes, or the server may still do as before.
pub(super) const RISKY: ImpactByDirection = anywhere(WireImpact::Risky);

/// A part is removed or replaced.
pub(super) const BREAKING: ImpactByDirection = anywhere(WireImpact::Breaking);

/// Fewer values are valid: the server may refuse old requests, and readers know every value that remains.
pub(super) const TIGHTENED: ImpactByDirection = by_direction(WireImpact::Breaking, WireImpact::Compatible);

/// More values are valid: the server accepts old requests, and readers may get values that they do not expect.
pub(super) const LOOSENED: ImpactByDirection = by_direction(WireImpact::Compatible, WireImpact::Breaking);

/// The same impact in both directions.
pub(super) const fn anywhere(impact: WireImpact) -> ImpactByDirection {
    by_direction(impact, impact)
}

pub(super) const fn by_direction(request: WireImpact, response: WireImpact) -> ImpactByDirection {
    ImpactByDirection { request, response }
}

impl ImpactByDirection {
    /// Returns the impact in the directions in which a place crosses the wire.
    pub(super) fn within(self, usage: Usage) -> WireImpact {
        let request = if usage.request { self.request } else { WireImpact::None };
        let response = if usage.response { self.response } else { WireImpact::None };
        request.max(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_only_the_directions_in_which_the_place_crosses_the_wire() {
        assert_eq!(TIGHTENED.within(REQUEST), WireImpact::Breaking);
        assert_eq!(TIGHTENED.within(RESPONSE), WireImpact::Compatible);
        assert_eq!(LOOSENED.within(EVERYWHERE), WireImpact::Breaking);
        assert_eq!(BREAKING.within(NOWHERE), WireImpact::None);
    }
}
