//! The encryption keys of customers.

use async_trait::async_trait;

use super::store;
use crate::{
    database::Database,
    outbox::{OutboxError, OwnerKeys},
    rotation::KeyTable,
    vault::{DataKey, Vault},
};

/// The tables whose keys are wrapped by a master key: customers, and uploads that no customer
/// refers to yet.
pub const KEY_TABLES: &[KeyTable] = &[
    KeyTable { name: "customer", context: "customer" },
    KeyTable { name: "file", context: "file" },
];

/// Looks up customers' keys, for messages in the outbox.
pub(super) struct CustomerKeys {
    pub(super) database: Database,
    pub(super) vault: Vault,
}

#[async_trait]
impl OwnerKeys for CustomerKeys {
    async fn key_of(&self, owner: &str) -> Result<Option<DataKey>, OutboxError> {
        let wrapped = store::customer::key_by_id(self.database.reads(), owner).await?;
        let key = wrapped.map(|wrapped| self.vault.unwrap(&wrapped, &["customer", owner]));
        Ok(key.transpose()?)
    }
}
