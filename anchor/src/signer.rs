//! The signing service of a wallet's backend: it holds the key of the wallet's domain, and proves with it that a wallet who
//! signs in is this wallet (SEP-10's `client_domain`).
//!
//! It signs nothing but challenges: of an anchor that it is configured for, on that anchor's network, which name its own
//! domain and key. A wallet sends what the anchor gave it, and gets it back with one more signature:
//!
//! ```text
//! POST /    {"transaction": "AAAA…", "network_passphrase": "…"}
//! 200       {"transaction": "AAAA…", "network_passphrase": "…"}
//! ```
//!
//! For anchors whose whole `WEB_AUTH_ENDPOINT` it knows it also vouches for a request for a challenge, by the rules of [`Vouching`]:
//!
//! ```text
//! POST /    {"message": "eyJh….eyJp…"}
//! 200       {"signature": "…"}
//! ```
//!
//! [`RemoteSigner`] of windlass-client and `clientDomain.url` of the npm package speak this. The `DomainSigner` of
//! @stellar/typescript-wallet-sdk names the two `transactionXDR` and `networkPassphrase`, which is understood as well.
//!
//! [`RemoteSigner`]: https://docs.rs/windlass-client

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State, rejection::JsonRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use thiserror::Error;
use tower_http::set_header::SetResponseHeaderLayer;
use windlass_core::{
    network::Network,
    problem::{Code, Problem},
    sep10::{
        self, Challenge, ChallengeError, ChallengeResponse, ClientDomain, Expect, Role, Tolerance,
        VouchError, Vouched, Vouching,
    },
    wire,
    xdr::MAX_ENVELOPE,
};

use crate::{Error, clock::Clock, cors, drain, route::Routes, throttle::Throttle};

mod config;

pub use config::{SignerConfig, TrustedAnchor};

/// The service's state. Cheap to clone.
#[derive(Clone)]
pub struct SigningService(Arc<Inner>);

struct Inner {
    config: SignerConfig,
    clock: Clock,
}

impl SigningService {
    /// A service that signs what `config` allows.
    pub fn new(config: SignerConfig, clock: Clock) -> Self {
        Self(Arc::new(Inner { config, clock }))
    }

    /// Signs a challenge.
    ///
    /// # Errors
    ///
    /// It is none of a configured anchor, or does not ask for this service's signature.
    pub fn sign(&self, request: &ChallengeResponse) -> Result<ChallengeResponse, SigningError> {
        let Inner { config, clock } = &*self.0;
        let key = &config.signing_seed.0;
        let mut refusal = SigningError::UnknownNetwork;
        for anchor in &config.anchors {
            if request.network_passphrase.as_ref().is_some_and(|named| *named != anchor.passphrase)
            {
                continue;
            }
            let network = Network::new(anchor.passphrase.clone());
            let expect = Expect {
                server: anchor.signing_key,
                network: &network,
                home_domains: std::slice::from_ref(&anchor.home_domain),
                web_auth_domains: &[anchor.web_auth_domain().to_owned()],
                now: clock.now(),
                tolerance: Tolerance::ANCHOR,
                role: Role::ClientDomain(ClientDomain {
                    domain: &config.client_domain,
                    key: key.public(),
                }),
            };
            match Challenge::open(&request.transaction, &expect) {
                Ok(mut challenge) => {
                    challenge.sign(key);
                    return Ok(ChallengeResponse {
                        transaction: challenge.to_base64(),
                        network_passphrase: Some(anchor.passphrase.clone()),
                    });
                }
                // Of several anchors the one that made the challenge has the most to say about it.
                Err(ChallengeError::Source { .. }) => {
                    if !matches!(refusal, SigningError::Challenge(_)) {
                        refusal = SigningError::UnknownAnchor;
                    }
                }
                Err(error) => refusal = error.into(),
            }
        }
        Err(refusal)
    }

    /// Signs the text of a token that vouches for the wallet, and answers with the signature in base64.
    ///
    /// # Errors
    ///
    /// The token is for something else than a request of this wallet to a configured anchor, now.
    pub fn vouch(&self, message: &str) -> Result<String, SigningError> {
        let Inner { config, clock } = &*self.0;
        let anchors: Vec<_> = config
            .anchors
            .iter()
            .filter_map(|anchor| {
                let endpoint = anchor.web_auth_endpoint.as_deref()?;
                Some(sep10::TrustedAnchor { home_domain: &anchor.home_domain, endpoint })
            })
            .collect();
        let client_domain = &config.client_domain;
        Vouching { client_domain, anchors: &anchors, now: clock.now() }.check(message)?;
        Ok(wire::base64(&config.signing_seed.0.sign(message.as_bytes())))
    }

