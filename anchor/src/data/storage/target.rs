//! The object store that the configuration names.

use std::{path::PathBuf, sync::Arc, time::Duration};

use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, RetryConfig, aws::AmazonS3Builder,
    local::LocalFileSystem, path::Path,
};
use url::Url;

use super::{StorageConfig, StorageError};

/// The part size for a folder, in bytes.
const FOLDER_PART: usize = 256 << 10;
/// The part size for a bucket, in bytes: S3's minimum for all parts but the last.
const BUCKET_PART: usize = 5 << 20;

/// An opened object store.
pub(super) struct Target {
    pub(super) objects: Arc<dyn ObjectStore>,
    /// The prefix of the objects' names.
    pub(super) prefix: Path,
    /// The part size for writing, in bytes.
    pub(super) part: usize,
    /// The folder, if objects are files on this machine.
    pub(super) folder: Option<PathBuf>,
    /// The free space of the folder's disk below which nothing is written, in bytes.
    keep_free: u64,
}

impl Target {
    pub(super) fn open(
        config: &StorageConfig,
        data_dir: &std::path::Path,
    ) -> Result<Self, StorageError> {
        let Some(url) = &config.url else {
            return Self::folder(data_dir.join("files"), config.keep_free);
        };
        match url.scheme() {
            "file" => match url.to_file_path() {
                Ok(folder) => Self::folder(folder, config.keep_free),
                Err(()) => Err(StorageError::Url(format!(
                    "\"{url}\" must name a folder of this machine, such as file:///var/lib/windlass"
                ))),
            },
            "s3" => Self::bucket(config, url),
            scheme => Err(StorageError::Url(format!(
                "\"{scheme}:\" is not supported: use file:///folder or s3://bucket/prefix"
            ))),
        }
    }

    pub(super) fn over(objects: Arc<dyn ObjectStore>) -> Self {
        Self { objects, prefix: Path::default(), part: BUCKET_PART, folder: None, keep_free: 0 }
    }

    fn folder(folder: PathBuf, keep_free: u64) -> Result<Self, StorageError> {
        let failed = |cause| StorageError::Folder { path: folder.display().to_string(), cause };
        crate::base::make_private(&folder).map_err(failed)?;
        // Uploads that were answered with success must survive a power cut.
        let objects = LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
        Ok(Self {
            objects: Arc::new(objects),
            prefix: Path::default(),
            part: FOLDER_PART,
            folder: Some(folder),
            keep_free,
        })
    }

    /// Checks that the disk has room for another object.
    pub(super) fn check_space(&self) -> Result<(), StorageError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let free = fs4::available_space(folder).map_err(StorageError::Write)?;
        match free < self.keep_free {
            true => Err(StorageError::Full { free, keep_free: self.keep_free }),
            false => Ok(()),
        }
    }

    fn bucket(config: &StorageConfig, url: &Url) -> Result<Self, StorageError> {
        let bucket = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| {
            StorageError::Url(format!("\"{url}\" must name a bucket: s3://bucket/prefix"))
        })?;
        // The AWS_… environment variables, overridden by the configuration.
        let mut builder = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_retry(retry())
            .with_client_options(
                ClientOptions::new()
                    .with_connect_timeout(Duration::from_secs(5))
                    .with_timeout(Duration::from_secs(60)),
            )
            // Some S3-compatible services do not support deleting several objects in one request.
            .with_disable_bulk_delete(true);
        if let Some(endpoint) = &config.endpoint {
            builder = builder
                .with_endpoint(endpoint.as_str().trim_end_matches('/'))
                .with_allow_http(endpoint.scheme() == "http");
        }
        if let Some(region) = &config.region {
            builder = builder.with_region(region);
        }
        if let Some(id) = &config.access_key_id {
            builder = builder.with_access_key_id(id);
        }
        if let Some(secret) = &config.secret_access_key {
            builder = builder.with_secret_access_key(secret.0.as_str());
        }
        let prefix = Path::from_url_path(url.path())
            .map_err(|error| StorageError::Url(format!("\"{url}\": {error}")))?;
        Ok(Self {
            objects: Arc::new(builder.build()?),
            prefix,
            part: BUCKET_PART,
            folder: None,
            keep_free: 0,
        })
    }
}

/// Few and short retries, because a client waits for the answer.
fn retry() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: 3,
        retry_timeout: Duration::from_secs(20),
    }
}
