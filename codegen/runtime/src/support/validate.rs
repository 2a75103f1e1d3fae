//! Checks values against the bounds of the spec, and reports all violations at once.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::json_path::{Segment, push};

/// A value outside a bound of the spec.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Violation {
    /// The path of the value, such as `expires_after.seconds`. It is empty for the root.
    pub path: String,
    /// The violated bound.
    pub limit: Limit,
    /// The value, or its length if the bound limits the length.
    pub value: Value,
}

/// A bound of the spec.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// The minimum of a number.
    Minimum(Value),
    /// The exclusive minimum of a number.
    ExclusiveMinimum(Value),
    /// The maximum of a number.
    Maximum(Value),
    /// The exclusive maximum of a number.
    ExclusiveMaximum(Value),
    /// The number of which the value must be a multiple.
    MultipleOf(Value),
    /// A number must be finite, since JSON cannot express infinities and NaN.
    Finite,
    /// The minimum number of characters of a string.
    MinLength(usize),
    /// The maximum number of characters of a string.
    MaxLength(usize),
    /// The regular expression that a string must match.
    Pattern(&'static str),
    /// The format of a string, such as `date-time`.
    Format(&'static str),
    /// The minimum number of elements of a list.
    MinItems(usize),
    /// The maximum number of elements of a list.
    MaxItems(usize),
    /// The elements of a list must differ.
    UniqueItems,
    /// The minimum number of properties of an object.
    MinProperties(usize),
    /// The maximum number of properties of an object.
    MaxProperties(usize),
    /// The minimum number of characters of a property's name.
    MinNameLength(usize),
    /// The maximum number of characters of a property's name.
    MaxNameLength(usize),
    /// A path parameter must not be empty or name another resource.
    PathSegment,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minimum(limit) => value(f, "must be at least", limit),
            Self::ExclusiveMinimum(limit) => value(f, "must be above", limit),
            Self::Maximum(limit) => value(f, "must be at most", limit),
            Self::ExclusiveMaximum(limit) => value(f, "must be below", limit),
            Self::MultipleOf(limit) => value(f, "must be a multiple of", limit),
            Self::Finite => f.write_str("must be finite"),
            Self::MinLength(limit) => count(f, "must have at least", *limit, CHARACTERS),
            Self::MaxLength(limit) => count(f, "must have at most", *limit, CHARACTERS),
            Self::Pattern(pattern) => quoted(f, "must match", pattern),
            Self::Format(format) => quoted(f, "must have the format", format),
            Self::MinItems(limit) => count(f, "must have at least", *limit, ("element", "elements")),
            Self::MaxItems(limit) => count(f, "must have at most", *limit, ("element", "elements")),
            Self::UniqueItems => f.write_str("must not have equal elements"),
            Self::PathSegment => f.write_str("must not be empty, `.` or `..`"),
            Self::MinProperties(limit) => count(f, "must have at least", *limit, ("property", "properties")),
            Self::MaxProperties(limit) => count(f, "must have at most", *limit, ("property", "properties")),
            Self::MinNameLength(limit) => count(f, "must have a name of at least", *limit, CHARACTERS),
            Self::MaxNameLength(limit) => count(f, "must have a name of at most", *limit, CHARACTERS),
        }
    }
}

const CHARACTERS: (&str, &str) = ("character", "characters");

// Shared functions, since each `write!` compiles to a lot of code.

fn value(f: &mut fmt::Formatter<'_>, must: &str, limit: &Value) -> fmt::Result {
    write!(f, "{must} {limit}")
}

fn quoted(f: &mut fmt::Formatter<'_>, must: &str, text: &str) -> fmt::Result {
    write!(f, "{must} `{text}`")
}

fn count(f: &mut fmt::Formatter<'_>, must: &str, number: usize, (one, many): (&str, &str)) -> fmt::Result {
    write!(f, "{must} {number} {}", if number == 1 { one } else { many })
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        match self.limit {
            Limit::Finite | Limit::UniqueItems => write!(f, "{}", self.limit),
            Limit::Minimum(_)
            | Limit::ExclusiveMinimum(_)
            | Limit::Maximum(_)
            | Limit::ExclusiveMaximum(_)
            | Limit::MultipleOf(_)
            | Limit::Pattern(_)
            | Limit::Format(_)
            | Limit::PathSegment => write!(f, "{}, is {}", self.limit, self.value),
            _ => write!(f, "{}, has {}", self.limit, self.value),
        }
    }
}

/// All violations of the bounds of the spec in a value. There is at least one.
///
/// ```
/// use generated_crate::Violations;
///
/// fn show(violations: &Violations) {
///     for violation in violations {
///         eprintln!("`{}` {}, got {}", violation.path, violation.limit, violation.value);
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Returns the violations, in the order of the value's properties.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// Returns an iterator over the violations, in the order of the value's properties.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// A type with bounds.
pub trait Check {
    /// Reports the violations of a value.
    fn check(&self, checker: &mut Checker<'_>);
}

impl<T: Check> Check for Box<T> {
    fn check(&self, checker: &mut Checker<'_>) {
        T::check(self, checker);
    }
}

/// Checks a whole value.
// Not generic: compiled once.
pub fn validate(value: &dyn Check) -> Result<(), Violations> {
    gather(&|checker| value.check(checker))
}

/// Collects the violations that a function reports.
pub fn gather(check: &dyn Fn(&mut Checker<'_>)) -> Result<(), Violations> {
    let mut found = Findings::default();
    check(&mut Checker { found: &mut found, outer: 0 });
    if found.violations.is_empty() { Ok(()) } else { Err(Violations(found.violations)) }
}

#[derive(Debug, Default)]
struct Findings {
    path: String,
    violations: Vec<Violation>,
}

/// Checks a value and collects its violations. Until it is dropped, the current path is that of the
/// value.
#[derive(Debug)]
pub struct Checker<'a> {
    found: &'a mut Findings,
    /// The length of the path of the outer value.
    outer: usize,
}

impl Drop for Checker<'_> {
    fn drop(&mut self) {
        self.found.path.truncate(self.outer);
    }
}

