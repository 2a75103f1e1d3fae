//! Timeouts for futures.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::clock::Clock;
use super::future::BoxFuture;

/// Runs a future with a timeout. Returns `None` if the timeout elapses first.
///
/// The future is pinned by the caller. By value, both the caller's future and this one would store
/// it.
pub async fn within<F: Future>(clock: &dyn Clock, limit: Option<Duration>, future: Pin<&mut F>) -> Option<F::Output> {
    let Some(limit) = limit else { return Some(future.await) };
    // Without this check, a future that is ready at once would win.
    if limit.is_zero() {
        return None;
    }
    Timeout { future, alarm: clock.sleep(limit) }.await
}

struct Timeout<'f, 'a, F> {
    future: Pin<&'f mut F>,
    alarm: BoxFuture<'a, ()>,
}

impl<F: Future> Future for Timeout<'_, '_, F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(output) = self.future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        self.alarm.as_mut().poll(context).map(|()| None)
    }
}
