//! Diagnostics about a document, and their rendering.

mod diagnostic;
mod lines;
pub(crate) mod positions;
mod render;
mod report;
mod rules;
mod snippet;
pub(crate) mod yaml_events;

pub use diagnostic::{Diagnostic, Place, Severity};
pub use render::Located;
pub use report::Report;
pub use rules::RULES;
