//! Callbacks to wallets.

pub(crate) mod store;
