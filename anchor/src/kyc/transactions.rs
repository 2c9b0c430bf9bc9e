//! The interface to the anchor's transactions that wait for their customer's KYC.

use async_trait::async_trait;
use windlass_core::amount::Amount;

use crate::{
    database::Tx,
    hooks::{Caller, HookError},
};

/// The anchor's transactions. The module that stores transactions implements this trait.
///
/// A transaction that lacks information about its customer has the status
/// `pending_customer_info_update`. When a customer is accepted, [`Kyc`](crate::kyc::Kyc) asks for
/// the customer's waiting transactions. It [resumes](Self::resume) those for whose type and amount
/// the customer is accepted now, in the database transaction of the change: the change, the status
/// `pending_receiver` and the execution's outbox row are committed together or not at all. The
/// outbox worker then [executes](Self::execute) the transaction.
///
/// An implementation that lets a transaction wait must first lock the customer in the same database
/// transaction (`update customer set put_at = put_at where id = …`) and then check whether the
/// customer is accepted. Otherwise a concurrent acceptance could miss it.
#[async_trait]
pub trait Transactions: Send + Sync {
    /// The transaction with this id, if the caller may name it in `transaction_id`. `None` both for
    /// an unknown id and for one of another account (S12-35).
    async fn find(&self, who: &Caller, transaction_id: &str) -> Result<Option<Named>, HookError>;

    /// The transactions of this customer in `pending_customer_info_update`. `tx` holds the lock on
    /// the customer.
    async fn waiting(
        &self,
        tx: &mut Tx,
        customer_id: &str,
    ) -> Result<Vec<WaitingTransaction>, HookError>;

    /// Moves a transaction from `pending_customer_info_update` to `pending_receiver`, as part of
    /// `tx`. Returns `false` if it had another status; then it is not executed. Implement this as
    /// one `update` with the old status in its condition.
    async fn resume(&self, tx: &mut Tx, transaction_id: &str) -> Result<bool, HookError>;

    /// Executes a resumed transaction, for example pays out.
    ///
    /// One worker on one server calls this once for each time that the transaction was resumed.
    /// After an error it calls again, without end, with growing pauses of up to an hour. It also
    /// calls again if the server died before it could store the success. [`Execution::id`] is then
    /// the same: use it as the key that prevents a second payment.
    async fn execute(&self, execution: &Execution) -> Result<(), HookError>;
}

/// A transaction that a request names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Named {
    /// The amount that the transaction moves: a larger one may require more fields.
    pub amount: Option<Amount>,
}

/// A transaction that waits for information about a customer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WaitingTransaction {
    /// The id of the transaction.
    pub id: String,
    /// The type that the customer must be accepted for, such as `sep31-receiver`; absent means the
    /// default type.
    pub kind: Option<String>,
    /// The amount that the transaction moves: a larger one may require more fields.
    pub amount: Option<Amount>,
}

/// An execution of a resumed transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Execution {
    /// The same at each attempt, so that a retry can be told from a second order.
    pub id: String,
    /// The id of the transaction.
    pub transaction_id: String,
}
