//! What is to be delivered to somebody outside, kept until it is: nothing is sent from a handler.
//!
//! A message is a row, written in the same transaction as the change that it follows from. A worker delivers it, at
//! least once, again with growing pauses after an error, and also after a restart. Several servers may share a database:
//! a worker takes a message for a minute, and the others keep off meanwhile.

use std::{fmt, sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};
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
    hooks::{Channel, Message, Notifier},
    store,
    vault::{DataKey, Vault, VaultError},
};

mod redact;

use redact::without_personal_data;

/// How long a worker has a message for, in seconds.
const LEASE: u64 = 60;
/// How long one delivery may take; well below the lease, so that no other worker begins with it meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);
/// After so many attempts a message is given up.
const MAX_ATTEMPTS: u32 = 12;
/// The longest pause between two attempts, in seconds.
const MAX_PAUSE: u64 = 600;
/// How many deliveries run at a time.
const AT_A_TIME: u32 = 8;
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
    notifier: Option<Arc<dyn Notifier>>,
    bell: Notify,
}

/// A code to be sent, as its row holds it, sealed.
#[derive(Deserialize, Serialize)]
struct Letter {
    channel: String,
    to: String,
    text: String,
    code: String,
}

impl Outbox {
    /// An outbox that hands messages to `notifier`; without one they wait.
    pub fn new(
        database: Database,
        vault: Vault,
        clock: Clock,
        random: Random,
        notifier: Option<Arc<dyn Notifier>>,
    ) -> Self {
        Self(Arc::new(Inner { database, vault, clock, random, notifier, bell: Notify::new() }))
    }

    /// Puts a message in, as part of `tx`; of no use after `expires_at`. Call [`Self::ring`] after the commit.
    pub(crate) async fn push(
        &self,
        tx: &mut Transaction<'static, Any>,
        id: &str,
        (customer_id, key): (&str, &DataKey),
        message: &Message,
        expires_at: u64,
    ) -> Result<(), OutboxError> {
        let letter = Letter {
            channel: channel_name(message.channel).to_owned(),
            to: message.to.clone(),
            text: message.text.clone(),
            code: message.code.clone(),
        };
        let plain =
            Zeroizing::new(serde_json::to_vec(&letter).map_err(|_| OutboxError::Unreadable)?);
        let payload = key.seal(&plain, &context(customer_id, id), &self.0.random)?;
        let due_at = self.0.clock.now();
        let new = store::outbox::New {
            id,
            customer_id,
            topic: "code",
            payload: &payload,
            due_at,
            expires_at,
        };
        Ok(store::outbox::insert(&mut **tx, &new).await?)
    }

    /// Wakes the worker: something was put in.
    pub(crate) fn ring(&self) {
        self.0.bell.notify_one();
    }

    /// Delivers until `stop` says so; what is on its way then is finished first.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        let mut stopped = stop.clone();
        loop {
            let pause = match self.deliver_due(Some(&stop)).await {
                Ok(_) => self.pause().await,
                Err(cause) => {
                    tracing::error!(%cause, "outbox cannot be worked on");
                    Duration::from_secs(5)
                }
            };
            tokio::select! {
                biased;
                () = told(&mut stopped) => return,
                () = self.0.bell.notified() => {}
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
        self.deliver_due(None).await
    }

    async fn deliver_due(
        &self,
        stop: Option<&watch::Receiver<bool>>,
    ) -> Result<usize, OutboxError> {
        if self.0.notifier.is_none() {
            return Ok(0);
        }
        let mut delivered = 0;
        loop {
            let due =
                store::outbox::due(self.0.database.pool(), self.0.clock.now(), AT_A_TIME).await?;
            let mut deliveries = JoinSet::new();
            for id in due {
                let outbox = self.clone();
                deliveries.spawn(async move { outbox.deliver(&id).await });
            }
            let mut taken = 0;
            while let Some(result) = deliveries.join_next().await {
                // A notifier that panics loses its lease, and the message is tried again.
                taken += usize::from(result.unwrap_or(Ok(false))?);
            }
            delivered += taken;
            if taken == 0 || stop.is_some_and(|stop| *stop.borrow()) {
                return Ok(delivered);
            }
        }
    }

    /// Delivers one message; whether it came to a delivery.
    async fn deliver(&self, id: &str) -> Result<bool, OutboxError> {
        let Inner { database, clock, notifier, .. } = &*self.0;
        let (db, now) = (database.pool(), clock.now());
        let Some(notifier) = notifier else { return Ok(false) };
        if !store::outbox::claim(db, id, now, now + LEASE).await? {
            return Ok(false);
        }
        let Some(row) = store::outbox::load(db, id).await? else { return Ok(false) };
        if row.expires_at() <= now {
            store::outbox::give_up(db, id, "expired before it could be delivered").await?;
            tracing::warn!(id, "message given up: expired before it could be delivered");
            return Ok(true);
        }
        let message = match self.open(&row) {
            Ok(message) => message,
            Err(cause) => {
                store::outbox::give_up(db, id, "cannot be decrypted").await?;
                tracing::error!(id, %cause, "message given up");
                return Ok(true);
            }
        };
        let result = match timeout(PATIENCE, notifier.deliver(&message)).await {
            Ok(result) => {
                result.map_err(|error| without_personal_data(&error.to_string(), &message))
            }
            Err(_) => Err("took too long".to_owned()),
        };
        let attempts = row.attempts();
        match result {
            Ok(()) => store::outbox::delete(db, id).await?,
            Err(reason) if attempts >= MAX_ATTEMPTS => {
                tracing::warn!(id, attempts, reason, "message given up");
                store::outbox::give_up(db, id, &reason).await?;
            }
            Err(reason) => {
                let pause = pause_after(attempts);
                tracing::warn!(id, attempts, reason, pause, "message not delivered");
                store::outbox::retry(db, id, clock.now() + pause, &reason).await?;
            }
        }
        Ok(true)
    }

    fn open(&self, row: &store::outbox::Row) -> Result<Message, OutboxError> {
        let key = self.0.vault.unwrap(&row.key(), &["customer", &row.customer_id])?;
        let plain = key.open(&row.payload, &context(&row.customer_id, &row.id))?;
        let Letter { channel, to, text, code } =
            serde_json::from_slice(&plain).map_err(|_| OutboxError::Unreadable)?;
        let channel = [Channel::Sms, Channel::Email]
            .into_iter()
            .find(|known| channel_name(*known) == channel);
        Ok(Message { channel: channel.ok_or(OutboxError::Unreadable)?, to, text, code })
    }

    /// Until the next message is due, or another server may have put one in.
    async fn pause(&self) -> Duration {
        let next = store::outbox::next_due(self.0.database.pool()).await.unwrap_or_default();
        let now = self.0.clock.now();
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

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "sms",
        Channel::Email => "email",
    }
}

/// 1, 2, 4, … seconds.
fn pause_after(attempts: u32) -> u64 {
    1_u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(MAX_PAUSE).min(MAX_PAUSE)
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
    fn pauses_double_up_to_ten_minutes() {
        let pauses: Vec<_> = (1..=12).map(pause_after).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
        assert_eq!(pause_after(u32::MAX), MAX_PAUSE);
    }
}
