//! What the Stellar network says of an account.

use async_trait::async_trait;
use windlass_core::{account::PublicKey, problem::Code, sep10::OnLedger};

use crate::Error;

#[cfg(not(target_arch = "wasm32"))]
mod horizon;

#[cfg(not(target_arch = "wasm32"))]
pub use horizon::Horizon;

/// The ledger, as far as sign-in needs it.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Signers and thresholds of an account. [`OnLedger::Missing`] only if the ledger says so for certain.
    async fn account(&self, account: &PublicKey) -> Result<OnLedger, LedgerError>;

    /// The passphrase of the network that it serves (HZ-01).
    async fn network_passphrase(&self) -> Result<String, LedgerError>;
}

/// The ledger cannot be asked: it says nothing about any account (S10-97).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// No connection, or no answer in time.
    #[cfg(not(target_arch = "wasm32"))]
    #[error("the ledger cannot be reached")]
    Unreachable(#[from] reqwest::Error),
    /// An answer that is neither an account nor a clear "not found".
    #[error("the ledger answered {status} {detail}")]
    Unexpected {
        /// The HTTP status.
        status: u16,
        /// What is wrong with it.
        detail: &'static str,
    },
}

impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        let text = "the Stellar network cannot be asked at the moment: try again later";
        Self::unavailable(Code::LedgerUnavailable, text, error)
    }
}
