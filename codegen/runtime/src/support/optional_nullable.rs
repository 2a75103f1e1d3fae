//! The three states of a property that is optional and nullable.

/// A property that is optional and nullable: absent, null, or a value.
///
/// ```
/// use generated_crate::OptionalNullable;
///
/// // Leaves the property out of the JSON.
/// assert!(OptionalNullable::<i64>::default().is_absent());
/// // Sends null.
/// assert_eq!(OptionalNullable::<i64>::from(None), OptionalNullable::Null);
/// // Sends a value.
/// let value = OptionalNullable::from(5);
/// assert_eq!(value.as_ref(), Some(&5));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OptionalNullable<T> {
    /// The property is not in the JSON.
    #[default]
    Absent,
    /// The property is null.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> OptionalNullable<T> {
    /// Returns `true` if the property is absent.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns `true` if the property is null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns a reference to the value, if there is one.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for OptionalNullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// Converts `None` to null. To omit the property, use [`Absent`](OptionalNullable::Absent).
impl<T> From<Option<T>> for OptionalNullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}
