//! The runtime of generated code.
//!
//! It is a crate so that its modules compile and are tested by themselves. `chatkit-codegen` ships their text byte for
//! byte, and the generated crate has them under the same module path. The tests are apart, so that they are not
//! shipped.

#[allow(dead_code, reason = "each generated crate uses what its spec needs; here, what the tests need")]
#[cfg_attr(not(test), allow(unused_imports, unused_macros, reason = "only tests use the macro here"))]
mod support;

#[cfg(feature = "client")]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "each generated crate uses what its spec needs; here, what the tests need"
)]
mod runtime;

#[cfg(test)]
mod tests;
