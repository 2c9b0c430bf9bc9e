//! The SQL of the built-in customers: a file for each table, a function for each query. The same text runs on both
//! engines.

pub(crate) mod access;
pub(crate) mod code;
pub(crate) mod customer;
pub(crate) mod field;
pub(crate) mod file;
pub(crate) mod question;
pub(crate) mod review;
pub(crate) mod sent;
