//! An object while it is read.

use std::fmt;

use async_trait::async_trait;
use axum::body::Bytes;
use futures_util::{StreamExt as _, stream::BoxStream};
use windlass_endpoints::files::{FileError, FileReader};
use zeroize::Zeroizing;

use super::{StorageError, content_context};
use crate::vault::{DataKey, Opener, VaultError};

/// The content of a file, opened piece by piece while it is read.
pub struct Reader {
    sealed: BoxStream<'static, object_store::Result<Bytes>>,
    opener: Option<Opener>,
}

impl Reader {
    pub(super) fn new(
        sealed: BoxStream<'static, object_store::Result<Bytes>>,
        key: DataKey,
        id: &str,
    ) -> Self {
        Self { sealed, opener: Some(Opener::new(key, &content_context(id))) }
    }

    /// The next piece, never empty; `None` after the last. A file that was cut off or changed ends with an error.
    ///
    /// # Errors
    ///
    /// The storage does not answer, or the object is not what was written.
    pub async fn chunk(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, StorageError> {
        while let Some(opener) = &mut self.opener {
            let content = match self.sealed.next().await {
                Some(sealed) => opener.push(&sealed?)?,
                None => self.opener.take().ok_or(VaultError::Unreadable)?.finish()?,
            };
            if !content.is_empty() {
                return Ok(Some(content));
            }
        }
        Ok(None)
    }

    /// All of it.
    ///
    /// # Errors
    ///
    /// As [`Self::chunk`].
    pub async fn bytes(mut self) -> Result<Vec<u8>, StorageError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

#[async_trait]
impl FileReader for Reader {
    async fn chunk(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        Ok(Self::chunk(self).await?)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}
