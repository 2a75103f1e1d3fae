//! The intermediate representation: what an API is, decided and named, and nothing of how it was written.
//!
//! Data only. No type of `openapiv3` or `syn` stands in here, so that `lower` is the one place that knows the
//! document and `emit` the one that knows Rust syntax. Everything that crosses the wire is kept, whether or not
//! today's emitter uses it, because the comparison of two revisions reads it as well.

mod api;
mod operation;
mod types;

pub use api::*;
pub use operation::*;
pub use types::*;
