//! Messages and rules of Stellar's anchor protocols, shared by wallet and anchor.
//!
//! The crate does no I/O, reads no clock and draws no random number: what depends on them takes them as an argument.
//! It builds for `wasm32-unknown-unknown` and without `std`.
//!
//! | Module | Holds |
//! |---|---|
//! | [`account`], [`memo`], [`network`] | who signs, for whom, and on which network |
//! | [`xdr`] | the part of Stellar's XDR that a wallet must read |
//! | [`endpoint`], [`problem`] | what a request is, and what a refusal looks like |
//! | [`sep1`] [`sep9`] [`sep10`] [`sep12`] | the messages of each protocol and the rules over them |
//! | [`callback`] | the `Signature` header of an anchor's callbacks |
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod account;
pub mod callback;
pub mod endpoint;
pub mod memo;
pub mod network;
pub mod problem;
pub mod sep1;
pub mod sep10;
pub mod sep12;
pub mod sep9;
pub mod time;
pub mod wire;
pub mod xdr;
