//! What is to be delivered to somebody outside, kept until it is: nothing is sent from a handler.
//!
//! A message is a row, written in the same transaction as the change that it follows from. A worker delivers it, at
//! least once, again with growing pauses after an error, and also after a restart. Several servers may share a database:
//! a worker takes a message for a minute, and the others keep off meanwhile. Messages of one line are delivered one
//! after the other.
//!
//! What a message is and how it is delivered is for its topic to say: a file each in `src/outbox`.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use sqlx::{Any, Transaction};
use thiserror::Error;
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use zeroize::Zeroizing;

use crate::{
    clock::{Clock, Random},
    database::Database,
    hooks::Notifier,
    vault::{DataKey, Vault, VaultError},
};

mod callback;
mod code;
mod execution;
mod redact;
mod review;
pub(crate) mod store;

pub(crate) use callback::seal_url;

pub use review::Reviews;

/// How long a worker has a message for, in seconds.
const LEASE: u64 = 60;
/// How long one delivery may take; well below the lease, so that no other worker begins with it meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often to look for what another server has put in.
const LOOK: u64 = 15;

/// The messages that wait, and the worker that delivers them. Cheap to clone.
#[derive(Clone)]
pub struct Outbox(Arc<Inner>);

struct Inner {
    database: Database,
    vault: Vault,
    clock: Clock,
    random: Random,
    lanes: Vec<Lane>,
}

/// A kind of message, and what wakes the worker that delivers it: one for each kind, so that a wallet's server that takes
/// its time does not keep codes and payments waiting.
#[derive(Clone)]
struct Lane {
    topic: Arc<dyn Topic>,
    bell: Arc<Notify>,
}

impl Lane {
    fn new(topic: Arc<dyn Topic>) -> Self {
        Self { topic, bell: Arc::default() }
    }
}

/// A kind of message.
#[async_trait]
pub(crate) trait Topic: Send + Sync {
    /// What rows call it.
    fn name(&self) -> &'static str;

    /// How long it is tried.
    fn endurance(&self) -> Endurance;

    /// How many of them are delivered at a time.
    fn at_a_time(&self) -> u32 {
        8
    }

    /// Delivers it. Another worker may have done so before, and not have lived to say it.
    async fn deliver(&self, parcel: &Parcel) -> Result<(), Undelivered>;
}

/// How long a message is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Endurance {
    /// After so many attempts it is given up.
    pub(crate) attempts: u32,
    /// The longest pause between two of them, in seconds.
    pub(crate) max_pause: u64,
}

impl Endurance {
    /// 1, 2, 4, … seconds.
    fn pause_after(self, attempts: u32) -> u64 {
        let pause = 1_u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(self.max_pause);
        pause.min(self.max_pause)
    }
}

/// A message on its way.
#[derive(Debug)]
pub(crate) struct Parcel {
    /// Its id, the same at each try.
    pub(crate) id: String,
    /// Whose data it holds, and the key to them.
    pub(crate) customer: Option<(String, DataKey)>,
    /// What its topic has put in.
    pub(crate) content: Zeroizing<Vec<u8>>,
}

/// Why a message was not delivered, for the log and the database: without personal data.
#[derive(Debug)]
pub(crate) enum Undelivered {
    /// It is tried again.
    Failed(String),
    /// It never will be.
    Hopeless(&'static str),
}

/// A message to be put in.
#[derive(Clone, Copy)]
pub(crate) struct Post<'a> {
    /// What its topic is called.
    pub(crate) topic: &'static str,
    /// Its id.
    pub(crate) id: &'a str,
    /// Whose data it holds, and the key to seal it with. Without one it is kept as it is.
    pub(crate) customer: Option<(&'a str, &'a DataKey)>,
    /// What it must not overtake: the others of this line. `""` if it need not wait for any.
    pub(crate) line: &'a str,
    /// What its topic will get.
    pub(crate) content: &'a [u8],
    /// When delivering it makes no sense any more, in Unix seconds.
    pub(crate) expires_at: u64,
}

