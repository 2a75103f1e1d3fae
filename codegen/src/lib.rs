//! Generates the sources of a Rust crate from an OpenAPI 3.0 document.
//!
//! The crate is pure: text in, files out. It reads no file, no environment variable and no clock, and starts no
//! process. So the same document gives the same bytes everywhere.
//!
//! ```text
//! text ──parse──▶ Document ──resolve──▶ merged schemas ──lower──▶ ir::Api ──emit──▶ Files
//! ```

mod deep_stack;
pub mod diagnostics;
pub mod diff;
pub mod emit;
pub mod files;
mod http_methods;
pub mod ir;
pub mod lower;
mod name_rules;
mod numbers;
pub mod parse;
mod pattern;
pub mod pointer;
mod resolve;
mod rust_name;
mod string_formats;
pub mod suggest;

use std::collections::HashSet;

use diagnostics::{Diagnostic, Report, Severity};
use files::Files;
use ir::Api;
use parse::{Document, Rejected};

/// Generates the crate.
///
/// `origin` names the document in diagnostics, usually its path.
///
/// # Errors
///
/// Returns a [`Report`] with every diagnostic if at least one is an error.
pub fn generate(origin: &str, text: &str) -> Result<Generated, Report> {
    let LoweredDocument { api, warnings, .. } = read(origin, text)?;
    Ok(Generated { files: emit::emit(&api), warnings })
}

/// Reads and lowers a document, for uses other than generating a crate.
///
/// # Errors
///
/// Fails like [`generate`].
pub fn read(origin: &str, text: &str) -> Result<LoweredDocument, Report> {
    let document = match parse::check(origin, text) {
        Ok(document) => document,
        Err(Rejected { diagnostics, raw }) => {
            // Report the diagnostics of lowering as well, so that the author can fix everything at once. Leave out
            // those in a component or path that already has an error, because they probably follow from it.
            let items: HashSet<_> = diagnostics.iter().map(|diagnostic| item(diagnostic).to_owned()).collect();
            let more = raw.map(|raw| lower::lower_value(&raw).diagnostics).unwrap_or_default();
            let more = more.into_iter().filter(|diagnostic| !items.contains(item(diagnostic)));
            return Err(Report::new(origin, text, diagnostics.iter().cloned().chain(more).collect()));
        }
    };
    let lowered = lower::lower(&document);
    let report = document.report(joined(&document.diagnostics, &lowered.diagnostics));
    if report.has_errors() {
        return Err(report);
    }
    Ok(LoweredDocument { document, api: lowered.api, warnings: report })
}

/// Joins the diagnostics of reading and of lowering, and reports each cause once.
///
/// Both stages check patterns. An example that violates a schema with an error of its own says nothing new.
fn joined(read: &[Diagnostic], lowered: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    let errors: HashSet<_> = lowered.iter().filter(is_error).map(item).collect();
    let follows = |diagnostic: &Diagnostic| {
        let schema = diagnostic.related.first().and_then(|(place, _)| place.pointer()).map(item_of);
        diagnostic.rule.starts_with("bad-") && schema.is_some_and(|schema| errors.contains(schema))
    };
    let kept = read.iter().filter(|diagnostic| !follows(diagnostic)).cloned();
    let is_known = |diagnostic: &Diagnostic| read.iter().any(|other| other.place == diagnostic.place);
    let new = lowered.iter().filter(|diagnostic| is_error(diagnostic) || !is_known(diagnostic)).cloned();
    kept.chain(new).collect()
}

/// Returns the pointer of the component or path that contains a diagnostic, or of another top-level item.
fn item(diagnostic: &Diagnostic) -> &str {
    item_of(diagnostic.place.pointer().unwrap_or_default())
}

fn item_of(pointer: &str) -> &str {
    let depth = if pointer.starts_with("/components/") { 3 } else { 2 };
    let end = pointer.match_indices('/').nth(depth).map_or(pointer.len(), |(end, _)| end);
    &pointer[..end]
}

/// A document without errors, and the API that it describes.
#[derive(Debug)]
pub struct LoweredDocument {
    /// The document.
    pub document: Document,
    /// The API that it describes.
    pub api: Api,
    /// The diagnostics, all of which are warnings.
    pub warnings: Report,
}

/// A generated crate.
#[derive(Debug)]
pub struct Generated {
    /// Its files.
    pub files: Files,
    /// The diagnostics, all of which are warnings.
    pub warnings: Report,
}
