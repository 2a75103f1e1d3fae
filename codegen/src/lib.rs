//! From an OpenAPI 3.0 document to the sources of a Rust crate.
//!
//! Pure: text in, files out. Nothing in here reads a file, the environment or a clock, or starts a process, so the
//! same document gives the same bytes everywhere.
//!
//! ```text
//! text ──parse──▶ Document ──lower──▶ ir::Api ──emit──▶ Files
//! ```

pub mod diagnostics;
pub mod emit;
pub mod files;
pub mod ir;
pub mod lower;
pub mod parse;
mod pattern;

use diagnostics::Report;
use files::Files;

/// Generates the crate.
///
/// `origin` names the document in diagnostics, usually its path.
///
/// # Errors
///
/// A [`Report`] with everything that is wrong with the document, where at least one finding is an error.
pub fn generate(origin: &str, text: &str) -> Result<Generated, Report> {
    let document = parse::parse(origin, text)?;
    let lowered = lower::lower(&document);
    let report = document.report(lowered.diagnostics);
    if report.has_errors() {
        return Err(report);
    }
    Ok(Generated { files: emit::emit(&lowered.api), warnings: report })
}

/// A generated crate.
#[derive(Debug)]
pub struct Generated {
    /// Its files.
    pub files: Files,
    /// Findings that are no errors.
    pub warnings: Report,
}
