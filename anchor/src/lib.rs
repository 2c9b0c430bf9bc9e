#![doc = include_str!("../README.md")]
#![cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "the built-in customers use it, and they are not in a page")
)]

#[cfg(not(target_arch = "wasm32"))]
mod base;
pub mod body;
#[cfg(not(target_arch = "wasm32"))]
mod callbacks;
pub mod clock;
#[cfg_attr(target_arch = "wasm32", path = "page/config.rs")]
pub mod config;
pub mod cors;
#[cfg(not(target_arch = "wasm32"))]
mod data;
#[cfg(target_arch = "wasm32")]
#[path = "page/database.rs"]
pub mod database;
#[cfg(not(target_arch = "wasm32"))]
pub mod doctor;
#[cfg_attr(target_arch = "wasm32", path = "page/drain.rs")]
mod drain;
pub mod error;
pub mod hooks;
#[cfg(not(target_arch = "wasm32"))]
mod housekeeping;
#[cfg(not(target_arch = "wasm32"))]
pub mod kyc;
pub mod locale;
#[cfg(target_arch = "wasm32")]
#[path = "page/outbound.rs"]
pub mod outbound;
#[cfg(not(target_arch = "wasm32"))]
pub mod outbox;
#[cfg(not(target_arch = "wasm32"))]
mod pages;
#[cfg(not(target_arch = "wasm32"))]
mod remote;
pub mod route;
#[cfg(all(feature = "sandbox", not(target_arch = "wasm32")))]
pub mod sandbox;
pub mod sep1;
pub mod sep10;
pub mod sep12;
#[cfg(not(target_arch = "wasm32"))]
pub mod server;
pub mod sessions;
#[cfg(not(target_arch = "wasm32"))]
pub mod signing_service;
#[cfg(target_arch = "wasm32")]
#[path = "page/storage.rs"]
pub mod storage;
#[cfg(target_arch = "wasm32")]
#[path = "page/store.rs"]
mod store;
#[cfg_attr(target_arch = "wasm32", path = "page/throttle.rs")]
pub mod throttle;

#[cfg(not(target_arch = "wasm32"))]
mod store {
    pub(crate) use crate::data::challenge;
}

#[cfg(not(target_arch = "wasm32"))]
pub use base::outbound;
#[cfg(not(target_arch = "wasm32"))]
pub use config::Config;
#[cfg(not(target_arch = "wasm32"))]
pub use data::{database, rotation, storage, vault};
pub use error::Error;
#[cfg(not(target_arch = "wasm32"))]
pub use housekeeping::Housekeeping;
#[cfg(not(target_arch = "wasm32"))]
pub use server::Anchor;
pub use sessions::{Sessions, Subject};
