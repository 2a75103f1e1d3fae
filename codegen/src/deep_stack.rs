//! Threads whose stack is deep enough for every document within the limits.

use std::thread::{self, Scope, ScopedJoinHandle};
use std::{io, panic};

/// The size of a stack in bytes. Only the pages that are used take memory.
const SIZE: usize = 256 << 20;

/// Runs a function on a thread of its own, whose stack holds [`crate::resolve::MAX_DEPTH`] levels of schemas. The
/// stack of the caller may be much smaller, such as that of a test.
///
/// # Panics
///
/// Panics if the function does, or if the system refuses a thread.
pub(crate) fn run<T: Send>(function: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| joined(spawn(scope, function)))
}

/// Starts a thread for a function, with such a stack.
///
/// # Panics
///
/// Panics if the system refuses a thread.
pub(crate) fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    function: impl FnOnce() -> T + Send + 'scope,
) -> ScopedJoinHandle<'scope, T> {
    let thread = thread::Builder::new().stack_size(SIZE).spawn_scoped(scope, function);
    thread.unwrap_or_else(|error: io::Error| panic!("the system refuses a thread: {error}"))
}

/// Returns the result of a thread.
///
/// # Panics
///
/// Panics if the thread did.
pub(crate) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic))
}
