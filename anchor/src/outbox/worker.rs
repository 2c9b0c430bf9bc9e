//! The worker that delivers messages.

use std::{fmt, sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use zeroize::Zeroizing;

use super::{Delivery, DeliveryError, Outbox, OutboxError, Topic, context, store};
use crate::{base::shutdown, clock::Clock, database::Database};

/// The duration of a lease, in seconds.
const LEASE: u64 = 60;
/// The timeout of one delivery: well below the lease, so that no other worker delivers the message
/// at the same time.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(30);
/// The interval of checks for messages that another server has pushed, in seconds.
const POLL_INTERVAL: u64 = 15;
/// The pause after a database error.
const ERROR_PAUSE: Duration = Duration::from_secs(5);

/// Delivers the messages of an outbox. Each topic has a task of its own, so that a slow wallet
/// server does not delay codes or payments. Cheap to clone.
#[derive(Clone)]
pub struct Worker(Arc<[TopicWorker]>);

#[derive(Clone)]
struct TopicWorker {
    database: Database,
    clock: Clock,
    topic: Arc<dyn Topic>,
    wake: Arc<Notify>,
}

impl Worker {
    /// A worker for the messages of these topics, in `database`.
    pub(crate) fn new(
        database: &Database,
        clock: &Clock,
        outbox: &Outbox,
        topics: Vec<Arc<dyn Topic>>,
    ) -> Self {
        let workers = topics.into_iter().map(|topic| TopicWorker {
            database: database.clone(),
            clock: clock.clone(),
            wake: outbox.wake_of(topic.name()),
            topic,
        });
        Self(workers.collect())
    }

    /// Delivers messages until `stop` is true, and finishes deliveries that have begun.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        let mut workers = JoinSet::new();
        for worker in &*self.0 {
            let (worker, stop) = (worker.clone(), stop.clone());
            workers.spawn(async move { worker.run(stop).await });
        }
        workers.join_all().await;
    }

    /// Delivers all messages that are due. Returns the number of attempts.
    ///
    /// # Errors
    ///
    /// The database does not answer. A failed delivery is not an error.
    pub async fn run_once(&self) -> Result<usize, OutboxError> {
        let mut tried = 0;
        for worker in &*self.0 {
            tried += worker.deliver_due(None).await?;
        }
        Ok(tried)
    }
}

impl TopicWorker {
    async fn run(&self, mut stop: watch::Receiver<bool>) {
        loop {
            let pause = match self.deliver_due(Some(&stop)).await {
                Ok(_) => self.pause().await,
                Err(cause) => {
                    tracing::error!(topic = self.topic.name(), %cause, "messages cannot be delivered");
                    ERROR_PAUSE
                }
            };
            tokio::select! {
                biased;
                () = shutdown::requested(&mut stop) => return,
                () = self.wake.notified() => {}
                () = sleep(pause) => {}
            }
        }
    }

    async fn deliver_due(
        &self,
        stop: Option<&watch::Receiver<bool>>,
    ) -> Result<usize, OutboxError> {
        let (db, topic) = (self.database.reads(), &*self.topic);
        let mut tried = 0;
        loop {
            let limit = topic.parallel_deliveries();
            let due = store::due(db, topic.name(), self.moment(), limit).await?;
            let mut deliveries = JoinSet::new();
            for id in due {
                let worker = self.clone();
                deliveries.spawn(async move { worker.deliver(&id).await });
            }
            let mut in_this_round = 0;
            while let Some(result) = deliveries.join_next().await {
                // If a topic panics, the lease of its message ends, and a worker tries again.
                in_this_round += usize::from(result.unwrap_or(Ok(false))?);
            }
            tried += in_this_round;
            if in_this_round == 0 || stop.is_some_and(|stop| *stop.borrow()) {
                return Ok(tried);
            }
        }
    }

    fn moment(&self) -> store::Moment {
        let now = self.clock.now();
        let latest_due = now + self.topic.retry_policy().max_pause;
        store::Moment { now, latest_due, latest_lease: now + LEASE }
    }

    /// Leases a message and delivers it. Returns `false` if no delivery was attempted.
    async fn deliver(&self, id: &str) -> Result<bool, OutboxError> {
        let (db, now, topic) = (self.database.writes(), self.clock.now(), self.topic.name());
        if !store::lease(db, id, self.moment()).await? {
            return Ok(false);
        }
        let Some(row) = store::load(self.database.reads(), id).await? else { return Ok(false) };
        let result = if row.expires_at() <= now {
            Err(DeliveryError::Permanent("expired before it could be delivered"))
        } else {
            match self.open(&row).await {
                Ok(Some(delivery)) => timeout(DELIVERY_TIMEOUT, self.topic.deliver(&delivery))
                    .await
                    .unwrap_or_else(|_| Err(DeliveryError::Temporary("took too long".to_owned()))),
                // The owner was deleted, and the message with it.
                Ok(None) => return Ok(false),
                Err(OutboxError::Store(error)) => return Err(error.into()),
                Err(cause) => {
                    tracing::error!(id, topic, %cause, "message cannot be decrypted");
                    Err(DeliveryError::Permanent("cannot be decrypted"))
                }
            }
        };
        let (attempts, policy) = (row.attempts(), self.topic.retry_policy());
        match result {
            Ok(()) => store::delete(db, id).await?,
            Err(DeliveryError::Permanent(reason)) => {
                tracing::warn!(id, topic, attempts, reason, "message given up");
                store::give_up(db, id, reason).await?;
            }
            Err(DeliveryError::Temporary(reason)) if attempts >= policy.max_attempts => {
                tracing::warn!(id, topic, attempts, reason, "message given up");
                store::give_up(db, id, &reason).await?;
            }
            Err(DeliveryError::Temporary(reason)) => {
                let pause = policy.pause_after(attempts);
                tracing::warn!(id, topic, attempts, reason, pause, "message not delivered");
                store::retry(db, id, self.clock.now() + pause, &reason).await?;
            }
        }
        Ok(true)
    }

    async fn open(&self, row: &store::Row) -> Result<Option<Delivery>, OutboxError> {
        let id = row.id.clone();
        let Some(owner) = row.owner.clone() else {
            let content = Zeroizing::new(row.payload.clone());
            return Ok(Some(Delivery { id, owner: None, content }));
        };
        let keys = self.topic.keys().ok_or(OutboxError::Unreadable)?;
        let Some(key) = keys.key_of(&owner).await? else { return Ok(None) };
        let content = key.open(&row.payload, &context(&owner, &id))?;
        Ok(Some(Delivery { id, owner: Some((owner, key)), content }))
    }

    /// The time until the next message is due, or until the next check for messages of other
    /// servers.
    async fn pause(&self) -> Duration {
        let next = store::next_due(self.database.reads(), self.topic.name()).await;
        let now = self.clock.now();
        let next = next.unwrap_or_default();
        let pause =
            next.map_or(POLL_INTERVAL, |due| due.saturating_sub(now).clamp(1, POLL_INTERVAL));
        Duration::from_secs(pause)
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topics: Vec<_> = self.0.iter().map(|worker| worker.topic.name()).collect();
        write!(f, "Worker({})", topics.join(", "))
    }
}
