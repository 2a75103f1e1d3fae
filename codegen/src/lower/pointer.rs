//! The addresses of everything that is lowered, shared between what is found there.

use serde_json::Value;
use std::rc::Rc;

use crate::pointer::join;
pub(super) use crate::pointer::{of_reference, segments};

/// The pointer of a member or element.
pub(super) fn child(pointer: &str, segment: &str) -> Rc<str> {
    join(pointer, segment).into()
}

/// The pointer of an element of an array member, as in `/allOf/2`.
pub(super) fn element(pointer: &str, member: &str, index: usize) -> Rc<str> {
    format!("{pointer}/{member}/{index}").into()
}

/// The value behind a local `$ref`, with its pointer. What that value refers to is the caller's to follow.
pub(super) fn follow<'a>(root: &'a Value, reference: &str) -> Option<(Rc<str>, &'a Value)> {
    let pointer = of_reference(reference)?;
    let value = root.pointer(&pointer)?;
    Some((pointer.into(), value))
}
