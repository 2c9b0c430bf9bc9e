//! The access log: who read what of which customer, when and what for.
//!
//! It has the names of fields and never their values. An entry is in the database before what it tells of is answered; the
//! entries of requests at the same time are written in one transaction, so that reading waits for one write and not for
//! a queue of them.
//!
//! When a customer is deleted the entries stay, as a record of what happened to the data: without the account and memo of
//! the customer, and under an id that nothing refers to any more. After 400 days they go as well.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::Mutex as AsyncMutex;

use super::store::{self, access::Row};
use crate::{
    clock::{Clock, Random},
    database::Database,
};

/// How long entries are kept, in seconds: more than a year, so that a yearly review sees all of it.
const KEEP: u64 = 400 * 86_400;
/// The most entries in one transaction.
const AT_A_TIME: usize = 200;

/// The access log. Cheap to clone; all clones write together.
#[derive(Clone)]
pub struct AccessLog(Arc<Inner>);

struct Inner {
    database: Database,
    clock: Clock,
    random: Random,
    waiting: Mutex<Waiting>,
    /// How many entries were ever written. Who holds it writes.
    written: AsyncMutex<u64>,
}

#[derive(Default)]
struct Waiting {
    rows: VecDeque<Row>,
    /// How many were ever put in.
    put: u64,
}

/// Somebody who reads a customer's data.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Actor {
    /// A wallet, by the subject of its session.
    Customer(String),
    /// A person who works for the anchor, by name.
    Operator(String),
    /// Somebody else's system that looks at customers for the anchor, by name.
    Provider(String),
}

/// One reading.
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
    /// What.
    pub access: Access,
}

impl AccessLog {
    /// The log in this database.
    pub fn new(database: Database, clock: Clock, random: Random) -> Self {
        let (waiting, written) = (Mutex::default(), AsyncMutex::default());
        Self(Arc::new(Inner { database, clock, random, waiting, written }))
    }

    /// Writes a reading down. Answer only after it has returned.
    ///
    /// # Errors
    ///
    /// The database does not answer: then nothing may be shown.
    pub async fn write(&self, access: Access) -> sqlx::Result<()> {
        let row = self.row(access);
        let ticket = {
            let mut waiting = self.waiting();
            waiting.rows.push_back(row);
            waiting.put += 1;
            waiting.put
        };
        let mut written = self.0.written.lock().await;
        while *written < ticket {
            let batch: Vec<_> = self.waiting().rows.iter().take(AT_A_TIME).cloned().collect();
            let mut tx = self.0.database.begin().await?;
            for row in &batch {
                store::access::insert(&mut *tx, row).await?;
            }
            tx.commit().await?;
            // Only now: who is given up before leaves them to the next.
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
    pub async fn of_customer(&self, customer_id: &str) -> sqlx::Result<Vec<Entry>> {
        let rows = store::access::of_customer(self.0.database.pool(), customer_id).await?;
        Ok(rows.into_iter().map(Entry::from).collect())
    }

    /// Throws away what is older than 400 days.
    pub(crate) async fn purge(&self) -> sqlx::Result<u64> {
        let before = self.0.clock.now().saturating_sub(KEEP);
        store::access::purge_older(self.0.database.pool(), before).await
    }

    fn row(&self, access: Access) -> Row {
        let (actor_kind, actor) = match access.actor {
            Actor::Customer(subject) => ("customer", subject),
            Actor::Operator(name) => ("operator", name),
            Actor::Provider(name) => ("provider", name),
        };
        Row {
            id: self.0.random.id(),
            customer_id: access.customer_id,
            at: i64::try_from(self.0.clock.now()).unwrap_or(i64::MAX),
            actor_kind: actor_kind.to_owned(),
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
        let actor = match row.actor_kind.as_str() {
            "operator" => Actor::Operator(row.actor),
            "provider" => Actor::Provider(row.actor),
            _ => Actor::Customer(row.actor),
        };
        let fields = row.fields.split_whitespace().map(str::to_owned).collect();
        let (customer_id, route, purpose) = (row.customer_id, row.route, row.purpose);
        let access = Access { customer_id, actor, route, purpose, fields };
        Self { at: u64::try_from(row.at).unwrap_or_default(), access }
    }
}
