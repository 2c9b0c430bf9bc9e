//! The `[storage]` section of the configuration.

use serde::Deserialize;
use url::Url;
use windlass_endpoints::Secret;
use zeroize::Zeroizing;

/// The storage of files: a folder or a bucket.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StorageConfig {
    /// `file:///folder` or `s3://bucket/prefix`. By default the folder `files` in `data_dir`.
    pub url: Option<Url>,
    /// The URL of an S3-compatible service. By default `AWS_ENDPOINT_URL`, or else Amazon S3.
    pub endpoint: Option<Url>,
    /// The region. By default `AWS_REGION`.
    pub region: Option<String>,
    /// The access key. By default `AWS_ACCESS_KEY_ID`, or else the machine's role.
    pub access_key_id: Option<String>,
    /// In a folder: the free space of the disk, in bytes, below which uploads are refused, so that the
    /// database has room.
    pub keep_free: u64,
    /// The secret of the access key. By default `AWS_SECRET_ACCESS_KEY`, or else the machine's
    /// role.
    pub secret_access_key: Option<Secret<Zeroizing<String>>>,
}

impl Default for StorageConfig {
    fn default() -> Self {
        Self {
            url: None,
            endpoint: None,
            region: None,
            access_key_id: None,
            keep_free: 512 << 20,
            secret_access_key: None,
        }
    }
}
