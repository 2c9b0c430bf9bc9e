//! What can go wrong, by whose fault it is.

use thiserror::Error;
use windlass_core::{
    account::{AccountError, StrkeyError},
    network::Network,
    problem::Code,
    says,
    sep1::{HomeDomainError, KeyError, TomlError},
    sep10::{ChallengeError, ClaimsError, SignatureError},
    text::Say,
};
#[cfg(feature = "callbacks")]
use windlass_core::{callback::CallbackError, sep10::DomainSigningError};
#[cfg(feature = "kyc")]
use windlass_core::{sep9::FieldError, text, wire};

use crate::{SignerError, TransportError};

/// What went wrong.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum ErrorKind {
    // What the caller gave
    /// The home domain is not a host name.
    HomeDomain(#[from] HomeDomainError),
    /// The account or its memo is malformed.
    Account(#[from] AccountError),
    /// The secret key is malformed. Nothing of it is in the error.
    SecretKey(StrkeyError),
    /// Values that no anchor could take. Nothing was sent.
    #[cfg(feature = "kyc")]
    Fields(Vec<FieldError>),
    /// A request that makes no sense. Nothing was sent.
    InvalidRequest(String),
    /// The token is not of this anchor, or no token at all.
    TokenInvalid(String),
    /// The token is no longer valid: sign in again.
    TokenExpired {
        /// Unix seconds.
        at: u64,
        /// Unix seconds.
        now: u64,
    },
    /// A callback that is not the anchor's.
    #[cfg(feature = "callbacks")]
    Callback(#[from] CallbackError),
    /// What a wallet's server does not sign.
    #[cfg(feature = "callbacks")]
    DomainSigning(#[from] DomainSigningError),
    /// The caller gave up.
    Aborted,

    // What the anchor publishes
    /// The stellar.toml cannot be read.
    Toml(#[from] TomlError),
    /// A value in the stellar.toml cannot be used.
    TomlValue(#[from] KeyError),
    /// The stellar.toml does not have this key: the anchor does not offer the service.
    NotOffered(&'static str),
    /// The anchor is on another network than the wallet.
    WrongNetwork {
        /// What the anchor says.
        anchor: String,
        /// What the wallet wants.
        wallet: Network,
    },

    // Signing in
    /// The challenge breaks a rule of SEP-10. It was not signed.
    Challenge(#[from] ChallengeError),
    /// The signer did not sign.
    Signer(#[from] SignerError),
    /// The signer returned something else than it was asked for. It was not sent.
    Signature(#[from] SignatureError),

    // What the anchor answers
    /// The anchor refused the request.
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
    UnexpectedResponse {
        /// The HTTP status.
        status: u16,
        /// What is wrong with it.
        message: String,
    },
    /// What was waited for did not come to pass.
    #[cfg(feature = "kyc")]
    NotInTime {
        /// How long it was waited for.
        seconds: u64,
        /// What went wrong when the anchor was asked last, if something did.
        trouble: Option<super::Error>,
    },
    /// There is no answer.
    Transport {
        /// The URL without its query.
        url: String,
        /// What the transport says.
        error: TransportError,
    },
}

says! {
    ErrorKind:
    Self::HomeDomain(error) => error;
    Self::Account(error) => error;
    Self::SecretKey(error) => "invalid secret key: ", error;
    #[cfg(feature = "kyc")]
    Self::Fields(errors) => &sentences(errors);
    Self::InvalidRequest(message) => message;
    Self::TokenInvalid(message) => message;
    Self::TokenExpired { at, now } => "the token expired at ", at, ", now is ", now, ": sign in again";
    #[cfg(feature = "callbacks")]
    Self::Callback(error) => error;
    #[cfg(feature = "callbacks")]
    Self::DomainSigning(error) => error;
    Self::Aborted => "aborted";
    Self::Toml(error) => error;
    Self::TomlValue(error) => "stellar.toml: ", error;
    Self::NotOffered(key) => "the anchor does not offer this: its stellar.toml has no ", key;
    Self::WrongNetwork { anchor, wallet } =>
        "the anchor is on the network \"", anchor, "\", the wallet on \"", wallet, "\"";
    Self::Challenge(error) => error;
    Self::Signer(error) => error;
    Self::Signature(error) => error;
    Self::Refused { message, .. } => message;
    Self::UnexpectedResponse { message, .. } => "unexpected answer: ", message;
    #[cfg(feature = "kyc")]
    Self::NotInTime { seconds, trouble } => "not settled within ", seconds, " seconds", &since(trouble);
    Self::Transport { url, error } => "cannot reach ", url, ": ", error;
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
            #[cfg(feature = "kyc")]
            Self::NotInTime { .. } => Code::TimedOut,
            Self::Transport { error, .. } => error.code(),
        }
    }
}

impl From<ClaimsError> for ErrorKind {
    fn from(error: ClaimsError) -> Self {
        Self::TokenInvalid(error.text())
    }
}

#[cfg(feature = "kyc")]
fn since(trouble: &Option<super::Error>) -> String {
    trouble.as_ref().map_or_else(String::new, |error| text!("; the last attempt: ", error))
}

#[cfg(feature = "kyc")]
fn sentences(errors: &[FieldError]) -> String {
    wire::join(&errors.iter().map(Say::text).collect::<Vec<_>>(), "; ")
}
