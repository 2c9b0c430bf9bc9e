//! The endpoints of SEP-12 over the built-in customers.
//!
//! The tests use SQLite, or PostgreSQL if `TEST_DATABASE_URL` names a server on which they may
//! create databases.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

mod access;
mod access_log;
mod at_rest;
mod bad_day;
mod callbacks;
mod codes;
mod concurrency;
mod customers;
mod delete;
mod destruction;
mod files;
mod flood;
mod get;
mod hooks;
mod http_hook;
mod inspect;
mod kill;
mod languages;
mod links;
mod loads;
mod operator;
mod outbox;
mod provider;
mod put;
mod review;
mod rotation;
mod rules;
mod s3;
mod secrecy;
mod storage;
mod values;
mod waiting;
