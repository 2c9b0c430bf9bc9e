#![doc = include_str!("../README.md")]
#![cfg(target_arch = "wasm32")]

mod anchor;
mod bindings;
mod customers;
mod flaw;
mod record;
mod script;

pub use bindings::{Answered, Instance};
