//! The HTTP clients that a client can use.

use std::sync::Arc;

use super::reqwest_transport::ReqwestTransport;
use super::transport::Transport;

/// The HTTP client that sends the requests of a client.
pub(super) enum HttpBackend {
    /// reqwest, the default. A direct call avoids a box, and parsing the URL again.
    Reqwest(ReqwestTransport),
    /// The caller's own transport.
    Other(Arc<dyn Transport>),
}
