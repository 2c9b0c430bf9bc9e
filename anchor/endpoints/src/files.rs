//! The files of a request: where their bytes go while they arrive, and what a hook can read of them.

use std::{any::Any, collections::BTreeMap, fmt};

use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use windlass_core::sep9::MediaType;
use zeroize::Zeroizing;

use crate::Error;

/// Where the bytes of files are kept.
#[async_trait]
pub trait Files: Send + Sync {
    /// Begins a new file.
    async fn begin(&self) -> Result<Box<dyn FileWriter>, FileError>;
}

/// A file that is being received.
///
/// A writer that is dropped before [`finish`](Self::finish) keeps nothing, perhaps only after some time; `abort` waits until
/// nothing is left.
#[async_trait]
pub trait FileWriter: Send {
    /// Whether the file has taken longer to arrive than the storage waits for it.
    fn is_overdue(&self) -> bool;

    /// Appends to the file. Waits while the storage is slower than the client.
    async fn write(&mut self, content: &[u8]) -> Result<(), FileError>;

    /// Ends the file.
    async fn finish(self: Box<Self>) -> Result<Box<dyn StoredFile>, FileError>;

    /// Removes what was written.
    async fn abort(self: Box<Self>);
}

/// A file that was received. It is removed when it is dropped, unless a hook of the same storage has taken it over.
#[async_trait]
pub trait StoredFile: Any + Send + Sync {
    /// Reads the file from its beginning.
    async fn reader(&self) -> Result<Box<dyn FileReader>, FileError>;

    /// Removes the file unless it was taken over, and waits until it is gone.
    async fn discard(self: Box<Self>);
}

/// The content of a file, piece by piece.
#[async_trait]
pub trait FileReader: Send {
    /// The next piece, never empty; `None` after the last one. A file that was cut off or changed ends with an error.
    async fn chunk(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FileError>;
}

/// The files of a request by the name of their part.
pub type Uploads = BTreeMap<String, Upload>;

/// A file that came with a request. It is removed when the request has been answered, unless the built-in customers keep it.
///
/// A hook that keeps customers elsewhere reads it while it handles the request, in pieces or as a whole.
pub struct Upload {
    media: MediaType,
    size: u64,
    digest: [u8; 32],
    stored: Box<dyn StoredFile>,
}

impl Upload {
    /// The media type that the first bytes show, whatever the client declared (S09-17). The field of the part takes it.
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

    /// Reads the content piece by piece.
    ///
    /// # Errors
    ///
    /// The storage does not answer.
    pub async fn reader(&self) -> Result<Box<dyn FileReader>, FileError> {
        self.stored.reader().await
    }

    /// The whole content, which is at most as long as the anchor's limit for a file.
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

    /// The file as its storage knows it; `None` if another kind of storage wrote it.
    pub fn stored<T: StoredFile>(&self) -> Option<&T> {
        let stored: &dyn Any = &*self.stored;
        stored.downcast_ref()
    }
}

/// Without the content and without what identifies the file.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({}, {} bytes)", self.media.as_str(), self.size)
    }
}

/// Removes the files that no hook has taken over, and waits until they are gone.
pub(crate) async fn discard(uploads: Uploads) {
    for (_, upload) in uploads {
        upload.stored.discard().await;
    }
}

/// A writer that measures what goes through it.
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

/// The storage failed: a fault of the server, never of the client.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct FileError(Box<dyn std::error::Error + Send + Sync>);

impl FileError {
    /// A failure with the storage's own error as its cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        Self::internal(error)
    }
}
