//! What can go wrong, by whose fault it is.

use thiserror::Error;
use windlass_core::{
    account::{AccountError, StrkeyError},
    network::Network,
    problem::Code,
    sep1::{HomeDomainError, KeyError, TomlError},
    sep10::{ChallengeError, ClaimsError, SignatureError},
};
#[cfg(feature = "callbacks")]
use windlass_core::{callback::CallbackError, sep10::VouchError};
#[cfg(feature = "kyc")]
use windlass_core::{sep9::FieldError, wire};

use crate::{SignerError, TransportError};

/// What went wrong.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum ErrorKind {
    // What the caller gave
    /// The home domain is not a host name.
    #[error(transparent)]
    HomeDomain(#[from] HomeDomainError),
    /// The account or its memo is malformed.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The secret key is malformed. Nothing of it is in the error.
    #[error("invalid secret key: {0}")]
    SecretKey(StrkeyError),
    /// Values that no anchor could take. Nothing was sent.
    #[cfg(feature = "kyc")]
    #[error("{}", sentences(.0))]
    Fields(Vec<FieldError>),
    /// A request that makes no sense. Nothing was sent.
    #[error("{0}")]
    InvalidRequest(String),
    /// The token is not of this anchor, or no token at all.
    #[error("{0}")]
    TokenInvalid(String),
    /// The token is no longer valid: sign in again.
    #[error("the token expired at {at}, now is {now}: sign in again")]
    TokenExpired {
        /// Unix seconds.
        at: u64,
        /// Unix seconds.
        now: u64,
    },
    /// A callback that is not the anchor's.
    #[cfg(feature = "callbacks")]
    #[error(transparent)]
    Callback(#[from] CallbackError),
    /// A token that a wallet's server does not sign.
    #[cfg(feature = "callbacks")]
    #[error(transparent)]
    Vouch(#[from] VouchError),
    /// The caller gave up.
    #[error("aborted")]
    Aborted,

    // What the anchor publishes
    /// The stellar.toml cannot be read.
    #[error(transparent)]
    Toml(#[from] TomlError),
    /// A value in the stellar.toml cannot be used.
    #[error("stellar.toml: {0}")]
    TomlValue(#[from] KeyError),
    /// The stellar.toml does not have this key: the anchor does not offer the service.
    #[error("the anchor does not offer this: its stellar.toml has no {0}")]
    NotOffered(&'static str),
    /// The anchor is on another network than the wallet.
    #[error("the anchor is on the network \"{anchor}\", the wallet on \"{wallet}\"")]
    WrongNetwork {
        /// What the anchor says.
        anchor: String,
        /// What the wallet wants.
        wallet: Network,
    },

    // Signing in
    /// The challenge breaks a rule of SEP-10. It was not signed.
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    /// The signer did not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The signer returned something else than it was asked for. It was not sent.
    #[error(transparent)]
    Signature(#[from] SignatureError),

    // What the anchor answers
    /// The anchor refused the request.
    #[error("{message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The stable code; made from the status if the anchor sends none.
        code: Code,
        /// In its own words, unchanged; if it has none, what it answered instead.
        message: String,
        /// The field or parameter at fault, if it says so.
        field: Option<String>,
        /// In how many seconds to try again, if it says so.
        retry_after: Option<u64>,
    },
    /// The answer is not what the protocol says.
    #[error("unexpected answer: {message}")]
    UnexpectedResponse {
        /// The HTTP status.
        status: u16,
        /// What is wrong with it.
        message: String,
    },
    /// What was waited for did not come to pass.
    #[cfg(feature = "kyc")]
    #[error("not settled within {seconds} seconds{}", since(.trouble))]
    NotInTime {
        /// How long it was waited for.
        seconds: u64,
        /// What went wrong when the anchor was asked last, if something did.
        trouble: Option<super::Error>,
    },
    /// There is no answer.
    #[error("cannot reach {url}: {error}")]
    Transport {
        /// The URL without its query.
        url: String,
        /// What the transport says.
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
            #[cfg(feature = "kyc")]
            Self::Fields(_) => Code::InvalidField,
            Self::InvalidRequest(_) => Code::InvalidRequest,
            Self::TokenInvalid(_) => Code::TokenInvalid,
            Self::TokenExpired { .. } => Code::TokenExpired,
            #[cfg(feature = "callbacks")]
            Self::Callback(error) => error.code(),
            #[cfg(feature = "callbacks")]
            Self::Vouch(error) => error.code(),
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
            #[cfg(feature = "kyc")]
            Self::NotInTime { .. } => Code::TimedOut,
            Self::Transport { error, .. } => error.code(),
        }
    }
}

impl From<ClaimsError> for ErrorKind {
    fn from(error: ClaimsError) -> Self {
        Self::TokenInvalid(error.to_string())
    }
}

#[cfg(feature = "kyc")]
fn since(trouble: &Option<super::Error>) -> String {
    trouble.as_ref().map_or_else(String::new, |error| format!("; the last attempt: {error}"))
}

#[cfg(feature = "kyc")]
fn sentences(errors: &[FieldError]) -> String {
    wire::join(&errors.iter().map(ToString::to_string).collect::<Vec<_>>(), "; ")
}
