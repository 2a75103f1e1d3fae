//! What generated code needs at run time.
//!
//! A crate only so that its parts compile and are tested by themselves: `chatkit-codegen` ships their text byte for
//! byte, and the generated crate has them under the same module path. The tests stand apart, so that they are not
//! shipped.

#[allow(dead_code, unused_imports, reason = "each generated crate uses what its spec needs; here, what the tests need")]
mod support;

#[cfg(test)]
mod tests;
