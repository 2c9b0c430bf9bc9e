#![no_main]
//! See `src/challenge.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| windlass_fuzz::challenge::run(input));
