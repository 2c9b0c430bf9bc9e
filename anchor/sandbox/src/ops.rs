//! What each operation needs, refuses and does: one file per operation (section 8.3).

use stellar_xdr::{AccountId, Asset, Operation, OperationBody, OperationResult, Transaction};

use crate::state::{Draft, Level};

pub(crate) mod create_account;
pub(crate) mod payment;
pub(crate) mod set_options;

/// An operation that the sandbox knows. Results are the operation's own, ready for the result XDR.
pub(crate) trait Rules {
    /// The threshold that the source account's signatures have to reach.
    fn threshold(&self) -> Level {
        Level::Medium
    }

    /// What the result says of an operation that was not tried: success, as on the network.
    fn untried(&self) -> OperationResult;

    /// Refuses what is wrong whatever the ledger holds.
    fn check(&self, source: &AccountId) -> Result<(), OperationResult>;

    /// Does it, or says why not; a refusal leaves `draft` as it was.
    fn apply(
        &self,
        source: &AccountId,
        draft: &mut Draft<'_>,
        ledger: u32,
    ) -> Result<OperationResult, OperationResult>;
}

/// The rules of `body`, unless the sandbox does not do it (HZ-208).
pub(crate) fn rules(body: &OperationBody) -> Option<&dyn Rules> {
    match body {
        OperationBody::CreateAccount(op) => Some(op),
        OperationBody::Payment(op) if op.asset == Asset::Native => Some(op),
        OperationBody::SetOptions(op) => Some(op),
        _ => None,
    }
}

/// The account that an operation acts for: its own source, else the transaction's.
pub(crate) fn source(operation: &Operation, transaction: &Transaction) -> AccountId {
    let own = operation.source_account.as_ref().unwrap_or(&transaction.source_account);
    own.clone().account_id()
}
