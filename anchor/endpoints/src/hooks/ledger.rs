//! The hook that reads accounts of the Stellar network.

use async_trait::async_trait;
use windlass_core::{account::PublicKey, problem::Code, sep10::OnLedger};

use crate::Error;

/// Read access to the ledger, for sign-in.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Signers and thresholds of an account. Return [`OnLedger::Missing`] only if the ledger has
    /// answered that the account does not exist.
    async fn account(&self, account: &PublicKey) -> Result<OnLedger, LedgerError>;

    /// The passphrase of the ledger's network (HZ-01).
    async fn network_passphrase(&self) -> Result<String, LedgerError>;
}

/// The ledger did not answer, so the state of the account is unknown (S10-97).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The connection failed, or the answer did not arrive in time.
    #[error("the ledger cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer is neither an account nor a clear "not found".
    #[error("the ledger answered {status} {detail}")]
    Unexpected {
        /// The HTTP status.
        status: u16,
        /// The error in the answer.
        detail: &'static str,
    },
}

impl From<LedgerError> for Error {
    fn from(error: LedgerError) -> Self {
        let text = "the Stellar network is unavailable at the moment: try again later";
        Self::unavailable_as(Code::LedgerUnavailable, text, error)
    }
}
