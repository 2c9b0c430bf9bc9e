//! Signing and verifying the token.

use super::{Claims, Proof, ProofError, payload, read};
use crate::{
    account::{PublicKey, SecretKey},
    wire,
};

impl Proof<'_> {
    /// Builds a token, signed by a key in memory: the client domain's if the request names one, the
    /// account's otherwise (S10-27).
    pub fn sign(&self, key: &SecretKey) -> String {
        let message = self.message();
        let signature = key.sign(message.as_bytes());
        Self::with_signature(&message, &signature)
    }

    /// Checks that `key` has signed a token for exactly this request, and that it is valid now.
    ///
    /// # Errors
    ///
    /// The token is invalid; each error is a 400 (S10-33).
    pub fn verify(&self, token: &str, key: &PublicKey) -> Result<(), ProofError> {
        if token.len() > Self::MAX_BYTES {
            return Err(ProofError::Unreadable);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(ProofError::Unreadable)?;
        let payload = payload(message)?;
        let signature = wire::from_base64url(signature).ok_or(ProofError::Unreadable)?;
        if !key.verify(message.as_bytes(), &signature) {
            return Err(ProofError::Signature(*key));
        }

        let claims: Claims = read(payload)?;
        let Self { endpoint, request, now } = *self;
        claims.check_time(now)?;
        if claims.web_auth_endpoint != endpoint {
            return Err(ProofError::Endpoint);
        }
        // Compared in both directions: a parameter without a claim was not authorized, and a claim
        // without a parameter means that the parameter was dropped.
        for (name, claimed, asked) in [
            ("account", claims.account.as_ref(), Some(&request.account)),
            ("memo", claims.memo.as_ref(), request.memo.as_ref()),
            ("home_domain", claims.home_domain.as_ref(), request.home_domain.as_ref()),
            ("client_domain", claims.client_domain.as_ref(), request.client_domain.as_ref()),
        ] {
            if claimed != asked {
                return Err(ProofError::Parameter(name));
            }
        }
        Ok(())
    }
}
