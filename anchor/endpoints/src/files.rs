//! The files of a request: the storage that receives them, and how a hook reads them.

use std::{any::Any, collections::BTreeMap, fmt};

use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use windlass_core::sep9::MediaType;
use zeroize::Zeroizing;

use crate::Error;

/// A storage for uploaded files.
#[async_trait]
pub trait Files: Send + Sync {
    /// Begins a new file.
    async fn begin(&self) -> Result<Box<dyn FileWriter>, FileError>;
}

/// Writes a file while it arrives.
///
/// Dropping a writer before [`finish`](Self::finish) removes the file, perhaps after some time;
/// `abort` waits until it is removed.
#[async_trait]
pub trait FileWriter: Send {
    /// Whether the upload has taken longer than the storage allows.
    fn is_overdue(&self) -> bool;

    /// Appends to the file. Waits while the storage is slower than the client.
    async fn write(&mut self, content: &[u8]) -> Result<(), FileError>;

    /// Completes the file.
    async fn finish(self: Box<Self>) -> Result<Box<dyn StoredFile>, FileError>;

    /// Removes the incomplete file.
    async fn abort(self: Box<Self>);
}

/// A complete file. Dropping it removes the file, unless a hook of the same storage has claimed it.
#[async_trait]
pub trait StoredFile: Any + Send + Sync {
    /// Reads the file from its beginning.
    async fn reader(&self) -> Result<Box<dyn FileReader>, FileError>;

    /// Removes the file unless it was claimed, and waits until it is removed.
    async fn discard(self: Box<Self>);
}

/// Reads the content of a file in chunks.
#[async_trait]
pub trait FileReader: Send {
    /// The next chunk, never empty; `None` at the end. Fails if the file is truncated or was
    /// modified.
    async fn chunk(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FileError>;
}

/// The files of a request by the name of their part.
pub type Uploads = BTreeMap<String, Upload>;

/// A file of a request. It is removed after the answer, unless the built-in customers store it.
///
/// A hook that stores customers elsewhere reads the content while it handles the request.
pub struct Upload {
    media: MediaType,
    size: u64,
    digest: [u8; 32],
    stored: Box<dyn StoredFile>,
}

impl Upload {
    /// The media type, determined from the first bytes and not from what the client declared
    /// (S09-17). The field accepts it.
    pub const fn media(&self) -> MediaType {
        self.media
    }

    /// The length in bytes.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 of the content.
    pub const fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Reads the content in chunks.
    ///
    /// # Errors
    ///
    /// The storage does not answer.
    pub async fn reader(&self) -> Result<Box<dyn FileReader>, FileError> {
        self.stored.reader().await
    }

    /// The whole content. Its length is at most the anchor's limit for a file.
    ///
    /// # Errors
    ///
    /// The storage does not answer.
    pub async fn bytes(&self) -> Result<Vec<u8>, FileError> {
        let (mut reader, mut bytes) = (self.reader().await?, Vec::new());
        while let Some(chunk) = reader.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// The storage's own handle; `None` if another kind of storage wrote the file.
    pub fn stored<T: StoredFile>(&self) -> Option<&T> {
        let stored: &dyn Any = &*self.stored;
        stored.downcast_ref()
    }
}

/// Leaves out the content and everything that identifies the file.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({}, {} bytes)", self.media.as_str(), self.size)
    }
}

/// Removes the files that no hook has claimed, and waits until they are removed.
pub(crate) async fn discard(uploads: Uploads) {
    for (_, upload) in uploads {
        upload.stored.discard().await;
    }
}

/// A writer that computes the size and digest of the file.
pub(crate) struct Receiver {
    writer: Box<dyn FileWriter>,
    digest: Sha256,
    size: u64,
}

impl Receiver {
    pub(crate) async fn begin(files: &dyn Files) -> Result<Self, FileError> {
        Ok(Self { writer: files.begin().await?, digest: Sha256::new(), size: 0 })
    }

    /// The bytes received so far.
    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn is_overdue(&self) -> bool {
        self.writer.is_overdue()
    }

    pub(crate) async fn write(&mut self, content: &[u8]) -> Result<(), FileError> {
        self.digest.update(content);
        self.size += content.len() as u64;
        self.writer.write(content).await
    }

    pub(crate) async fn finish(self, media: MediaType) -> Result<Upload, FileError> {
        let stored = self.writer.finish().await?;
        Ok(Upload { media, size: self.size, digest: self.digest.finalize().into(), stored })
    }

    pub(crate) async fn abort(self) {
        self.writer.abort().await;
    }
}

/// The storage failed. This is an error of the server, never of the client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The storage is down or full: the same request may succeed later.
    #[error(transparent)]
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
    /// Any other failure.
    #[error(transparent)]
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

impl FileError {
    /// A failure with the storage's own error as its cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Failed(cause.into())
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Unavailable(cause) => Self::unavailable(cause),
            FileError::Failed(cause) => Self::internal(cause),
        }
    }
}
