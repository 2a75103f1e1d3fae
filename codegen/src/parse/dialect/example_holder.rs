//! The objects whose defaults and examples are validated later.

use super::openapi_objects::ObjectKind;

/// The direction in which a value crosses the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Direction {
    /// Unknown, or both.
    Either,
    /// To the server.
    Request,
    /// From the server.
    Response,
}

/// An object that holds a default or examples.
#[derive(Debug)]
pub(crate) struct ExampleHolder {
    /// Its pointer.
    pub(crate) pointer: String,
    /// Its kind.
    pub(crate) kind: ObjectKind,
    /// The direction in which its values cross the wire.
    pub(crate) direction: Direction,
}
