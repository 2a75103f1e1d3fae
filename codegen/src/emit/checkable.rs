//! The bounds of the spec that `validate()` checks. Some cannot be checked; `lower` has reported those.

use serde_json::Number;

use crate::ir::{NumberBounds, SizeBounds, StringType};
use crate::pattern::is_checkable;
use crate::string_formats;

/// Returns whether a string has anything to check.
pub fn has_text_checks(string: &StringType) -> bool {
    string.length != SizeBounds::default() || pattern(string).is_some() || format_check(string).is_some()
}

/// Returns the function of `support::format` that checks the format of a string.
pub fn format_check(string: &StringType) -> Option<&'static str> {
    string_formats::check_function(string.format.as_deref()?)
}

/// Returns the pattern of a string, if it can be checked.
pub fn pattern(string: &StringType) -> Option<&str> {
    string.pattern.as_deref().filter(|pattern| is_checkable(pattern))
}

/// Returns whether an integer has anything to check.
pub fn has_integer_checks(bounds: &NumberBounds) -> bool {
    let whole = whole(bounds);
    whole.minimum.is_some() || whole.maximum.is_some() || whole.multiple_of.is_some()
}

/// Returns the bounds of an integer as integers: above 0.5 is at least 1. A fractional `multipleOf` is left out.
pub fn whole(bounds: &NumberBounds) -> NumberBounds {
    let mut whole = bounds.clone();
    if let Some(minimum) = bounds.minimum.as_ref().filter(|minimum| minimum.as_i128().is_none()) {
        whole.minimum = minimum.as_f64().and_then(|minimum| Number::from_f64(minimum.ceil()));
        whole.exclusive_minimum &= minimum.as_f64().is_some_and(|minimum| minimum.fract() == 0.0);
    }
    if let Some(maximum) = bounds.maximum.as_ref().filter(|maximum| maximum.as_i128().is_none()) {
        whole.maximum = maximum.as_f64().and_then(|maximum| Number::from_f64(maximum.floor()));
        whole.exclusive_maximum &= maximum.as_f64().is_some_and(|maximum| maximum.fract() == 0.0);
    }
    whole.multiple_of = bounds.multiple_of.clone().filter(|limit| limit.as_i128().is_some_and(|limit| limit > 0));
    whole
}
