//! The code that all models share: decoding, encoding, validation, and common types.

pub mod by_json_type;
pub mod containers;
pub mod correction;
pub mod decode;
pub mod encode;
pub mod format;
pub mod json_number;
pub mod json_path;
pub mod json_value;
pub mod json_words;
pub mod lenient;
pub mod optional_nullable;
pub mod pattern;
pub mod secret;
pub mod tagged;
pub mod tape;
pub mod tape_deserializer;
pub mod tape_token;
pub mod unknown_fields;
pub mod validate;
