//! Transactions that wait for their customer's KYC: the outbox executes them once the customer is
//! accepted (P-18).

use std::sync::Arc;

use async_trait::async_trait;
use windlass_core::sep12::Status;

use super::{Kyc, answer, record::Record};
use crate::{
    database::Tx,
    hooks::HookError,
    kyc::{Execution, Transactions},
    outbox::{
        Delivery, DeliveryError, NewMessage, OwnerKeys, RetryPolicy, Topic, without_personal_data,
    },
};

/// The name of the topic in the outbox.
const TOPIC: &str = "execution";
/// The longest pause between two attempts, in seconds.
const MAX_PAUSE: u64 = 3_600;

/// The outbox topic that executes resumed transactions. It retries without end, also after the
/// customer was deleted.
pub(super) struct ExecutionTopic(pub(super) Arc<dyn Transactions>);

#[async_trait]
impl Topic for ExecutionTopic {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn retry_policy(&self) -> RetryPolicy {
        RetryPolicy { max_attempts: u32::MAX, max_pause: MAX_PAUSE }
    }

    fn keys(&self) -> Option<&dyn OwnerKeys> {
        None
    }

    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryError> {
        let transaction_id = String::from_utf8(delivery.content.to_vec())
            .map_err(|_| DeliveryError::Permanent("the row cannot be decoded"))?;
        let execution = Execution { id: delivery.id.clone(), transaction_id };
        self.0.execute(&execution).await.map_err(|error| {
            if let HookError::Internal(cause) = &error {
                tracing::error!(transaction = execution.transaction_id, %cause, "execution failed");
            }
            DeliveryError::Temporary(without_personal_data(&error.to_string(), &[]))
        })
    }
}

impl Kyc {
    /// Resumes the waiting transactions for which the customer is accepted now. `tx` must hold the
    /// lock on the customer.
    pub(super) async fn resume_transactions(
        &self,
        tx: &mut Tx,
        record: &Record,
    ) -> Result<(), HookError> {
        let Some(transactions) = &self.transactions else { return Ok(()) };
        for waiting in transactions.waiting(tx, &record.id).await? {
            let Ok(kind) = self.kind(waiting.kind.as_deref()) else {
                tracing::error!(transaction = waiting.id, "transaction waits for an unknown type");
                continue;
            };
            let customer = answer::customer_for(kind, Some(record), waiting.amount.as_ref())?;
            if customer.status == Status::Accepted && transactions.resume(tx, &waiting.id).await? {
                let message = NewMessage {
                    topic: TOPIC,
                    id: &self.random.id(),
                    owner: None,
                    line: "",
                    content: waiting.id.as_bytes(),
                    expires_at: u64::MAX,
                };
                self.outbox.push(tx, &message).await?;
            }
        }
        Ok(())
    }
}
