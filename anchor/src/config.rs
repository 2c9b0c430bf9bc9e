//! The configuration: one file, overridden by environment variables.
//!
//! Unknown keys are refused. An environment variable can set every key: `WINDLASS_` and the key in
//! capitals, with two underscores in place of each dot, such as `WINDLASS_NETWORK__HORIZON_URL`.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use thiserror::Error;
use url::Url;
use windlass_core::{language::Language, network::Network, sep1::HomeDomain};

use crate::{
    kyc::{CodeLimits, Requirements},
    locale::LANGUAGES,
    sep10::{self, is_client_domain},
};

mod connections;
mod hooks;
mod published;
mod secrets;
pub(crate) mod source;
mod stellar_toml;

pub use connections::Connections;
pub use hooks::HooksConfig;
pub use published::{Currency, Organization, Principal};
pub use secrets::{DataKey, Secrets, SecretsChange, Watch, generate};
pub use source::example;
pub use stellar_toml::{StellarTomlError, stellar_toml};

/// Settings that are defined in other modules.
pub use crate::{
    Secret,
    body::Limits,
    sessions::{SessionAlgorithm, SessionKey},
    storage::StorageConfig,
};

/// The configuration of an anchor.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// The URL at which clients reach the server: `https://…`, or `http://` on this machine. By
    /// default `http://localhost` with the port.
    pub public_url: Option<Url>,
    /// The folder for the database file, generated secrets and other data. Created if missing.
    pub data_dir: PathBuf,
    /// `sqlite:…` or `postgres://…`. By default a SQLite file in `data_dir`.
    pub database_url: Option<String>,
    /// The protocols to serve.
    pub seps: Vec<Sep>,
    /// The Stellar network.
    pub network: NetworkConfig,
    /// The organization that runs the anchor; published in the stellar.toml.
    pub organization: Organization,
    /// The people behind the organization; published in the stellar.toml.
    pub principals: Vec<Principal>,
    /// The assets; published in the stellar.toml.
    pub currencies: Vec<Currency>,
    /// Settings of SEP-10.
    pub sep10: sep10::Options,
    /// The fields that customers must provide.
    pub kyc: Requirements,
    /// Limits on confirmation codes.
    pub codes: CodeLimits,
    /// Hooks that other servers answer over HTTP.
    pub hooks: HooksConfig,
    /// The default language, in two letters: `en`, `es`, `pt`, `fr` or `ar`. Used when a request
    /// asks for none.
    pub language: String,
    /// Limits on the size of requests.
    pub limits: Limits,
    /// Limits on the rate of requests.
    pub rates: Rates,
    /// Limits on connections.
    pub connections: Connections,
    /// The storage of files.
    pub storage: StorageConfig,
    /// The secret keys. By default they are in a file in `data_dir`, which is created if missing.
    pub secrets: Option<Secrets>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8000)),
            public_url: None,
            data_dir: PathBuf::from("windlass-data"),
            database_url: None,
            seps: vec![Sep::Sep1, Sep::Sep10, Sep::Sep12],
            network: NetworkConfig::default(),
            organization: Organization::default(),
            principals: Vec::new(),
            currencies: Vec::new(),
            sep10: sep10::Options::default(),
            kyc: Requirements::default(),
            codes: CodeLimits::default(),
            hooks: HooksConfig::default(),
            language: "en".to_owned(),
            limits: Limits::default(),
            rates: Rates::default(),
            connections: Connections::default(),
            storage: StorageConfig::default(),
            secrets: None,
        }
    }
}

/// A protocol that the server can serve.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
pub enum Sep {
    /// SEP-1: the stellar.toml.
    #[serde(rename = "sep-1")]
    Sep1,
    /// SEP-10: signing in.
    #[serde(rename = "sep-10")]
    Sep10,
    /// SEP-12: customers' data.
    #[serde(rename = "sep-12")]
    Sep12,
}

/// The Stellar network, and the server to reach it.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkConfig {
    /// The passphrase of the network, which is part of all signatures.
    pub passphrase: String,
    /// The URL of a Horizon server. By default the built-in sandbox ledger is used.
    pub horizon_url: Option<Url>,
}

impl Default for NetworkConfig {
    fn default() -> Self {
        Self { passphrase: Network::STANDALONE.to_owned(), horizon_url: None }
    }
}

/// The requests per minute of a client; 0 means no limit. More requests get 429. Each server counts
/// by itself.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// Sign-in requests from one address (S10-22).
    pub sign_in: u32,
    /// Requests about customers, per session.
    pub kyc: u32,
    /// The number of your own proxies in front of the server that append to `X-Forwarded-For`. With
    /// 0 the header is ignored.
    pub proxies: usize,
}

impl Default for Rates {
    fn default() -> Self {
        Self { sign_in: 600, kyc: 600, proxies: 0 }
    }
}

