//! A Stellar ledger that speaks Horizon's API, and an inbox for codes, for development and tests.
//!
//! The ledger checks what the network checks, in the same order: XDR, hashes, signatures, sequence
//! numbers, time bounds, fees and thresholds. Any Stellar SDK can be pointed at it. It is kept in
//! memory, includes each submission at once (or on demand), and takes its time from a clock that
//! the caller passes in. What it does not support it refuses: operations with `op_not_supported`,
//! paths with 404.
//!
//! It refuses the public network's passphrase, because what it signs and accepts would be valid
//! there.
//!
//! ```
//! use std::sync::Arc;
//! use windlass_sandbox::{Config, Sandbox};
//!
//! let sandbox = Sandbox::new(Config::new(Arc::new(|| 1_787_227_200)))?;
//! let account = "GDQVTSKDLP7BJMDPKV3B5GYQX4IBTIMXN6BWHEAS7332QJR64Q2ICDOD";
//! sandbox.fund(account)?;
//! assert_eq!(sandbox.account_json(account).unwrap()["balances"][0]["balance"], "10000.0000000");
//!
//! let app: axum::Router = axum::Router::new()
//!     .nest_service("/horizon", sandbox.ledger_router())
//!     .merge(sandbox.inbox().router());
//! # Ok::<(), windlass_sandbox::SandboxError>(())
//! ```

#![expect(
    clippy::result_large_err,
    reason = "the error is the result that the network would give, which is large"
)]

mod amount;
mod auth;
mod codes;
mod error;
mod fault;
mod friendbot;
mod http;
mod inbox;
mod ledger;
mod network;
mod ops;
mod sandbox;
mod state;
mod submission;
#[cfg(test)]
mod testing;
mod time;

pub use error::SandboxError;
pub use fault::Fault;
pub use inbox::{Channel, Inbox, Message};
pub use sandbox::{Clock, Close, Config, STANDALONE, Sandbox};
