//! The Stellar network.

mod horizon;

pub use horizon::Horizon;
