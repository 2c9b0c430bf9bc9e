//! What a wallet's server looks at before it signs a token that a wallet has written.

use thiserror::Error;

use super::{Claims, Proof, ProofError, payload, read};
use crate::{
    account::{Account, AccountError},
    problem::Code,
    sep10::{DomainSigning, TrustedAnchor},
};

impl DomainSigning<'_> {
    /// Checks a [`Proof::message`] before it is signed: it vouches for a request of this wallet to one of the anchors.
    ///
    /// # Errors
    ///
    /// The token would be for something else, or valid at another time or for longer than it has to be.
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

/// Why a wallet's server does not vouch for a request.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum VouchError {
    /// An anchor would not take the token now.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// It would be valid for too long.
    #[error(
        "the Authorization token must be valid for {} seconds at most, not from {from} to {to}",
        Proof::LIFETIME
    )]
    Lifetime {
        /// Its `iat`.
        from: u64,
        /// Its `exp`.
        to: u64,
    },
    /// It names no account, or with a memo that it cannot have.
    #[error("the Authorization token's account: {0}")]
    Account(#[from] AccountError),
    /// It is for another wallet, or for none.
    #[error("the Authorization token is not for the client domain of this service")]
    ClientDomain,
    /// It is for an anchor that is not known.
    #[error("the Authorization token is for an anchor that this service does not know")]
    UnknownAnchor,
}

impl VouchError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        Code::ProofInvalid
    }
}
