//! The anchor's transactions, as far as they wait for their customers.

use async_trait::async_trait;
use sqlx::{Any, Transaction};

use super::{HookError, Principal};

/// The anchor's transactions: whoever keeps them tells which of them wait for information about a customer.
///
/// A transaction that lacks information is in `pending_customer_info_update`. When the customer is accepted, whatever
/// caused that, [`Kyc`](crate::kyc::Kyc) asks for those that wait and [resumes](Self::resume) each of them whose type the
/// customer is now accepted for, in the database transaction of the change itself: either the information is stored, the
/// transaction is in `pending_receiver` and its execution is in the outbox, or nothing of that has happened. A worker
/// then [executes](Self::execute) it.
///
/// So that no transaction is forgotten, whoever lets one wait does it in a database transaction that first holds the
/// customer (`update customer set put_at = put_at where id = …`) and then looks whether it is accepted.
#[async_trait]
pub trait Transactions: Send + Sync {
    /// Whether there is a transaction of this id that the caller may name in `transaction_id` (S12-35). Unknown and
    /// foreign ones are the same: `false`.
    async fn knows(&self, who: &Principal, transaction_id: &str) -> Result<bool, HookError>;

    /// The transactions in `pending_customer_info_update` that wait for this customer, which `tx` holds.
    async fn waiting(
        &self,
        tx: &mut Transaction<'static, Any>,
        customer_id: &str,
    ) -> Result<Vec<Waiting>, HookError>;

    /// Moves a transaction from `pending_customer_info_update` to `pending_receiver`, as part of `tx`. `false` if it was not
    /// there any more: then it is not executed. One statement with the old status in its condition does both.
    async fn resume(
        &self,
        tx: &mut Transaction<'static, Any>,
        transaction_id: &str,
    ) -> Result<bool, HookError>;

    /// Does what a resumed transaction is for, such as paying out.
    ///
    /// Called by a worker once for each time that it was resumed, on one server only. After an error it is called again,
    /// with growing pauses up to an hour and without end. It is also called again if the server died before it could
    /// note the success: a payment is made under [`Execution::id`], which is the same then, and not a second time.
    async fn execute(&self, execution: &Execution) -> Result<(), HookError>;
}

/// A transaction that waits for information about a customer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Waiting {
    /// Its id.
    pub id: String,
    /// The customer type that the customer must be accepted for, such as `sep31-receiver`; the default one if absent.
    pub kind: Option<String>,
}

/// What is to be executed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Execution {
    /// The same at each try: to tell a second try from a second order.
    pub id: String,
    /// The transaction.
    pub transaction_id: String,
}
