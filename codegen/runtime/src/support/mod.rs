//! What the models are made of, beside their own definitions.

pub mod decode;
pub mod encode;
pub mod format;
pub mod lenient;
pub mod optional_nullable;
pub mod path;
pub mod secret;
pub mod tagged;
pub mod token;
pub mod unlisted;
pub mod validate;

pub use lenient::{Lenient, Model};
pub use optional_nullable::OptionalNullable;
pub use secret::Secret;
pub use unlisted::Unlisted;
pub use validate::{Limit, Violation, Violations};
