//! What is kept: the database, the encryption of personal data, and the storage of files.

pub(crate) mod challenge;
pub mod database;
pub mod rotation;
pub mod storage;
pub mod vault;

/// A Unix time as the database holds it.
pub(crate) fn seconds(time: u64) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}
