#![no_main]
//! See `src/jwt.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| windlass_fuzz::jwt::run(input));
