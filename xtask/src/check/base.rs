//! The base of the comparison.

use crate::diff::document::{ComparedDocument, short};
use crate::diff::repository::Repository;
use crate::failure::Failure;
use crate::spec;
use chatkit_codegen::diff::Revision;

/// The document that the work tree is compared with.
pub(super) struct CheckBase {
    /// The document, or the reason why there is none.
    pub(super) document: Result<ComparedDocument, String>,
    /// Whether the work tree equals the base.
    pub(super) is_unchanged: bool,
}

impl CheckBase {
    /// Reads the base.
    ///
    /// It must exist if an argument names it. The default base may be missing, such as in a clone without a history.
    pub(super) fn read(repository: &Repository, argument: Option<&str>) -> Result<Self, Failure> {
        if let Some(argument) = argument {
            return Ok(Self { document: Ok(repository.document(argument, spec::DEFAULT)?), is_unchanged: false });
        }
        let commit = match repository.default_base()? {
            Ok(commit) => commit,
            Err(why) => return Ok(Self { document: Err(why), is_unchanged: false }),
        };
        let name = short(&commit);
        let document = match repository.commit_if_any(name, &commit, spec::DEFAULT)? {
            None => Err(format!("{name}, the commit where HEAD left the default branch, has no {}", spec::DEFAULT)),
            Some(document) if Revision::read(&document.origin, &document.text).is_err() => Err(format!(
                "{} is not OpenAPI 3.0 in {name}, the commit where HEAD left the default branch",
                spec::DEFAULT
            )),
            Some(document) => Ok(document),
        };
        Ok(Self { document, is_unchanged: repository.git.is_unchanged_since(&commit)? })
    }
}
