//! All SQL: a file for each table, a function for each query. The same text runs on both engines.

pub(crate) mod access;
pub(crate) mod callback;
pub(crate) mod challenge;
pub(crate) mod code;
pub(crate) mod customer;
pub(crate) mod field;
pub(crate) mod file;
pub(crate) mod outbox;
pub(crate) mod question;
pub(crate) mod review;
pub(crate) mod sent;
pub(crate) mod stray;

/// A Unix time as the database holds it.
fn seconds(time: u64) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}
