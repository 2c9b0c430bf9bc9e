#![no_main]
//! See `src/bodies.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| windlass_fuzz::bodies::form(input));
