//! The checks of a wallet's server before it signs a token that a wallet has written.

use thiserror::Error;

use super::{Claims, Proof, ProofError, payload, read};
use crate::{
    account::{Account, AccountError},
    problem::Code,
    sep10::{DomainSigning, TrustedAnchor},
};

impl DomainSigning<'_> {
    /// Checks a [`Proof::message`] before it is signed: it must be for a request of this wallet to
    /// one of the anchors.
    ///
    /// # Errors
    ///
    /// The token would be for something else, valid at another time, or valid for longer than
    /// necessary.
    pub fn vouch(&self, message: &str) -> Result<(), VouchError> {
        if message.len() > Proof::MAX_BYTES {
            return Err(ProofError::Unreadable.into());
        }
        let claims: Claims = read(payload(message)?)?;
        let iat = claims.check_time(self.now)?;
        if claims.exp > iat.saturating_add(Proof::LIFETIME) {
            return Err(VouchError::Lifetime { from: iat, to: claims.exp });
        }
        Account::from_request(&claims.account.unwrap_or_default(), claims.memo.as_deref())?;
        if claims.client_domain.as_deref() != Some(self.own.domain) {
            return Err(VouchError::ClientDomain);
        }
        let asks = |anchor: &TrustedAnchor| {
            let home_domain = claims.home_domain.as_deref();
            anchor.endpoint.as_ref() == Some(&claims.web_auth_endpoint)
                && home_domain.is_none_or(|claimed| claimed == anchor.home_domain)
        };
        if self.anchors.iter().any(asks) { Ok(()) } else { Err(VouchError::UnknownAnchor) }
    }
}

/// The error when a wallet's server does not sign a token.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum VouchError {
    /// An anchor would not accept the token now.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The token would be valid for too long.
    #[error(
        "the Authorization token must be valid for {} seconds at most, not from {from} to {to}",
        Proof::LIFETIME
    )]
    Lifetime {
        /// The token's `iat`.
        from: u64,
        /// The token's `exp`.
        to: u64,
    },
    /// The token has no account, or an invalid combination of account and memo.
    #[error("the Authorization token's account: {0}")]
    Account(#[from] AccountError),
    /// The token is for another client domain, or for none.
    #[error("the Authorization token is not for the client domain of this service")]
    ClientDomain,
    /// The token is for an unknown anchor.
    #[error("the Authorization token is for an anchor that this service does not know")]
    UnknownAnchor,
}

impl VouchError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        Code::ProofInvalid
    }
}
