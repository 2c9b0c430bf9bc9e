//! The `Authorization` header of a request for a challenge (S10-24 to S10-35).

use axum::http::{HeaderMap, header::AUTHORIZATION};
use windlass_core::{
    account::{Account, PublicKey},
    sep10::{GetChallenge, Proof, ProofError},
};

use super::{Inner, WebAuthError};
use crate::Error;

/// The token of the header; `None` without the header.
///
/// # Errors
///
/// The header occurs twice or is not `Bearer …`: 400. A missing header that is required gets 401
/// instead (S10-33).
pub(super) fn token(headers: &HeaderMap) -> Result<Option<&str>, ProofError> {
    let mut headers = headers.get_all(AUTHORIZATION).iter();
    let Some(header) = headers.next() else { return Ok(None) };
    let text = header.to_str().map_err(|_| ProofError::Unreadable)?;
    match (text.split_once(' '), headers.next()) {
        (Some((scheme, token)), None) if scheme.eq_ignore_ascii_case("bearer") => {
            Ok(Some(token.trim()))
        }
        _ => Err(ProofError::Unreadable),
    }
}

impl Inner {
    /// The client domain that the sign-in must prove, with its key; `None` if there is none.
    ///
    /// A token is verified before the challenge is built, whether or not the anchor requires one
    /// (S10-29).
    pub(super) async fn application<'a>(
        &self,
        request: &'a GetChallenge,
        account: &Account,
        token: Option<&str>,
    ) -> Result<Option<(&'a str, PublicKey)>, Error> {
        let applications = &self.settings.applications;
        if token.is_none() && applications.authorization_required {
            return Err(WebAuthError::ProofRequired.into());
        }
        if let Some(domain) = &request.client_domain {
            // The domain must be valid even if it is ignored.
            self.client_domains.locate(domain)?;
        }
        let Some(domain) = applications.judge(request.client_domain.as_deref(), token.is_some())?
        else {
            if let Some(token) = token {
                self.proof(request).verify(token, &account.key())?;
            }
            return Ok(None);
        };
        let place = self.client_domains.locate(domain)?;
        let (mut key, remembered) = self.client_domains.key(&place).await?;
        if let Some(token) = token {
            match self.proof(request).verify(token, &key) {
                // The domain may have changed its key since (S01-18).
                Err(ProofError::Signature(_))
                    if remembered && self.client_domains.doubt(&place) =>
                {
                    key = self.client_domains.key(&place).await?.0;
                    self.proof(request).verify(token, &key)?;
                }
                verified => verified?,
            }
        }
        Ok(Some((domain, key)))
    }

    fn proof<'a>(&'a self, request: &'a GetChallenge) -> Proof<'a> {
        Proof { endpoint: &self.settings.endpoint, request, now: self.clock.now() }
    }
}
