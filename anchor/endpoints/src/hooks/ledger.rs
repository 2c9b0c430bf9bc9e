//! The hook that knows the accounts of the Stellar network.

use async_trait::async_trait;
use windlass_core::{account::PublicKey, problem::Code, sep10::OnLedger};

use crate::Error;

/// The ledger, as far as sign-in needs it.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Signers and thresholds of an account. [`OnLedger::Missing`] only if the ledger says so for certain.
    async fn account(&self, account: &PublicKey) -> Result<OnLedger, LedgerError>;

    /// The passphrase of its network (HZ-01).
    async fn network_passphrase(&self) -> Result<String, LedgerError>;
}

/// The ledger did not answer: nothing is known about the account (S10-97).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// No connection, or no answer in time.
    #[error("the ledger cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// An answer that is neither an account nor a clear "not found".
    #[error("the ledger answered {status} {detail}")]
    Unexpected {
        /// The HTTP status.
        status: u16,
        /// What is wrong with the answer.
        detail: &'static str,
    },
}

impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        let text = "the Stellar network cannot be asked at the moment: try again later";
        Self::unavailable(Code::LedgerUnavailable, text, error)
    }
}
