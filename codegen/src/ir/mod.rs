//! The intermediate representation: an API with every decision made and every name chosen.
//!
//! It is data only, without types of `openapiv3` or `syn`. Only `lower` knows the document, and only `emit` knows Rust
//! syntax. It keeps everything that crosses the wire, even if the emitter does not use it, because the comparison of
//! two revisions reads it as well.

mod api;
mod operation;
mod types;

pub use api::*;
pub use operation::*;
pub use types::*;
