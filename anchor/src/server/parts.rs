//! The parts that the rest of the server depends on, in the order in which they are built.

use std::sync::Arc;

use object_store::ObjectStore;
use windlass_core::account::SecretKey;

use super::StartError;
use crate::{
    Config,
    callbacks::Callbacks,
    clock::{Clock, Random},
    config::{Secrets, Watch},
    database::Database,
    kyc::{Kyc, KycParts, Transactions},
    outbound::{Outbound, Policy},
    outbox::Outbox,
    storage::Storage,
    vault::Vault,
};

/// The path at which confirmation links begin.
pub(super) const CONFIRM: &str = "/confirm";

/// The basic services of a server.
pub(super) struct Parts {
    pub(super) database: Database,
    pub(super) storage: Storage,
    pub(super) outbox: Outbox,
    pub(super) outbound: Outbound,
    pub(super) secrets: Secrets,
    pub(super) clock: Clock,
    pub(super) random: Random,
    vault: Vault,
}

/// Parts that replace those of the configuration.
#[derive(Default)]
pub(super) struct Overrides {
    pub(super) vault: Option<Vault>,
    pub(super) objects: Option<Arc<dyn ObjectStore>>,
    pub(super) policy: Option<Policy>,
}

impl Parts {
    /// Opens the database, runs the migrations and opens the storage. The data folder must exist.
    pub(super) async fn open(
        config: &Config,
        secrets: Secrets,
        overrides: Overrides,
        clock: Clock,
        random: Random,
    ) -> Result<Self, StartError> {
        // Without https only clients on this machine reach the server, so their callback servers
        // are on it as well.
        let development = config.public_url().scheme() == "http";
        let outbound = Outbound::new(overrides.policy.unwrap_or(Policy { development }))?;
        let vault = match (overrides.vault, &config.secrets) {
            (Some(vault), _) => Some(vault),
            (None, Some(_)) => Vault::new(&secrets.vault_keys()),
            (None, None) => {
                let watch = Watch::new(&config.data_dir);
                Vault::following(&secrets.vault_keys(), move || watch.data_keys())
            }
        };
        let vault = vault.ok_or(StartError::NoDataKey)?;
        let database = Database::connect(&config.database_url()).await?;
        let (db, time, source) = (database.clone(), clock.clone(), random.clone());
        let storage = match overrides.objects {
            Some(objects) => Storage::over(objects, db, time, source),
            None => Storage::open(&config.storage, &config.data_dir, db, time, source)?,
        };
        let outbox = Outbox::new(clock.clone(), random.clone());
        Ok(Self { database, storage, outbox, outbound, secrets, clock, random, vault })
    }

    /// Builds the built-in customers.
    pub(super) fn kyc(
        &self,
        config: &Config,
        transactions: Option<Arc<dyn Transactions>>,
    ) -> Result<Kyc, StartError> {
        let parts = KycParts {
            database: self.database.clone(),
            vault: self.vault.clone(),
            storage: self.storage.clone(),
            outbox: self.outbox.clone(),
            callbacks: Callbacks::new(
                self.outbox.clone(),
                self.outbound.clone(),
                self.clock.clone(),
                self.random.clone(),
            ),
            transactions,
            confirm_url: config.endpoint(CONFIRM),
            code_limits: config.codes,
            clock: self.clock.clone(),
            random: self.random.clone(),
        };
        Ok(Kyc::new(&config.kyc, parts)?)
    }

    /// The key behind the stellar.toml's `SIGNING_KEY`.
    pub(super) const fn signing_key(&self) -> &SecretKey {
        &self.secrets.signing_seed.0
    }
}
