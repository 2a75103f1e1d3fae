//! The generator and the comparison on any two documents.
#![no_main]

use chatkit_tests::robustness::generates_and_compares;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| generates_and_compares(data));
