//! The errors of signing in.

use axum::http::StatusCode;
use thiserror::Error;
use windlass_core::{
    account::AccountError,
    problem::Code,
    sep10::{BuildError, ChallengeError, ProofError},
};

use crate::Error as Refusal;

/// The errors of signing in that are not violations of the core's rules.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(super) enum WebAuthError {
    /// The request names a home domain that this server does not serve.
    #[error("this server does not serve the home domain \"{0}\"")]
    UnknownHomeDomain(String),
    /// The client domain is not a bare host name.
    #[error("client_domain must be a bare host name of at most 64 bytes, \"{0}\" is not")]
    InvalidClientDomain(String),
    /// The stellar.toml of the client domain is unreachable, invalid or has no usable key. Only the
    /// log contains the cause.
    #[error(
        "the stellar.toml of the client domain cannot be read over https, or names no valid SIGNING_KEY"
    )]
    ClientDomainUnavailable,
    /// The request names no client domain, but each application must prove one.
    #[error("this anchor requires client_domain, which identifies the application")]
    ClientDomainRequired,
    /// The operator has excluded the application.
    #[error("this anchor does not accept the client domain \"{0}\"")]
    ClientNotAllowed(String),
    /// The request for a challenge has no token, but each must have one.
    #[error(
        "this anchor accepts signed requests only: send a token of SEP-10 as \"Authorization: Bearer <token>\""
    )]
    ProofRequired,
    /// The server has already issued a token for this challenge.
    #[error("this challenge has been used: ask for a new one")]
    ChallengeUsed,
}

impl WebAuthError {
    const fn code(&self) -> Code {
        match self {
            Self::UnknownHomeDomain(_) => Code::UnknownHomeDomain,
            Self::InvalidClientDomain(_) => Code::InvalidClientDomain,
            Self::ClientDomainUnavailable => Code::ClientDomainUnavailable,
            Self::ClientDomainRequired => Code::ClientDomainRequired,
            Self::ClientNotAllowed(_) => Code::ClientNotAllowed,
            Self::ProofRequired => Code::ProofRequired,
            Self::ChallengeUsed => Code::ChallengeUsed,
        }
    }

    const fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownHomeDomain(_) => Some("home_domain"),
            Self::InvalidClientDomain(_)
            | Self::ClientDomainUnavailable
            | Self::ClientDomainRequired
            | Self::ClientNotAllowed(_) => Some("client_domain"),
            Self::ProofRequired => None,
            Self::ChallengeUsed => Some("transaction"),
        }
    }
}

impl From<WebAuthError> for Refusal {
    fn from(error: WebAuthError) -> Self {
        let refusal = Self::new(error.code(), error.to_string());
        match error.field() {
            Some(field) => refusal.with_field(field),
            None => refusal,
        }
    }
}

/// The account in the request is invalid.
impl From<AccountError> for Refusal {
    fn from(error: AccountError) -> Self {
        let (code, field) = match error {
            AccountError::Address(_) => (Code::InvalidAccount, "account"),
            _ => (Code::InvalidMemo, "memo"),
        };
        Self::new(code, error.to_string()).with_field(field)
    }
}

/// The challenge cannot be built. Only the client domain of the request can cause this.
impl From<BuildError> for Refusal {
    fn from(error: BuildError) -> Self {
        Self::new(Code::InvalidClientDomain, error.to_string()).with_field("client_domain")
    }
}

/// An invalid token gets 400; only a missing token gets 401 (S10-32, S10-33).
impl From<ProofError> for Refusal {
    fn from(error: ProofError) -> Self {
        Self::new(error.code(), error.to_string()).with_status(StatusCode::BAD_REQUEST)
    }
}

impl From<ChallengeError> for Refusal {
    fn from(error: ChallengeError) -> Self {
        Self::new(error.code(), error.to_string())
            .with_status(StatusCode::BAD_REQUEST)
            .with_field("transaction")
    }
}
