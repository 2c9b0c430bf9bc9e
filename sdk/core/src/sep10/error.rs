//! The error when a challenge is refused.

use thiserror::Error;

use crate::{
    account::{Account, PublicKey},
    problem::Code,
    xdr::XdrError,
};

/// The rule of SEP-10 that a challenge violates.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ChallengeError {
    /// It is not a transaction of ManageData operations (S10-56, S10-78).
    #[error("the challenge cannot be read: {0}")]
    NotReadable(#[from] XdrError),
    /// Its source is not the anchor's key (S10-58, S10-79).
    #[error("the challenge is from {found}, not from the anchor's signing key {expected}")]
    Source {
        /// The transaction's source: an account, or a user of it.
        found: Account,
        /// The anchor's key.
        expected: PublicKey,
    },
    /// The transaction could be submitted to the network (S10-57, S10-80).
    #[error("the sequence number is {0}, must be 0: the transaction could be submitted")]
    SequenceNotZero(i64),
    /// The challenge never expires, or is never valid (S10-65, S10-81).
    #[error("the challenge has no end, or ends before it begins")]
    NoEnd,
    /// Its time bounds have passed.
    #[error("the challenge expired at {at}, now is {now}: ask for a new one")]
    Expired {
        /// Unix seconds.
        at: u64,
        /// Unix seconds.
        now: u64,
    },
    /// Its time bounds are in the future.
    #[error("the challenge is valid from {from}, now is {now}: check the clock")]
    NotYetValid {
        /// Unix seconds.
        from: u64,
        /// Unix seconds.
        now: u64,
    },
    /// It has no operation (S10-83).
    #[error("the challenge has no operation")]
    NoOperation,
    /// The first operation names no account (S10-83).
    #[error("the first operation has no source account")]
    NoSource,
    /// The challenge is for another account (S10-60).
    #[error("the first operation is for another account than the one signing in")]
    OtherAccount,
    /// The challenge is for another home domain (S10-60, S10-84).
    #[error("the first operation's name is not \"<home domain> auth\" for {expected}")]
    OtherHomeDomain {
        /// The accepted values.
        expected: String,
    },
    /// The nonce is missing or malformed (S10-60, S10-84).
    #[error("the first operation's value is not 64 characters of base64 for 48 bytes")]
    Nonce,
    /// The memo is not of type id (S10-64, S10-85).
    #[error("the memo is neither absent nor an id")]
    MemoType,
    /// There is a memo and a muxed account, that is, two ids for one user (S10-85).
    #[error("there is a memo together with a muxed account")]
    MemoWithMuxed,
    /// The challenge is for another user of the account (S10-64).
    #[error("the memo is not the requested one")]
    OtherMemo,
    /// A further operation is not the anchor's (S10-62, S10-86).
    #[error("the operation \"{name}\" is not the anchor's own")]
    ForeignOperation {
        /// The operation's name.
        name: String,
    },
    /// The challenge is for another server; an attacker may be relaying it (S10-61, S10-87).
    #[error("the challenge is for the web auth domain \"{found}\", not for {expected}")]
    OtherWebAuthDomain {
        /// The operation's value.
        found: String,
        /// The accepted values.
        expected: String,
    },
    /// The client domain is wrong (S10-63, S10-99).
    #[error("client domain: {0}")]
    ClientDomain(&'static str),
    /// No signature by the anchor's key for this network (S10-59, S10-88).
    #[error(
        "the anchor's signature is missing or wrong: \
         the challenge was changed, or is for another network"
    )]
    NoServerSignature,
    /// The anchor's key signed twice (S10-88).
    #[error("the anchor's signature occurs twice")]
    ServerSignatureTwice,
    /// A signature by a key that must not sign (S10-59, S10-90).
    #[error("the challenge has a signature of a key that must not sign it")]
    ForeignSignature,
    /// The client domain has not signed (S10-98).
    #[error("the client domain has not signed")]
    NoClientDomainSignature,
    /// No signature by a signer of the account (S10-90, S10-96).
    #[cfg(feature = "ed25519")]
    #[error("the account has not signed")]
    NotSigned,
    /// Too little weight (S10-91).
    #[cfg(feature = "ed25519")]
    #[error("the signers' weights add up to {weight}, the account requires {threshold}")]
    BelowThreshold {
        /// The sum of the signers' weights.
        weight: u32,
        /// The weight that is needed.
        threshold: u32,
    },
}

impl ChallengeError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::NotReadable(_) => Code::ChallengeNotReadable,
            Self::Source { .. } => Code::ChallengeSource,
            Self::SequenceNotZero(_) => Code::ChallengeSequence,
            Self::NoEnd => Code::ChallengeTimeBounds,
            Self::Expired { .. } => Code::ChallengeExpired,
            Self::NotYetValid { .. } => Code::ChallengeNotYetValid,
            Self::NoOperation | Self::NoSource | Self::OtherAccount => Code::ChallengeAccount,
            Self::OtherHomeDomain { .. } => Code::ChallengeHomeDomain,
            Self::Nonce => Code::ChallengeNonce,
            Self::MemoType | Self::MemoWithMuxed | Self::OtherMemo => Code::ChallengeMemo,
            Self::ForeignOperation { .. } => Code::ChallengeOperation,
            Self::OtherWebAuthDomain { .. } => Code::ChallengeWebAuthDomain,
            Self::ClientDomain(_) => Code::ChallengeClientDomain,
            Self::NoServerSignature | Self::ServerSignatureTwice => Code::ChallengeServerSignature,
            Self::ForeignSignature | Self::NoClientDomainSignature => Code::ChallengeSignature,
            #[cfg(feature = "ed25519")]
            Self::NotSigned | Self::BelowThreshold { .. } => Code::ChallengeNotAuthorized,
        }
    }
}