impl Outbox {
    /// An outbox that hands codes to `notifier`; without one they wait.
    pub fn new(
        database: Database,
        vault: Vault,
        clock: Clock,
        random: Random,
        notifier: Option<Arc<dyn Notifier>>,
    ) -> Self {
        let codes = notifier.map(|notifier| Lane::new(Arc::new(code::Codes::new(notifier))));
        let lanes = codes.into_iter().collect();
        Self(Arc::new(Inner { database, vault, clock, random, lanes }))
    }

    /// The same that delivers another kind of message as well. To be called before it is cloned.
    #[must_use]
    pub(crate) fn with(self, topic: Arc<dyn Topic>) -> Self {
        let Inner { database, vault, clock, random, lanes } = &*self.0;
        let lanes = lanes.iter().cloned().chain([Lane::new(topic)]).collect();
        Self(Arc::new(Inner {
            database: database.clone(),
            vault: vault.clone(),
            clock: clock.clone(),
            random: random.clone(),
            lanes,
        }))
    }

    /// Puts a message in, as part of `tx`. Call [`Self::ring`] after the commit.
    pub(crate) async fn push(
        &self,
        tx: &mut Transaction<'static, Any>,
        post: &Post<'_>,
    ) -> Result<(), OutboxError> {
        let sealed = match post.customer {
            Some((customer_id, key)) => {
                key.seal(post.content, &context(customer_id, post.id), &self.0.random)?
            }
            None => post.content.to_vec(),
        };
        let new = store::New {
            id: post.id,
            customer_id: post.customer.map(|(id, _)| id),
            topic: post.topic,
            line: post.line,
            payload: &sealed,
            due_at: self.0.clock.now(),
            expires_at: post.expires_at,
        };
        Ok(store::insert(&mut **tx, &new).await?)
    }

    /// Wakes the worker: something was put in.
    pub(crate) fn ring(&self) {
        self.0.lanes.iter().for_each(|lane| lane.bell.notify_one());
    }

