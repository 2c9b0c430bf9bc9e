//! Persistence: the database, the encryption of personal data, and the storage of files.

pub(crate) mod challenge;
pub mod database;
pub mod rotation;
pub(crate) mod sql;
pub mod storage;
pub mod vault;
