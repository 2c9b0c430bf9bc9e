//! The signers that an account signs in with.

use windlass_core::{
    account::Account,
    sep10::{ClientDomain, Proof},
};

use crate::{Anchor, Error, Renew, Session, Signer, Transport};

/// The signers of the account, and the signer of the wallet's own domain if there is one.
///
/// They can sign in again when a token has expired: see [`Session::renewed_by`].
#[derive(Clone, Debug)]
pub struct Credentials<S, D = S> {
    /// The signers of the account, which together have enough weight. Each signs in turn.
    pub signers: Vec<S>,
    /// The wallet's own domain, and the signer with the key that its stellar.toml publishes.
    pub client_domain: Option<(String, D)>,
}

impl<S> Credentials<S> {
    /// One signer, and no client domain.
    pub fn new(signer: S) -> Self {
        Self { signers: vec![signer], client_domain: None }
    }
}

impl<S, D> Credentials<S, D> {
    /// Adds a signer, for an account that needs several.
    #[must_use]
    pub fn and(mut self, signer: S) -> Self {
        self.signers.push(signer);
        self
    }

    /// Adds the wallet's own domain, which is then proved to the anchor.
    #[must_use]
    pub fn from_domain<E>(self, domain: impl Into<String>, signer: E) -> Credentials<S, E> {
        Credentials { signers: self.signers, client_domain: Some((domain.into(), signer)) }
    }
}

impl<T: Transport> Anchor<T> {
    /// Signs in to `account` like [`sign_in`](Self::sign_in), with several signers and with a client domain if there is
    /// one.
    ///
    /// An anchor that answers 401 gets a token that identifies the application, signed by the
    /// client domain's key, or by the account's key without a client domain, if that signer can
    /// sign one (S10-24, S10-27).
    ///
    /// An anchor may ignore the client domain. Its key then signs nothing (S10-67);
    /// [`Session::claims`] tells whether it did.
    ///
    /// # Errors
    ///
    /// The anchor refused, the challenge breaks a rule (it is then not signed), or a signer failed.
    pub async fn sign_in_with<S: Signer, D: Signer>(
        &self,
        account: &Account,
        credentials: &Credentials<S, D>,
    ) -> Result<Session<T>, Error> {
        let client = credentials.client_domain.as_ref();
        let claim =
            client.map(|(domain, signer)| ClientDomain { domain, key: signer.public_key() });
        let mut proof = None;
        let mut sign_in = loop {
            match self.vouched_challenge(account, claim, proof.as_deref()).await {
                // The anchor requires a token that identifies the application (S10-32).
                Err(error) if error.status() == Some(401) && proof.is_none() => {
                    let message = self.proof_message(account, claim)?;
                    let is_own = |signer: &&S| signer.public_key() == account.key();
                    let signature = match (client, credentials.signers.iter().find(is_own)) {
                        (Some((_, signer)), _) => signer.vouch(&message).await?,
                        (None, Some(signer)) => signer.vouch(&message).await?,
                        (None, None) => None,
                    };
                    proof = Some(Proof::with_signature(&message, &signature.ok_or(error)?));
                }
                challenge => break challenge?,
            }
        };
        if let (Some((_, signer)), Some(_)) = (client, sign_in.challenge().client_domain()) {
            sign_in.sign(signer).await?;
        }
        for signer in &credentials.signers {
            sign_in.sign(signer).await?;
        }
        sign_in.finish().await
    }
}

impl<T: Transport, S: Signer, D: Signer> Renew<T> for Credentials<S, D> {
    async fn renew(
        &self,
        anchor: &Anchor<T>,
        account: &Account,
    ) -> Result<Option<Session<T>>, Error> {
        anchor.sign_in_with(account, self).await.map(Some)
    }
}

#[cfg(test)]
mod tests;
