//! Tests of the HTTP API, through the router.

mod accounts;
mod faults;
mod friendbot;
mod general;
mod transactions;
