//! The contents of files, in memory.

use std::{collections::BTreeMap, convert::Infallible, fmt};

use sha2::{Digest as _, Sha256};
use windlass_core::sep9::MediaType;

/// Why a file cannot be written or read: in memory it always can.
pub type StorageError = Infallible;

/// The files of a request, by the name of their part.
pub type Uploads = BTreeMap<String, Upload>;

/// The storage of files: memory.
#[derive(Clone, Debug, Default)]
pub struct Storage;

impl Storage {
    /// Begins a file.
    #[expect(clippy::unused_async, reason = "a storage that is not in memory is waited for")]
    pub(crate) async fn begin(&self) -> Result<Writer, StorageError> {
        Ok(Writer(Vec::new()))
    }
}

/// A file that came with a request, and is gone with it.
pub struct Upload {
    media: MediaType,
    content: Vec<u8>,
}

impl Upload {
    /// What its bytes show, whatever it was declared to be (S09-17). A field that does not take it has refused it.
    pub const fn media(&self) -> MediaType {
        self.media
    }

    /// In bytes.
    pub const fn size(&self) -> u64 {
        self.content.len() as u64
    }

    /// SHA-256 of the content.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.content).into()
    }

    /// Its content as a whole.
    ///
    /// # Errors
    ///
    /// None.
    #[expect(clippy::unused_async, reason = "a storage that is not in memory is waited for")]
    pub async fn bytes(&self) -> Result<Vec<u8>, StorageError> {
        Ok(self.content.clone())
    }
}

/// Without the content, and without what tells files apart.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({}, {} bytes)", self.media.as_str(), self.size())
    }
}

/// Throws away what nobody has taken.
pub(crate) async fn discard(_: Uploads) {}

/// A file while it arrives.
pub(crate) struct Writer(Vec<u8>);

#[expect(clippy::unused_async, reason = "a storage that is not in memory is waited for")]
impl Writer {
    /// How much content was written so far, in bytes.
    pub(crate) const fn size(&self) -> u64 {
        self.0.len() as u64
    }

    /// Whether it has taken too long.
    pub(crate) const fn overdue(&self) -> bool {
        false
    }

    /// Takes the next piece of the content.
    pub(crate) async fn write(&mut self, content: &[u8]) -> Result<(), StorageError> {
        self.0.extend_from_slice(content);
        Ok(())
    }

    /// Ends the file.
    pub(crate) async fn finish(self, media: MediaType) -> Result<Upload, StorageError> {
        Ok(Upload { media, content: self.0 })
    }

    /// Gives the file up.
    pub(crate) async fn abort(self) {}
}

impl From<StorageError> for crate::Error {
    fn from(error: StorageError) -> Self {
        match error {}
    }
}
