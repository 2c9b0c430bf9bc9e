//! SEP-10: signing in with a Stellar account ([spec]).
//!
//! The anchor builds a [`Challenge`]. The wallet opens it, signs it and returns it. The anchor
//! opens it again and asks the ledger whether the signers may act for the account.
//!
//! [spec]: https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0010.md

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    account::PublicKey,
    endpoint::{Auth, Encoding, Endpoint, FromAnchor, Method, Service, sealed::Sealed},
};

#[cfg(feature = "ed25519")]
mod authorize;
#[cfg(feature = "ed25519")]
mod build;
mod challenge;
mod check;
mod contents;
mod domain_signing;
mod error;
mod proof;
mod token;
mod trusted;
mod unopened;

#[cfg(feature = "ed25519")]
pub use authorize::{Level, OnLedger, Thresholds};
#[cfg(feature = "ed25519")]
pub use build::{BuildError, NewChallenge};
pub use challenge::{Challenge, Returned, SignatureError};
pub use check::{Check, CheckResult, Expect, Outcome, Report, Role, Tolerance};
pub use contents::{
    ChallengeBounds, ChallengeContents, ChallengeMemo, ChallengeMemoType, ChallengeOperation,
};
pub use domain_signing::{Candidates, DomainSigningError};
pub use error::ChallengeError;
pub use proof::{Proof, ProofError, VouchError, Vouched};
pub use token::{Claims, ClaimsError};
pub use trusted::{DomainSigning, TrustedAnchor};
pub use unopened::Unopened;

/// The longest home domain: its challenge name must fit 64 bytes together with ` auth` (S10-52).
pub const MAX_HOME_DOMAIN: usize = 59;
/// How long a challenge is valid, in seconds (S10-42).
pub const CHALLENGE_LIFETIME: u64 = 900;

/// A wallet's domain, and the `SIGNING_KEY` of the stellar.toml found there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClientDomain<'a> {
    /// The domain, at most 64 bytes.
    pub domain: &'a str,
    /// The `SIGNING_KEY` of the domain's stellar.toml.
    pub key: PublicKey,
}

/// `GET <WEB_AUTH_ENDPOINT>`: asks for a challenge.
#[skip_serializing_none]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GetChallenge {
    /// `G…` or `M…`.
    #[serde(default)]
    pub account: String,
    /// The user's memo of type id, as decimal text; only with `G…`.
    pub memo: Option<String>,
    /// The domain whose stellar.toml named the endpoint; always sent by this client (S10-17).
    pub home_domain: Option<String>,
    /// The wallet's own domain, if it wants to prove it.
    pub client_domain: Option<String>,
}

impl GetChallenge {
    /// Asks for a challenge for this account.
    pub fn new(account: impl Into<String>) -> Self {
        Self { account: account.into(), memo: None, home_domain: None, client_domain: None }
    }
}

impl Sealed for GetChallenge {}

impl Endpoint for GetChallenge {
    const SERVICE: Service = Service::WebAuth;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "";
    const AUTH: Auth = Auth::None;
    const ENCODING: Encoding = Encoding::Query;
    type Response = ChallengeResponse;
}

/// The answer to [`GetChallenge`].
#[skip_serializing_none]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChallengeResponse {
    /// The challenge: a transaction envelope in base64.
    pub transaction: String,
    /// The passphrase of the network that the challenge is signed for.
    pub network_passphrase: Option<String>,
}

impl FromAnchor for ChallengeResponse {}

impl ChallengeResponse {
    /// A challenge whose network is not named.
    pub fn new(transaction: impl Into<String>) -> Self {
        Self { transaction: transaction.into(), network_passphrase: None }
    }
}

/// `POST <WEB_AUTH_ENDPOINT>`: returns the signed challenge.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PostChallenge {
    /// The challenge with the client's signatures added, in base64.
    pub transaction: String,
}

impl PostChallenge {
    /// Returns this challenge.
    pub fn new(transaction: impl Into<String>) -> Self {
        Self { transaction: transaction.into() }
    }
}

impl Sealed for PostChallenge {}

impl Endpoint for PostChallenge {
    const SERVICE: Service = Service::WebAuth;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "";
    const AUTH: Auth = Auth::None;
    const ENCODING: Encoding = Encoding::Json;
    type Response = TokenResponse;
}

/// The answer to [`PostChallenge`]. Its `Debug` leaves the token out.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TokenResponse {
    /// The session's JSON web token.
    pub token: String,
}

impl FromAnchor for TokenResponse {}

impl TokenResponse {
    /// This token.
    pub fn new(token: impl Into<String>) -> Self {
        Self { token: token.into() }
    }
}

impl core::fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("TokenResponse")
    }
}

#[cfg(test)]
mod tests;
