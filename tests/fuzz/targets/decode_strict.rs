//! Strict decoding of any payload as any type.
#![no_main]

use chatkit_tests::robustness::decodes_strictly;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| decodes_strictly(data));
