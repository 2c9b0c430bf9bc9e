//! Reads and decrypts an object.

use std::fmt;

use async_trait::async_trait;
use axum::body::Bytes;
use futures_util::{StreamExt as _, stream::BoxStream};
use windlass_endpoints::files::{FileError, FileReader};
use zeroize::Zeroizing;

use super::{StorageError, content_context};
use crate::vault::{DataKey, Opener, VaultError};

/// Decrypts the content of a file in chunks.
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

    /// The next chunk, never empty; `None` at the end. Fails at the end if the file is truncated or
    /// was modified.
    ///
    /// # Errors
    ///
    /// The storage does not answer, or the object was modified since it was written.
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

    /// The whole content.
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
