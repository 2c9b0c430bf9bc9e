//! Housekeeping: deletes expired data every ten minutes.

use std::{fmt, sync::Arc, time::Duration};

use tokio::{sync::watch, time::sleep};

use crate::{
    base::shutdown,
    clock::Clock,
    data::challenge,
    database::{Database, StoreError},
    kyc::{Deleted, Kyc},
    outbox::Outbox,
    storage::Storage,
};

const INTERVAL: Duration = Duration::from_secs(600);

/// Deletes expired data. Cheap to clone.
#[derive(Clone)]
pub struct Housekeeping {
    pub(crate) database: Database,
    pub(crate) storage: Storage,
    pub(crate) outbox: Outbox,
    /// `None` if another system stores the customers.
    pub(crate) kyc: Option<Arc<Kyc>>,
    pub(crate) clock: Clock,
}

impl Housekeeping {
    /// Deletes expired data now and every ten minutes, until `stop` is true.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        loop {
            if let Err(cause) = self.run_once().await {
                tracing::error!(%cause, "cannot delete expired data");
            }
            tokio::select! {
                biased;
                () = shutdown::requested(&mut stop) => return,
                () = sleep(INTERVAL) => {}
            }
        }
    }

    /// Deletes expired data once: uploads that no customer refers to, old codes, used challenges,
    /// undeliverable messages and old entries of the access log.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn run_once(&self) -> Result<(), StoreError> {
        let Deleted { uploads, codes, sent_codes, access_log_entries } = match &self.kyc {
            Some(kyc) => kyc.delete_expired().await?,
            None => Deleted::default(),
        };
        let objects = self.storage.remove_unclaimed().await?;
        let challenges = challenge::purge_expired(&self.database, self.clock.now()).await?;
        let failures = self.outbox.delete_old_failures(&self.database).await?;
        self.database.truncate_wal().await?;
        tracing::debug!(
            uploads,
            codes,
            sent_codes,
            access_log_entries,
            objects,
            challenges,
            failures,
            "expired data deleted"
        );
        Ok(())
    }
}

impl fmt::Debug for Housekeeping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Housekeeping")
    }
}
