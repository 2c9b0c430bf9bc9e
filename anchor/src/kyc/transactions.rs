//! The anchor's transactions, as far as they wait for their customers.

use async_trait::async_trait;
use windlass_core::amount::Amount;

use crate::{
    database::Tx,
    hooks::{Caller, HookError},
};

/// The anchor's transactions: whoever keeps them tells which of them wait for information about a customer.
///
/// A transaction that lacks information is in `pending_customer_info_update`. When the customer is accepted, whatever
/// caused that, [`Kyc`](crate::kyc::Kyc) asks for those that wait and [resumes](Self::resume) each of them whose type the
/// customer is now accepted for, at its amount, in the database transaction of the change itself: either the information is stored, the
/// transaction is in `pending_receiver` and its execution is in the outbox, or nothing of that has happened. A worker
/// then [executes](Self::execute) it.
///
/// So that no transaction is forgotten, whoever lets one wait does it in a database transaction that first holds the
/// customer (`update customer set put_at = put_at where id = …`) and then looks whether it is accepted.
#[async_trait]
pub trait Transactions: Send + Sync {
    /// The transaction of this id, if the caller may name it in `transaction_id`. Unknown and foreign ones are the same:
    /// `None` (S12-35).
    async fn find(&self, who: &Caller, transaction_id: &str) -> Result<Option<Named>, HookError>;

    /// The transactions in `pending_customer_info_update` that wait for this customer, which `tx` holds.
    async fn waiting(
        &self,
        tx: &mut Tx,
        customer_id: &str,
    ) -> Result<Vec<WaitingTransaction>, HookError>;

    /// Moves a transaction from `pending_customer_info_update` to `pending_receiver`, as part of `tx`. `false` if it was not
    /// there any more: then it is not executed. One statement with the old status in its condition does both.
    async fn resume(&self, tx: &mut Tx, transaction_id: &str) -> Result<bool, HookError>;

    /// Does what a resumed transaction is for, such as paying out.
    ///
    /// Called by a worker once for each time that it was resumed, on one server only. After an error it is called again,
    /// with growing pauses up to an hour and without end. It is also called again if the server died before it could
    /// note the success: a payment is made under [`Execution::id`], which is the same then, and not a second time.
    async fn execute(&self, execution: &Execution) -> Result<(), HookError>;
}

/// A transaction that a request names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Named {
    /// How much it moves: more may be asked for above some amount.
    pub amount: Option<Amount>,
}

/// A transaction that waits for information about a customer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WaitingTransaction {
    /// Its id.
    pub id: String,
    /// The customer type that the customer must be accepted for, such as `sep31-receiver`; the default one if absent.
    pub kind: Option<String>,
    /// How much it moves: more may be asked for above some amount.
    pub amount: Option<Amount>,
}

/// What is to be executed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Execution {
    /// The same at each try: to tell a second try from a second order.
    pub id: String,
    /// The transaction.
    pub transaction_id: String,
}
