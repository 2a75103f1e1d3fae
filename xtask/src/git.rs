//! Revisions and their files, read from git without a checkout.
//!
//! It runs the `git` executable: a machine with revisions has it, and a library would take most of the compile time of
//! this program.

use crate::failure::Failure;
use crate::tree::TreeEntry;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The names of a default branch, the likeliest first.
const DEFAULT_BRANCHES: [&str; 4] =
    ["refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"];

/// Runs git in a directory, which need not be the root of the repository. Paths are relative to the directory.
#[derive(Debug)]
pub(crate) struct Git {
    directory: PathBuf,
}

/// A file of a revision: its mode and the id of its content.
struct CommittedFile {
    mode: String,
    id: String,
    path: String,
}

impl Git {
    /// Creates a `Git` for a directory.
    pub(crate) fn at(directory: &Path) -> Self {
        Self { directory: directory.to_path_buf() }
    }

    /// Returns why git cannot be used, or `None` if it can. It may not be installed, or there may not be a repository.
    pub(crate) fn unavailable(&self) -> Option<String> {
        match self.ask(&["rev-parse", "--git-dir"]) {
            Ok(output) if output.status.success() => None,
            Ok(output) => Some(format!("{}{}", stderr_line(&output), trust_help(&output))),
            Err(failure) => Some(failure),
        }
    }

    /// Returns the id of the commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> Result<Option<String>, Failure> {
        self.object(&format!("{revision}^{{commit}}"))
    }

    /// Returns the id of an object, such as the file `main:spec/chatkit.yaml`.
    pub(crate) fn object(&self, name: &str) -> Result<Option<String>, Failure> {
        let output = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", name])?;
        Ok(output.status.success().then(|| line(&output)))
    }

    /// Returns the merge base of two revisions.
    pub(crate) fn merge_base(&self, one: &str, other: &str) -> Result<Option<String>, Failure> {
        let output = self.run(&["merge-base", one, other])?;
        Ok(output.status.success().then(|| line(&output)))
    }

    /// Returns the ref of the default branch, such as `refs/remotes/origin/main`.
    pub(crate) fn default_branch(&self) -> Result<Option<String>, Failure> {
        let remote = self.run(&["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"])?;
        let remote = remote.status.success().then(|| line(&remote));
        for name in remote.into_iter().chain(DEFAULT_BRANCHES.map(str::to_owned)) {
            if self.commit(&name)?.is_some() {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// Returns whether the history is incomplete, as after `git clone --depth 1`.
    pub(crate) fn is_shallow(&self) -> bool {
        self.run(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|output| line(&output) == "true")
    }

    /// Returns whether the files of the work tree, untracked ones included, are those of a commit.
    pub(crate) fn is_unchanged_since(&self, commit: &str) -> Result<bool, Failure> {
        let head = self.commit("HEAD")?;
        let status = self.checked(&["status", "--porcelain", "--untracked-files=normal", "--", "."])?;
        Ok(head.as_deref() == Some(commit) && status.stdout.is_empty())
    }

    /// Returns the files of a commit with a path or the end of a path, relative to the root of the repository.
    pub(crate) fn paths_ending(&self, commit: &str, end: &str) -> Result<Vec<String>, Failure> {
        let output = self.checked(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])?;
        let paths = output.stdout.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        let ends = |path: &str| path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        Ok(paths.filter(|path| ends(path)).map(Cow::into_owned).collect())
    }

    /// Reads a file of a commit.
    pub(crate) fn file(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let listed = self.listed(commit, path)?;
        match listed.into_iter().find(|listed| listed.path == path) {
            Some(listed) => self.content(&listed.id).map(Some),
            None => Ok(None),
        }
    }

    /// Reads a blob by its id.
    pub(crate) fn content(&self, id: &str) -> Result<Vec<u8>, Failure> {
        Ok(self.checked(&["cat-file", "blob", id])?.stdout)
    }

    /// Reads everything below a directory in a commit, by path relative to the directory.
    pub(crate) fn files(&self, commit: &str, directory: &str) -> Result<BTreeMap<String, TreeEntry>, Failure> {
        let listed = self.listed(commit, &format!("{directory}/"))?;
        let contents = self.contents(&listed)?;
        let entries = listed.into_iter().zip(contents).filter_map(|(listed, bytes)| {
            let path = listed.path.strip_prefix(directory)?.strip_prefix('/')?.to_owned();
            let entry = match listed.mode.as_str() {
                "120000" => TreeEntry::Link,
                "160000" => TreeEntry::Other,
                _ => TreeEntry::File(bytes),
            };
            Some((path, entry))
        });
        Ok(entries.collect())
    }

    fn listed(&self, commit: &str, path: &str) -> Result<Vec<CommittedFile>, Failure> {
        let output = self.checked(&["ls-tree", "-r", "-z", commit, "--", path])?;
        let entry = |record: &[u8]| {
            let record = String::from_utf8_lossy(record).into_owned();
            let (about, path) = record.split_once('\t')?;
            let mut about = about.split(' ');
            let (mode, _, id) = (about.next()?, about.next()?, about.next()?);
            Some(CommittedFile { mode: mode.to_owned(), id: id.to_owned(), path: path.to_owned() })
        };
        Ok(output.stdout.split(|byte| *byte == 0).filter_map(entry).collect())
    }

    /// Reads many blobs with one process. An entry without a blob, such as a submodule, is empty.
    fn contents(&self, listed: &[CommittedFile]) -> Result<Vec<Vec<u8>>, Failure> {
        let request: String = listed.iter().flat_map(|listed| [&listed.id, "\n"]).collect();
        let doing = "cat-file --batch";
        let mut child = self
            .command(&["cat-file", "--batch"])
            .map_err(Failure::spec)?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|cause| Failure::spec(absent(&cause)))?;
        let stdin = child.stdin.take();
        // A thread writes the request. Git answers before it has read everything, so without it both would block.
        let writer = std::thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(request.as_bytes())));
        let output = child.wait_with_output().map_err(|cause| failed(doing, cause))?;
        if !matches!(writer.join(), Ok(Ok(()))) || !output.status.success() {
            return Err(failed(doing, "it ended early"));
        }
        let mut rest = output.stdout.as_slice();
        let contents = listed.iter().map(|_| next(&mut rest)).collect::<Option<_>>();
        contents.ok_or_else(|| failed(doing, "its output ends early"))
    }

    /// Runs git and fails unless it succeeds.
    fn checked(&self, arguments: &[&str]) -> Result<Output, Failure> {
        let output = self.run(arguments)?;
        if output.status.success() { Ok(output) } else { Err(failed(&arguments.join(" "), stderr_line(&output))) }
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, Failure> {
        self.ask(arguments).map_err(Failure::spec)
    }

    fn ask(&self, arguments: &[&str]) -> Result<Output, String> {
        self.command(arguments)?.stdin(Stdio::null()).output().map_err(|cause| absent(&cause))
    }

    fn command(&self, arguments: &[&str]) -> Result<Command, String> {
        let mut command = executable();
        for variable in local_variables()? {
            command.env_remove(variable);
        }
        command.current_dir(&self.directory).args(arguments);
        Ok(command)
    }
}

