//! Futures that can be sent between threads, if the platform has threads.

use std::future::Future;
use std::pin::Pin;

/// A boxed future: `Send`, except on `wasm32`, where those of a browser are not.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future: `Send`, except on `wasm32`, where those of a browser are not.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
