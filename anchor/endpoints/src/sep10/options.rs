//! The operator's choices about signing in.

use serde::Deserialize;
use windlass_core::sep10::Level;

use super::Applications;

/// The table `[sep10]` of a configuration file.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The domains whose stellar.toml names this server; the first is the default. If empty, the public URL's.
    pub home_domains: Vec<String>,
    /// The value of `web_auth_domain`. If absent, the public URL's host, with a port that is not the default (S10-53).
    pub web_auth_domain: Option<String>,
    /// The lifetime of a session in seconds.
    pub session_lifetime: u64,
    /// How much control over the account a session needs: `low`, `medium` or `high` (S10-102).
    pub threshold: Level,
    /// Whether each application must prove its domain.
    pub client_domain_required: bool,
    /// The client domains that count; all if empty. Users of others sign in as if they had named none.
    pub allowed_client_domains: Vec<String>,
    /// The client domains that are refused.
    pub denied_client_domains: Vec<String>,
    /// Whether each request for a challenge must be signed: SEP-10's `Authorization` header.
    pub authorization_required: bool,
}

impl Options {
    /// Which applications may sign their users in.
    pub fn applications(&self) -> Applications {
        Applications {
            client_domain_required: self.client_domain_required,
            allowed: self.allowed_client_domains.clone(),
            denied: self.denied_client_domains.clone(),
            authorization_required: self.authorization_required,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            home_domains: Vec::new(),
            web_auth_domain: None,
            session_lifetime: 86_400,
            threshold: Level::Medium,
            client_domain_required: false,
            allowed_client_domains: Vec::new(),
            denied_client_domains: Vec::new(),
            authorization_required: false,
        }
    }
}
