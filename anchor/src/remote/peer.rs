//! Calls to hooks on another server, so that business logic may be in any language.
//!
//! Each call is `POST <url>/<operation>` with a JSON body. The call and its response are signed,
//! see [`signature`](super::signature). If the other server is unreachable, the call is repeated
//! with the same idempotency key, so that the server can tell a retry from a second order.
use std::{fmt, time::Duration};

use reqwest::{StatusCode, Url, header::CONTENT_TYPE};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;
use tokio::time::sleep;
use windlass_core::problem::{Code, Problem};

use super::signature::{HEADER, IDEMPOTENCY_KEY, SharedKey, SignatureError, WeakKey};
use crate::{
    Secret,
    base::http_client,
    clock::{Clock, Random},
    hooks::HookError,
};

/// The longest accepted response, in bytes.
const MAX_ANSWER: usize = 1 << 20;
/// The pause before the second attempt; it doubles after each further one.
const PAUSE: Duration = Duration::from_millis(200);

/// The server of a hook: `[hooks.customers]` and `[hooks.review_provider]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpHook {
    /// The URL before the operations: `https://…`, or `http://…` in a private network.
    pub url: Url,
    /// The id of the secret, sent with each signature, so that the secret can be rotated.
    pub key_id: String,
    /// The shared secret: at least 32 bytes, in base64.
    pub secret: Secret<Vec<u8>>,
    /// The timeout of one attempt, in seconds: 1 to 60.
    #[serde(default = "ten")]
    pub timeout: u64,
    /// The number of attempts before the call fails: 1 to 5.
    #[serde(default = "three")]
    pub attempts: u32,
}

const fn ten() -> u64 {
    10
}

const fn three() -> u32 {
    3
}

/// A client for the other server.
pub(super) struct Peer {
    pub(super) base: String,
    pub(super) key: SharedKey,
    attempts: u32,
    http: reqwest::Client,
    pub(super) clock: Clock,
    random: Random,
}

impl Peer {
    pub(super) fn new(
        hook: &HttpHook,
        clock: Clock,
        random: Random,
    ) -> Result<Self, HttpHookError> {
        if !matches!(hook.url.scheme(), "http" | "https") || hook.url.query().is_some() {
            return Err(HttpHookError::Url(hook.url.to_string()));
        }
        if !(1..=60).contains(&hook.timeout) {
            return Err(HttpHookError::Timeout(hook.timeout));
        }
        if !(1..=5).contains(&hook.attempts) {
            return Err(HttpHookError::Attempts(hook.attempts));
        }
        let http = http_client::builder(Duration::from_secs(hook.timeout)).build()?;
        Ok(Self {
            base: hook.url.as_str().trim_end_matches('/').to_owned(),
            key: SharedKey::new(&hook.key_id, &hook.secret.0)?,
            attempts: hook.attempts,
            http,
            clock,
            random,
        })
    }

