#![doc = include_str!("../README.md")]

mod base;
mod callbacks;
pub mod clock;
pub mod config;
mod data;
pub mod doctor;
mod housekeeping;
pub mod kyc;
pub mod ledger;
pub mod outbox;
mod pages;
pub mod remote;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod server;
pub mod sessions;
pub mod signing_service;
pub mod throttle;

pub use base::outbound;
pub use config::Config;
pub use data::{database, rotation, storage, vault};
pub use housekeeping::Housekeeping;
pub use server::Anchor;
pub use sessions::{Sessions, Subject};
pub use windlass_endpoints::{Error, Secret, body, cors, hooks, locale, route, sep1, sep10, sep12};
