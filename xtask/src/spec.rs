//! Reading the spec.

use crate::failure::Failure;
use std::path::Path;

/// The default for `--spec`. A relative path starts at the workspace root.
pub(crate) const DEFAULT: &str = "spec/chatkit.yaml";

/// Reads the spec. `shown` is its path in messages.
pub(crate) fn read(path: &Path, shown: &str) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|cause| Failure::spec(format_args!("cannot read {shown}: {cause}")))?;
    text(bytes, shown)
}

/// Decodes the text of a document. `shown` is its path in messages.
pub(crate) fn text(bytes: Vec<u8>, shown: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].split(|byte| *byte == b'\n').count();
        Failure::spec(format_args!("{shown}:{line}: not UTF-8, from byte {valid} on"))
    })
}
