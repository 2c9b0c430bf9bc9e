//! Why signing in was refused.

use axum::http::StatusCode;
use thiserror::Error;
use windlass_core::{
    account::AccountError,
    problem::Code,
    sep10::{BuildError, ChallengeError, ProofError},
};

use crate::Error as Refusal;

/// Why signing in was refused, beside the rules of the core.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(super) enum WebAuthError {
    /// The request names a home domain that this server does not serve.
    #[error("this server does not sign in to \"{0}\"")]
    UnknownHomeDomain(String),
    /// The client domain is not a bare host name.
    #[error("client_domain must be a bare host name of at most 64 bytes, \"{0}\" is not")]
    InvalidClientDomain(String),
    /// The stellar.toml of the client domain cannot be read or has no usable key. Only the log says which.
    #[error(
        "the stellar.toml of the client domain cannot be read over https, or names no valid SIGNING_KEY"
    )]
    ClientDomainUnavailable,
    /// The request names no client domain, and each application must prove one.
    #[error("this anchor wants to know the application: send client_domain")]
    ClientDomainRequired,
    /// The operator has excluded the application.
    #[error("this anchor does not take the client domain \"{0}\"")]
    ClientNotAllowed(String),
    /// The request for a challenge has no token, and each must have one.
    #[error(
        "this anchor takes signed requests only: send a token of SEP-10 as \"Authorization: Bearer <token>\""
    )]
    ProofRequired,
    /// A token was given out for this challenge already.
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

/// The account that wants to sign in.
impl From<AccountError> for Refusal {
    fn from(error: AccountError) -> Self {
        let (code, field) = match error {
            AccountError::Address(_) => (Code::InvalidAccount, "account"),
            _ => (Code::InvalidMemo, "memo"),
        };
        Self::new(code, error.to_string()).with_field(field)
    }
}

/// The challenge cannot be made: only the client domain of a request can be the reason.
impl From<BuildError> for Refusal {
    fn from(error: BuildError) -> Self {
        Self::new(Code::InvalidClientDomain, error.to_string()).with_field("client_domain")
    }
}

/// A bad token is a bad request; only a missing one is a 401 (S10-32, S10-33).
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
