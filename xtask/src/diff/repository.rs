//! The workspace and its revisions, in which the compared documents are.

use super::document::{ComparedDocument, DocumentLabel, DocumentRevision, short};
use crate::failure::Failure;
use crate::git::Git;
use crate::tree::Tree;
use crate::{spec, workspace};
use std::path::{Path, PathBuf};

/// The workspace and its history.
#[derive(Debug)]
pub(crate) struct Repository {
    pub(crate) root: PathBuf,
    pub(crate) git: Git,
}

impl Repository {
    /// Finds the workspace that the command was started in.
    pub(crate) fn here() -> Result<Self, Failure> {
        let root = workspace::root()?;
        Ok(Self { git: Git::at(&root), root })
    }

    /// Reads the document that an argument names: a file, a revision, or one file of a revision such as
    /// `main:spec/chatkit.yaml`. `document` is the path of the spec in revisions.
    pub(crate) fn document(&self, argument: &str, document: &str) -> Result<ComparedDocument, Failure> {
        let file = self.root.join(argument);
        if file.is_file() {
            return self.file(&file);
        }
        if let Some(why) = self.git.unavailable() {
            return Err(Failure::spec(format_args!(
                "`{argument}` is not a file (a relative path starts at {}), and revisions cannot be read: {why}",
                self.root.display()
            )));
        }
        if let Some(commit) = self.git.commit(argument)? {
            return self.commit(argument, &commit, document);
        }
        match argument.split_once(':') {
            Some((revision, path)) if !path.is_empty() => self.blob(argument, revision, path),
            _ => Err(Failure::spec(format_args!(
                "`{argument}` is neither a file (a relative path starts at {}) nor a revision that git knows; name a \
                 branch of a remote `origin/NAME`, and run `git fetch` first",
                self.root.display()
            ))),
        }
    }

    /// Reads the document in the work tree.
    pub(crate) fn work_tree(&self, document: &str) -> Result<ComparedDocument, Failure> {
        let text = spec::read(&self.root.join(document), document)?;
        let label = DocumentLabel {
            name: "work tree".to_owned(),
            path: document.to_owned(),
            revision: DocumentRevision::WorkTree,
        };
        Ok(ComparedDocument { label, origin: document.to_owned(), text })
    }

    /// Reads the document of a commit.
    pub(crate) fn commit(&self, name: &str, commit: &str, document: &str) -> Result<ComparedDocument, Failure> {
        self.commit_if_any(name, commit, document)?.ok_or_else(|| {
            Failure::spec(format_args!("{name} has no file {document}: name another with --spec, or another revision"))
        })
    }

    /// Reads the document of a commit, or returns `None` if the commit does not have it.
    pub(crate) fn commit_if_any(
        &self,
        name: &str,
        commit: &str,
        document: &str,
    ) -> Result<Option<ComparedDocument>, Failure> {
        let Some(bytes) = self.git.file(commit, document)? else { return Ok(None) };
        let origin = format!("{name}:{document}");
        let revision = DocumentRevision::Commit(commit.to_owned());
        let label = DocumentLabel { name: name.to_owned(), path: document.to_owned(), revision };
        Ok(Some(ComparedDocument { label, text: spec::text(bytes, &origin)?, origin }))
    }

    /// Returns the default for BASE: the commit at which the history of HEAD left the default branch.
    ///
    /// The inner error is the reason why there is no such commit.
    pub(crate) fn default_base(&self) -> Result<Result<String, String>, Failure> {
        if let Some(why) = self.git.unavailable() {
            return Ok(Err(format!("no history to compare with: {why}")));
        }
        if self.git.commit("HEAD")?.is_none() {
            return Ok(Err("the repository has no commit yet".to_owned()));
        }
        let help = || if self.git.is_shallow() { "; this clone is shallow: run `git fetch --unshallow`" } else { "" };
        let Some(branch) = self.git.default_branch()? else {
            let why = "the default branch is unknown: neither origin/HEAD, nor main or master, at origin or here";
            return Ok(Err(format!("{why}{}", help())));
        };
        let shown = branch.trim_start_matches("refs/remotes/").trim_start_matches("refs/heads/");
        let base = self.git.merge_base(&branch, "HEAD")?;
        Ok(base.ok_or_else(|| format!("HEAD and {shown} have no common commit{}", help())))
    }

