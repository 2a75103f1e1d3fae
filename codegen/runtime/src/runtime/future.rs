//! Boxed futures, which are `Send` if the platform has threads.

use std::future::Future;
use std::pin::Pin;

/// A boxed future. It is `Send`, except on `wasm32`, since a browser's futures are not.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future. It is `Send`, except on `wasm32`, since a browser's futures are not.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
