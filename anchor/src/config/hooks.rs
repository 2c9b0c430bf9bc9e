//! The `[hooks]` section: hooks that other servers answer.

use serde::Deserialize;

use crate::remote::HttpHook;

/// Hooks that other servers answer over HTTP. Without one, the built-in implementation is used.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HooksConfig {
    /// The server that stores the customers, in place of the anchor's own database.
    pub customers: Option<HttpHook>,
    /// The server that reviews customers of types with `review = "provider"`.
    pub review_provider: Option<HttpHook>,
}
