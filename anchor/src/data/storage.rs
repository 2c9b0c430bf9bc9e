//! The storage of files' contents: a folder on this machine, or a bucket of an S3-compatible
//! service.
//!
//! A file is encrypted while it arrives, in chunks and with a key of its own. It becomes an object
//! with the same id as its database row. Only a few chunks are in memory at a time, for writing and
//! reading.
//!
//! An object and a database row cannot be written in one transaction. So an object is registered as
//! unclaimed before it is written, and claimed in the transaction that inserts its file's row. The
//! transaction that deletes a file releases the object, which is removed after the commit.
//! [`Storage::remove_unclaimed`] removes objects that are left after a crash or an error of the
//! storage.
use std::{fmt, path::PathBuf, sync::Arc};

use async_trait::async_trait;
use object_store::{ObjectStore, ObjectStoreExt as _, path::Path};
use thiserror::Error;
use windlass_endpoints::{
    files::{FileError, FileWriter, Files},
    hooks::{HookError, Upload},
};

use crate::{
    clock::{Clock, Random},
    database::{Database, StoreError, Tx},
    vault::{DataKey, VaultError},
};

mod reader;
mod settings;
mod store;
mod target;
mod upload;
mod writer;

pub use reader::Reader;
pub use settings::StorageConfig;
pub(crate) use upload::StoredObject;

use target::Target;
use writer::Writer;

/// The time from the first byte of an upload to its database row, in seconds. After it the object
/// is removed.
const UPLOAD_TIMEOUT: u64 = 3600;
/// The number of objects per database query.
const BATCH: u32 = 100;

/// The storage of files. Cheap to clone.
#[derive(Clone)]
pub struct Storage(Arc<Inner>);

struct Inner {
    target: Target,
    database: Database,
    clock: Clock,
    random: Random,
}

impl Storage {
    /// Opens the configured storage. Without a URL it is the folder `files` in `data_dir`, created
    /// if missing.
    ///
    /// # Errors
    ///
    /// The scheme of the URL is unknown, or the folder cannot be created.
    pub fn open(
        config: &StorageConfig,
        data_dir: &std::path::Path,
        database: Database,
        clock: Clock,
        random: Random,
    ) -> Result<Self, StorageError> {
        let target = Target::open(config, data_dir)?;
        Ok(Self(Arc::new(Inner { target, database, clock, random })))
    }

    /// A storage over any object store, such as one in memory. Objects are written in parts of at
    /// least 5 MiB.
    pub fn over(
        objects: Arc<dyn ObjectStore>,
        database: Database,
        clock: Clock,
        random: Random,
    ) -> Self {
        Self(Arc::new(Inner { target: Target::over(objects), database, clock, random }))
    }

    /// Opens an object for reading.
    pub(crate) async fn read(&self, id: &str, key: DataKey) -> Result<Reader, StorageError> {
        let stream = self.0.target.objects.get(&self.path(id)).await?.into_stream();
        Ok(Reader::new(stream, key, id))
    }

    /// Claims the object of an upload for a file whose row `tx` inserts.
    pub(crate) async fn claim(&self, tx: &mut Tx, upload: &Upload) -> Result<(), StorageError> {
        match store::claim(&mut **tx, StoredObject::of(upload)?.id()).await? {
            true => Ok(()),
            false => Err(StorageError::UploadTimeout),
        }
    }

    /// Releases the objects of files that `tx` deletes. [`Self::remove_unclaimed`] removes them
    /// after the commit.
    pub(crate) async fn release(&self, tx: &mut Tx, ids: &[String]) -> Result<(), StoreError> {
        for id in ids {
            store::insert(&mut **tx, id, 0).await?;
        }
        Ok(())
    }

