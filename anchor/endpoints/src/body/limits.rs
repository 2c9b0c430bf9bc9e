//! The limits on the size of requests with files.

use serde::Deserialize;

/// The largest accepted sizes, in bytes: the table `[limits]` of the configuration.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The largest file.
    pub file_bytes: usize,
    /// The largest request with files.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 10 << 20, body_bytes: 25 << 20 }
    }
}
