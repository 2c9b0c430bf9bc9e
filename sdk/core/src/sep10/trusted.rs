//! What a wallet's server knows of itself and of the anchors that it signs for.

use super::ClientDomain;
use crate::{account::PublicKey, network::Network};

/// The rules by which a wallet's server signs.
#[derive(Clone, Copy, Debug)]
pub struct DomainSigning<'a> {
    /// The wallet's own domain and its key.
    pub own: ClientDomain<'a>,
    /// The anchors whose challenges the server signs.
    pub anchors: &'a [TrustedAnchor],
    /// The current time, in Unix seconds.
    pub now: u64,
}

/// An anchor, with values from its stellar.toml.
#[derive(Clone, Debug)]
pub struct TrustedAnchor {
    /// The domain that serves the stellar.toml.
    pub home_domain: String,
    /// The anchor's `SIGNING_KEY`.
    pub signing_key: PublicKey,
    /// The anchor's network.
    pub network: Network,
    /// The value of `web_auth_domain` in its challenges.
    pub web_auth_domain: String,
    /// The anchor's complete `WEB_AUTH_ENDPOINT` URL. Without it no token for this anchor is
    /// signed.
    pub endpoint: Option<String>,
}
