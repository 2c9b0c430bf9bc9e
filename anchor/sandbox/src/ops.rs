//! What each operation needs, refuses and does: one file per operation.

use stellar_xdr::{AccountId, Asset, Operation, OperationBody, OperationResult, Transaction};

use crate::state::{Draft, Level};

pub(crate) mod create_account;
pub(crate) mod payment;
pub(crate) mod set_options;

/// An operation that the sandbox supports. Errors are the operation's own result, as the XDR has
/// it.
pub(crate) trait Rules {
    /// The threshold that the source account's signatures must reach.
    fn threshold(&self) -> Level {
        Level::Medium
    }

    /// The result of an operation that was not tried: success, as on the network.
    fn untried(&self) -> OperationResult;

    /// Refuses what is invalid in any state of the ledger.
    fn check(&self, source: &AccountId) -> Result<(), OperationResult>;

    /// Applies the operation to `draft`, which stays unchanged if it is refused.
    fn apply(
        &self,
        source: &AccountId,
        draft: &mut Draft<'_>,
        ledger: u32,
    ) -> Result<OperationResult, OperationResult>;
}

/// The rules of `body`; `None` if the sandbox does not support the operation.
pub(crate) fn rules(body: &OperationBody) -> Option<&dyn Rules> {
    match body {
        OperationBody::CreateAccount(op) => Some(op),
        OperationBody::Payment(op) if op.asset == Asset::Native => Some(op),
        OperationBody::SetOptions(op) => Some(op),
        _ => None,
    }
}

/// The operation's source account, or else the transaction's.
pub(crate) fn source(operation: &Operation, transaction: &Transaction) -> AccountId {
    let own = operation.source_account.as_ref().unwrap_or(&transaction.source_account);
    own.clone().account_id()
}
