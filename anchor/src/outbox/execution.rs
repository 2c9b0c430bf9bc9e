//! Transactions that go on, on their way to the [`Transactions`] hook.

use std::sync::Arc;

use async_trait::async_trait;
use sqlx::{Any, Transaction};

use super::{
    Endurance, Outbox, OutboxError, Parcel, Post, Topic, Undelivered, redact::without_personal_data,
};
use crate::hooks::{Execution, HookError, Transactions};

const TOPIC: &str = "execution";
/// The longest pause between two attempts, in seconds.
const MAX_PAUSE: u64 = 3_600;

/// Hands transactions that go on to whoever executes them.
struct Executions(Arc<dyn Transactions>);

impl Outbox {
    /// The same that also has resumed transactions executed. To be called before it is cloned.
    #[must_use]
    pub fn with_transactions(self, transactions: Arc<dyn Transactions>) -> Self {
        self.with(Arc::new(Executions(transactions)))
    }

    /// Puts the execution of a transaction in, as part of `tx`. It is never given up, and outlives its customer. Call
    /// [`Self::ring`] after the commit.
    pub(crate) async fn push_execution(
        &self,
        tx: &mut Transaction<'static, Any>,
        transaction_id: &str,
    ) -> Result<(), OutboxError> {
        let post = Post {
            topic: TOPIC,
            id: &self.0.random.id(),
            customer: None,
            line: "",
            content: transaction_id.as_bytes(),
            expires_at: u64::MAX,
        };
        self.push(tx, &post).await
    }
}

#[async_trait]
impl Topic for Executions {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn endurance(&self) -> Endurance {
        Endurance { attempts: u32::MAX, max_pause: MAX_PAUSE }
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        let transaction_id = String::from_utf8(parcel.content.to_vec())
            .map_err(|_| Undelivered::Hopeless("cannot be read"))?;
        let execution = Execution { id: parcel.id.clone(), transaction_id };
        self.0.execute(&execution).await.map_err(|error| {
            if let HookError::Internal(cause) = &error {
                tracing::error!(transaction = execution.transaction_id, %cause, "execution failed");
            }
            Undelivered::Failed(without_personal_data(&error.to_string(), &[]))
        })
    }
}
