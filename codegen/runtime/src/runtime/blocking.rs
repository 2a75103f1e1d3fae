//! Calls without an async runtime of the caller's.
//!
//! One thread of this crate's own runs them all, so that the connections of a client stay open between calls.

use std::future::IntoFuture;
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;
use std::thread::ThreadId;

use tokio::runtime::{Builder, Handle};

use super::error::{ConfigurationError, Error, TransportError, TransportErrorKind};
use super::paging::{Items, Paged};

/// Runs a future to its end on the thread for calls. Unlike `block_on` it can be called from anywhere; within async
/// code it keeps the executor's thread waiting.
pub fn wait<F, T>(future: F) -> Result<T, Error>
where
    F: IntoFuture<Output = Result<T, Error>>,
    F::IntoFuture: Send + 'static,
    T: Send + 'static,
{
    let future = future.into_future();
    let (sender, receiver) = sync_channel(1);
    let (handle, thread) = handle()?;
    if std::thread::current().id() == *thread {
        // A provider or a transport that calls: it would wait for itself, and no limit of time would end that.
        let message = "send() and iter() within what a call runs would never end: await the call instead";
        return Err(ConfigurationError::new(message).into());
    }
    handle.spawn(async move {
        // Whoever waited is gone where this fails.
        let _ = sender.send(future.await);
    });
    receiver.recv().unwrap_or_else(|error| Err(TransportError::new(TransportErrorKind::Other, error).into()))
}

/// What runs calls, and the thread that it runs them on.
fn handle() -> Result<&'static (Handle, ThreadId), Error> {
    static HANDLE: OnceLock<Result<(Handle, ThreadId), ConfigurationError>> = OnceLock::new();
    HANDLE.get_or_init(start).as_ref().map_err(|error| error.clone().into())
}

fn start() -> Result<(Handle, ThreadId), ConfigurationError> {
    let failed = |error| ConfigurationError::with_source("the thread for blocking calls does not start", error);
    let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let handle = runtime.handle().clone();
    let thread = std::thread::Builder::new()
        .name("blocking-calls".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))
        .map_err(failed)?;
    Ok((handle, thread.thread().id()))
}

/// The items of a list, page after page, without an async runtime.
#[derive(Debug)]
#[must_use = "items are fetched when they are asked for"]
pub struct Iter<O: Paged>(Option<Items<O>>);

impl<O: Paged> Iter<O> {
    pub(crate) fn new(items: Items<O>) -> Self {
        Self(Some(items))
    }

    /// Whether the last item has come. An error is no end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.as_ref().is_some_and(Items::is_finished)
    }

    /// The cursor of the page in hand; see [`Items::page_cursor`].
    #[must_use]
    pub fn page_cursor(&self) -> Option<&str> {
        self.0.as_ref()?.page_cursor()
    }
}

impl<O: Paged> Iterator for Iter<O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut items = self.0.take()?;
        let waited = wait(Box::pin(async move {
            let next = items.try_next().await;
            Ok((next, items))
        }));
        match waited {
            Ok((next, items)) => {
                self.0 = Some(items);
                next.transpose()
            }
            Err(error) => Some(Err(error)),
        }
    }
}
