//! The conventions of `spec/README.md` that the generator does not need, as rules that judge a document.

mod constants;
mod convention;
mod enums;
mod examples;
mod layout;
mod names;
mod presence;
mod prose;
mod references;
mod spec_document;
mod table;
mod text_lines;
mod unions;

pub use convention::Convention;
pub use table::{CONVENTIONS, check};
