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
            tried += worker.deliver_due().await?;
        }
        Ok(tried)
    }
}

/// The deliveries in progress. Each returns whether it was an attempt.
type Deliveries = JoinSet<Result<bool, OutboxError>>;

impl TopicWorker {
    /// Keeps as many deliveries in progress as the topic allows: a slow one delays no other.
    async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut deliveries = Deliveries::new();
        loop {
            let pause = match self.begin_due(&mut deliveries).await {
                Ok(()) => self.pause().await,
                Err(cause) => self.report(&cause),
            };
            tokio::select! {
                biased;
                () = shutdown::requested(&mut stop) => break,
                Some(ended) = deliveries.join_next() => {
                    // If a topic panics, the lease of its message ends, and a worker tries again.
                    if let Ok(Err(cause)) = ended {
                        sleep(self.report(&cause)).await;
                    }
                }
                () = self.wake.notified() => {}
                () = sleep(pause) => {}
            }
        }
        while deliveries.join_next().await.is_some() {}
    }

    fn report(&self, cause: &OutboxError) -> Duration {
        tracing::error!(topic = self.topic.name(), %cause, "messages cannot be delivered");
        ERROR_PAUSE
    }

    async fn deliver_due(&self) -> Result<usize, OutboxError> {
        let (mut deliveries, mut tried) = (Deliveries::new(), 0);
        loop {
            self.begin_due(&mut deliveries).await?;
            let Some(ended) = deliveries.join_next().await else { return Ok(tried) };
            tried += usize::from(ended.unwrap_or(Ok(false))?);
        }
    }

    /// Leases messages that are due, up to the number of free deliveries, and begins to deliver
    /// them.
    async fn begin_due(&self, deliveries: &mut Deliveries) -> Result<(), OutboxError> {
        let free = self.topic.parallel_deliveries().saturating_sub(deliveries.len());
        if free == 0 {
            return Ok(());
        }
        let now = self.clock.now();
        let latest_due = now + self.topic.retry_policy().max_pause;
        let moment = store::Moment { now, latest_due, latest_lease: now + LEASE };
        let (db, topic) = (self.database.writes(), self.topic.name());
        for row in store::lease_due(db, topic, moment, free).await? {
            let worker = self.clone();
            deliveries.spawn(async move { worker.deliver(&row).await });
        }
        Ok(())
    }

    /// Delivers a message that is leased. Returns `false` if no delivery was attempted.
    async fn deliver(&self, row: &store::Row) -> Result<bool, OutboxError> {
        let (db, id, topic) = (self.database.writes(), row.id.as_str(), self.topic.name());
        let result = if row.expires_at() <= self.clock.now() {
            Err(DeliveryError::Permanent("expired before it could be delivered"))
        } else {
            match self.open(row).await {
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
            Err(DeliveryError::Busy { pause }) => {
                let pause = pause.min(policy.max_pause);
                store::postpone(db, id, self.clock.now() + pause).await?;
                return Ok(false);
            }
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
