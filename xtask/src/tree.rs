//! A directory tree, which is read as a whole and written file by file.

use crate::failure::Failure;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The entries below a directory.
///
/// Symbolic links are entries of their own and never followed, so that nothing outside is read, written or removed.
#[derive(Debug)]
pub(crate) struct Tree {
    directory: PathBuf,
    entries: BTreeMap<String, (PathBuf, TreeEntry)>,
}

/// One entry of a tree.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TreeEntry {
    /// A file, with its bytes.
    File(Vec<u8>),
    /// A directory.
    Directory,
    /// A symbolic link, wherever it leads.
    Link,
    /// A socket, a pipe or the like.
    Other,
}

impl Tree {
    /// Reads a directory. One that does not exist is empty.
    pub(crate) fn read(directory: &Path) -> Result<Self, Failure> {
        let mut tree = Self { directory: directory.to_path_buf(), entries: BTreeMap::new() };
        if is_directory(directory)? {
            tree.read_below(directory, "")?;
        }
        Ok(tree)
    }

    /// Creates the tree of a revision, which cannot be written to.
    pub(crate) fn of_revision(entries: BTreeMap<String, TreeEntry>) -> Self {
        let entries = entries.into_iter().map(|(path, entry)| (path, (PathBuf::new(), entry)));
        Self { directory: PathBuf::new(), entries: entries.collect() }
    }

    fn read_below(&mut self, directory: &Path, prefix: &str) -> Result<(), Failure> {
        let listing = fs::read_dir(directory).map_err(|cause| Failure::at("read", directory, &cause))?;
        for item in listing {
            let item = item.map_err(|cause| Failure::at("read", directory, &cause))?;
            let path = item.path();
            let kind = item.file_type().map_err(|cause| Failure::at("read", &path, &cause))?;
            let name = format!("{prefix}{}", item.file_name().to_string_lossy());
            if is_ignored(&name) {
                continue;
            }
            let entry = if kind.is_symlink() {
                TreeEntry::Link
            } else if kind.is_dir() {
                self.read_below(&path, &format!("{name}/"))?;
                TreeEntry::Directory
            } else if kind.is_file() {
                TreeEntry::File(fs::read(&path).map_err(|cause| Failure::at("read", &path, &cause))?)
            } else {
                TreeEntry::Other
            };
            self.entries.insert(name, (path, entry));
        }
        Ok(())
    }

    /// Returns the entry at a path, with `/` between segments.
    pub(crate) fn get(&self, path: &str) -> Option<&TreeEntry> {
        self.entries.get(path).map(|(_, entry)| entry)
    }

    /// Returns the entries, sorted by path.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &TreeEntry)> {
        self.entries.iter().map(|(path, (_, entry))| (path.as_str(), entry))
    }

    /// Removes a file, or a link but never its target.
    pub(crate) fn remove(&self, path: &str) -> Result<(), Failure> {
        let Some((at, entry)) = self.entries.get(path) else { return Ok(()) };
        let removed = match fs::remove_file(at) {
            // Windows removes a link to a directory as a directory.
            Err(_) if *entry == TreeEntry::Link => fs::remove_dir(at),
            other => other,
        };
        match removed {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(Failure::at("remove", at, &cause)),
            _ => Ok(()),
        }
    }

    /// Removes the directories that have become empty.
    pub(crate) fn remove_empty_directories(&self) -> Result<(), Failure> {
        // In reverse, since the entries below a directory follow it.
        for (at, entry) in self.entries.values().rev() {
            if *entry == TreeEntry::Directory && fs::read_dir(at).is_ok_and(|mut listing| listing.next().is_none()) {
                fs::remove_dir(at).map_err(|cause| Failure::at("remove", at, &cause))?;
            }
        }
        Ok(())
    }

    /// Writes a file atomically, and creates its directories.
    pub(crate) fn write(&self, path: &str, text: &str) -> Result<(), Failure> {
        let target = path.split('/').fold(self.directory.clone(), |at, segment| at.join(segment));
        let parent = target.parent().unwrap_or(&self.directory);
        fs::create_dir_all(parent).map_err(|cause| Failure::at("create", parent, &cause))?;
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        // It is in the same directory, since a rename across file systems fails. If the process dies before the rename,
        // the next run removes the draft as an orphan.
        let draft = parent.join(draft_name(&name));
        let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, &target));
        written.map_err(|cause| {
            // The first error is the one to report.
            let _ = fs::remove_file(&draft);
            Failure::at("write", &target, &cause)
        })
    }
}

/// Returns whether a directory exists. It is an error if something else has its path.
pub(crate) fn is_directory(directory: &Path) -> Result<bool, Failure> {
    match fs::symlink_metadata(directory) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(Failure::at("read", directory, &cause)),
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => {
            let message = format_args!("{} is not a directory, nor is a symbolic link one", directory.display());
            Err(Failure::broken(message))
        }
    }
}

/// Returns the name of the draft of a file, which no other process has.
fn draft_name(file: &str) -> String {
    format!(".{file}.{}.tmp", std::process::id())
}

/// Returns whether a file is the draft of another that a process has left.
pub(crate) fn is_draft(name: &str, of: &str) -> bool {
    let process = name.strip_prefix('.').and_then(|rest| rest.strip_prefix(of)).and_then(|rest| rest.strip_prefix('.'));
    let process = process.and_then(|rest| rest.strip_suffix(".tmp"));
    process.is_some_and(|process| !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns whether a path is a build result or a repository, which are not output of the generator.
pub(crate) fn is_ignored(path: &str) -> bool {
    path == "target" || path == ".git" || path.ends_with("/.git")
}

/// Returns whether a generated file may have this path: it is below the directory on every platform.
pub(crate) fn is_safe(path: &str) -> bool {
    let segment_is_safe = |segment: &str| {
        !segment.is_empty() && segment != "." && segment != ".." && segment != ".git" && !segment.contains(['\\', ':'])
    };
    path.split('/').all(segment_is_safe) && path != "target" && !path.starts_with("target/")
}

#[cfg(test)]
mod tests {
    use super::{Tree, draft_name, is_draft, is_safe};

    #[test]
    fn paths_outside_of_the_directory_are_not_safe() {
        for path in ["Cargo.toml", "src/lib.rs", "src/target/a.rs", ".gitattributes", "src/..a"] {
            assert!(is_safe(path), "{path}");
        }
        for path in ["", "/a", "a/", "a//b", ".", "../a", "a/../../b", "C:/a", "a\\b", ".git/config", "target/a"] {
            assert!(!is_safe(path), "{path}");
        }
    }

    #[test]
    fn drafts_belong_to_one_file() {
        assert!(is_draft(&draft_name(".generated"), ".generated"));
        for other in [".generated", "..generated.tmp", "..generated..tmp", "..generated.1a.tmp", ".lib.rs.1.tmp"] {
            assert!(!is_draft(other, ".generated"), "{other}");
        }
    }

    #[test]
    fn failed_write_names_the_file_and_leaves_no_draft() {
        let directory = tempfile::tempdir().expect("a directory");
        std::fs::create_dir_all(directory.path().join("lib.rs/inside")).expect("a directory in the way");
        let tree = Tree::read(directory.path()).expect("a tree");
        let failure = tree.write("lib.rs", "text").expect_err("a directory is in the way");
        assert!(failure.message().contains("lib.rs: "), "{}", failure.message());
        assert_eq!(std::fs::read_dir(directory.path()).expect("a listing").count(), 1);
    }
}