    /// Delivers until `stop` says so; what is on its way then is finished first.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        let mut workers = JoinSet::new();
        for lane in &self.0.lanes {
            let (outbox, lane, stop) = (self.clone(), lane.clone(), stop.clone());
            workers.spawn(async move { outbox.work(&lane, stop).await });
        }
        workers.join_all().await;
    }

    async fn work(&self, lane: &Lane, stop: watch::Receiver<bool>) {
        let mut stopped = stop.clone();
        loop {
            let pause = match self.deliver_due(&lane.topic, Some(&stop)).await {
                Ok(_) => self.pause(&*lane.topic).await,
                Err(cause) => {
                    tracing::error!(topic = lane.topic.name(), %cause, "outbox cannot be worked on");
                    Duration::from_secs(5)
                }
            };
            tokio::select! {
                biased;
                () = told(&mut stopped) => return,
                () = lane.bell.notified() => {}
                () = sleep(pause) => {}
            }
        }
    }

    /// Delivers everything that is due now, and tells how much of it was taken.
    ///
    /// # Errors
    ///
    /// The database does not answer. A message that cannot be delivered is no error.
    pub async fn run_once(&self) -> Result<usize, OutboxError> {
        let mut delivered = 0;
        for lane in &self.0.lanes {
            delivered += self.deliver_due(&lane.topic, None).await?;
        }
        Ok(delivered)
    }

    async fn deliver_due(
        &self,
        topic: &Arc<dyn Topic>,
        stop: Option<&watch::Receiver<bool>>,
    ) -> Result<usize, OutboxError> {
        let mut delivered = 0;
        loop {
            let (db, now) = (self.0.database.pool(), self.0.clock.now());
            let due = store::due(db, topic.name(), now, topic.at_a_time()).await?;
            let mut deliveries = JoinSet::new();
            for id in due {
                let (outbox, topic) = (self.clone(), Arc::clone(topic));
                deliveries.spawn(async move { outbox.deliver(&*topic, &id).await });
            }
            let mut taken = 0;
            while let Some(result) = deliveries.join_next().await {
                // A topic that panics loses its lease, and the message is tried again.
                taken += usize::from(result.unwrap_or(Ok(false))?);
            }
            delivered += taken;
            if taken == 0 || stop.is_some_and(|stop| *stop.borrow()) {
                return Ok(delivered);
            }
        }
    }

    /// Delivers one message; whether it came to a delivery.
    async fn deliver(&self, topic: &dyn Topic, id: &str) -> Result<bool, OutboxError> {
        let Inner { database, clock, .. } = &*self.0;
        let (db, now, name) = (database.pool(), clock.now(), topic.name());
        if !store::claim(db, id, now, now + LEASE).await? {
            return Ok(false);
        }
        let Some(row) = store::load(db, id).await? else { return Ok(false) };
        let result = if row.expires_at() <= now {
            Err(Undelivered::Hopeless("expired before it could be delivered"))
        } else {
            match self.open(&row) {
                Ok(parcel) => timeout(PATIENCE, topic.deliver(&parcel))
                    .await
                    .unwrap_or_else(|_| Err(Undelivered::Failed("took too long".to_owned()))),
                Err(cause) => {
                    tracing::error!(id, name, %cause, "message cannot be read");
                    Err(Undelivered::Hopeless("cannot be decrypted"))
                }
            }
        };
        let (attempts, endurance) = (row.attempts(), topic.endurance());
        match result {
            Ok(()) => store::delete(db, id).await?,
            Err(Undelivered::Hopeless(reason)) => {
                tracing::warn!(id, name, attempts, reason, "message given up");
                store::give_up(db, id, reason).await?;
            }
            Err(Undelivered::Failed(reason)) if attempts >= endurance.attempts => {
                tracing::warn!(id, name, attempts, reason, "message given up");
                store::give_up(db, id, &reason).await?;
            }
            Err(Undelivered::Failed(reason)) => {
                let pause = endurance.pause_after(attempts);
                tracing::warn!(id, name, attempts, reason, pause, "message not delivered");
                store::retry(db, id, clock.now() + pause, &reason).await?;
            }
        }
        Ok(true)
    }

    fn open(&self, row: &store::Row) -> Result<Parcel, OutboxError> {
        let id = row.id.clone();
        let Some(customer_id) = row.customer_id.clone() else {
            let content = Zeroizing::new(row.payload.clone());
            return Ok(Parcel { id, customer: None, content });
        };
        let key = row.key().ok_or(OutboxError::Unreadable)?;
        let key = self.0.vault.unwrap(&key, &["customer", &customer_id])?;
        let content = key.open(&row.payload, &context(&customer_id, &id))?;
        Ok(Parcel { id, customer: Some((customer_id, key)), content })
    }

    /// Until the next message is due, or another server may have put one in.
    async fn pause(&self, topic: &dyn Topic) -> Duration {
        let next = store::next_due(self.0.database.pool(), topic.name()).await;
        let now = self.0.clock.now();
        let next = next.unwrap_or_default();
        Duration::from_secs(next.map_or(LOOK, |due| due.saturating_sub(now).clamp(1, LOOK)))
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outbox")
    }
}

fn context<'a>(customer_id: &'a str, id: &'a str) -> [&'a str; 3] {
    ["outbox", customer_id, id]
}

/// Returns when `stop` says so, or when nobody is left who could.
pub(crate) async fn told(stop: &mut watch::Receiver<bool>) {
    // The error says that the sender is gone, which is the same to us.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// The outbox cannot be worked on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutboxError {
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// Encryption.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A row that this server did not write.
    #[error("a message in the outbox cannot be read")]
    Unreadable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let endurance = Endurance { attempts: 12, max_pause: 600 };
        let pauses: Vec<_> = (1..=12).map(|attempts| endurance.pause_after(attempts)).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
        assert_eq!(endurance.pause_after(u32::MAX), 600);
    }
}
