//! Questions to an outside reviewer.

use std::sync::{Arc, OnceLock, Weak};

use async_trait::async_trait;
use sqlx::{Any, Transaction};

use super::{
    Endurance, Outbox, OutboxError, Parcel, Post, Topic, Undelivered, redact::without_personal_data,
};
use crate::{
    hooks::{HookError, Reviewer},
    kyc::Kyc,
    vault::DataKey,
};

const TOPIC: &str = "review";
/// The longest pause between two attempts, in seconds.
const MAX_PAUSE: u64 = 1_800;

/// Asks a reviewer about the customers of a [`Kyc`].
///
/// The outbox is there before the customers are: give this to [`Outbox::with_reviews`], and the customers to this.
#[derive(Clone)]
pub struct Reviews(Arc<Desk>);

struct Desk {
    reviewer: Arc<dyn Reviewer>,
    /// Weak, because the customers hold the outbox.
    kyc: OnceLock<Weak<Kyc>>,
}

impl Reviews {
    /// Nobody to ask about yet.
    pub fn new(reviewer: Arc<dyn Reviewer>) -> Self {
        Self(Arc::new(Desk { reviewer, kyc: OnceLock::new() }))
    }

    /// Whose customers are reviewed; the first call counts.
    pub fn serve(&self, kyc: &Arc<Kyc>) {
        // A second one would be another anchor's.
        let _ = self.0.kyc.set(Arc::downgrade(kyc));
    }
}

impl Outbox {
    /// The same that also asks a reviewer. To be called before it is cloned.
    #[must_use]
    pub fn with_reviews(self, reviews: &Reviews) -> Self {
        self.with(Arc::new(reviews.clone()))
    }

    /// Puts a question in, as part of `tx`; it is asked until it is answered or its customer is deleted. Call
    /// [`Self::ring`] after the commit.
    pub(crate) async fn push_review(
        &self,
        tx: &mut Transaction<'static, Any>,
        customer: (&str, &DataKey),
        question_id: &str,
    ) -> Result<(), OutboxError> {
        let post = Post {
            topic: TOPIC,
            id: question_id,
            customer: Some(customer),
            line: "",
            content: b"",
            expires_at: u64::MAX,
        };
        self.push(tx, &post).await
    }
}

#[async_trait]
impl Topic for Reviews {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn endurance(&self) -> Endurance {
        Endurance { attempts: u32::MAX, max_pause: MAX_PAUSE }
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        let kyc = self.0.kyc.get().and_then(Weak::upgrade);
        let kyc = kyc.ok_or_else(|| Undelivered::Failed("there are no customers".to_owned()))?;
        kyc.ask(&*self.0.reviewer, &parcel.id).await.map_err(|error| {
            if let HookError::Internal(cause) | HookError::Unavailable(cause) = &error {
                tracing::warn!(question = parcel.id, %cause, "reviewer not asked");
            }
            Undelivered::Failed(without_personal_data(&error.to_string(), &[]))
        })
    }
}
