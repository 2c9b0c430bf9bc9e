//! What goes wrong in a handler, and the one place where it becomes a status and a body.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use thiserror::Error;
use windlass_core::{
    account::AccountError,
    problem::{Code, Problem},
    sep10::{BuildError, ChallengeError, ProofError},
    sep12::IdentityError,
};

use crate::{
    body::BodyError,
    hooks::{HookError, LedgerError},
    locale::{LocalizedText, MessageId, Refusal},
    sessions::TokenError,
    storage::StorageError,
};

/// Why a request was refused.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// Query or body cannot be read.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// No token, or none of ours.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The account that wants to sign in.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// A home domain of somebody else.
    #[error("this server does not sign in to \"{0}\"")]
    UnknownHomeDomain(String),
    /// Not a bare host name.
    #[error("client_domain must be a bare host name of at most 64 bytes, \"{0}\" is not")]
    InvalidClientDomain(String),
    /// Its stellar.toml was not to be had, or is of no use. Which of these is for the log.
    #[error(
        "the stellar.toml of the client domain cannot be read over https, or names no valid SIGNING_KEY"
    )]
    ClientDomainUnavailable,
    /// Each application must prove its domain.
    #[error("this anchor wants to know the application: send client_domain")]
    ClientDomainRequired,
    /// The application is not welcome.
    #[error("this anchor does not take the client domain \"{0}\"")]
    ClientNotAllowed(String),
    /// Requests for a challenge must be signed.
    #[error(
        "this anchor takes signed requests only: send a token of SEP-10 as \"Authorization: Bearer <token>\""
    )]
    ProofRequired,
    /// The token of a request for a challenge is not good.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The challenge cannot be made.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The challenge breaks a rule.
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    /// The challenge was used before.
    #[error("this challenge has been used: ask for a new one")]
    ChallengeUsed,
    /// The ledger cannot be asked.
    #[error("the Stellar network cannot be asked at the moment: try again later")]
    Ledger(#[from] LedgerError),
    /// Account or memo of somebody else.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The path of a `DELETE` is somebody else's (S12-101).
    #[error("this session may not delete that customer")]
    NotYours,
    /// What a hook says.
    #[error(transparent)]
    Hook(#[from] HookError),
    /// Asked for too often.
    #[error("too many requests: try again in {retry_after} s")]
    TooManyRequests {
        /// The seconds to wait.
        retry_after: u64,
    },
    /// There is nothing at this path.
    #[error("there is nothing at this path")]
    NotFound,
    /// There is, but not for this method.
    #[error("this path does not take this method")]
    MethodNotAllowed,
    /// Ours: the cause is logged and not shown.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        Self::Internal(error.into())
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl Error {
    /// The status, the stable code and the field at fault.
    fn verdict(&self) -> (StatusCode, Code, Option<&str>) {
        use StatusCode as S;
        match self {
            Self::Body(error) => (error.status(), error.code(), error.field()),
            Self::Token(error) => (S::UNAUTHORIZED, error.code(), None),
            Self::Account(AccountError::Address(_)) => {
                (S::BAD_REQUEST, Code::InvalidAccount, Some("account"))
            }
            Self::Account(_) => (S::BAD_REQUEST, Code::InvalidMemo, Some("memo")),
            Self::UnknownHomeDomain(_) => {
                (S::BAD_REQUEST, Code::UnknownHomeDomain, Some("home_domain"))
            }
            Self::InvalidClientDomain(_) | Self::Build(_) => {
                (S::BAD_REQUEST, Code::InvalidClientDomain, Some("client_domain"))
            }
            Self::ClientDomainUnavailable => {
                (S::BAD_REQUEST, Code::ClientDomainUnavailable, Some("client_domain"))
            }
            Self::ClientDomainRequired => {
                (S::BAD_REQUEST, Code::ClientDomainRequired, Some("client_domain"))
            }
            Self::ClientNotAllowed(_) => {
                (S::FORBIDDEN, Code::ClientNotAllowed, Some("client_domain"))
            }
            // Only a token that is missing is a 401: a bad one is a bad request (S10-32, S10-33).
            Self::ProofRequired => (S::UNAUTHORIZED, Code::ProofRequired, None),
            Self::Proof(error) => (S::BAD_REQUEST, error.code(), None),
            Self::Challenge(error) => (S::BAD_REQUEST, error.code(), Some("transaction")),
            Self::ChallengeUsed => (S::BAD_REQUEST, Code::ChallengeUsed, Some("transaction")),
            Self::Ledger(_) => (S::SERVICE_UNAVAILABLE, Code::LedgerUnavailable, None),
            Self::Identity(error) => (S::BAD_REQUEST, error.code(), None),
            Self::NotYours => (S::UNAUTHORIZED, Code::IdentityMismatch, None),
            Self::Hook(HookError::Invalid { code, field, .. }) => {
                (S::BAD_REQUEST, *code, field.as_deref())
            }
            Self::Hook(HookError::NotFound { code, .. }) => (S::NOT_FOUND, *code, None),
            Self::Hook(HookError::TooManyRequests { .. }) => {
                (S::TOO_MANY_REQUESTS, Code::TooManyRequests, None)
            }
            Self::Hook(HookError::TooLarge(_)) => (S::PAYLOAD_TOO_LARGE, Code::TooLarge, None),
            Self::Hook(HookError::NotImplemented(_)) => {
                (S::NOT_IMPLEMENTED, Code::NotImplemented, None)
            }
            Self::Hook(HookError::Unavailable(_)) => (S::SERVICE_UNAVAILABLE, Code::Internal, None),
            Self::TooManyRequests { .. } => (S::TOO_MANY_REQUESTS, Code::TooManyRequests, None),
            Self::NotFound => (S::NOT_FOUND, Code::NotFound, None),
            Self::MethodNotAllowed => (S::METHOD_NOT_ALLOWED, Code::MethodNotAllowed, None),
            Self::Internal(_) | Self::Hook(HookError::Internal(_)) => {
                (S::INTERNAL_SERVER_ERROR, Code::Internal, None)
            }
        }
    }

    /// How many seconds a client should wait before it tries again, where that is known.
    const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Ledger(_) | Self::Hook(HookError::Unavailable(_)) => Some(5),
            Self::TooManyRequests { retry_after }
            | Self::Hook(HookError::TooManyRequests { retry_after, .. }) => Some(*retry_after),
            _ => None,
        }
    }

    /// What the caller is told.
    fn phrase(&self) -> LocalizedText {
        match self {
            Self::Body(error) => error.into(),
            Self::Token(error) => (*error).into(),
            Self::Identity(error) => error.into(),
            Self::NotYours => MessageId::NotYours.into(),
            Self::Hook(
                HookError::Invalid { message, .. }
                | HookError::NotFound { message, .. }
                | HookError::TooManyRequests { message, .. },
            ) => message.clone(),
            Self::Hook(HookError::NotImplemented(what)) => {
                LocalizedText::from(MessageId::NotImplemented).with("what", what)
            }
            Self::NotFound => MessageId::NotFound.into(),
            Self::MethodNotAllowed => MessageId::MethodNotAllowed.into(),
            Self::Internal(_) | Self::Hook(HookError::Internal(_)) => MessageId::Internal.into(),
            other => other.to_string().into(),
        }
    }

    /// Logs what is ours to mend: once, here.
    fn log(&self) {
        match self {
            Self::Internal(cause) | Self::Hook(HookError::Internal(cause)) => {
                tracing::error!(%cause, "request failed");
            }
            Self::Hook(HookError::Unavailable(cause)) => tracing::warn!(%cause, "hook unavailable"),
            Self::Ledger(cause) => tracing::warn!(%cause, "ledger unavailable"),
            _ => {}
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.log();
        let (status, code, field) = self.verdict();
        let retry_after = self.retry_after();
        let phrase = self.phrase();
        let problem = Problem {
            error: phrase.to_string(),
            code: Some(code.as_str().to_owned()),
            field: field.map(str::to_owned),
        };
        let mut response = (status, Json(problem.clone())).into_response();
        response.extensions_mut().insert(Refusal { problem, phrase });
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
