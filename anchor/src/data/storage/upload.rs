//! A file that came with a request.

use std::{collections::BTreeMap, fmt, mem};

use windlass_core::sep9::MediaType;

use super::{Reader, Storage, StorageError};
use crate::vault::DataKey;

/// The files of a request, by the name of their part.
pub type Uploads = BTreeMap<String, Upload>;

/// A file that came with a request. It is sealed in the [`Storage`] already, and removed after the request unless it is
/// kept.
///
/// A hook that keeps customers elsewhere reads it while it handles the request, in pieces or as a whole.
pub struct Upload {
    media: MediaType,
    size: u64,
    digest: [u8; 32],
    key: DataKey,
    object: UnclaimedObject,
}

impl Upload {
    pub(super) const fn new(
        media: MediaType,
        size: u64,
        digest: [u8; 32],
        key: DataKey,
        object: UnclaimedObject,
    ) -> Self {
        Self { media, size, digest, key, object }
    }

    /// What its bytes show, whatever it was declared to be (S09-17). A field that does not take it has refused it.
    pub const fn media(&self) -> MediaType {
        self.media
    }

    /// In bytes.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 of the content.
    pub const fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Its content, piece by piece.
    ///
    /// # Errors
    ///
    /// The storage does not answer.
    pub async fn reader(&self) -> Result<Reader, StorageError> {
        self.object.storage.read(self.id(), self.key.clone()).await
    }

    /// Its content as a whole, up to the size that the anchor takes.
    ///
    /// # Errors
    ///
    /// The storage does not answer.
    pub async fn bytes(&self) -> Result<Vec<u8>, StorageError> {
        self.reader().await?.bytes().await
    }

    /// The id of the object, and of the file that it becomes.
    pub(crate) fn id(&self) -> &str {
        &self.object.id
    }

    /// The key to its content.
    pub(crate) const fn key(&self) -> &DataKey {
        &self.key
    }
}

/// Without the content, and without what tells files apart.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({}, {} bytes)", self.media.as_str(), self.size)
    }
}

/// Removes the objects that no file has claimed, and waits until they are gone.
pub(crate) async fn discard(uploads: Uploads) {
    for (_, mut upload) in uploads {
        upload.object.discard().await;
    }
}

/// An object that is removed when this is dropped, unless a file has claimed it by then.
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
        // Without a runtime the server is ending: then the object is removed after the next start.
        if !self.discarded
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let (storage, id) = (self.storage.clone(), mem::take(&mut self.id));
            runtime.spawn(async move { storage.discard(&id).await });
        }
    }
}
