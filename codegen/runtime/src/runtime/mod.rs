//! Sends calls: configuration, retries, errors, pagination.
//!
//! Nothing here names a type or a path of an API. An [`api::Api`] describes the API, and its calls
//! implement [`operation::Operation`].

pub mod api;
pub mod authentication;
// Code in a browser cannot block its thread.
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
pub mod body;
pub mod body_reader;
pub mod builder;
pub mod call;
pub mod call_methods;
pub mod call_options;
pub mod client;
pub mod clock;
pub mod config;
pub mod credential;
pub mod dyn_operation;
pub mod engine;
pub mod error;
pub mod future;
pub mod header;
pub mod http_backend;
pub mod operation;
pub mod operation_info;
pub mod paging;
pub mod received_response;
pub mod redaction;
pub mod request;
pub mod request_builder;
pub mod request_url;
pub mod reqwest_error;
pub mod reqwest_transport;
pub mod response;
pub mod response_body;
pub mod retry;
pub mod send;
pub mod style;
pub mod timeout;
pub mod trace;
pub mod transport;
pub mod url_encoding;
