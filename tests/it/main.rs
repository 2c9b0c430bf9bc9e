//! Stories of wallet and anchor together.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod auth;
mod bad_input;
mod callbacks;
mod challenge;
mod corpus;
mod doctor;
mod domains;
mod kyc;
mod log_search;
mod ownership;
mod published;
mod rates;
mod sep9_entry;
mod service;
mod sign_in;
mod waiting;
mod world;
