//! The kinds of errors, grouped by their origin.

use thiserror::Error;
use windlass_core::{
    account::{AccountError, StrkeyError},
    callback::CallbackError,
    network::Network,
    problem::Code,
    sep1::{HomeDomainError, KeyError, TomlError},
    sep9::FieldError,
    sep10::{ChallengeError, ClaimsError, DomainSigningError, SignatureError},
};

use crate::{SignerError, TransportError};

/// The kind of an error, with its details.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum ErrorKind {
    // The caller's input
    /// The home domain is not a host name.
    #[error("{0}")]
    HomeDomain(#[from] HomeDomainError),
    /// The account or its memo is malformed.
    #[error("{0}")]
    Account(#[from] AccountError),
    /// The secret key is malformed. The error contains no part of it.
    #[error("invalid secret key: {0}")]
    SecretKey(StrkeyError),
    /// Values violate the rules of SEP-9. Nothing was sent.
    #[error("{}", sentences(.0))]
    Fields(Vec<FieldError>),
    /// An argument is missing or contradicts another. Nothing was sent.
    #[error("{0}")]
    InvalidRequest(String),
    /// The token is not a JWT, or is not for this anchor and account.
    #[error("{0}")]
    TokenInvalid(String),
    /// The token has expired: sign in again.
    #[error("the token expired at {at}, now is {now}: sign in again")]
    TokenExpired {
        /// Unix seconds.
        at: u64,
        /// Unix seconds.
        now: u64,
    },
    /// A callback that the anchor did not sign, that is too old, or that was received before.
    #[error("{0}")]
    Callback(#[from] CallbackError),
    /// A challenge that a wallet's signing service must not sign.
    #[error("{0}")]
    DomainSigning(#[from] DomainSigningError),
    /// The caller aborted the call.
    #[error("aborted")]
    Aborted,
    /// The caller's own time limit for the call has passed.
    #[error("the call's time limit has passed")]
    TimedOut,

    // What the anchor publishes
    /// The stellar.toml cannot be read.
    #[error("{0}")]
    Toml(#[from] TomlError),
    /// A value in the stellar.toml cannot be used.
    #[error("stellar.toml: {0}")]
    TomlValue(#[from] KeyError),
    /// The stellar.toml lacks this key: the anchor does not offer the service.
    #[error("the anchor does not offer this: its stellar.toml has no {0}")]
    NotOffered(&'static str),
    /// The anchor is on another network than the wallet.
    #[error("the anchor is on the network \"{anchor}\", the wallet on \"{wallet}\"")]
    WrongNetwork {
        /// The passphrase that the anchor names.
        anchor: String,
        /// The wallet's network.
        wallet: Network,
    },

    // Signing in
    /// The challenge violates a rule of SEP-10. It was not signed.
    #[error("{0}")]
    Challenge(#[from] ChallengeError),
    /// The signer did not sign.
    #[error("{0}")]
    Signer(#[from] SignerError),
    /// The signer returned another transaction, or no valid signature. Nothing was sent.
    #[error("{0}")]
    Signature(#[from] SignatureError),

    // The anchor's response
    /// The anchor refused the request.
    #[error("{message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The stable code; derived from the status if the anchor sends none.
        code: Code,
        /// The anchor's own message, or the beginning of a response that has none.
        message: String,
        /// The invalid field or parameter, if the anchor names it.
        field: Option<String>,
        /// Seconds to wait before retrying, if the anchor names them.
        retry_after: Option<u64>,
    },
    /// The response is not what the protocol specifies.
    #[error("unexpected answer: {message}")]
    UnexpectedResponse {
        /// The HTTP status.
        status: u16,
        /// The error in the response.
        message: String,
    },
    /// The customer did not reach the expected status within the time limit.
    #[error("not settled within {seconds} seconds{}", last_attempt(.trouble.as_ref()))]
    NotInTime {
        /// The time limit.
        seconds: u64,
        /// The error of the last request, if it failed.
        trouble: Option<super::Error>,
    },
    /// There is no response.
    #[error("cannot reach {url}: {error}")]
    Transport {
        /// The URL without its query.
        url: String,
        /// The transport's own error.
        #[source]
        error: TransportError,
    },
    /// The same for an anchor on this machine, which may have no https.
    #[error(
        "cannot reach {url}: {error}. If this anchor serves plain http, allow it: \
         allowHttp in JavaScript, allow_http in Rust"
    )]
    NoHttps {
        /// The URL without its query.
        url: String,
        /// The transport's own error.
        #[source]
        error: TransportError,
    },
}

impl ErrorKind {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::HomeDomain(error) => error.code(),
            Self::Account(AccountError::Address(_)) => Code::InvalidAccount,
            Self::Account(_) => Code::InvalidMemo,
            Self::SecretKey(_) => Code::InvalidSecretKey,
            Self::Fields(_) => Code::InvalidField,
            Self::InvalidRequest(_) => Code::InvalidRequest,
            Self::TokenInvalid(_) => Code::TokenInvalid,
            Self::TokenExpired { .. } => Code::TokenExpired,
            Self::Callback(error) => error.code(),
            Self::DomainSigning(error) => error.code(),
            Self::Aborted => Code::Aborted,
            Self::Toml(error) => error.code(),
            Self::TomlValue(_) => Code::InvalidTomlValue,
            Self::NotOffered(_) => Code::NotOffered,
            Self::WrongNetwork { .. } => Code::WrongNetwork,
            Self::Challenge(error) => error.code(),
            Self::Signer(error) => error.code(),
            Self::Signature(_) => Code::SignerChangedTransaction,
            Self::Refused { code, .. } => *code,
            Self::UnexpectedResponse { .. } => Code::UnexpectedResponse,
            Self::TimedOut | Self::NotInTime { .. } => Code::TimedOut,
            Self::Transport { error, .. } | Self::NoHttps { error, .. } => error.code(),
        }
    }
}

impl From<ClaimsError> for ErrorKind {
    fn from(error: ClaimsError) -> Self {
        Self::TokenInvalid(error.to_string())
    }
}

fn last_attempt(error: Option<&super::Error>) -> String {
    error.map_or_else(String::new, |error| format!("; the last attempt: {error}"))
}

fn sentences(errors: &[FieldError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
