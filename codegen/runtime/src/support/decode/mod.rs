//! Decoding, with the path of each error.
#![allow(unused_imports, reason = "each generated crate uses what its spec needs")]

mod additional;
mod constant;
mod messages;
mod object;
mod open_enum;
mod traits;

pub use additional::additional;
pub use constant::Constant;
pub use messages::{DUPLICATE, MISSING, expecting, without_text};
pub use object::{FieldReader, Object, ObjectBuilder, Slot, object, or_default, required};
pub use open_enum::{integer_enum, string_enum};
pub use traits::{Decode, Seed, from_elements, from_entries};