impl Config {
    /// Reads the file, if there is one, and applies the environment variables.
    ///
    /// # Errors
    ///
    /// The file is unreadable or not TOML, or a key or value is unknown or invalid.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let config: Self = source::read(file, environment)?;
        config.check()?;
        Ok(config)
    }

    /// The URL at which clients reach the server.
    pub fn public_url(&self) -> Url {
        let local = || Url::parse(&format!("http://localhost:{}", self.bind.port()));
        self.public_url
            .clone()
            .or_else(|| local().ok())
            .unwrap_or_else(|| unreachable!("a port makes a valid URL"))
    }

    /// The public URL's host, with its port unless that is the scheme's default.
    pub fn public_host(&self) -> String {
        let url = self.public_url();
        let host = url.host_str().unwrap_or_default();
        url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The public URL with this path, without a trailing slash.
    pub fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.public_url().as_str().trim_end_matches('/'))
    }

    /// The home domains, the default one first; never empty.
    pub fn home_domains(&self) -> Vec<String> {
        if !self.sep10.home_domains.is_empty() {
            // Wallets send home domains in lower case.
            return self
                .sep10
                .home_domains
                .iter()
                .map(|domain| domain.to_ascii_lowercase())
                .collect();
        }
        let mut domains = vec![self.public_host()];
        if self.public_url.is_none() {
            // A browser on this machine may use either name of the server.
            domains.push(format!("127.0.0.1:{}", self.bind.port()));
        }
        domains
    }

    /// The value of `web_auth_domain`.
    pub fn web_auth_domain(&self) -> String {
        let host = || self.public_url().host_str().unwrap_or_default().to_owned();
        self.sep10.web_auth_domain.clone().unwrap_or_else(host)
    }

    /// The network.
    pub fn network(&self) -> Network {
        Network::new(self.network.passphrase.clone())
    }

    /// Whether the built-in sandbox replaces the network.
    pub const fn is_sandbox(&self) -> bool {
        self.network.horizon_url.is_none()
    }

    /// Whether a protocol is served.
    pub fn serves(&self, sep: Sep) -> bool {
        self.seps.contains(&sep)
    }

    /// The default language.
    pub fn language(&self) -> Language {
        Language::parse(&self.language).unwrap_or(Language::EN)
    }

    /// The database, by default a file in the data folder.
    pub fn database_url(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("windlass.db").display()))
    }

    /// The checks that need no network or database. `windlass doctor` makes further checks.
    fn check(&self) -> Result<(), ConfigError> {
        let invalid = |key: &'static str, reason: String| Err(ConfigError::Invalid { key, reason });
        if let Some(url) = &self.public_url {
            let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
            if url.scheme() != "https" && !(url.scheme() == "http" && local) {
                return invalid(
                    "public_url",
                    format!("\"{url}\" must begin with https:// (http:// only for localhost)"),
                );
            }
            if url.query().is_some()
                || url.fragment().is_some()
                || !url.username().is_empty()
                || url.path() != "/"
            {
                return invalid(
                    "public_url",
                    format!(
                        "\"{url}\" must be a scheme and a host, such as https://anchor.example.com"
                    ),
                );
            }
        }
        if !LANGUAGES.iter().any(|language| language.as_str() == self.language) {
            let spoken: Vec<_> = LANGUAGES.iter().map(|language| language.as_str()).collect();
            return invalid(
                "language",
                format!("\"{}\" must be one of {}", self.language, spoken.join(", ")),
            );
        }
        if self.is_sandbox() && self.network().is_public() {
            return invalid(
                "network.passphrase",
                "the public network needs network.horizon_url: the sandbox does not work on it"
                    .to_owned(),
            );
        }
        if self.serves(Sep::Sep12) && !self.serves(Sep::Sep10) {
            return invalid("seps", "sep-12 needs sep-10: its sessions come from there".to_owned());
        }
        if self.sep10.session_lifetime == 0 || self.sep10.session_lifetime > 30 * 86_400 {
            return invalid(
                "sep10.session_lifetime",
                format!("{} must be 1 to 2592000 seconds (30 days)", self.sep10.session_lifetime),
            );
        }
        let sep10::Options { allowed_client_domains, denied_client_domains, .. } = &self.sep10;
        for (key, domains) in [
            ("sep10.allowed_client_domains", allowed_client_domains),
            ("sep10.denied_client_domains", denied_client_domains),
        ] {
            if let Some(domain) = domains.iter().find(|domain| !is_client_domain(domain)) {
                return invalid(
                    key,
                    format!("\"{domain}\" must be a bare host name of at most 64 bytes"),
                );
            }
        }
        for domain in self.home_domains() {
            if let Err(error) = domain.parse::<HomeDomain>() {
                return invalid("sep10.home_domains", format!("\"{domain}\": {error}"));
            }
        }
        Ok(())
    }
}

/// The error when the configuration cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file is missing or unreadable.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        cause: std::io::Error,
    },
    /// The text is not TOML, a key is unknown, or a value has the wrong type.
    #[error("{place}: {reason}")]
    Syntax {
        /// The path of the file, with the line, or the environment.
        place: String,
        /// The parser's error, without the value, which may be a secret.
        reason: String,
    },
    /// A value is invalid.
    #[error("{key}: {reason}")]
    Invalid {
        /// The key of the value.
        key: &'static str,
        /// The error, and how to correct it.
        reason: String,
    },
    /// The secrets file cannot be read or written.
    #[error("secrets: {0}")]
    Secrets(String),
}

/// The environment variables of the process.
pub fn environment() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
