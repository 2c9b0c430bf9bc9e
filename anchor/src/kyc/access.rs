//! The access log: which actor read which fields of which customer, when, and for what purpose.
//!
//! The log contains the names of fields, never their values. An entry is committed before its
//! request is answered. Entries of concurrent requests are written in one transaction, so that each
//! request waits for one write instead of a queue of writes.
//!
//! When a customer is deleted, its entries stay as a record of how the data was used, but without
//! the account and memo. Nothing else contains the customer's id then. Entries are deleted after
//! 400 days.

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

/// The access log. Cheap to clone; clones share one queue of entries.
#[derive(Clone)]
pub struct AccessLog(Arc<Inner>);

struct Inner {
    database: Database,
    clock: Clock,
    random: Random,
    waiting: Mutex<Waiting>,
    /// The number of entries written since the start. Whichever task holds this lock writes the
    /// queue.
    written: AsyncMutex<u64>,
}

#[derive(Default)]
struct Waiting {
    rows: VecDeque<Row>,
    /// The number of entries queued since the start.
    put: u64,
}

/// The reader of a customer's data.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Actor {
    /// A wallet, identified by the subject (`sub`) of its session token.
    Customer(String),
    /// A person who works for the anchor, identified by name.
    Operator(String),
    /// The [`ReviewProvider`](crate::hooks::ReviewProvider), identified by name.
    ReviewProvider(String),
}

/// One read access to a customer's data.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Access {
    /// The id of the customer whose data is read.
    pub customer_id: String,
    /// The reader.
    pub actor: Actor,
    /// The endpoint or the command, such as `GET /customer`.
    pub route: String,
    /// The purpose, such as `status` or `ticket 4711`. It must not contain personal data.
    pub purpose: String,
    /// The canonical names of the fields.
    pub fields: Vec<String>,
}

/// An entry of the log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// The time of the access, in Unix seconds.
    pub at: u64,
    /// The access.
    pub access: Access,
}

impl AccessLog {
    /// An access log whose entries are rows of this database.
    pub fn new(database: Database, clock: Clock, random: Random) -> Self {
        let (waiting, written) = (Mutex::default(), AsyncMutex::default());
        Self(Arc::new(Inner { database, clock, random, waiting, written }))
    }

    /// Writes an access to the log. The data may be shown only after this has returned.
    ///
    /// # Errors
    ///
    /// The database does not answer. The caller must then not show the data.
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
            // Drained only after the commit: if this request is cancelled before, the next one
            // writes the entries.
            self.waiting().rows.drain(..batch.len());
            *written += batch.len() as u64;
        }
        Ok(())
    }

    /// The entries about a customer, oldest first.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn of_customer(&self, customer_id: &str) -> Result<Vec<Entry>, StoreError> {
        let rows = store::access::of_customer(self.0.database.reads(), customer_id).await?;
        Ok(rows.into_iter().map(Entry::from).collect())
    }

    /// Deletes entries that are older than 400 days.
    pub(crate) async fn purge(&self) -> Result<u64, StoreError> {
        let before = self.0.clock.now().saturating_sub(KEEP);
        store::access::purge_older(self.0.database.writes(), before).await
    }

    fn row(&self, access: Access) -> Row {
        let (actor_kind, actor) = match access.actor {
            Actor::Customer(subject) => (ActorKind::Customer, subject),
            Actor::Operator(name) => (ActorKind::Operator, name),
            Actor::ReviewProvider(name) => (ActorKind::ReviewProvider, name),
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
            ActorKind::ReviewProvider => Actor::ReviewProvider(row.actor),
        };
        let fields = row.fields.split_whitespace().map(str::to_owned).collect();
        let (customer_id, route, purpose) = (row.customer_id, row.route, row.purpose);
        let access = Access { customer_id, actor, route, purpose, fields };
        Self { at: u64::try_from(row.at).unwrap_or_default(), access }
    }
}
