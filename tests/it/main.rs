//! Whole stories, wallet and anchor.
#![cfg(not(target_arch = "wasm32"))]

mod auth;
mod bad_input;
mod kyc;
mod service;
mod world;
