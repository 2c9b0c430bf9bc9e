//! The `[storage]` section of the configuration.

use serde::Deserialize;
use url::Url;
use windlass_endpoints::Secret;
use zeroize::Zeroizing;

/// The storage of files: a folder or a bucket.
#[derive(Clone, Debug, Default, Deserialize)]
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
    /// The secret of the access key. By default `AWS_SECRET_ACCESS_KEY`, or else the machine's
    /// role.
    pub secret_access_key: Option<Secret<Zeroizing<String>>>,
}
