//! The signing service of a wallet's backend: it holds the signing key of the wallet's domain, and
//! proves that a user signs in with this wallet (SEP-10's `client_domain`).
//!
//! It signs only challenges of configured anchors, on their network, that name the service's own
//! domain and key. A wallet sends the challenge from the anchor, and gets it back with the
//! additional signature:
//!
//! ```text
//! POST /    {"transaction": "AAAA…", "network_passphrase": "…"}
//! 200       {"transaction": "AAAA…", "network_passphrase": "…"}
//! ```
//!
//! For anchors with a configured `WEB_AUTH_ENDPOINT` it also signs requests for challenges, by the
//! rules of [`DomainSigning`]:
//!
//! ```text
//! POST /    {"message": "eyJh….eyJp…"}
//! 200       {"signature": "…"}
//! ```
//!
//! [`RemoteSigner`] of windlass-client and `clientDomain.url` of the npm package use this API. The
//! `DomainSigner` of @stellar/typescript-wallet-sdk calls the two members `transactionXDR` and
//! `networkPassphrase`; the service accepts these names as well.
//!
//! [`RemoteSigner`]: https://docs.rs/windlass-client

use std::sync::Arc;

use assign::assign;
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State, rejection::JsonRejection},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use thiserror::Error;
use windlass_core::{
    problem::{Code, Problem},
    sep10::{self, ChallengeResponse, ClientDomain, DomainSigning, DomainSigningError, Vouched},
    wire,
    xdr::MAX_ENVELOPE,
};

use crate::{
    clock::Clock,
    route::{self, Routes},
    throttle::Throttle,
};

mod config;

pub use config::{SignerConfig, TrustedAnchor};

/// The service's state. Cheap to clone.
#[derive(Clone)]
pub struct SigningService(Arc<Inner>);

struct Inner {
    config: SignerConfig,
    anchors: Vec<sep10::TrustedAnchor>,
    clock: Clock,
}

impl SigningService {
    /// A service that signs what `config` allows.
    pub fn new(config: SignerConfig, clock: Clock) -> Self {
        let anchors = config.anchors.iter().map(TrustedAnchor::rules).collect();
        Self(Arc::new(Inner { config, anchors, clock }))
    }

    /// Signs a challenge.
    ///
    /// # Errors
    ///
    /// The challenge is not of a configured anchor, or does not ask for this service's signature.
    pub fn sign(&self, request: &ChallengeResponse) -> Result<ChallengeResponse, SigningError> {
        let passphrase = request.network_passphrase.as_deref();
        let (mut challenge, anchor) = self.rules().open(&request.transaction, passphrase)?;
        challenge.sign(&self.0.config.signing_seed.0);
        Ok(assign!(ChallengeResponse::new(challenge.to_base64()), {
            network_passphrase: Some(anchor.network.passphrase().to_owned()),
        }))
    }

    /// Signs the signing input of a token that authorizes a request of the wallet. Returns the
    /// signature in base64.
    ///
    /// # Errors
    ///
    /// The token is not for a current request of this wallet to a configured anchor.
    pub fn vouch(&self, message: &str) -> Result<String, SigningError> {
        self.rules().vouch(message).map_err(DomainSigningError::from)?;
        Ok(wire::base64(&self.0.config.signing_seed.0.sign(message.as_bytes())))
    }

    fn rules(&self) -> DomainSigning<'_> {
        let Inner { config, anchors, clock } = &*self.0;
        let own =
            ClientDomain { domain: &config.client_domain, key: config.signing_seed.0.public() };
        DomainSigning { own, anchors, now: clock.now() }
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

/// A router with `POST` on `/`.
pub fn router(service: SigningService, throttle: Throttle) -> Router {
    let routes = Routes::new().public(Method::POST, "/", sign);
    let body_limit = DefaultBodyLimit::max(2 * MAX_ENVELOPE);
    route::api(routes, service, throttle, |router| router.layer(body_limit)).into()
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
            Answer::Signed(service.sign(&assign!(ChallengeResponse::new(transaction), {
                network_passphrase,
            }))?)
        }
        (None, Some(message)) => Answer::Vouched(Vouched { signature: service.vouch(&message)? }),
        (None, None) => return Err(SigningError::Malformed),
    }))
}

/// The request. Also accepts the member names of @stellar/typescript-wallet-sdk.
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

/// The error when the service does not sign.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SigningError {
    /// The bearer token is missing or wrong.
    #[error("send this service's token as \"Authorization: Bearer <token>\"")]
    Unauthorized,
    /// The content type is not JSON.
    #[error("send application/json")]
    UnsupportedMediaType,
    /// The body is too long.
    #[error("the request is too large")]
    TooLarge,
    /// The body is neither a challenge nor a message.
    #[error("send {{\"transaction\": …, \"network_passphrase\": …}} or {{\"message\": …}}")]
    Malformed,
    /// The rules do not allow to sign this.
    #[error(transparent)]
    Rules(#[from] DomainSigningError),
}

impl SigningError {
    const fn verdict(&self) -> (StatusCode, Code) {
        use StatusCode as S;
        match self {
            Self::Unauthorized => (S::UNAUTHORIZED, Code::TokenInvalid),
            Self::UnsupportedMediaType => (S::UNSUPPORTED_MEDIA_TYPE, Code::UnsupportedMediaType),
            Self::TooLarge => (S::PAYLOAD_TOO_LARGE, Code::TooLarge),
            Self::Malformed => (S::BAD_REQUEST, Code::InvalidRequest),
            Self::Rules(error) => (S::BAD_REQUEST, error.code()),
        }
    }
}

impl IntoResponse for SigningError {
    fn into_response(self) -> Response {
        let (status, code) = self.verdict();
        tracing::warn!(code = code.as_str(), "not signed");
        let problem =
            assign!(Problem::new(self.to_string()), { code: Some(code.as_str().to_owned()) });
        (status, Json(problem)).into_response()
    }
}

#[cfg(test)]
mod tests;
