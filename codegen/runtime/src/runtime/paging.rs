//! Pagination: calls that return a list page by page.

use std::collections::HashSet;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::error::{CursorError, Error};
use super::future::BoxFuture;
use super::operation::Operation;
use super::response::Response;
use super::send::send;

/// A direction through a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end of the list.
    Forward,
    /// Towards the start of the list.
    Backward,
}

/// A call whose response is a page of a list.
///
/// Only the calls of this crate implement it.
pub trait Paged: Operation {
    /// The type of an item.
    type Item: Send + 'static;

    /// Returns the direction of the call. It is backward if only the cursor of that direction is
    /// set.
    #[doc(hidden)]
    fn direction(&self) -> Direction;

    /// Returns the cursor that the call starts from.
    #[doc(hidden)]
    fn cursor(&self, direction: Direction) -> Option<String>;

    /// Returns the same call with another cursor.
    #[doc(hidden)]
    #[must_use]
    fn with_cursor(self, direction: Direction, cursor: String) -> Self;

    /// Returns the cursor of the page after this one, unless it is null or empty.
    #[doc(hidden)]
    fn next_cursor(page: &Self::Output, direction: Direction) -> Option<String>;

    /// Returns `true` if another page follows in the direction of the call.
    #[doc(hidden)]
    fn has_more(page: &Self::Output) -> bool;

    /// Returns the items of a page.
    #[doc(hidden)]
    fn into_items(page: Self::Output) -> Vec<Self::Item>;
}

/// A page of a list. It dereferences to its [`Response`].
///
/// ```
/// use generated_crate::{Error, Page, Paged};
///
/// /// Fetches a page and the page after it.
/// async fn two_pages<C>(call: C) -> Result<Vec<C::Item>, Error>
/// where
///     C: Paged + IntoFuture<Output = Result<Page<C>, Error>>,
/// {
///     let page = call.await?;
///     let next = page.next_page();
///     let mut items = page.into_items();
///     if let Some(next) = next {
///         items.extend(next.await?.into_items());
///     }
///     Ok(items)
/// }
/// ```
pub struct Page<O: Paged> {
    response: Response<O::Output>,
    call: O,
}

impl<O: Paged> Page<O> {
    /// Returns the call for the next page, or `None` if this is the last page.
    #[must_use]
    pub fn next_page(&self) -> Option<O> {
        self.neighbor(Direction::Forward)
    }

    /// Returns the call for the previous page, or `None` if this is the first page or the API has
    /// no cursor for that direction.
    #[must_use]
    pub fn previous_page(&self) -> Option<O> {
        // The first page is the one without a cursor.
        let is_first = self.call.direction() == Direction::Forward && self.call.cursor(Direction::Forward).is_none();
        if is_first { None } else { self.neighbor(Direction::Backward) }
    }

    fn neighbor(&self, direction: Direction) -> Option<O> {
        // `has_more` is only about the direction of the call.
        if self.call.direction() == direction && !O::has_more(&self.response) {
            return None;
        }
        let cursor = O::next_cursor(&self.response, direction)?;
        Some(self.call.clone().with_cursor(direction, cursor))
    }

    /// Returns the items of the page.
    #[must_use]
    pub fn into_items(self) -> Vec<O::Item> {
        O::into_items(self.response.into_inner())
    }

    /// Returns the response.
    pub fn into_response(self) -> Response<O::Output> {
        self.response
    }

    /// Returns the value of the response.
    pub fn into_inner(self) -> O::Output {
        self.response.into_inner()
    }
}

impl<O: Paged> Deref for Page<O> {
    type Target = Response<O::Output>;

    fn deref(&self) -> &Self::Target {
        &self.response
    }
}

impl<O: Paged> fmt::Debug for Page<O>
where
    O::Output: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Page").field(&self.response).finish()
    }
}

/// Fetches a page.
pub fn fetch<O: Paged>(call: O) -> BoxFuture<'static, Result<Page<O>, Error>> {
    Box::pin(async move {
        let response = send(&call).await?;
        Ok(Page { response, call })
    })
}

/// A stream of the pages of a list. It fetches each page when the page is requested.
///
/// The stream ends after an error. A new stream can continue from [`cursor`](Pages::cursor).
///
/// ```
/// use generated_crate::{Error, Paged, Pages};
///
/// /// Collects the items. After an error, a new call can continue from `pages.cursor()`.
/// async fn collect<C: Paged>(pages: &mut Pages<C>, items: &mut Vec<C::Item>) -> Result<(), Error> {
///     while let Some(page) = pages.try_next().await? {
///         items.extend(page.into_items());
///     }
///     Ok(())
/// }
/// ```
#[must_use = "pages are fetched when they are requested"]
pub struct Pages<O: Paged> {
    state: PagesState<O>,
    direction: Direction,
    /// The cursors that have been used. A repeated cursor would make the stream endless.
    seen: HashSet<String>,
    /// The cursor of the next page, or of the page that failed.
    cursor: Option<String>,
    /// The cursor without the credentials that the server may repeat in it.
    shown_cursor: Option<String>,
    /// Whether the last page has been returned.
    finished: bool,
}

