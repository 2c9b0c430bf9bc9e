//! Why an anchor does not start.

use thiserror::Error;

use crate::{
    config::{ConfigError, StellarTomlError},
    database::DatabaseError,
    hooks::LedgerError,
    kyc::RequirementsError,
    outbound::OutboundError,
    remote::HttpHookError,
    sessions::WeakSecret,
    storage::StorageError,
};

/// Why an anchor does not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The data folder cannot be made.
    #[error("cannot make the data folder {path}: {cause}")]
    DataDir {
        /// Where.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The secrets.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The stellar.toml would not be valid.
    #[error(transparent)]
    StellarToml(#[from] StellarTomlError),
    /// No ledger was given and none is configured.
    #[error(
        "network.horizon_url is not set: name a Horizon server, or run the sandbox with `windlass serve`"
    )]
    NoLedger,
    /// The ledger's client.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The client for URLs that others name.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The storage of files.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A session key.
    #[error(transparent)]
    Sessions(#[from] WeakSecret),
    /// There is no key for personal data, or two have the same id.
    #[error("secrets.data_keys is empty: make one with `windlass keygen`")]
    NoDataKey,
    /// The fields that customers are asked for.
    #[error(transparent)]
    Requirements(#[from] RequirementsError),
    /// A customer type is reviewed by a [`ReviewProvider`](crate::hooks::ReviewProvider), and there is none.
    #[error(
        "the configuration has a customer type with review = \"provider\": set hooks.review_provider, or give a ReviewProvider"
    )]
    NoReviewProvider,
    /// A hook that another server answers is not configured correctly.
    #[error("hooks.{name}.{cause}")]
    Hook {
        /// The name of the hook.
        name: &'static str,
        /// Its configuration.
        cause: HttpHookError,
    },
    /// Fields are to be verified by codes, and there is no [`Notifier`](crate::hooks::Notifier).
    #[error(
        "the configuration verifies fields (verify = true), but nothing can send the codes: give a Notifier, or switch the verification off"
    )]
    NoNotifier,
}
