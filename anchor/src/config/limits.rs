//! How much is taken in.

use serde::Deserialize;

/// The most that is taken in, in bytes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// One uploaded file.
    pub file_bytes: usize,
    /// One request with files.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 10 << 20, body_bytes: 25 << 20 }
    }
}
