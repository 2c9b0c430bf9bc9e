//! Where files are kept.

use serde::Deserialize;
use url::Url;
use windlass_endpoints::Secret;
use zeroize::Zeroizing;

/// Where files are kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StorageConfig {
    /// `file:///folder` or `s3://bucket/prefix`. Without it the folder `files` in `data_dir`.
    pub url: Option<Url>,
    /// Of an S3-compatible service. Without it `AWS_ENDPOINT_URL`, or else Amazon's own.
    pub endpoint: Option<Url>,
    /// Without it `AWS_REGION`.
    pub region: Option<String>,
    /// Without it `AWS_ACCESS_KEY_ID`, or what the machine's role gives.
    pub access_key_id: Option<String>,
    /// Without it `AWS_SECRET_ACCESS_KEY`, or what the machine's role gives.
    pub secret_access_key: Option<Secret<Zeroizing<String>>>,
}
