//! The configuration: one file, and environment variables over it.
//!
//! Unknown keys are refused. Every key can be set by an environment variable: `WINDLASS_` and the key in capitals, with two
//! underscores for each dot, such as `WINDLASS_NETWORK__HORIZON_URL`.

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
    kyc::Requirements,
    locale::LANGUAGES,
    sep10::{self, is_client_domain},
};

mod hooks;
mod published;
mod secrets;
pub(crate) mod source;
mod stellar_toml;

pub use hooks::HooksConfig;
pub use published::{Currency, Organization, Principal};
pub use secrets::{DataKey, Secrets, Watch, generate};
pub use source::example;
pub use stellar_toml::{StellarTomlError, stellar_toml};

/// The settings that other modules own.
pub use crate::{
    Secret,
    body::Limits,
    sessions::{SessionAlgorithm, SessionKey},
    storage::StorageConfig,
};

/// Everything that an operator decides.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// Where clients reach the server: `https://…`, or `http://` on this machine. Without it `http://localhost` and the port.
    pub public_url: Option<Url>,
    /// Where the database file, the generated secrets and whatever else is kept. Created if missing.
    pub data_dir: PathBuf,
    /// `sqlite:…` or `postgres://…`. Without it a SQLite file in `data_dir`.
    pub database_url: Option<String>,
    /// The protocols that are served.
    pub seps: Vec<Sep>,
    /// The Stellar network.
    pub network: NetworkConfig,
    /// Who runs the anchor; published in the stellar.toml.
    pub organization: Organization,
    /// The people behind the organization; published in the stellar.toml.
    pub principals: Vec<Principal>,
    /// The assets; published in the stellar.toml.
    pub currencies: Vec<Currency>,
    /// Signing in.
    pub sep10: sep10::Options,
    /// What customers have to tell.
    pub kyc: Requirements,
    /// Hooks that other servers answer.
    pub hooks: HooksConfig,
    /// The language for customers who ask for none, in two letters: `en`, `es`, `pt`, `fr` or `ar`.
    pub language: String,
    /// Limits on what is taken in.
    pub limits: Limits,
    /// Limits on how often a client may ask.
    pub rates: Rates,
    /// Where files are kept.
    pub storage: StorageConfig,
    /// Keys. Without them a file in `data_dir` is read, or made.
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
            hooks: HooksConfig::default(),
            language: "en".to_owned(),
            limits: Limits::default(),
            rates: Rates::default(),
            storage: StorageConfig::default(),
            secrets: None,
        }
    }
}

/// A protocol that can be switched on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
pub enum Sep {
    /// The stellar.toml.
    #[serde(rename = "sep-1")]
    Sep1,
    /// Signing in.
    #[serde(rename = "sep-10")]
    Sep10,
    /// Customers.
    #[serde(rename = "sep-12")]
    Sep12,
}

/// Which Stellar network, and how to reach it.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkConfig {
    /// The passphrase.
    pub passphrase: String,
    /// A Horizon server. Without it the built-in sandbox ledger is used.
    pub horizon_url: Option<Url>,
}

impl Default for NetworkConfig {
    fn default() -> Self {
        Self { passphrase: Network::STANDALONE.to_owned(), horizon_url: None }
    }
}

/// How often a client may ask in a minute; 0 for no limit. More is answered with 429. Each server counts for itself.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// Requests to sign in, from one address (S10-22).
    pub sign_in: u32,
    /// Requests about customers, of one session.
    pub kyc: u32,
    /// How many proxies of one's own stand before the server and append to `X-Forwarded-For`. With none it is ignored.
    pub proxies: usize,
}

impl Default for Rates {
    fn default() -> Self {
        Self { sign_in: 600, kyc: 600, proxies: 0 }
    }
}

impl Config {
    /// Reads the file, if one is named, and the environment over it.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is no TOML, or holds a key or value that is not understood.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let config: Self = source::read(file, environment)?;
        config.check()?;
        Ok(config)
    }

    /// Where clients reach the server.
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

    /// A URL under the public one, without a trailing slash.
    pub fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.public_url().as_str().trim_end_matches('/'))
    }

    /// The home domains, the default one first; never empty.
    pub fn home_domains(&self) -> Vec<String> {
        if !self.sep10.home_domains.is_empty() {
            // Wallets ask in lower case.
            return self
                .sep10
                .home_domains
                .iter()
                .map(|domain| domain.to_ascii_lowercase())
                .collect();
        }
        let mut domains = vec![self.public_host()];
        if self.public_url.is_none() {
            // Whoever opens the server on this machine may call it either way.
            domains.push(format!("127.0.0.1:{}", self.bind.port()));
        }
        domains
    }

    /// The value of `web_auth_domain`.
    pub fn web_auth_domain(&self) -> String {
        self.sep10.web_auth_domain.clone().unwrap_or_else(|| self.public_host())
    }

    /// The network.
    pub fn network(&self) -> Network {
        Network::new(self.network.passphrase.clone())
    }

    /// Whether the built-in sandbox stands in for the network.
    pub const fn is_sandbox(&self) -> bool {
        self.network.horizon_url.is_none()
    }

    /// Whether a protocol is served.
    pub fn serves(&self, sep: Sep) -> bool {
        self.seps.contains(&sep)
    }

    /// The language for customers who ask for none.
    pub fn language(&self) -> Language {
        Language::parse(&self.language).unwrap_or(Language::EN)
    }

    /// The database, by default a file in the data folder.
    pub fn database_url(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("windlass.db").display()))
    }

    /// What must hold whatever the environment is; `windlass doctor` looks further.
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
                "the public network needs network.horizon_url: the sandbox never signs for it"
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

/// Why the configuration cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file is not there or may not be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Not TOML, an unknown key, or a value of the wrong type.
    #[error("{place}: {cause}")]
    Syntax {
        /// File or environment.
        place: String,
        /// What and where.
        cause: Box<toml::de::Error>,
    },
    /// A value that cannot be.
    #[error("{key}: {reason}")]
    Invalid {
        /// Which key.
        key: &'static str,
        /// What is wrong and what to do.
        reason: String,
    },
    /// The secrets cannot be read or written.
    #[error("secrets: {0}")]
    Secrets(String),
}

/// The environment as it is.
pub fn environment() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
