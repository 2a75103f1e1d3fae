//! Tests of the shipped modules.
