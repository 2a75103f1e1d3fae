//! A lock, so that no two runs write the same directory at once.

use crate::checksums::hash;
use crate::console::warn;
use crate::failure::Failure;
use fs4::{FileExt, TryLockError};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The right to write a directory. The system ends it with the process, however that ends.
#[derive(Debug)]
pub(crate) struct RunLock {
    _file: File,
}

impl RunLock {
    /// Creates a directory, and waits until no other run writes it. `shown` is its path in messages.
    pub(crate) fn acquire(directory: &Path, shown: &str) -> Result<Self, Failure> {
        fs::create_dir_all(directory).map_err(|cause| Failure::at("create", directory, &cause))?;
        let path = path(directory).map_err(|cause| Failure::at("find", directory, &cause))?;
        let file = open(&path).map_err(|cause| Failure::at("open the lock", &path, &cause))?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                warn(&format!("waiting for another run that writes {shown}/\n"));
                FileExt::lock(&file).map_err(|cause| Failure::at("lock", &path, &cause))?;
            }
            Err(TryLockError::Error(cause)) => return Err(Failure::at("lock", &path, &cause)),
        }
        Ok(Self { _file: file })
    }
}

/// Returns the file of a directory's lock. It is among the temporary files, because a file in the directory would be
/// part of the crate, and stays there, because its removal could leave two runs with two locks.
fn path(directory: &Path) -> io::Result<PathBuf> {
    let directory = directory.canonicalize()?;
    let sum = hash(directory.as_os_str().as_encoded_bytes());
    Ok(std::env::temp_dir().join(format!("cargo-xtask-regenerate-{sum:016x}.lock")))
}

/// Opens the file, which may belong to another user. Then it can be read, and not be created again.
fn open(path: &Path) -> io::Result<File> {
    match File::open(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => {
            File::options().create(true).truncate(false).read(true).write(true).open(path)
        }
        opened => opened,
    }
}

#[cfg(test)]
mod tests {
    use super::{RunLock, path};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn one_run_at_a_time_holds_the_lock_of_a_directory() {
        let directory = tempfile::tempdir().expect("a directory");
        let (out, inside) = (directory.path().join("out"), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _lock = RunLock::acquire(&out, "out").expect("a lock");
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        std::fs::remove_file(path(&out).expect("a path")).expect("the file stays");
    }

    #[test]
    fn directories_have_locks_of_their_own_whatever_their_spelling() {
        let directory = tempfile::tempdir().expect("a directory");
        let [one, other] = ["one", "other"].map(|name| directory.path().join(name));
        let locks = [&one, &other].map(|path| RunLock::acquire(path, "out").expect("a lock"));
        assert_ne!(path(&one).ok(), path(&other).ok());
        assert_eq!(path(&one).ok(), path(&other.join("../one")).ok());
        drop(locks);
        for path in [one, other].map(|out| path(&out).expect("a path")) {
            std::fs::remove_file(path).expect("the file stays");
        }
    }
}
