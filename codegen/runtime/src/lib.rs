//! What generated code needs at run time.
//!
//! A crate only so that its parts compile and are tested by themselves: `chatkit-codegen` ships their text byte for
//! byte, and the generated crate has them under the same module path.

pub mod support;
