//! Encrypts and writes an object.

use async_trait::async_trait;
use object_store::buffered::BufWriter;
use tokio::io::AsyncWriteExt as _;
use windlass_endpoints::files::{FileError, FileWriter, StoredFile};

use super::{
    Storage, StorageError, UPLOAD_TIMEOUT, content_context, store,
    upload::{StoredObject, UnclaimedObject},
};
use crate::vault::{DataKey, Sealer};

/// The number of parts that are uploaded at the same time, while the next one is filled.
const PARALLEL_PARTS: usize = 2;

/// Encrypts the content and writes it to the object.
///
/// To cancel an upload, call [`abort`](FileWriter::abort). If the writer is dropped instead,
/// because its request was cancelled, a write may still be in progress: then the object is removed
/// after the upload timeout.
pub(crate) struct Writer {
    object: Object,
    sealer: Sealer,
    key: DataKey,
    storage: Storage,
    id: String,
    /// The Unix time after which the object may be removed.
    due_at: u64,
}

impl Writer {
    pub(super) async fn begin(storage: Storage) -> Result<Self, StorageError> {
        storage.0.target.check_space()?;
        let id = storage.0.random.id();
        let due_at = storage.0.clock.now() + UPLOAD_TIMEOUT;
        store::insert(storage.0.database.writes(), &id, due_at).await?;
        let key = DataKey::new(&storage.0.random);
        let (sealer, head) = Sealer::new(&key, &content_context(&id), &storage.0.random);
        let target = &storage.0.target;
        let object =
            BufWriter::with_capacity(target.objects.clone(), storage.path(&id), target.part)
                .with_max_concurrency(PARALLEL_PARTS);
        let mut object = Object(Some(object));
        object.put(head).await?;
        Ok(Self { object, sealer, key, storage, id, due_at })
    }
}

#[async_trait]
impl FileWriter for Writer {
    /// True after half of the upload timeout, so that a file can still claim the object in time.
    fn is_overdue(&self) -> bool {
        self.storage.0.clock.now() > self.due_at - UPLOAD_TIMEOUT / 2
    }

    async fn write(&mut self, content: &[u8]) -> Result<(), FileError> {
        let sealed = self.sealer.push(content).map_err(FileError::new)?;
        Ok(self.object.put(sealed).await?)
    }

    /// Completes the object. It does not exist before.
    async fn finish(self: Box<Self>) -> Result<Box<dyn StoredFile>, FileError> {
        let Self { object: mut sealed, sealer, key, storage, id, .. } = *self;
        sealed.put(sealer.finish().map_err(FileError::new)?).await?;
        sealed.finish().await?;
        Ok(Box::new(StoredObject::new(key, UnclaimedObject::new(storage, id))))
    }

    async fn abort(mut self: Box<Self>) {
        self.object.abort().await;
        self.storage.discard(&self.id).await;
    }
}

/// The writer of the encrypted bytes; `None` after the end.
struct Object(Option<BufWriter>);

impl Object {
    async fn put(&mut self, sealed: Vec<u8>) -> Result<(), StorageError> {
        match &mut self.0 {
            Some(object) if !sealed.is_empty() => Ok(object.put(sealed.into()).await?),
            _ => Ok(()),
        }
    }

    async fn finish(&mut self) -> Result<(), StorageError> {
        let Some(mut object) = self.0.take() else { return Ok(()) };
        object.shutdown().await.map_err(StorageError::Write)
    }

    async fn abort(&mut self) {
        if let Some(mut object) = self.0.take() {
            // If this fails, the remaining parts are invisible, and the bucket's rule for
            // incomplete uploads removes them.
            let _ = object.abort().await;
        }
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        if let Some(mut object) = self.0.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move { object.abort().await });
        }
    }
}
