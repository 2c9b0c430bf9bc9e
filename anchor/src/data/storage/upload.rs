//! The object of an uploaded file.

use std::mem;

use async_trait::async_trait;
use windlass_endpoints::files::{FileError, FileReader, StoredFile, Upload};

use super::{Storage, StorageError};
use crate::vault::DataKey;

/// The object with the encrypted content of an [`Upload`]. It is removed after the request unless a
/// file has claimed it.
pub(crate) struct StoredObject {
    key: DataKey,
    object: UnclaimedObject,
}

impl StoredObject {
    pub(super) const fn new(key: DataKey, object: UnclaimedObject) -> Self {
        Self { key, object }
    }

    /// The object of an upload.
    ///
    /// # Errors
    ///
    /// Another kind of storage received the upload.
    pub(crate) fn of(upload: &Upload) -> Result<&Self, StorageError> {
        upload.stored().ok_or(StorageError::OtherStorage)
    }

    /// The id of the object, which is also that of its file.
    pub(crate) fn id(&self) -> &str {
        &self.object.id
    }

    /// The key to the content.
    pub(crate) const fn key(&self) -> &DataKey {
        &self.key
    }
}

#[async_trait]
impl StoredFile for StoredObject {
    async fn reader(&self) -> Result<Box<dyn FileReader>, FileError> {
        let reader = self.object.storage.read(self.id(), self.key.clone()).await?;
        Ok(Box::new(reader))
    }

    async fn discard(mut self: Box<Self>) {
        self.object.discard().await;
    }
}

/// Removes the object when dropped, unless a file has claimed it by then.
pub(super) struct UnclaimedObject {
    storage: Storage,
    id: String,
    discarded: bool,
}

impl UnclaimedObject {
    pub(super) const fn new(storage: Storage, id: String) -> Self {
        Self { storage, id, discarded: false }
    }

    async fn discard(&mut self) {
        if !mem::replace(&mut self.discarded, true) {
            self.storage.discard(&self.id).await;
        }
    }
}

impl Drop for UnclaimedObject {
    fn drop(&mut self) {
        // Without a Tokio runtime the server is ending: housekeeping removes the object after the
        // next start.
        if !self.discarded
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let (storage, id) = (self.storage.clone(), mem::take(&mut self.id));
            runtime.spawn(async move { storage.discard(&id).await });
        }
    }
}
