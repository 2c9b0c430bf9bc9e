//! Access to the Stellar network.

mod horizon;

pub use horizon::Horizon;
