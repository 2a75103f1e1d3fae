//! How calls cross the network: configuration, retries, errors, paging. Nothing in here names a type or a path of an
//! API; what an API has of its own comes in as an [`api::Api`] and through [`operation::Operation`].

pub mod address;
pub mod api;
// A browser has no thread that could wait.
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
pub mod builder;
pub mod call;
pub mod client;
pub mod clock;
pub mod credential;
pub mod engine;
pub mod error;
pub mod failure;
pub mod future;
pub mod header;
pub mod operation;
pub mod paging;
pub mod path;
pub mod request;
pub mod reqwest;
pub mod response;
pub mod response_body;
pub mod retry;
pub mod style;
pub mod trace;
pub mod transport;
