//! Why a challenge was refused.

use thiserror::Error;

use crate::{account::PublicKey, problem::Code, xdr::XdrError};

/// The rule of SEP-10 that a challenge breaks.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ChallengeError {
    /// It is no challenge at all (S10-56, S10-78).
    #[error("the challenge cannot be read: {0}")]
    NotReadable(#[from] XdrError),
    /// Somebody else made it (S10-58, S10-79).
    #[error("the challenge is from {found}, not from the anchor's signing key {expected}")]
    Source {
        /// The transaction's source.
        found: PublicKey,
        /// The anchor's key.
        expected: PublicKey,
    },
    /// It could be submitted to the network (S10-57, S10-80).
    #[error("the sequence number is {0}, must be 0: the transaction could be submitted")]
    SequenceNotZero(i64),
    /// It would be valid for ever, or never (S10-65, S10-81).
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
    /// It is empty (S10-83).
    #[error("the challenge has no operation")]
    NoOperation,
    /// Whose sign-in it is must be spelt out (S10-83).
    #[error("the first operation has no source account")]
    NoSource,
    /// It is for somebody else (S10-60).
    #[error("the first operation is for another account than the one signing in")]
    OtherAccount,
    /// It is for another domain (S10-60, S10-84).
    #[error("the first operation's name is not \"<home domain> auth\" for {expected}")]
    OtherHomeDomain {
        /// What it may be.
        expected: String,
    },
    /// Its randomness is missing (S10-60, S10-84).
    #[error("the first operation's value is not 64 characters of base64 for 48 bytes")]
    Nonce,
    /// Only ids tell users apart (S10-64, S10-85).
    #[error("the memo is neither absent nor an id")]
    MemoType,
    /// Two ids for one user (S10-85).
    #[error("a memo stands beside a muxed account")]
    MemoWithMuxed,
    /// It is for another user (S10-64).
    #[error("the memo is not the one asked for")]
    OtherMemo,
    /// A wallet must sign nothing that could be somebody's data (S10-62, S10-86, S10-87).
    #[error("the operation \"{name}\" is not the anchor's own, or has no value")]
    ForeignOperation {
        /// The operation's name.
        name: String,
    },
    /// Somebody may be relaying another server's challenge (S10-61, S10-87).
    #[error("the challenge is for the web auth domain \"{found}\", not for {expected}")]
    OtherWebAuthDomain {
        /// The operation's value.
        found: String,
        /// What it may be.
        expected: String,
    },
    /// The client domain is not what it should be (S10-63, S10-99).
    #[error("client domain: {0}")]
    ClientDomain(&'static str),
    /// The anchor did not sign this for this network (S10-59, S10-88).
    #[error(
        "the anchor's signature is missing or wrong: \
         the challenge was changed, or is for another network"
    )]
    NoServerSignature,
    /// Each key signs once (S10-88).
    #[error("the anchor has signed twice")]
    ServerSignatureTwice,
    /// Who else signed? (S10-59, S10-90)
    #[error("the challenge carries a signature of nobody who has to sign")]
    ForeignSignature,
    /// The client domain must have signed (S10-98).
    #[error("the client domain has not signed")]
    NoClientDomainSignature,
    /// No signature by a signer of the account (S10-90, S10-96).
    #[cfg(feature = "ed25519")]
    #[error("the account has not signed")]
    NotSigned,
    /// Too little weight (S10-91).
    #[cfg(feature = "ed25519")]
    #[error("the signers' weights add up to {weight}, the account demands {threshold}")]
    BelowThreshold {
        /// What they add up to.
        weight: u32,
        /// What is needed.
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
