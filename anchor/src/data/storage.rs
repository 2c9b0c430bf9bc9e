//! Where the contents of files are kept: a folder of this machine, or a bucket of any S3-compatible service.
//!
//! A file is sealed while it arrives, chunk by chunk with a key of its own, and becomes an object of the same id as its
//! row in the database. Nothing of it is held in memory beyond a few chunks, neither on its way in nor out.
//!
//! An object and a row cannot be written in one transaction. So the object is noted as a stray before it is begun, and
//! the note is taken away in the transaction that inserts the row. Deleting a file puts the note back in the transaction
//! that deletes the row, and the object is removed after the commit. [`Storage::collect`] removes what a server that
//! died, or a storage that did not answer, has left behind.

use std::{fmt, path::PathBuf, sync::Arc};

use object_store::{ObjectStore, ObjectStoreExt as _, path::Path};
use thiserror::Error;

use crate::{
    clock::{Clock, Random},
    config::StorageConfig,
    database::Database,
    vault::{DataKey, VaultError},
};

mod reader;
pub(crate) mod store;
mod target;
mod upload;
mod writer;

pub use reader::Reader;
pub(crate) use upload::discard;
pub use upload::{Upload, Uploads};
pub(crate) use writer::Writer;

use target::Target;

/// How long an upload may take from its first byte to its row, in seconds; then it counts as left behind.
const PATIENCE: u64 = 3600;
/// How many objects are removed between two looks at the database.
const AT_A_TIME: u32 = 100;

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
    /// The configured storage; without a URL the folder `files` in `data_dir`, made if it is missing.
    ///
    /// # Errors
    ///
    /// The URL is of no known kind, or the folder cannot be made.
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

    /// A storage over any object store, such as one in memory; objects are written in parts of at least 5 MiB.
    pub fn over(
        objects: Arc<dyn ObjectStore>,
        database: Database,
        clock: Clock,
        random: Random,
    ) -> Self {
        Self(Arc::new(Inner { target: Target::over(objects), database, clock, random }))
    }

    /// Begins an object.
    pub(crate) async fn begin(&self) -> Result<Writer, StorageError> {
        Writer::begin(self.clone()).await
    }

    /// Reads an object.
    pub(crate) async fn read(&self, id: &str, key: DataKey) -> Result<Reader, StorageError> {
        let stream = self.0.target.objects.get(&self.path(id)).await?.into_stream();
        Ok(Reader::new(stream, key, id))
    }

    /// Removes the objects that no file refers to any more, and tells how many there were.
    ///
    /// One that cannot be removed is no error: it is logged, and its turn comes again.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn collect(&self) -> sqlx::Result<u64> {
        let (db, mut removed, mut after) = (self.0.database.pool(), 0, String::new());
        loop {
            let now = self.0.clock.now();
            let due = store::due(db, now, &after, AT_A_TIME).await?;
            let Some(last) = due.last() else { return Ok(removed) };
            after.clone_from(last);
            for id in &due {
                if store::doom(db, id, now).await? {
                    removed += u64::from(self.remove(id).await?);
                }
            }
        }
    }

    /// Writes an object, reads it back and removes it: whether the storage can be used.
    ///
    /// # Errors
    ///
    /// It cannot, and why.
    pub async fn probe(&self) -> Result<(), StorageError> {
        let path = self.path(&format!("probe-{}", self.0.random.id()));
        let objects = &self.0.target.objects;
        objects.put(&path, "windlass".into()).await?;
        let read = objects.get(&path).await?.bytes().await?;
        objects.delete(&path).await?;
        if read == "windlass" { Ok(()) } else { Err(VaultError::Unreadable.into()) }
    }

    /// Gives up an object that no file has taken.
    async fn abandon(&self, id: &str) {
        let given_up = async {
            let db = self.0.database.pool();
            if store::abandon(db, id).await? { self.remove(id).await } else { Ok(false) }
        };
        if let Err(cause) = given_up.await {
            tracing::warn!(%cause, "an upload that is not kept will be removed later");
        }
    }

    /// Removes an object that was given up; whether it is gone.
    async fn remove(&self, id: &str) -> sqlx::Result<bool> {
        match self.0.target.objects.delete(&self.path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(cause) => {
                tracing::warn!(%cause, "an object cannot be removed from the storage now");
                return Ok(false);
            }
        }
        if let Some(unfinished) = self.unfinished(id)
            && let Err(cause) = tokio::fs::remove_file(&unfinished).await
            && cause.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%cause, "an unfinished file cannot be removed now");
            return Ok(false);
        }
        store::forget(self.0.database.pool(), id).await?;
        Ok(true)
    }

    /// What a server that died while it wrote has left in a folder: the library's name for a file until it is whole.
    fn unfinished(&self, id: &str) -> Option<PathBuf> {
        self.0.target.folder.as_ref().map(|folder| folder.join(format!("{id}#1")))
    }

    fn path(&self, id: &str) -> Path {
        self.0.target.prefix.clone().join(id)
    }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Storage({})", self.0.target.objects)
    }
}

/// What the content of an object is bound to.
fn content_context(id: &str) -> [&str; 2] {
    ["content", id]
}

/// Why a file cannot be written or read. Never the client's fault.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StorageError {
    /// The configuration names no storage that we know.
    #[error("storage.url: {0}")]
    Url(String),
    /// The folder cannot be made.
    #[error("cannot make the folder {path}: {cause}")]
    Folder {
        /// Where.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The storage refuses, or does not answer.
    #[error("storage: {0}")]
    Objects(#[from] object_store::Error),
    /// The end of an object cannot be written.
    #[error("storage: {0}")]
    Write(std::io::Error),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// An object is not what was written.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl From<StorageError> for crate::Error {
    fn from(error: StorageError) -> Self {
        Self::internal(error)
    }
}
