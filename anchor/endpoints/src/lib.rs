//! The endpoints of Stellar's anchor protocols as routers for [axum](https://docs.rs/axum).
//!
//! A handler reads the request, applies the rules of `windlass-core`, calls a hook and answers.
//! Everything that depends on the machine is behind a small trait:
//! [`Challenges`](challenges::Challenges), [`Files`](files::Files), [`Fetch`](fetch::Fetch),
//! [`Tokens`](sessions::Tokens). The crate uses no database, network or file system, and also
//! builds for `wasm32-unknown-unknown`.
//!
//! `windlass-anchor` implements the traits for a server. [`memory`] implements them in memory, for
//! tests.
//!
//! ```
//! use std::sync::Arc;
//! use windlass_endpoints::{
//!     body::Limits, hooks::Customers, memory::MemoryFiles, sep12, sessions::Tokens,
//!     throttle::Throttle,
//! };
//!
//! fn kyc_server(customers: Arc<dyn Customers>, tokens: Arc<dyn Tokens>) -> axum::Router {
//!     let files = Arc::new(MemoryFiles);
//!     let api = sep12::CustomerApi::new(customers, tokens, Limits::default(), files);
//!     axum::Router::new().nest(sep12::MOUNT, sep12::router(api, Throttle::NONE))
//! }
//! ```

pub mod body;
pub mod challenges;
pub mod clock;
pub mod cors;
pub mod drain;
mod error;
pub mod fetch;
pub mod files;
pub mod hooks;
pub mod locale;
pub mod memory;
pub mod route;
pub mod secret;
pub mod sep1;
pub mod sep10;
pub mod sep12;
pub mod sessions;
pub mod throttle;

pub use error::Error;
pub use secret::Secret;
pub use sessions::Subject;
