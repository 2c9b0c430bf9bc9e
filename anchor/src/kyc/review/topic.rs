//! The outbox topic that sends review requests to the review provider.

use std::sync::Arc;

use async_trait::async_trait;

use super::super::Kyc;
use crate::{
    hooks::{HookError, ReviewProvider},
    outbox::{Delivery, DeliveryError, OwnerKeys, RetryPolicy, Topic, without_personal_data},
};

/// The name of the topic in the outbox. A message has the id of its review request.
pub(super) const TOPIC: &str = "review";
/// The longest pause between two attempts, in seconds.
const MAX_PAUSE: u64 = 1_800;

/// Sends review requests until the provider decides or the customer is deleted.
pub(in crate::kyc) struct ReviewTopic {
    pub(in crate::kyc) provider: Arc<dyn ReviewProvider>,
    pub(in crate::kyc) kyc: Arc<Kyc>,
    pub(in crate::kyc) keys: Arc<dyn OwnerKeys>,
}

#[async_trait]
impl Topic for ReviewTopic {
    fn name(&self) -> &'static str {
        TOPIC
    }

    fn retry_policy(&self) -> RetryPolicy {
        RetryPolicy { max_attempts: u32::MAX, max_pause: MAX_PAUSE }
    }

    fn keys(&self) -> Option<&dyn OwnerKeys> {
        Some(&*self.keys)
    }

    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryError> {
        self.kyc.review(&*self.provider, &delivery.id).await.map_err(|error| {
            if let HookError::Internal(cause) | HookError::Unavailable(cause) = &error {
                tracing::warn!(request = delivery.id, %cause, "review provider not asked");
            }
            DeliveryError::Temporary(without_personal_data(&error.to_string(), &[]))
        })
    }
}
