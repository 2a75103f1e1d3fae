//! What the models are made of, beside their own definitions.

pub mod containers;
pub mod decode;
pub mod encode;
pub mod format;
pub mod json;
pub mod lenient;
pub mod optional_nullable;
pub mod path;
pub mod pattern;
pub mod secret;
pub mod shape;
pub mod tagged;
pub mod tape;
pub mod token;
pub mod unknown_fields;
pub mod validate;
