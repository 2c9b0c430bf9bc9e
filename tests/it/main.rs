//! Whole stories, wallet and anchor.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod auth;
mod bad_input;
mod callbacks;
mod challenge;
mod corpus;
#[path = "../../anchor/tests/it/support/database.rs"]
mod database;
mod doctor;
mod domains;
#[expect(unreachable_pub, reason = "also the library of the fuzz targets")]
#[path = "../fuzz/src/lib.rs"]
mod fuzz;
mod kyc;
#[path = "../../anchor/tests/it/support/logs.rs"]
mod logs;
mod ownership;
mod published;
mod rates;
mod service;
mod sign_in;
mod waiting;
mod world;
