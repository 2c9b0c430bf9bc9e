//! The errors of the sandbox's Rust API.

use thiserror::Error;

/// Why the sandbox refuses to start, or refuses a call of its Rust API.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SandboxError {
    /// The passphrase is the public network's, where the sandbox's signatures would move real
    /// money.
    #[error("refusing the public network's passphrase: what a sandbox signs would be valid there")]
    PublicNetwork,
    /// The text is not a `G…` address.
    #[error("not a G… account address: {0:?}")]
    BadAddress(String),
    /// The account has the starting balance already, so friendbot adds nothing.
    #[error("account already funded to starting balance: {0}")]
    AlreadyFunded(String),
    /// Friendbot's own transaction failed, because the root account was changed.
    #[error("friendbot's transaction was refused with {0}")]
    Friendbot(String),
}