    /// Reads the document of [`Self::default_base`].
    pub(crate) fn merge_base(&self, document: &str) -> Result<ComparedDocument, Failure> {
        let commit = self
            .default_base()?
            .map_err(|why| Failure::spec(format_args!("{why}; name the base: `cargo xtask diff BASE`")))?;
        self.commit(short(&commit), &commit, document)
    }

    /// Returns a note on an argument that is both a file and a revision, or that names two files of a revision.
    pub(crate) fn ambiguity(&self, argument: &str) -> Option<String> {
        let is_file = self.root.join(argument).is_file();
        if is_file && self.git.commit(argument).ok()?.is_some() {
            return Some(format!(
                "`{argument}` is both a file and a revision, and means the file: name the revision `{argument}^0`"
            ));
        }
        let (revision, path) = argument.split_once(':').filter(|_| !is_file)?;
        let within = self.git.object(&in_workspace(revision, path)).ok()??;
        let from_root = self.git.object(argument).ok()??;
        (within != from_root).then(|| {
            format!(
                "`{argument}` names a file of the workspace and one of the root of the repository, and means the first"
            )
        })
    }

    /// Reads another file of a document's workspace, at the same revision. Returns `None` if there is no such file.
    pub(crate) fn beside(&self, side: &DocumentLabel, path: &str) -> Result<Option<String>, Failure> {
        let bytes = match &side.revision {
            DocumentRevision::Standalone => None,
            DocumentRevision::Commit(commit) => self.git.file(commit, path)?,
            DocumentRevision::WorkTree => match std::fs::read(self.root.join(path)) {
                Ok(bytes) => Some(bytes),
                Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => None,
                Err(cause) => return Err(Failure::at("read", &self.root.join(path), &cause)),
            },
        };
        let text = bytes.map(String::from_utf8);
        text.transpose().map_err(|_| Failure::broken(format_args!("{path} ({}) is not UTF-8", side.name)))
    }

    /// Reads a directory of a document's workspace, at the same revision.
    pub(crate) fn tree(&self, side: &DocumentLabel, directory: &str) -> Result<Tree, Failure> {
        match &side.revision {
            DocumentRevision::Standalone => Ok(Tree::of_revision([].into())),
            DocumentRevision::Commit(commit) => Ok(Tree::of_revision(self.git.files(commit, directory)?)),
            DocumentRevision::WorkTree => Tree::read(&self.root.join(directory)),
        }
    }

    fn file(&self, path: &Path) -> Result<ComparedDocument, Failure> {
        let shown = workspace::shown(&self.root, path);
        let label = DocumentLabel { name: shown.clone(), path: shown.clone(), revision: DocumentRevision::Standalone };
        Ok(ComparedDocument { label, text: spec::read(path, &shown)?, origin: shown })
    }

    fn blob(&self, argument: &str, revision: &str, path: &str) -> Result<ComparedDocument, Failure> {
        // A path starts at the workspace, as in every other argument. Git's own paths start at the root of the
        // repository, which may be above.
        let id = match self.git.object(&in_workspace(revision, path))? {
            None => self.git.object(argument)?,
            found => found,
        };
        let Some(id) = id else {
            return Err(Failure::spec(format_args!(
                "`{argument}` names no file of a revision: git knows no such revision, or it has no such file"
            )));
        };
        let text = spec::text(self.git.content(&id)?, argument)?;
        let path = path.trim_start_matches("./").to_owned();
        let label = DocumentLabel { name: argument.to_owned(), path, revision: DocumentRevision::Standalone };
        Ok(ComparedDocument { label, origin: argument.to_owned(), text })
    }
}

/// Returns git's name for a file of a revision, with a path that starts at the workspace.
fn in_workspace(revision: &str, path: &str) -> String {
    format!("{revision}:./{path}")
}
