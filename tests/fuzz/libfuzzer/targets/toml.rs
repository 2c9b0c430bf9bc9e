#![no_main]
//! See `src/toml.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| windlass_fuzz::toml::run(input));
