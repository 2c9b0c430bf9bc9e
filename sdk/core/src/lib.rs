#![doc = include_str!("../README.md")]

pub mod account;
pub mod amount;
pub mod callback;
pub mod ed25519;
pub mod endpoint;
mod host;
#[doc(hidden)]
pub mod json;
pub mod language;
pub mod link;
#[doc(hidden)]
pub mod map;
pub mod memo;
pub mod network;
pub mod problem;
pub mod sep1;
pub mod sep10;
pub mod sep12;
pub mod sep9;
pub mod time;
#[doc(hidden)]
pub mod wire;
pub mod xdr;
