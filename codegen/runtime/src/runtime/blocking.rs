//! Blocking calls, for callers without an async runtime.
//!
//! One background thread runs all of them. The connections of a client stay open between calls.

use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;
use std::thread::ThreadId;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use super::error::{ConfigurationError, Error, TransportError, TransportErrorKind};
use super::paging::{Items, Page, Paged, Pages};

/// Runs a future on the background thread, and blocks until its result is ready.
///
/// Unlike Tokio's `block_on`, it works inside async code too, but blocks the executor's thread.
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
        // The call would wait for itself, and no timeout would end that.
        let message = "a credential provider or a transport cannot make a blocking call: await the call instead";
        return Err(ConfigurationError::new(message).into());
    }
    handle.spawn(async move {
        // This fails only if the waiting thread is gone.
        let _ = sender.send(future.await);
    });
    receiver.recv().unwrap_or_else(|error| Err(TransportError::new(TransportErrorKind::Other, error).into()))
}

/// Returns the runtime of the background thread, and the thread's id.
fn handle() -> Result<&'static (Handle, ThreadId), Error> {
    static HANDLE: OnceLock<Result<(Handle, ThreadId), ConfigurationError>> = OnceLock::new();
    HANDLE.get_or_init(start).as_ref().map_err(|error| error.clone().into())
}

fn start() -> Result<(Handle, ThreadId), ConfigurationError> {
    let failed = |error| ConfigurationError::with_source("the thread for blocking calls could not be started", error);
    let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let handle = runtime.handle().clone();
    let thread = std::thread::Builder::new()
        .name("blocking-calls".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))
        .map_err(failed)?;
    Ok((handle, thread.thread().id()))
}

/// An iterator over the items of a list, across all of its pages. It needs no async runtime.
///
/// It blocks the thread while it fetches a page, and ends after an error.
///
/// ```
/// use generated_crate::{BlockingItems, Error, Paged};
///
/// fn first_ten<C: Paged>(items: BlockingItems<C>) -> Result<Vec<C::Item>, Error> {
///     items.take(10).collect()
/// }
/// ```
#[derive(Debug)]
#[must_use = "items are fetched when they are requested"]
pub struct BlockingItems<O: Paged>(Option<Items<O>>);

impl<O: Paged> BlockingItems<O> {
    pub(crate) fn new(items: Items<O>) -> Self {
        Self(Some(items))
    }

    /// Returns `true` after the last item. An error does not finish the list.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.as_ref().is_some_and(Items::is_finished)
    }

    /// Returns the cursor of the current page. See [`Items::page_cursor`].
    #[must_use]
    pub fn page_cursor(&self) -> Option<&str> {
        self.0.as_ref()?.page_cursor()
    }
}

impl<O: Paged> Iterator for BlockingItems<O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0)
    }
}

/// An iterator over the pages of a list. It needs no async runtime.
///
/// It blocks the thread while it fetches a page, and ends after an error.
///
/// ```
/// use generated_crate::{BlockingPages, Error, Paged};
///
/// fn count<C: Paged>(pages: BlockingPages<C>) -> Result<usize, Error> {
///     let mut count = 0;
///     for page in pages {
///         count += page?.into_items().len();
///     }
///     Ok(count)
/// }
/// ```
#[derive(Debug)]
#[must_use = "pages are fetched when they are requested"]
pub struct BlockingPages<O: Paged>(Option<Pages<O>>);

impl<O: Paged> BlockingPages<O> {
    pub(crate) fn new(pages: Pages<O>) -> Self {
        Self(Some(pages))
    }

    /// Returns `true` after the last page. An error does not finish the list.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.as_ref().is_some_and(Pages::is_finished)
    }

    /// Returns the cursor of the next page, or of the page that failed. See [`Pages::cursor`].
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.0.as_ref()?.cursor()
    }
}

impl<O: Paged> Iterator for BlockingPages<O> {
    type Item = Result<Page<O>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0)
    }
}

/// Waits for the next element of a stream. If the wait itself fails, the stream is lost.
fn next<S, T>(stream: &mut Option<S>) -> Option<Result<T, Error>>
where
    S: Stream<Item = Result<T, Error>> + Send + Unpin + 'static,
    T: Send + 'static,
{
    let mut taken = stream.take()?;
    let waited = wait(Box::pin(async move {
        let next = poll_fn(|context| Pin::new(&mut taken).poll_next(context)).await;
        Ok((next, taken))
    }));
    match waited {
        Ok((next, taken)) => {
            *stream = Some(taken);
            next
        }
        Err(error) => Some(Err(error)),
    }
}
