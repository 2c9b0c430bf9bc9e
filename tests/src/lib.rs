//! Shared code of the tests of both sides: vectors, stories, interop, browser, packaging.
//!
//! One function runs the vectors, [`vectors::run_all`], without I/O. Its result must be the same
//! bytes natively, in Node and in Chromium, and from the npm package for what it exports.

pub mod challenges;
#[cfg(not(target_arch = "wasm32"))]
pub mod conformance;
#[cfg(not(target_arch = "wasm32"))]
pub mod forms_entry;
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
