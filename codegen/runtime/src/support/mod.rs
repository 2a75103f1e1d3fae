//! The parts of the models beside their own definitions.

pub mod by_json_type;
pub mod containers;
pub mod correction;
pub mod decode;
pub mod encode;
pub mod format;
pub mod json;
pub mod lenient;
pub mod optional_nullable;
pub mod path;
pub mod pattern;
pub mod secret;
pub mod tagged;
pub mod tape;
pub mod unknown_fields;
pub mod validate;
