//! Hooks that other servers answer.

use serde::Deserialize;

use crate::remote::HttpHook;

/// Hooks that other servers answer; without them the built-in ones are used.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HooksConfig {
    /// Where customers are kept instead of in the anchor's own database.
    pub customers: Option<HttpHook>,
    /// Who reviews the customers of types with `review = "provider"`.
    pub review_provider: Option<HttpHook>,
}
