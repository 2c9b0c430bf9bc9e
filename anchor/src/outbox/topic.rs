//! What a kind of message has to say for the worker to deliver it.

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::OutboxError;
use crate::vault::DataKey;

/// A kind of message.
#[async_trait]
pub(crate) trait Topic: Send + Sync {
    /// What rows call it.
    fn name(&self) -> &'static str;

    /// How often a message is tried.
    fn retry_policy(&self) -> RetryPolicy;

    /// How many messages are delivered at a time.
    fn parallel_deliveries(&self) -> u32 {
        8
    }

    /// Where to find the keys of messages that have an owner; `None` if none of them has.
    fn keys(&self) -> Option<&dyn OwnerKeys>;

    /// Delivers a message. Another worker may have delivered it before, and died before it could note that.
    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryError>;
}

/// Finds the key that seals the data of an owner. The room that keeps the owners implements it.
#[async_trait]
pub(crate) trait OwnerKeys: Send + Sync {
    /// The key, or `None` if the owner was deleted.
    async fn key_of(&self, owner: &str) -> Result<Option<DataKey>, OutboxError>;
}

/// How often a message is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicy {
    /// After so many attempts it is given up.
    pub(crate) max_attempts: u32,
    /// The longest pause between two attempts, in seconds.
    pub(crate) max_pause: u64,
}

impl RetryPolicy {
    /// 1, 2, 4, … seconds.
    pub(super) fn pause_after(self, attempts: u32) -> u64 {
        let pause = 1_u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(self.max_pause);
        pause.min(self.max_pause)
    }
}

/// A message that a worker has leased.
#[derive(Debug)]
pub(crate) struct Delivery {
    /// The same at each attempt.
    pub(crate) id: String,
    /// The id of its owner and the key to the owner's data.
    pub(crate) owner: Option<(String, DataKey)>,
    pub(crate) content: Zeroizing<Vec<u8>>,
}

/// Why a message was not delivered, for the log and the database: without personal data.
#[derive(Debug)]
pub(crate) enum DeliveryError {
    /// It is tried again.
    Temporary(String),
    /// It is given up.
    Permanent(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let policy = RetryPolicy { max_attempts: 12, max_pause: 600 };
        let pauses: Vec<_> = (1..=12).map(|attempts| policy.pause_after(attempts)).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
        assert_eq!(policy.pause_after(u32::MAX), 600);
    }
}
