//! The sizes that are accepted.

use serde::Deserialize;

/// The largest sizes that are accepted, in bytes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The limit of one uploaded file.
    pub file_bytes: usize,
    /// The limit of one request with files.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 10 << 20, body_bytes: 25 << 20 }
    }
}
