//! The configuration of the signing service: `signer.toml`.

use std::{net::SocketAddr, path::Path};

use serde::Deserialize;
use windlass_core::{
    account::{PublicKey, SecretKey},
    link::Link,
    network::Network,
    sep1::HomeDomain,
    sep10,
};
use zeroize::Zeroizing;

use crate::{
    Secret,
    config::{ConfigError, Connections, source},
};

/// The prefix of environment variables: `WINDLASS_SIGNER_SIGNING_SEED` sets `signing_seed`.
const PREFIX: &str = "WINDLASS_SIGNER_";
/// The shortest bearer token, in bytes.
const MIN_TOKEN: usize = 16;

/// The configuration of a [`SigningService`](super::SigningService).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignerConfig {
    /// Address and port to listen on.
    #[serde(default = "bind")]
    pub bind: SocketAddr,
    /// The wallet's domain. Its stellar.toml has the public key as `SIGNING_KEY`.
    pub client_domain: String,
    /// `S…`: the signing key. It must not be used for anything else or hold money.
    pub signing_seed: Secret<SecretKey>,
    /// The token that clients must send as `Authorization: Bearer …`, at least 16 bytes. Without
    /// it, every client that reaches the service can use it.
    pub bearer_token: Option<Secret<Zeroizing<String>>>,
    /// Requests per minute from one address; 0 means no limit.
    #[serde(default = "per_minute")]
    pub per_minute: u32,
    /// Limits on connections.
    #[serde(default)]
    pub connections: Connections,
    /// The anchors whose challenges the service signs.
    pub anchors: Vec<TrustedAnchor>,
}

/// An anchor, with values from its stellar.toml.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedAnchor {
    /// The domain that serves the stellar.toml.
    pub home_domain: String,
    /// The anchor's `SIGNING_KEY`.
    pub signing_key: PublicKey,
    /// The anchor's complete `WEB_AUTH_ENDPOINT` URL. Needed to sign requests to it.
    pub web_auth_endpoint: Option<String>,
    /// The host of the anchor's `WEB_AUTH_ENDPOINT`, with the port if it has one. By default that
    /// of the URL, or else the home domain.
    pub web_auth_domain: Option<String>,
    /// The network's passphrase.
    #[serde(default = "testnet")]
    pub passphrase: String,
}

impl TrustedAnchor {
    /// Converts the settings to the type that the core's rules take.
    pub(super) fn rules(&self) -> sep10::TrustedAnchor {
        let web_auth_domain = self.web_auth_domain.as_ref().unwrap_or(&self.home_domain);
        sep10::TrustedAnchor {
            home_domain: self.home_domain.clone(),
            signing_key: self.signing_key,
            network: Network::new(self.passphrase.as_str()),
            web_auth_domain: web_auth_domain.clone(),
            endpoint: self.web_auth_endpoint.clone(),
        }
    }
}

fn bind() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8010))
}

const fn per_minute() -> u32 {
    600
}

fn testnet() -> String {
    Network::TESTNET.to_owned()
}

impl SignerConfig {
    /// Reads the file, if there is one, and applies the variables `WINDLASS_SIGNER_…`.
    ///
    /// # Errors
    ///
    /// The file is unreadable, or a key or value is unknown or invalid.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let environment = environment.into_iter().filter_map(|(name, value)| {
            Some((format!("WINDLASS_{}", name.strip_prefix(PREFIX)?), value))
        });
        let mut config: Self = source::read(file, environment)?;
        config.client_domain.make_ascii_lowercase();
        config.check()?;
        Ok(config)
    }

    /// A configuration with every key explained, as `windlass signer --example` prints it.
    pub fn example() -> &'static str {
        include_str!("../../signer.example.toml")
    }

    fn check(&mut self) -> Result<(), ConfigError> {
        let invalid = |key, reason: String| Err(ConfigError::Invalid { key, reason });
        if let Err(error) = self.client_domain.parse::<HomeDomain>() {
            return invalid("client_domain", error.to_string());
        }
        if self.anchors.is_empty() {
            return invalid("anchors", "name at least one anchor".to_owned());
        }
        for anchor in &mut self.anchors {
            let Some(endpoint) = &anchor.web_auth_endpoint else { continue };
            match endpoint.parse::<Link>() {
                Ok(url) => {
                    anchor.web_auth_domain.get_or_insert_with(|| url.authority().to_owned());
                }
                Err(error) => return invalid("anchors", format!("web_auth_endpoint: {error}")),
            }
        }
        if self.anchors.iter().any(|anchor| anchor.signing_key == self.signing_seed.0.public()) {
            return invalid(
                "signing_seed",
                "is the key of one of the anchors; the wallet needs a key of its own".to_owned(),
            );
        }
        if self.bearer_token.as_ref().is_some_and(|token| token.0.len() < MIN_TOKEN) {
            return invalid("bearer_token", format!("must have at least {MIN_TOKEN} bytes"));
        }
        Ok(())
    }
}
