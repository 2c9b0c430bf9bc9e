//! The trait that a kind of message implements for its delivery.

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::OutboxError;
use crate::vault::DataKey;

/// A kind of message.
#[async_trait]
pub(crate) trait Topic: Send + Sync {
    /// The name of the topic in the table.
    fn name(&self) -> &'static str;

    /// The policy for repeated attempts.
    fn retry_policy(&self) -> RetryPolicy;

    /// The number of messages that are delivered at the same time.
    fn parallel_deliveries(&self) -> usize {
        8
    }

    /// The keys of messages that have an owner; `None` if the topic's messages have none.
    fn keys(&self) -> Option<&dyn OwnerKeys>;

    /// Delivers a message. Another worker may have delivered it before and crashed before it could
    /// store that.
    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryError>;
}

/// Looks up the keys of owners. The module that stores the owners implements this.
#[async_trait]
pub(crate) trait OwnerKeys: Send + Sync {
    /// The key, or `None` if the owner was deleted.
    async fn key_of(&self, owner: &str) -> Result<Option<DataKey>, OutboxError>;
}

/// The number of delivery attempts and the pauses between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicy {
    /// The number of attempts after which the worker gives up.
    pub(crate) max_attempts: u32,
    /// The longest pause between two attempts, in seconds.
    pub(crate) max_pause: u64,
}

impl RetryPolicy {
    /// The pause after this number of attempts: 1, 2, 4, … seconds, up to `max_pause`.
    pub(super) fn pause_after(self, attempts: u32) -> u64 {
        let pause = 1_u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(self.max_pause);
        pause.min(self.max_pause)
    }
}

/// A message that a worker has leased.
#[derive(Debug)]
pub(crate) struct Delivery {
    /// The id of the message, the same at each attempt.
    pub(crate) id: String,
    /// The id of the owner, and the key to the owner's data.
    pub(crate) owner: Option<(String, DataKey)>,
    pub(crate) content: Zeroizing<Vec<u8>>,
}

/// The error of a delivery, for the log and the database. The texts must contain no personal data.
#[derive(Debug)]
pub(crate) enum DeliveryError {
    /// The worker tries again.
    Temporary(String),
    /// The worker gives up.
    Permanent(&'static str),
    /// The receiver has enough deliveries in progress. The worker delivers the message after
    /// `pause` seconds, and this was no attempt.
    Busy { pause: u64 },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_maximum() {
        let policy = RetryPolicy { max_attempts: 12, max_pause: 600 };
        let pauses: Vec<_> = (1..=12).map(|attempts| policy.pause_after(attempts)).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
        assert_eq!(policy.pause_after(u32::MAX), 600);
    }
}
