//! The SQL of the built-in customers: a file for each table, a function for each query. The same text runs on both
//! engines.

pub(super) mod access;
pub(super) mod code;
pub(super) mod customer;
pub(super) mod decision;
pub(super) mod field;
pub(super) mod file;
pub(super) mod review_request;
pub(super) mod sent_code;
