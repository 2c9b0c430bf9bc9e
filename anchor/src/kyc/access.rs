//! The access log: who read what of which customer, when and what for.
//!
//! It contains the names of fields and never their values. An entry is committed before its request is answered. The
//! entries of requests at the same time are written in one transaction, so that a reader waits for one write and not for
//! a queue of them.
//!
//! When a customer is deleted the entries stay, as a record of what happened to the data, but without the account and memo
//! of the customer. Nothing else refers to the id any more. Entries are deleted after 400 days.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::Mutex as AsyncMutex;

use super::store::{
    self,
    access::{ActorKind, Row},
};
use crate::{
    clock::{Clock, Random},
    database::{Database, StoreError},
};

/// How long entries are kept, in seconds: more than a year, so that a yearly review sees all of it.
const KEEP: u64 = 400 * 86_400;
/// The most entries in one transaction.
const BATCH: usize = 200;

/// The access log. Cheap to clone; all clones write together.
#[derive(Clone)]
pub struct AccessLog(Arc<Inner>);

struct Inner {
    database: Database,
    clock: Clock,
    random: Random,
    waiting: Mutex<Waiting>,
    /// How many entries were ever written. The task that has locked it writes.
    written: AsyncMutex<u64>,
}

#[derive(Default)]
struct Waiting {
    rows: VecDeque<Row>,
    /// How many were ever put in.
    put: u64,
}

/// Who reads a customer's data.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Actor {
    /// A wallet, by the subject of its session.
    Customer(String),
    /// A person who works for the anchor, by name.
    Operator(String),
    /// An outside [`Reviewer`](crate::hooks::Reviewer), by name.
    Reviewer(String),
}

/// One read access.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Access {
    /// The customer.
    pub customer_id: String,
    /// Who reads.
    pub actor: Actor,
    /// The endpoint or the command, such as `GET /customer`.
    pub route: String,
    /// What for. No personal data in here.
    pub purpose: String,
    /// The canonical names of the fields.
    pub fields: Vec<String>,
}

/// An entry of the log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// When, in Unix seconds.
    pub at: u64,
    /// Who read what.
    pub access: Access,
}

impl AccessLog {
    /// The log in this database.
    pub fn new(database: Database, clock: Clock, random: Random) -> Self {
        let (waiting, written) = (Mutex::default(), AsyncMutex::default());
        Self(Arc::new(Inner { database, clock, random, waiting, written }))
    }

    /// Writes an access to the log. The data may be shown only after this has returned.
    ///
    /// # Errors
    ///
    /// The database does not answer: then nothing may be shown.
    pub async fn write(&self, access: Access) -> Result<(), StoreError> {
        let row = self.row(access);
        let ticket = {
            let mut waiting = self.waiting();
            waiting.rows.push_back(row);
            waiting.put += 1;
            waiting.put
        };
        let mut written = self.0.written.lock().await;
        while *written < ticket {
            let batch: Vec<_> = self.waiting().rows.iter().take(BATCH).cloned().collect();
            let batch = &batch;
            let write = self.0.database.write("access log", |mut tx| async move {
                for row in batch {
                    store::access::insert(&mut *tx, row).await?;
                }
                Ok::<_, StoreError>((tx, ()))
            });
            write.await?;
            // Only now: if this request is cancelled before, the next one writes them.
            self.waiting().rows.drain(..batch.len());
            *written += batch.len() as u64;
        }
        Ok(())
    }

    /// What was read of a customer, the oldest first.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn of_customer(&self, customer_id: &str) -> Result<Vec<Entry>, StoreError> {
        let rows = store::access::of_customer(self.0.database.pool(), customer_id).await?;
        Ok(rows.into_iter().map(Entry::from).collect())
    }

    /// Throws away what is older than 400 days.
    pub(crate) async fn purge(&self) -> Result<u64, StoreError> {
        let before = self.0.clock.now().saturating_sub(KEEP);
        store::access::purge_older(self.0.database.pool(), before).await
    }

    fn row(&self, access: Access) -> Row {
        let (actor_kind, actor) = match access.actor {
            Actor::Customer(subject) => (ActorKind::Customer, subject),
            Actor::Operator(name) => (ActorKind::Operator, name),
            Actor::Reviewer(name) => (ActorKind::Reviewer, name),
        };
        Row {
            id: self.0.random.id(),
            customer_id: access.customer_id,
            at: i64::try_from(self.0.clock.now()).unwrap_or(i64::MAX),
            actor_kind,
            actor,
            route: access.route,
            purpose: access.purpose,
            fields: access.fields.join(" "),
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for AccessLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessLog")
    }
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        let actor = match row.actor_kind {
            ActorKind::Customer => Actor::Customer(row.actor),
            ActorKind::Operator => Actor::Operator(row.actor),
            ActorKind::Reviewer => Actor::Reviewer(row.actor),
        };
        let fields = row.fields.split_whitespace().map(str::to_owned).collect();
        let (customer_id, route, purpose) = (row.customer_id, row.route, row.purpose);
        let access = Access { customer_id, actor, route, purpose, fields };
        Self { at: u64::try_from(row.at).unwrap_or_default(), access }
    }
}
