//! The HTTP clients that a client can use.

use std::sync::Arc;

use super::reqwest_transport::ReqwestTransport;
use super::transport::Transport;

/// The HTTP client that sends the requests of a client.
pub(super) enum HttpBackend {
    /// reqwest, as by default: without a box, and without parsing the URL again.
    Reqwest(ReqwestTransport),
    /// A transport of the caller's.
    Other(Arc<dyn Transport>),
}
