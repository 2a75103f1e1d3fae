//! The base of the comparison.

use super::table::CheckOutcome;
use crate::diff::document::{ComparedDocument, short};
use crate::diff::repository::Repository;
use crate::failure::Failure;
use crate::spec;
use chatkit_codegen::diff::Revision;

/// The document that the work tree is compared with.
pub(super) struct CheckBase {
    /// The document, or the reason why there is none.
    pub(super) document: Result<ComparedDocument, MissingBase>,
    /// Whether the work tree equals the base.
    pub(super) is_unchanged: bool,
}

/// Why there is no document to compare with.
#[derive(Debug)]
pub(super) struct MissingBase {
    /// The outcome of each check that needs the document.
    pub(super) outcome: CheckOutcome,
    /// The reason.
    pub(super) why: String,
}

impl MissingBase {
    /// The base cannot be read, so that the checks cannot run.
    fn unreadable(why: String) -> Self {
        Self { outcome: CheckOutcome::Skipped, why }
    }
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
            Err(why) => {
                // Without git, no name of a revision helps.
                let help = match repository.git.unavailable() {
                    Some(_) => "",
                    None => "; or name the base: `cargo xtask check BASE`",
                };
                let why = format!("{why}{help}");
                return Ok(Self { document: Err(MissingBase::unreadable(why)), is_unchanged: false });
            }
        };
        let name = short(&commit);
        let document = match repository.commit_if_any(name, &commit, spec::DEFAULT)? {
            None => Err(without_spec(repository, &commit)?),
            Some(document) if Revision::read(&document.origin, &document.text).is_err() => {
                Err(MissingBase::unreadable(format!(
                    "{} is not OpenAPI 3.0 in {name}, the commit where HEAD left the default branch: name the last \
                     commit where it is, `cargo xtask check COMMIT`",
                    spec::DEFAULT
                )))
            }
            Some(document) => Ok(document),
        };
        Ok(Self { document, is_unchanged: repository.git.is_unchanged_since(&commit)? })
    }
}

/// Describes a base without the document, which is either new or was moved with its workspace.
fn without_spec(repository: &Repository, commit: &str) -> Result<MissingBase, Failure> {
    let (name, spec) = (short(commit), spec::DEFAULT);
    let place = format!("{name}, the commit where HEAD left the default branch, has no {spec}");
    Ok(match repository.git.paths_ending(commit, spec)?.first() {
        Some(other) => MissingBase::unreadable(format!(
            "{place} in this workspace, but {other}: compare with it, `cargo xtask check {name}:{other}`"
        )),
        None => MissingBase { outcome: CheckOutcome::NotApplicable, why: format!("the document is new: {place}") },
    })
}