impl Checker<'_> {
    fn inner(&mut self, segment: Segment<'_>) -> Checker<'_> {
        let outer = self.found.path.len();
        push(&mut self.found.path, segment);
        Checker { found: self.found, outer }
    }

    /// Returns the checker of a property's value, or of a map's entry.
    pub fn property(&mut self, name: &str) -> Checker<'_> {
        self.inner(Segment::Key(name))
    }

    /// Returns the checker of an element of a list.
    pub fn item(&mut self, index: usize) -> Checker<'_> {
        self.inner(Segment::Index(index))
    }

    /// Reports a violation, unless the value is within its limit.
    pub fn require(&mut self, within: bool, limit: Limit, value: impl Into<Value>) {
        if !within {
            let path = self.found.path.clone();
            self.found.violations.push(Violation { path, limit, value: value.into() });
        }
    }

    /// Checks `minimum`.
    pub fn minimum<T: PartialOrd + Into<Value>>(&mut self, value: T, limit: T) {
        self.require(value >= limit, Limit::Minimum(limit.into()), value);
    }

    /// Checks `minimum` with `exclusiveMinimum`.
    pub fn exclusive_minimum<T: PartialOrd + Into<Value>>(&mut self, value: T, limit: T) {
        self.require(value > limit, Limit::ExclusiveMinimum(limit.into()), value);
    }

    /// Checks `maximum`.
    pub fn maximum<T: PartialOrd + Into<Value>>(&mut self, value: T, limit: T) {
        self.require(value <= limit, Limit::Maximum(limit.into()), value);
    }

    /// Checks `maximum` with `exclusiveMaximum`.
    pub fn exclusive_maximum<T: PartialOrd + Into<Value>>(&mut self, value: T, limit: T) {
        self.require(value < limit, Limit::ExclusiveMaximum(limit.into()), value);
    }

    /// Checks `multipleOf` of an integer.
    pub fn multiple_of<T>(&mut self, value: T, limit: T)
    where
        T: Copy + Default + PartialEq + std::ops::Rem<Output = T> + Into<Value>,
    {
        self.require(value % limit == T::default(), Limit::MultipleOf(limit.into()), value);
    }

    /// Checks `multipleOf` of a number, within the precision of the quotient.
    pub fn multiple_of_number(&mut self, value: f64, limit: f64) {
        let quotient = value / limit;
        // Rounding changes the value, the limit and the quotient by up to half of `EPSILON` each.
        let tolerance = 2.0 * f64::EPSILON * quotient.abs();
        let within = (quotient - quotient.round()).abs() <= tolerance;
        self.require(within, Limit::MultipleOf(limit.into()), value);
    }

    /// Checks that a number is finite, since JSON cannot express infinities and NaN.
    pub fn finite(&mut self, value: f64) {
        self.require(value.is_finite(), Limit::Finite, Value::Null);
    }

    /// Checks `minLength` and `maxLength`, in Unicode code points.
    pub fn length(&mut self, text: &str, min: Option<usize>, max: Option<usize>) {
        let length = text.chars().count();
        self.between(length, min.map(Limit::MinLength), max.map(Limit::MaxLength));
    }

    /// Checks `minItems` and `maxItems`.
    pub fn item_count(&mut self, count: usize, min: Option<usize>, max: Option<usize>) {
        self.between(count, min.map(Limit::MinItems), max.map(Limit::MaxItems));
    }

    /// Checks `minProperties` and `maxProperties`.
    pub fn property_count(&mut self, count: usize, min: Option<usize>, max: Option<usize>) {
        self.between(count, min.map(Limit::MinProperties), max.map(Limit::MaxProperties));
    }

    /// Checks the length of each name in a map.
    pub fn names<T>(&mut self, map: &BTreeMap<String, T>, min: Option<usize>, max: Option<usize>) {
        for name in map.keys() {
            self.name(name, min, max);
        }
    }

    // Not generic: compiled once.
    fn name(&mut self, name: &str, min: Option<usize>, max: Option<usize>) {
        let length = name.chars().count();
        self.property(name).between(length, min.map(Limit::MinNameLength), max.map(Limit::MaxNameLength));
    }

    /// Checks `uniqueItems`.
    pub fn unique<T: PartialEq>(&mut self, items: &[T]) {
        let unique = items.iter().enumerate().all(|(index, item)| !items[..index].contains(item));
        self.require(unique, Limit::UniqueItems, Value::Null);
    }

    fn between(&mut self, count: usize, min: Option<Limit>, max: Option<Limit>) {
        for limit in [min, max].into_iter().flatten() {
            let within = match limit {
                Limit::MinLength(min)
                | Limit::MinItems(min)
                | Limit::MinProperties(min)
                | Limit::MinNameLength(min) => count >= min,
                Limit::MaxLength(max)
                | Limit::MaxItems(max)
                | Limit::MaxProperties(max)
                | Limit::MaxNameLength(max) => count <= max,
                _ => true,
            };
            self.require(within, limit, count);
        }
    }
}