    fn admits(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.0.config.bearer_token else { return true };
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|text| text.split_once(' '));
        given.is_some_and(|(scheme, given)| {
            scheme.eq_ignore_ascii_case("bearer")
                && bool::from(given.trim().as_bytes().ct_eq(token.0.as_bytes()))
        })
    }
}

/// `POST` on `/`.
pub fn router(service: SigningService, throttle: Throttle) -> Router {
    Routes::new()
        .public(Method::POST, "/", sign)
        .dress(|router| {
            router
                .fallback(async || Error::NotFound)
                .method_not_allowed_fallback(async || Error::MethodNotAllowed)
                .layer(from_fn_with_state(throttle, Throttle::hold))
                .with_state(service)
                .layer(DefaultBodyLimit::max(2 * MAX_ENVELOPE))
                .layer(SetResponseHeaderLayer::overriding(
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("no-store"),
                ))
                .layer(cors::layer())
                .layer(from_fn(drain::unread))
        })
        .into()
}

async fn sign(
    State(service): State<SigningService>,
    headers: HeaderMap,
    request: Result<Json<Asked>, JsonRejection>,
) -> Result<Json<Answer>, SigningError> {
    if !service.admits(&headers) {
        return Err(SigningError::Unauthorized);
    }
    let Json(Asked { transaction, network_passphrase, message }) =
        request.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => SigningError::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => SigningError::UnsupportedMediaType,
            _ => SigningError::Malformed,
        })?;
    Ok(Json(match (transaction, message) {
        (Some(transaction), _) => {
            Answer::Signed(service.sign(&ChallengeResponse { transaction, network_passphrase })?)
        }
        (None, Some(message)) => Answer::Vouched(Vouched { signature: service.vouch(&message)? }),
        (None, None) => return Err(SigningError::Malformed),
    }))
}

/// What is asked, also in the words of @stellar/typescript-wallet-sdk.
#[derive(Deserialize)]
struct Asked {
    #[serde(alias = "transactionXDR")]
    transaction: Option<String>,
    #[serde(alias = "networkPassphrase")]
    network_passphrase: Option<String>,
    message: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Signed(ChallengeResponse),
    Vouched(Vouched),
}

/// Why nothing was signed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SigningError {
    /// The service wants a token, and was given none or another one.
    #[error("send this service's token as \"Authorization: Bearer <token>\"")]
    Unauthorized,
    /// Another content type.
    #[error("send application/json")]
    UnsupportedMediaType,
    /// The body is too long.
    #[error("the request is too large")]
    TooLarge,
    /// Not what is asked for.
    #[error("send {{\"transaction\": …, \"network_passphrase\": …}} or {{\"message\": …}}")]
    Malformed,
    /// No anchor is on that network.
    #[error("this service signs for no anchor on that network")]
    UnknownNetwork,
    /// The transaction is not of an anchor that is configured.
    #[error("this service does not sign for the anchor that the transaction is of")]
    UnknownAnchor,
    /// It is, and breaks a rule.
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    /// The token is not one to vouch for.
    #[error(transparent)]
    Vouch(#[from] VouchError),
}

impl SigningError {
    const fn verdict(&self) -> (StatusCode, Code) {
        use StatusCode as S;
        match self {
            Self::Unauthorized => (S::UNAUTHORIZED, Code::TokenInvalid),
            Self::UnsupportedMediaType => (S::UNSUPPORTED_MEDIA_TYPE, Code::UnsupportedMediaType),
            Self::TooLarge => (S::PAYLOAD_TOO_LARGE, Code::TooLarge),
            Self::Malformed | Self::UnknownNetwork => (S::BAD_REQUEST, Code::InvalidRequest),
            Self::UnknownAnchor => (S::BAD_REQUEST, Code::UnknownHomeDomain),
            Self::Challenge(error) => (S::BAD_REQUEST, error.code()),
            Self::Vouch(error) => (S::BAD_REQUEST, error.code()),
        }
    }
}

impl IntoResponse for SigningError {
    fn into_response(self) -> Response {
        let (status, code) = self.verdict();
        tracing::warn!(code = code.as_str(), "not signed");
        let problem =
            Problem { error: self.to_string(), code: Some(code.as_str().to_owned()), field: None };
        (status, Json(problem)).into_response()
    }
}

#[cfg(test)]
mod tests;
