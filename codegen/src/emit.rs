//! From the intermediate representation to files.

use crate::files::Files;
use crate::ir::Api;

/// Emits the crate.
#[must_use]
pub fn emit(_api: &Api) -> Files {
    Files::default()
}