/// Returns git as a command. Its messages are in English, and no lock makes another git wait.
fn executable() -> Command {
    let mut command = Command::new("git");
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command
}

/// Returns the names of the variables that tie git to one repository, such as `GIT_DIR`.
///
/// A hook inherits them. They override the directory in which git runs, and with it the meaning of every path.
fn local_variables() -> Result<&'static [String], String> {
    static NAMES: OnceLock<Result<Vec<String>, String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let output = executable().args(["rev-parse", "--local-env-vars"]).stdin(Stdio::null()).output();
        let output = output.map_err(|cause| absent(&cause))?;
        if !output.status.success() {
            return Err(format!("git rev-parse --local-env-vars: {}", stderr_line(&output)));
        }
        Ok(line(&output).lines().map(|name| name.trim().to_owned()).collect())
    });
    names.as_deref().map_err(Clone::clone)
}

/// Parses the next answer of `git cat-file --batch`: a line with a size, and as many bytes.
fn next(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(&rest[..end]).ok()?;
    *rest = &rest[end + 1..];
    let mut words = header.split(' ').skip(1);
    let (kind, size) = (words.next()?, words.next());
    let Some(size) = size else { return (kind == "missing" || kind == "submodule").then(Vec::new) };
    let size: usize = size.parse().ok()?;
    let bytes = rest.get(..size)?.to_vec();
    *rest = rest.get(size + 1..)?;
    Some(bytes)
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Returns the first line of stderr without git's label.
fn stderr_line(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let text = text.lines().next().unwrap_or_default().trim();
    let text = text.strip_prefix("fatal: ").unwrap_or(text);
    if text.is_empty() { format!("git ended with {}", output.status) } else { text.to_owned() }
}

/// Returns the command that git names if it distrusts the owner of the repository. The text may be empty.
fn trust_help(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let command = text.lines().map(str::trim).find(|line| line.starts_with("git config --global --add safe.directory"));
    command.map(|command| format!("; if you trust it, run `{command}`")).unwrap_or_default()
}

fn absent(cause: &std::io::Error) -> String {
    match cause.kind() {
        ErrorKind::NotFound => "cannot run git, which reads revisions: install it, or compare two files".to_owned(),
        _ => format!("cannot run git: {cause}"),
    }
}

fn failed(doing: &str, cause: impl Display) -> Failure {
    Failure::spec(format_args!("git {doing}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn splits_a_batch_by_the_sizes_of_its_answers() {
        let mut rest: &[u8] = b"1a blob 3\na\nb\n2b missing\n3c blob 0\n\n";
        let answers: Vec<_> = std::iter::from_fn(|| next(&mut rest)).collect();
        assert_eq!(answers, [b"a\nb".to_vec(), Vec::new(), Vec::new()]);
        assert_eq!(rest, b"");
    }

    #[test]
    fn rejects_a_batch_that_ends_early() {
        for text in ["", "1a", "1a blob\n", "1a blob x\n", "1a blob 9\nabc\n", "1a blob 3\nabc"] {
            assert_eq!(next(&mut text.as_bytes()), None, "{text:?}");
        }
    }
}
