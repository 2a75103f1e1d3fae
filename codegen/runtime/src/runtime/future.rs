//! Futures that can cross threads, where there are threads.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::clock::Clock;

/// A boxed future: `Send`, except on `wasm32`, where a browser's are not.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future: `Send`, except on `wasm32`, where a browser's are not.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Runs a future for as long as a limit allows; `None` when it takes longer.
///
/// It is pinned where it stands: one that is handed over would have room in both futures.
pub async fn within<F: Future>(clock: &dyn Clock, limit: Option<Duration>, future: Pin<&mut F>) -> Option<F::Output> {
    let Some(limit) = limit else { return Some(future.await) };
    // Else what happens to be ready at once would win.
    if limit.is_zero() {
        return None;
    }
    Race { future, alarm: clock.sleep(limit) }.await
}

struct Race<'f, 'a, F> {
    future: Pin<&'f mut F>,
    alarm: BoxFuture<'a, ()>,
}

impl<F: Future> Future for Race<'_, '_, F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(output) = self.future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        self.alarm.as_mut().poll(context).map(|()| None)
    }
}
