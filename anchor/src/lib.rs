#![doc = include_str!("../README.md")]

pub mod access;
pub mod anchor;
pub mod body;
pub mod clock;
pub mod config;
pub mod cors;
pub mod database;
pub mod doctor;
mod drain;
pub mod error;
pub mod hooks;
pub mod kyc;
pub mod links;
pub mod locale;
pub mod outbound;
pub mod outbox;
mod provider;
pub mod rotation;
pub mod route;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod sep1;
pub mod sep10;
pub mod sep12;
pub mod sessions;
pub mod signer;
pub mod storage;
mod store;
pub mod throttle;
pub mod vault;

pub use anchor::Anchor;
pub use config::Config;
pub use error::Error;
pub use sessions::{Sessions, Subject};
