//! The core's rules, without network: golden vectors, the rows of the register, and properties.
//!
//! The first three run in WebAssembly too.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod authorize;
mod challenge;
#[cfg(not(target_arch = "wasm32"))]
mod strkey;
#[cfg(not(target_arch = "wasm32"))]
mod tampering;
mod vectors;
#[cfg(not(target_arch = "wasm32"))]
mod xdr;
