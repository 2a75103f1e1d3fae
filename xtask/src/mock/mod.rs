//! A mock server for the API that a spec describes: `cargo xtask mock`.
//!
//! It responds with the examples of the spec, and checks each request against it. Everything it knows of an API comes
//! from its spec.
//!
//! [`Mock`] turns a request into a response and does no I/O; [`MockServer`] puts it on a port.

mod body;
mod command;
mod credentials;
mod endpoint;
mod field_path;
mod handler;
mod pagination;
mod parameters;
mod path_template;
mod percent_decoding;
mod raw_parameters;
mod rejection;
mod responses;
mod server;
mod unknown_fields;
mod values;

pub(crate) use command::{MockArgs, run};
pub use handler::{LARGEST_BODY, Mock};
pub use rejection::RejectionReason;
pub use server::MockServer;
