//! The client over loopback, against real sockets.

mod blocking;
mod bodies;
mod cancelling;
mod configuration;
mod errors;
mod headers;
mod leniency;
mod load;
mod operations;
mod paging;
mod paging_errors;
mod redirects;
mod requests;
mod retries;
mod secrets;
mod setup;
mod spans;
mod time;
mod transports;
mod validation;
