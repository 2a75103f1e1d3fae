//! The runtime of generated code.
//!
//! `chatkit-codegen` ships the text of the modules `runtime` and `support`, and the generated crate
//! has them under the same paths. They form a crate of their own to be compiled and tested without
//! the generator. The tests are in a separate module, which is not shipped.
//!
//! Only the examples in the documentation change on the way: the name of the generated crate
//! replaces `generated_crate` in them. They run as doctests of the generated crate.

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