enum PagesState<O: Paged> {
    Next(Box<O>),
    /// The future is stored here, and survives if the future of `try_next` is dropped.
    Fetching(BoxFuture<'static, Result<Page<O>, Error>>),
    Done,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(call: O) -> Self {
        let direction = call.direction();
        let cursor = call.cursor(direction);
        Self {
            state: PagesState::Next(Box::new(call)),
            direction,
            seen: cursor.iter().cloned().collect(),
            shown_cursor: cursor.clone(),
            cursor,
            finished: false,
        }
    }

    /// Returns the next page, or `None` after the last one.
    ///
    /// It is cancel safe: if the future is dropped before it is ready, nothing is lost.
    ///
    /// # Errors
    ///
    /// Returns the errors of the call, and [`Error::Cursor`] if the server returns a cursor twice.
    pub async fn try_next(&mut self) -> Result<Option<Page<O>>, Error> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    /// Returns `true` after the last page. An error does not finish the list.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// Returns the cursor of the next page, or of the page that failed. A new stream can continue
    /// from it.
    ///
    /// It is `None` at the start and after the end. [`is_finished`](Self::is_finished)
    /// distinguishes the two.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<O>, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, PagesState::Done) {
                PagesState::Done => return Poll::Ready(None),
                PagesState::Next(call) => self.state = PagesState::Fetching(fetch(*call)),
                PagesState::Fetching(mut fetching) => match fetching.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = PagesState::Fetching(fetching);
                        return Poll::Pending;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(Ok(page)) => {
                        self.advance(&page);
                        return Poll::Ready(Some(Ok(page)));
                    }
                },
            }
        }
    }

    /// Prepares the call for the page after this one.
    fn advance(&mut self, page: &Page<O>) {
        let cursor = O::next_cursor(page, self.direction).filter(|_| O::has_more(page));
        self.cursor.clone_from(&cursor);
        self.shown_cursor = cursor.as_deref().map(|cursor| page.redacted(cursor));
        self.finished = cursor.is_none();
        if let Some(cursor) = cursor {
            // The items of this page are valid, so the error waits until the next page is requested.
            self.state = if self.seen.insert(cursor.clone()) {
                PagesState::Next(Box::new(page.call.clone().with_cursor(self.direction, cursor)))
            } else {
                let error = CursorError { operation: O::INFO.id, cursor: page.redacted(&cursor) };
                PagesState::Fetching(Box::pin(std::future::ready(Err(error.into()))))
            };
        }
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<Page<O>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::INFO.id)
            .field("cursor", &self.shown_cursor)
            .finish_non_exhaustive()
    }
}

/// A stream of the items of a list, across all of its pages.
///
/// The stream ends after an error. A new stream can continue from
/// [`page_cursor`](Items::page_cursor), which repeats the current page. If the API's cursors are
/// item ids, a new stream can instead continue right after the last item, from that item's id.
///
/// ```
/// use generated_crate::{Error, Items, Paged};
///
/// async fn first_ten<C: Paged>(mut items: Items<C>) -> Result<Vec<C::Item>, Error> {
///     let mut first = Vec::new();
///     while first.len() < 10 {
///         let Some(item) = items.try_next().await? else { break };
///         first.push(item);
///     }
///     Ok(first)
/// }
/// ```
#[must_use = "items are fetched when they are requested"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    buffer: VecDeque<O::Item>,
    /// The cursor of the page whose items are in the buffer.
    cursor: Option<String>,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(call: O) -> Self {
        let pages = Pages::new(call);
        Self { cursor: pages.cursor.clone(), pages, buffer: VecDeque::new() }
    }

    /// Returns the next item, or `None` after the last one.
    ///
    /// It is cancel safe: if the future is dropped before it is ready, nothing is lost.
    ///
    /// # Errors
    ///
    /// Returns the errors of the call, and [`Error::Cursor`] if the server returns a cursor twice.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, Error> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    /// Returns `true` after the last item. An error does not finish the list.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.pages.finished && self.buffer.is_empty()
    }

    /// Returns the cursor of the current page. A new stream from it misses no item.
    ///
    /// The current page is the page of the last item. After that page's last item, it is the next
    /// page, or the page that failed. The cursor is `None` at the start and after the end.
    /// [`is_finished`](Self::is_finished) distinguishes the two.
    #[must_use]
    pub fn page_cursor(&self) -> Option<&str> {
        if self.buffer.is_empty() { self.pages.cursor() } else { self.cursor.as_deref() }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(item) = self.buffer.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            let cursor = self.pages.cursor.clone();
            match ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    self.cursor = cursor;
                    self.buffer = page.into_items().into();
                    if self.pages.direction == Direction::Backward {
                        self.buffer.make_contiguous().reverse();
                    }
                }
            }
        }
    }
}

// The stream moves items, and never pins them.
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
