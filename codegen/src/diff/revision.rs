//! One of the two documents.

use crate::deep_stack;
use crate::diagnostics::{Diagnostic, Report, Severity};
use crate::emit::public_api::{self, PublicItem};
use crate::ir::Api;
use crate::{lower, parse};
use serde_json::Value;

/// A document to compare with another. Any document of `OpenAPI` 3.0 is accepted, even if no crate can be generated
/// from it.
#[derive(Debug)]
pub struct Revision {
    pub(super) text: String,
    pub(super) raw: Value,
    pub(super) api: Api,
    /// The public items of the crate.
    pub(super) items: Vec<PublicItem>,
    /// The errors for which the generator refuses the document.
    pub(super) errors: Vec<Diagnostic>,
}

impl Revision {
    /// Reads the two documents of a comparison in parallel.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Self::read`] for the first document that has any.
    pub fn read_both(base: (&str, &str), head: (&str, &str)) -> Result<(Self, Self), Report> {
        let (base, head) = in_parallel(|| Self::read(base.0, base.1), || Self::read(head.0, head.1));
        Ok((base?, head?))
    }

    /// Reads a document, YAML or JSON. `origin` names it in errors.
    ///
    /// # Errors
    ///
    /// Returns the problems of a text that is not a document of `OpenAPI` 3.0.
    pub fn read(origin: &str, text: &str) -> Result<Self, Report> {
        deep_stack::run(|| Self::read_here(origin, text))
    }

    fn read_here(origin: &str, text: &str) -> Result<Self, Report> {
        let raw = parse::read(origin, text)?;
        let lowered = lower::lower_value(&raw);
        let items = public_api::public_items(&lowered.api);
        let mut errors = lowered.diagnostics;
        errors.retain(|diagnostic| diagnostic.severity == Severity::Error);
        Ok(Self { text: text.to_owned(), raw, api: lowered.api, items, errors })
    }

    /// Returns the API that the document describes, as far as it can be read.
    #[must_use]
    pub fn api(&self) -> &Api {
        &self.api
    }
}

/// Runs two functions in parallel.
pub(super) fn in_parallel<A, B: Send>(one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let other = deep_stack::spawn(scope, other);
        (one(), deep_stack::joined(other))
    })
}
