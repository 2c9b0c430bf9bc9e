#![doc = include_str!("../README.md")]
#![cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "the built-in customers use it, and they are not in a page")
)]

#[cfg(not(target_arch = "wasm32"))]
pub mod access;
#[cfg(not(target_arch = "wasm32"))]
pub mod anchor;
pub mod body;
pub mod clock;
#[cfg_attr(target_arch = "wasm32", path = "page/config.rs")]
pub mod config;
pub mod cors;
#[cfg_attr(target_arch = "wasm32", path = "page/database.rs")]
pub mod database;
#[cfg(not(target_arch = "wasm32"))]
pub mod doctor;
#[cfg_attr(target_arch = "wasm32", path = "page/drain.rs")]
mod drain;
pub mod error;
pub mod hooks;
#[cfg(not(target_arch = "wasm32"))]
pub mod kyc;
#[cfg(not(target_arch = "wasm32"))]
pub mod links;
pub mod locale;
#[cfg_attr(target_arch = "wasm32", path = "page/outbound.rs")]
pub mod outbound;
#[cfg(not(target_arch = "wasm32"))]
pub mod outbox;
#[cfg(not(target_arch = "wasm32"))]
mod provider;
#[cfg(not(target_arch = "wasm32"))]
pub mod rotation;
pub mod route;
#[cfg(all(feature = "sandbox", not(target_arch = "wasm32")))]
pub mod sandbox;
pub mod sep1;
pub mod sep10;
pub mod sep12;
pub mod sessions;
#[cfg(not(target_arch = "wasm32"))]
pub mod signer;
#[cfg_attr(target_arch = "wasm32", path = "page/storage.rs")]
pub mod storage;
#[cfg_attr(target_arch = "wasm32", path = "page/store.rs")]
mod store;
#[cfg_attr(target_arch = "wasm32", path = "page/throttle.rs")]
pub mod throttle;
#[cfg(not(target_arch = "wasm32"))]
pub mod vault;

#[cfg(not(target_arch = "wasm32"))]
pub use anchor::Anchor;
#[cfg(not(target_arch = "wasm32"))]
pub use config::Config;
pub use error::Error;
pub use sessions::{Sessions, Subject};
