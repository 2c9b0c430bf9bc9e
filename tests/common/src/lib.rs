//! What the Rust tests of several packages share. It knows none of the packages that it helps to
//! test.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

pub mod connection;
pub mod database;
pub mod logs;
