//! The table of all conventions.

use super::convention::{Convention, ConventionReport};
use super::spec_document::SpecDocument;
use super::{constants, enums, examples, layout, names, presence, prose, references, unions};
use chatkit_codegen::LoweredDocument;
use chatkit_codegen::diagnostics::Report;

/// All conventions, in the order of `spec/README.md`.
pub const CONVENTIONS: &[Convention] = &[
    references::NEEDLESS_WRAPPER,
    references::NULLABLE_WRAPPER,
    constants::CONSTANT,
    presence::RESPONSE_PRESENCE,
    presence::REQUEST_PRESENCE,
    unions::TAGGED_UNION,
    unions::UNION_COMPONENT,
    enums::ENUM_COMPONENT,
    enums::OPEN_OBJECTS,
    names::OPERATION_ID,
    prose::DESCRIPTION,
    prose::FULL_STOP,
    examples::EXAMPLE,
    examples::EXAMPLE_ORDER,
    layout::LINE_LENGTH,
    layout::BLOCK_STYLE,
    layout::INDENTATION,
    layout::KEY_ORDER,
];

/// Judges a valid document by all conventions. `text` is the text that it was read from.
#[must_use]
pub fn check(document: &LoweredDocument, text: &str) -> Report {
    let spec = SpecDocument::new(document, text);
    let diagnostics = CONVENTIONS.iter().flat_map(|convention| {
        let mut report = ConventionReport::new(convention);
        (convention.judge)(&spec, &mut report);
        report.into_diagnostics()
    });
    document.document.report(diagnostics.collect())
}
