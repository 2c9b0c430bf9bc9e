//! Shared code of the Rust tests of several packages. It does not depend on any package that it
//! helps to test.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

pub mod connection;
pub mod database;
pub mod logs;
