//! The outbox: handlers send no messages themselves, but store them here.
//!
//! A message is a row, written in the same transaction as the change that causes it. A [`Worker`]
//! delivers it at least once: again after an error, with growing pauses, and also after a restart.
//! Several servers may share a database: a worker leases a message for a minute, and the other
//! servers skip it during that time. Messages with the same `line` are delivered one after the
//! other.
//!
//! A `Topic` defines what a message contains and how it is delivered. Topics are in the modules of
//! their features; the outbox does not depend on them.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use thiserror::Error;
use tokio::sync::Notify;

use crate::{
    clock::{Clock, Random},
    database::{Database, StoreError, Tx},
    vault::{DataKey, VaultError},
};

mod redact;
mod store;
mod topic;
mod worker;

pub(crate) use redact::without_personal_data;
pub(crate) use topic::{Delivery, DeliveryError, OwnerKeys, RetryPolicy, Topic};
pub use worker::Worker;

/// How long the row of an undeliverable message is kept, in seconds.
const KEEP_FAILED: u64 = 30 * 86_400;

/// Stores messages for delivery. Cheap to clone.
#[derive(Clone)]
pub struct Outbox(Arc<Inner>);

struct Inner {
    clock: Clock,
    random: Random,
    /// The wake-up signals of the topics' workers, by topic.
    wakes: Mutex<BTreeMap<&'static str, Arc<Notify>>>,
}

/// A message to store.
#[derive(Clone, Copy)]
pub(crate) struct NewMessage<'a> {
    /// The name of the topic.
    pub(crate) topic: &'static str,
    pub(crate) id: &'a str,
    /// The owner of the content, whose key encrypts it. Without an owner the content is stored
    /// unencrypted.
    pub(crate) owner: Option<Owner<'a>>,
    /// Messages of the same line are delivered in the order in which they were pushed. `""` means
    /// no line.
    pub(crate) line: &'a str,
    /// The content that the topic delivers.
    pub(crate) content: &'a [u8],
    /// The Unix time after which the worker gives up.
    pub(crate) expires_at: u64,
}

/// The owner of stored data, and the key that encrypts it.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) id: &'a str,
    pub(crate) key: &'a DataKey,
}

impl Outbox {
    /// An outbox. Its messages are in the database of the transactions that push them.
    pub fn new(clock: Clock, random: Random) -> Self {
        Self(Arc::new(Inner { clock, random, wakes: Mutex::default() }))
    }

    /// Stores a message as part of `tx`, and wakes the worker of its topic after the commit.
    /// Transactions that push messages of the same line must hold a common lock.
    pub(crate) async fn push(
        &self,
        tx: &mut Tx,
        message: &NewMessage<'_>,
    ) -> Result<(), OutboxError> {
        let payload = match message.owner {
            Some(owner) => {
                owner.key.seal(message.content, &context(owner.id, message.id), &self.0.random)?
            }
            None => message.content.to_vec(),
        };
        let new = store::New {
            id: message.id,
            owner: message.owner.map(|owner| owner.id),
            topic: message.topic,
            line: message.line,
            payload: &payload,
            due_at: self.0.clock.now(),
            expires_at: message.expires_at,
        };
        store::insert(&mut **tx, &new).await?;
        let wake = self.wake_of(message.topic);
        tx.after_commit(move || wake.notify_one());
        Ok(())
    }

    /// Deletes a message that must not be delivered, as part of `tx`.
    pub(crate) async fn cancel(&self, tx: &mut Tx, id: &str) -> Result<(), StoreError> {
        store::delete(&mut **tx, id).await
    }

    /// Deletes all messages of an owner, as part of the transaction that deletes the owner.
    pub(crate) async fn delete_of(&self, tx: &mut Tx, owner: &str) -> Result<(), StoreError> {
        store::delete_of(&mut **tx, owner).await
    }

    /// Deletes the rows of messages that were given up a month ago. Returns their number.
    pub(crate) async fn delete_old_failures(&self, database: &Database) -> Result<u64, StoreError> {
        let before = self.0.clock.now().saturating_sub(KEEP_FAILED);
        store::delete_failed(database.writes(), before).await
    }

    /// The wake-up signal of a topic's worker.
    fn wake_of(&self, topic: &'static str) -> Arc<Notify> {
        let mut wakes = self.0.wakes.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(wakes.entry(topic).or_default())
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outbox")
    }
}

/// The context that the encrypted content of a message is bound to.
fn context<'a>(owner: &'a str, id: &'a str) -> [&'a str; 3] {
    ["outbox", owner, id]
}

/// The error of reading or writing the outbox.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutboxError {
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A message cannot be encrypted or decrypted.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A message cannot be serialised, or a row is invalid.
    #[error("a message in the outbox is invalid")]
    Unreadable,
}
