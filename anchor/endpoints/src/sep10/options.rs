//! The operator's settings for signing in.

use serde::Deserialize;
use windlass_core::sep10::Level;

use super::Applications;

/// The table `[sep10]` of a configuration file.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The domains whose stellar.toml names this server, the default first. By default the host of
    /// the public URL.
    pub home_domains: Vec<String>,
    /// The value of `web_auth_domain`. By default the host of the public URL without the port: most
    /// wallet SDKs compare it with the host alone (S10-53).
    pub web_auth_domain: Option<String>,
    /// The lifetime of a session in seconds.
    pub session_lifetime: u64,
    /// The threshold of the account that the signatures must reach: `low`, `medium` or `high`
    /// (S10-102).
    pub threshold: Level,
    /// Whether each wallet application must prove its client domain.
    pub client_domain_required: bool,
    /// The accepted client domains; empty accepts all. Other client domains are ignored: their
    /// users sign in without one.
    pub allowed_client_domains: Vec<String>,
    /// The refused client domains.
    pub denied_client_domains: Vec<String>,
    /// Whether each request for a challenge must be signed: SEP-10's `Authorization` header.
    pub authorization_required: bool,
}

impl Options {
    /// The settings that concern wallet applications.
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
