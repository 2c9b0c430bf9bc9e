//! The SQL of the built-in customers: one file per table, one function per query. The same text
//! runs on both database engines.

pub(super) mod access;
pub(super) mod code;
pub(super) mod customer;
pub(super) mod decision;
pub(super) mod field;
pub(super) mod file;
pub(super) mod review_request;
pub(super) mod sent_code;
