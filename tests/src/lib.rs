//! What needs both sides: vectors, stories, interop, browser, packaging.
//!
//! The vectors are run by one function, [`vectors::run_all`], which does no I/O: natively, in Node and in Chromium it
//! must give the same bytes, and so must the npm package where it offers the same.

pub mod challenges;
#[cfg(not(target_arch = "wasm32"))]
pub mod conformance;
#[cfg(not(target_arch = "wasm32"))]
pub mod log_search;
#[cfg(not(target_arch = "wasm32"))]
pub mod sep9_entry;
#[cfg(not(target_arch = "wasm32"))]
pub mod troubleshooting;
pub mod vectors;

/// The Rust examples of the workspace's README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
