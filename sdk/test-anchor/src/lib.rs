#![doc = include_str!("../README.md")]

mod anchor;
mod bindings;
mod customers;
mod flaw;
mod record;
mod script;
mod tokens;

pub use bindings::{Answered, Instance};
