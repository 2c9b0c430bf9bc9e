//! The error when an anchor cannot start.

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

/// The error when an anchor cannot start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The data folder cannot be created.
    #[error("cannot create the data folder {path}: {cause}")]
    DataDir {
        /// The path of the folder.
        path: String,
        /// The error of the operating system.
        cause: std::io::Error,
    },
    /// The configuration or the secrets are invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The stellar.toml would not be valid.
    #[error(transparent)]
    StellarToml(#[from] StellarTomlError),
    /// Neither the builder nor the configuration has a ledger.
    #[error(
        "network.horizon_url is not set: name a Horizon server, or run the sandbox with `windlass serve`"
    )]
    NoLedger,
    /// The client of the ledger cannot be built.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The client for URLs of other parties cannot be built.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The database cannot be opened.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The storage of files cannot be opened.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A session key is invalid.
    #[error(transparent)]
    Sessions(#[from] WeakSecret),
    /// There is no data key, or two data keys have the same id.
    #[error(
        "secrets.data_keys is empty, or two entries have the same id: `windlass keygen` generates a key"
    )]
    NoDataKey,
    /// The `[kyc]` section is invalid.
    #[error(transparent)]
    Requirements(#[from] RequirementsError),
    /// A customer type needs a [`ReviewProvider`](crate::hooks::ReviewProvider), but there is none.
    #[error(
        "the configuration has a customer type with review = \"provider\": set hooks.review_provider, or pass a ReviewProvider to the builder"
    )]
    NoReviewProvider,
    /// The builder has a part that nothing would use, because another system stores the customers.
    #[error(
        "the builder has {0}, which only the built-in customers use, beside customers of another system"
    )]
    Unused(&'static str),
    /// The configuration of an HTTP hook is invalid.
    #[error("hooks.{name}.{cause}")]
    Hook {
        /// The name of the hook.
        name: &'static str,
        /// The error in its configuration.
        cause: HttpHookError,
    },
    /// A field needs a confirmation code, but there is no [`Notifier`](crate::hooks::Notifier).
    #[error(
        "the configuration verifies fields (verify = true), but there is no Notifier to send codes: pass one to the builder, or set verify = false"
    )]
    NoNotifier,
}