    /// Removes objects that no file refers to. Returns their number.
    ///
    /// If an object cannot be removed, this logs the error, and the next call tries again.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn remove_unclaimed(&self) -> Result<u64, StoreError> {
        let database = &self.0.database;
        let (mut removed, mut after) = (0, String::new());
        loop {
            let now = self.0.clock.now();
            let due = store::due(database.reads(), now, &after, BATCH).await?;
            let Some(last) = due.last() else { return Ok(removed) };
            after.clone_from(last);
            for id in &due {
                if store::condemn_if_due(database.writes(), id, now).await? {
                    removed += u64::from(self.remove(id).await?);
                }
            }
        }
    }

    /// Checks the storage: writes an object, reads it back and removes it.
    ///
    /// # Errors
    ///
    /// The storage cannot be used, with the reason.
    pub async fn probe(&self) -> Result<(), StorageError> {
        let path = self.path(&format!("probe-{}", self.0.random.id()));
        let objects = &self.0.target.objects;
        objects.put(&path, "windlass".into()).await?;
        let read = objects.get(&path).await?.bytes().await?;
        objects.delete(&path).await?;
        if read == "windlass" { Ok(()) } else { Err(VaultError::Unreadable.into()) }
    }

    /// Removes an object, unless a file has claimed it.
    async fn discard(&self, id: &str) {
        let discarded = async {
            let db = self.0.database.writes();
            if store::condemn(db, id).await? { self.remove(id).await } else { Ok(false) }
        };
        if let Err(cause) = discarded.await {
            tracing::warn!(%cause, "cannot remove a rejected upload; housekeeping retries");
        }
    }

    /// Removes an object that is marked for removal. Returns `false` if the storage failed.
    async fn remove(&self, id: &str) -> Result<bool, StoreError> {
        match self.0.target.objects.delete(&self.path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(cause) => {
                tracing::warn!(%cause, "cannot remove an object from the storage; housekeeping retries");
                return Ok(false);
            }
        }
        if let Some(unfinished) = self.unfinished(id)
            && let Err(cause) = tokio::fs::remove_file(&unfinished).await
            && cause.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%cause, "cannot remove an unfinished file; housekeeping retries");
            return Ok(false);
        }
        store::delete(self.0.database.writes(), id).await?;
        Ok(true)
    }

    /// The incomplete file that a crash can leave in a folder. The object store gives it this name
    /// until it is complete.
    fn unfinished(&self, id: &str) -> Option<PathBuf> {
        self.0.target.folder.as_ref().map(|folder| folder.join(format!("{id}#1")))
    }

    fn path(&self, id: &str) -> Path {
        self.0.target.prefix.clone().join(id)
    }
}

#[async_trait]
impl Files for Storage {
    async fn begin(&self) -> Result<Box<dyn FileWriter>, FileError> {
        Ok(Box::new(Writer::begin(self.clone()).await?))
    }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Storage({})", self.0.target.objects)
    }
}

/// The context that the content of an object is bound to.
fn content_context(id: &str) -> [&str; 2] {
    ["content", id]
}

/// The error of reading or writing a file. This is never the client's fault.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StorageError {
    /// The configured URL is not a known kind of storage.
    #[error("storage.url: {0}")]
    Url(String),
    /// The folder cannot be created.
    #[error("cannot create the folder {path}: {cause}")]
    Folder {
        /// The path of the folder.
        path: String,
        /// The error of the operating system.
        cause: std::io::Error,
    },
    /// The storage does not answer, or refuses the request.
    #[error("storage: {0}")]
    Objects(#[from] object_store::Error),
    /// The end of an object cannot be written.
    #[error("storage: {0}")]
    Write(std::io::Error),
    /// The disk of the folder has little space left.
    #[error("the disk has {free} bytes free, less than storage.keep_free ({keep_free})")]
    Full {
        /// The free space, in bytes.
        free: u64,
        /// The mark, in bytes.
        keep_free: u64,
    },
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file did not claim the object of an upload in time, so the object was removed.
    #[error("an upload took so long that its object was removed")]
    UploadTimeout,
    /// An object was modified since it was written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// An upload was received by another kind of storage.
    #[error("an upload is not in this storage")]
    OtherStorage,
}

impl StorageError {
    /// Whether the same request may succeed later: the storage is down or full, or the database is.
    fn is_temporary(&self) -> bool {
        match self {
            Self::Objects(error) => !matches!(error, object_store::Error::NotFound { .. }),
            Self::Write(_) | Self::Full { .. } => true,
            other => StoreError::is_temporary(other),
        }
    }
}

impl From<StorageError> for FileError {
    fn from(error: StorageError) -> Self {
        match error.is_temporary() {
            true => Self::Unavailable(error.into()),
            false => Self::Failed(error.into()),
        }
    }
}

impl From<StorageError> for HookError {
    fn from(error: StorageError) -> Self {
        FileError::from(error).into()
    }
}

impl From<StorageError> for crate::Error {
    fn from(error: StorageError) -> Self {
        FileError::from(error).into()
    }
}
