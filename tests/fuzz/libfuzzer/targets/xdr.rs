#![no_main]
//! See `src/xdr.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| windlass_fuzz::xdr::run(input));
