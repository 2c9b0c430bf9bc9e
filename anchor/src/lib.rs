//! The anchor's side of Stellar's protocols: routers for axum, and the reference server `windlass`.
//!
//! Every SEP is a router of its own, with a state of its own, and can be nested in another axum application:
//!
//! | Protocol | Router | Needs |
//! |---|---|---|
//! | SEP-1 | [`sep1::router`] | a stellar.toml |
//! | SEP-10 | [`sep10::router`] | a signing key, a [`Ledger`](hooks::Ledger), the database for used challenges |
//! | SEP-12 | [`sep12::router`] | [`Sessions`] and a [`Customers`](hooks::Customers) hook |
//!
//! [`Anchor`] is all of them as the configuration says, and what `windlass serve` runs.

pub mod anchor;
pub mod body;
pub mod clock;
pub mod config;
pub mod cors;
pub mod database;
pub mod doctor;
pub mod error;
pub mod hooks;
pub mod kyc;
pub mod outbox;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod sep1;
pub mod sep10;
pub mod sep12;
pub mod sessions;
mod store;
pub mod vault;

pub use anchor::Anchor;
pub use config::Config;
pub use error::Error;
pub use sessions::{Sessions, Subject};
