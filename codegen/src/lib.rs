//! Generates the sources of a Rust crate from an OpenAPI 3.0 document.
//!
//! Pure: text in, files out. Nothing in here reads a file, the environment or a clock, or starts a process, so the same
//! document gives the same bytes everywhere.
//!
//! ```text
//! text ──parse──▶ Document ──resolve──▶ merged schemas ──lower──▶ ir::Api ──emit──▶ Files
//! ```

pub mod diagnostics;
pub mod diff;
pub mod emit;
pub mod files;
mod http_methods;
pub mod ir;
pub mod lower;
pub mod parse;
mod pattern;
pub mod pointer;
mod resolve;
mod rust_name;
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
/// A [`Report`] with every finding, if at least one is an error.
pub fn generate(origin: &str, text: &str) -> Result<Generated, Report> {
    let LoweredDocument { api, warnings, .. } = read(origin, text)?;
    Ok(Generated { files: emit::emit(&api), warnings })
}

/// Reads and lowers a document, for uses other than generating a crate.
///
/// # Errors
///
/// As those of [`generate`].
pub fn read(origin: &str, text: &str) -> Result<LoweredDocument, Report> {
    let document = match parse::check(origin, text) {
        Ok(document) => document,
        Err(Rejected { diagnostics, raw }) => {
            // The other findings are reported as well, so that nobody has to fix the document in rounds. A finding in a
            // component or path with an error is left out, since it likely follows from that error.
            let items: HashSet<_> = diagnostics.iter().map(|finding| item(finding).to_owned()).collect();
            let more = raw.map(|raw| lower::lower_value(&raw).diagnostics).unwrap_or_default();
            let more = more.into_iter().filter(|finding| !items.contains(item(finding)));
            return Err(Report::new(origin, text, diagnostics.iter().cloned().chain(more).collect()));
        }
    };
    let lowered = lower::lower(&document);
    let report = document.report(joined(&document.findings, &lowered.diagnostics));
    if report.has_errors() {
        return Err(report);
    }
    Ok(LoweredDocument { document, api: lowered.api, warnings: report })
}

/// The findings of reading and of lowering, each cause once: both look at patterns, and a sample that breaks a schema
/// with an error of its own says nothing new.
fn joined(read: &[Diagnostic], lowered: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors: HashSet<_> = lowered.iter().filter(|finding| finding.severity == Severity::Error).map(item).collect();
    let follows = |finding: &Diagnostic| {
        let schema = finding.related.first().and_then(|(place, _)| place.pointer()).map(item_of);
        finding.rule.starts_with("bad-") && schema.is_some_and(|schema| errors.contains(schema))
    };
    let kept = read.iter().filter(|finding| !follows(finding)).cloned();
    let told = |finding: &Diagnostic| read.iter().any(|other| other.place == finding.place);
    let new = lowered.iter().filter(|finding| finding.severity == Severity::Error || !told(finding)).cloned();
    kept.chain(new).collect()
}

/// The pointer of the component or path that a finding is in, or of whatever else it is about.
fn item(finding: &Diagnostic) -> &str {
    item_of(finding.place.pointer().unwrap_or_default())
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
    /// The findings, none of which is an error.
    pub warnings: Report,
}

/// A generated crate.
#[derive(Debug)]
pub struct Generated {
    /// Its files.
    pub files: Files,
    /// The findings, none of which is an error.
    pub warnings: Report,
}
