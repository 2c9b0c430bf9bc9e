//! A file that came with a request.

use std::{collections::BTreeMap, fmt, mem};

use windlass_core::sep9::MediaType;

use super::{Reader, Storage, StorageError};
use crate::vault::DataKey;

/// The files of a request, by the name of their part.
pub type Uploads = BTreeMap<String, Upload>;

/// A file that came with a request: sealed in the [`Storage`] already, and thrown away with the request unless it is kept.
///
/// A hook that keeps customers elsewhere reads it while it handles the request, in pieces or as a whole.
pub struct Upload {
    media: MediaType,
    size: u64,
    digest: [u8; 32],
    key: DataKey,
    remnant: Remnant,
}

impl Upload {
    pub(super) const fn new(
        media: MediaType,
        size: u64,
        digest: [u8; 32],
        key: DataKey,
        remnant: Remnant,
    ) -> Self {
        Self { media, size, digest, key, remnant }
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
        self.remnant.storage.read(self.id(), self.key.clone()).await
    }

    /// Its content as a whole, up to the size that the anchor takes.
    ///
    /// # Errors
    ///
    /// The storage does not answer.
    pub async fn bytes(&self) -> Result<Vec<u8>, StorageError> {
        self.reader().await?.bytes().await
    }

    /// Of the object, and of the file that it becomes.
    pub(crate) fn id(&self) -> &str {
        &self.remnant.id
    }

    /// Its key, to be wrapped by whoever keeps it.
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

/// Throws away what no file has taken, and waits until it is gone.
pub(crate) async fn discard(uploads: Uploads) {
    for (_, mut upload) in uploads {
        upload.remnant.clear().await;
    }
}

/// An object that is removed when this is dropped, unless a file has taken it by then.
pub(super) struct Remnant {
    storage: Storage,
    id: String,
    armed: bool,
}

impl Remnant {
    pub(super) const fn new(storage: Storage, id: String) -> Self {
        Self { storage, id, armed: true }
    }

    /// Removes it now.
    async fn clear(&mut self) {
        if mem::replace(&mut self.armed, false) {
            self.storage.abandon(&self.id).await;
        }
    }
}

impl Drop for Remnant {
    fn drop(&mut self) {
        // Without a runtime the server is ending: then it is collected later.
        if self.armed
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let (storage, id) = (self.storage.clone(), mem::take(&mut self.id));
            runtime.spawn(async move { storage.abandon(&id).await });
        }
    }
}
