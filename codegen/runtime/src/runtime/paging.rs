//! Lists that come page by page.

use std::collections::HashSet;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::call::send;
use super::error::{CursorError, Error};
use super::future::BoxFuture;
use super::operation::Operation;
use super::response::Response;

/// The two ways through a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards its end.
    Forward,
    /// Towards its start.
    Backward,
}

/// A call whose response is a page of a list.
///
/// Only this crate's calls implement it.
pub trait Paged: Operation {
    /// What the list holds.
    type Item: Send + 'static;

    /// In which direction the call walks: backward where only that direction's cursor is set.
    #[doc(hidden)]
    fn direction(&self) -> Direction;

    /// The cursor that the call starts from.
    #[doc(hidden)]
    fn cursor(&self, direction: Direction) -> Option<String>;

    /// Returns the same call from another cursor.
    #[doc(hidden)]
    #[must_use]
    fn with_cursor(self, direction: Direction, cursor: String) -> Self;

    /// The cursor of the page next to this one, unless it is null or empty.
    #[doc(hidden)]
    fn next_cursor(page: &Self::Output, direction: Direction) -> Option<String>;

    /// Whether the list goes on beyond the page, in the direction of the call that it answers.
    #[doc(hidden)]
    fn has_more(page: &Self::Output) -> bool;

    /// The items of a page.
    #[doc(hidden)]
    fn into_items(page: Self::Output) -> Vec<Self::Item>;
}

/// A page of a list: the response, to which it dereferences, and the call that it answers.
pub struct Page<O: Paged> {
    response: Response<O::Output>,
    call: O,
}

impl<O: Paged> Page<O> {
    /// The call for the page after this one; `None` where the server says that there is none.
    #[must_use]
    pub fn next_page(&self) -> Option<O> {
        self.beside(Direction::Forward)
    }

    /// The call for the page before this one; `None` where there is none, and where the API only goes forward.
    #[must_use]
    pub fn previous_page(&self) -> Option<O> {
        // A list starts with the page that no cursor was given for.
        let is_first = self.call.direction() == Direction::Forward && self.call.cursor(Direction::Forward).is_none();
        if is_first { None } else { self.beside(Direction::Backward) }
    }

    fn beside(&self, direction: Direction) -> Option<O> {
        // Of the other direction the server says nothing.
        if self.call.direction() == direction && !O::has_more(&self.response) {
            return None;
        }
        let cursor = O::next_cursor(&self.response, direction)?;
        Some(self.call.clone().with_cursor(direction, cursor))
    }

    /// The items of the page.
    #[must_use]
    pub fn into_items(self) -> Vec<O::Item> {
        O::into_items(self.response.into_inner())
    }

    /// The response alone.
    pub fn into_response(self) -> Response<O::Output> {
        self.response
    }

    /// The value alone.
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

/// The pages of a list, each fetched when it is asked for.
///
/// Ends after an error; [`cursor`](Pages::cursor) tells where a new walk can go on.
#[must_use = "pages are fetched when they are asked for"]
pub struct Pages<O: Paged> {
    state: State<O>,
    direction: Direction,
    /// The cursors that have been used. A walk in circles is found at once, and exactly.
    seen: HashSet<String>,
    /// The cursor of the page that is next, or of the one that failed.
    cursor: Option<String>,
    /// There is no page after the last one that came.
    finished: bool,
}

enum State<O: Paged> {
    Next(Box<O>),
    /// Kept here, so that nothing is lost when whoever waits for the page stops waiting.
    Fetching(BoxFuture<'static, Result<Page<O>, Error>>),
    Done,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(call: O) -> Self {
        let direction = call.direction();
        let cursor = call.cursor(direction);
        Self {
            state: State::Next(Box::new(call)),
            direction,
            seen: cursor.iter().cloned().collect(),
            cursor,
            finished: false,
        }
    }

    /// The next page; `None` after the last one.
    ///
    /// Nothing is lost where the future is dropped before it is ready.
    ///
    /// # Errors
    ///
    /// Those of the call, and [`Error::Cursor`] where the server gives a cursor again.
    pub async fn try_next(&mut self) -> Result<Option<Page<O>>, Error> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    /// Whether the last page has come. An error is no end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// The cursor from which a new walk goes on with the page that comes next, or that failed; `None` at the start and
    /// after the end, which [`is_finished`](Self::is_finished) tells apart.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<O>, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Next(call) => self.state = State::Fetching(fetch(*call)),
                State::Fetching(mut fetching) => match fetching.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Fetching(fetching);
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

    /// Prepares for the page after this one.
    fn advance(&mut self, page: &Page<O>) {
        let cursor = O::next_cursor(page, self.direction).filter(|_| O::has_more(page));
        self.cursor.clone_from(&cursor);
        self.finished = cursor.is_none();
        if let Some(cursor) = cursor {
            // The page is good, and so are its items: the error comes when the next one is asked for.
            self.state = if self.seen.insert(cursor.clone()) {
                State::Next(Box::new(page.call.clone().with_cursor(self.direction, cursor)))
            } else {
                let error = CursorError { operation: O::INFO.id, cursor };
                State::Fetching(Box::pin(std::future::ready(Err(error.into()))))
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
        f.debug_struct("Pages").field("operation", &O::INFO.id).field("cursor", &self.cursor).finish_non_exhaustive()
    }
}

/// The items of a list, page after page.
///
/// Ends after an error; [`page_cursor`](Items::page_cursor) tells where a new walk can go on. In the middle of a page it
/// gives the page again: where ids are cursors, go on from the id of the last item instead.
#[must_use = "items are fetched when they are asked for"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    buffer: VecDeque<O::Item>,
    /// The cursor of the page that the items are from.
    cursor: Option<String>,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(call: O) -> Self {
        let pages = Pages::new(call);
        Self { cursor: pages.cursor.clone(), pages, buffer: VecDeque::new() }
    }

    /// The next item; `None` after the last one.
    ///
    /// Nothing is lost where the future is dropped before it is ready.
    ///
    /// # Errors
    ///
    /// Those of the call, and [`Error::Cursor`] where the server gives a cursor again.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, Error> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    /// Whether the last item has come. An error is no end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.pages.finished && self.buffer.is_empty()
    }

    /// The cursor of the page in hand, from which a new walk misses no item: it begins with the page that the last item
    /// came from, or, after that page's last item, with the one that comes next or failed. `None` for the start, and after the end, which
    /// [`is_finished`](Self::is_finished) tells apart.
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

// Items are moved out, never pinned.
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