    /// Calls an operation with a new idempotency key, and parses the response.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        body: &impl Serialize,
    ) -> Result<T, HookError> {
        self.call_as(&self.random.id(), operation, body).await
    }

    /// Calls an operation with a given idempotency key, which must be the same when the call is
    /// repeated.
    pub(super) async fn call_as<T: DeserializeOwned>(
        &self,
        key: &str,
        operation: &'static str,
        body: &impl Serialize,
    ) -> Result<T, HookError> {
        let failed = |failure| HookError::Internal(Box::new(CallError { operation, failure }));
        let body = serde_json::to_vec(body).map_err(|cause| HookError::Internal(cause.into()))?;
        let mut pause = PAUSE;
        let mut attempt = 1;
        let (status, answer) = loop {
            match self.send(operation, key, &body).await {
                Ok(answer) => break answer,
                Err(Failure::Unreachable(cause)) if attempt >= self.attempts => {
                    let failure = Failure::Unreachable(cause);
                    return Err(HookError::Unavailable(Box::new(CallError { operation, failure })));
                }
                Err(Failure::Unreachable(cause)) => {
                    tracing::warn!(operation, attempt, cause, "hook unreachable, trying again");
                    sleep(pause).await;
                    (attempt, pause) = (attempt + 1, pause * 2);
                }
                Err(failure) => return Err(failed(failure)),
            }
        };
        if status.is_success() {
            return serde_json::from_slice(&answer)
                .map_err(|_| failed(Failure::Unreadable(status.as_u16())));
        }
        Err(refusal(operation, status, &answer)
            .unwrap_or_else(|| failed(Failure::Status(status.as_u16()))))
    }

    /// Makes one attempt. Returns status and body of a response with a valid signature.
    async fn send(
        &self,
        operation: &str,
        key: &str,
        body: &[u8],
    ) -> Result<(StatusCode, Vec<u8>), Failure> {
        let signature = self.key.sign(operation, key, body, self.clock.now());
        let request = self
            .http
            .post(format!("{}/{operation}", self.base))
            .header(CONTENT_TYPE, "application/json")
            .header(IDEMPOTENCY_KEY, key)
            .header(HEADER, signature)
            .body(body.to_vec());
        let mut response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        if matches!(status.as_u16(), 502..=504) {
            return Err(Failure::Unreachable(format!("HTTP {}", status.as_u16())));
        }
        let header = response.headers().get(HEADER).and_then(|value| value.to_str().ok());
        let header = header.unwrap_or_default().to_owned();
        let answer =
            http_client::read_body(&mut response, MAX_ANSWER).await.map_err(unreachable)?;
        let answer = answer.ok_or(Failure::TooLong)?;
        self.key.verify(&header, status.as_str(), key, &answer, self.clock.now())?;
        Ok((status, answer))
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Peer({})", self.base)
    }
}

/// The refusal for the client (P-38); `None` for a response that the client must not see.
fn refusal(operation: &'static str, status: StatusCode, body: &[u8]) -> Option<HookError> {
    if status == StatusCode::NOT_IMPLEMENTED {
        return Some(HookError::NotImplemented(match operation {
            "customers/put_verification" => "the verification of fields",
            "customers/callback" => "callbacks",
            "customers/post_file" | "customers/files" => "file uploads apart from the customer",
            _ => "this",
        }));
    }
    let Problem { error: message, code, field, .. } = serde_json::from_slice(body).ok()?;
    let code = |default| code.and_then(|code| code.parse().ok()).unwrap_or(default);
    Some(match status {
        StatusCode::BAD_REQUEST => {
            HookError::Invalid { message: message.into(), code: code(Code::InvalidRequest), field }
        }
        StatusCode::NOT_FOUND => {
            HookError::NotFound { message: message.into(), code: code(Code::CustomerNotFound) }
        }
        StatusCode::PAYLOAD_TOO_LARGE => HookError::TooLarge(message),
        StatusCode::TOO_MANY_REQUESTS => {
            HookError::TooManyRequests { message: message.into(), retry_after: 60 }
        }
        _ => return None,
    })
}

/// Converts a reqwest error: all causes, without the URL, which the operator knows.
fn unreachable(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    Failure::Unreachable(text)
}

/// A failed call, for the log.
#[derive(Debug, Error)]
#[error("hook {operation}: {failure}")]
struct CallError {
    operation: &'static str,
    failure: Failure,
}

#[derive(Debug, Error)]
enum Failure {
    #[error("unreachable: {0}")]
    Unreachable(String),
    #[error("the signature of the response is invalid: {0}")]
    Signature(#[from] SignatureError),
    #[error("the response is longer than {MAX_ANSWER} bytes")]
    TooLong,
    #[error("HTTP {0} with an unexpected body")]
    Unreadable(u16),
    #[error("HTTP {0}")]
    Status(u16),
}

/// An error in the configuration of an HTTP hook.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HttpHookError {
    /// The URL is not http or https, or has a query.
    #[error("url: \"{0}\" must begin with https:// or http:// and have no query")]
    Url(String),
    /// The secret or its id is invalid.
    #[error(transparent)]
    Key(#[from] WeakKey),
    /// The timeout is out of range.
    #[error("timeout: {0} must be 1 to 60 seconds")]
    Timeout(u64),
    /// The number of attempts is out of range.
    #[error("attempts: {0} must be 1 to 5")]
    Attempts(u32),
    /// The HTTP client cannot be built.
    #[error(transparent)]
    Client(#[from] reqwest::Error),
}
