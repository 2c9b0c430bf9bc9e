//! Signing in (SEP-10): get a challenge, check it, have it signed, exchange it for a token.

use std::{fmt, sync::Arc};

use windlass_core::{
    account::Account,
    problem::Code,
    sep10::{
        Challenge, Claims, ClientDomain, Expect, GetChallenge, PostChallenge, Proof, Report, Role,
        Tolerance, Unopened,
    },
};

use crate::{
    Anchor, Credentials, Error, ErrorKind, Session, SignRequest, Signer, Transport, anchor::Shared,
    curve, exchange::call,
};

impl<T: Transport> Anchor<T> {
    /// Signs in to `account` with one signer: the account's own key, or another signer that has enough weight.
    ///
    /// With a client domain, use [`sign_in_with`](Self::sign_in_with); with several signers, go step by step from
    /// [`challenge`](Self::challenge).
    ///
    /// # Errors
    ///
    /// The anchor refused, the challenge breaks a rule (it is then not signed), or the signer did not do as asked.
    pub async fn sign_in(
        &self,
        account: &Account,
        signer: &impl Signer,
    ) -> Result<Session<T>, Error> {
        self.sign_in_with(account, &Credentials::new(signer)).await
    }

    /// Asks for a challenge and checks it by every rule of SEP-10.
    ///
    /// `client_domain` is the wallet's own domain and the key that its stellar.toml publishes. An anchor may pass over it:
    /// see [`SignIn::challenge`] for whether it did.
    ///
    /// # Errors
    ///
    /// The anchor refused, or the challenge breaks a rule.
    pub async fn challenge(
        &self,
        account: &Account,
        client_domain: Option<ClientDomain<'_>>,
    ) -> Result<SignIn<T>, Error> {
        self.vouched_challenge(account, client_domain, None).await
    }

    /// As [`challenge`](Self::challenge), with a token that vouches for the application: some anchors ask for one with 401.
    ///
    /// It is a [`Proof`] over [`proof_message`](Self::proof_message), signed by the client domain's key if one is named, and by
    /// the account's otherwise (S10-24 to S10-28).
    ///
    /// # Errors
    ///
    /// As of [`challenge`](Self::challenge).
    pub async fn vouched_challenge(
        &self,
        account: &Account,
        client_domain: Option<ClientDomain<'_>>,
        proof: Option<&str>,
    ) -> Result<SignIn<T>, Error> {
        let mut anchor = self.clone();
        loop {
            let refused = match anchor.ask(account, client_domain, proof).await {
                Err(error) if is_by_another_key(&error) && anchor.is(self) => error,
                other => return other,
            };
            // The anchor may have another key by now: once, it is looked up again (S01-18).
            match self.read_again().await {
                Ok(fresh) if fresh.signing_key()? != self.signing_key()? => anchor = fresh,
                _ => return Err(refused),
            }
        }
    }

    /// What a key signs to vouch for the request of a challenge, now.
    ///
    /// # Errors
    ///
    /// The anchor offers no SEP-10, or at no usable URL.
    pub fn proof_message(
        &self,
        account: &Account,
        client_domain: Option<ClientDomain<'_>>,
    ) -> Result<String, Error> {
        let request = self.request(account, client_domain);
        let endpoint = self.web_auth_endpoint()?;
        Ok(Proof { endpoint: endpoint.as_str(), request: &request, now: self.shared.clock.now() }
            .message())
    }

    fn request(&self, account: &Account, client_domain: Option<ClientDomain<'_>>) -> GetChallenge {
        GetChallenge {
            account: account.without_memo().to_string(),
            memo: account.memo().map(|memo| memo.to_string()),
            home_domain: Some(self.home_domain().to_owned()),
            client_domain: client_domain.map(|client| client.domain.to_owned()),
        }
    }

    async fn ask(
        &self,
        account: &Account,
        client_domain: Option<ClientDomain<'_>>,
        proof: Option<&str>,
    ) -> Result<SignIn<T>, Error> {
        let server = self.signing_key()?;
        let endpoint = self.web_auth_endpoint()?;
        let request = self.request(account, client_domain);
        let answer = call(&*self.shared.transport, &endpoint, &request, proof).await?;
        // It is compared and never used: what is signed for is the wallet's decision (S10-55).
        if let Some(anchor) = answer.network_passphrase
            && anchor != self.network().passphrase()
        {
            return Err(ErrorKind::WrongNetwork { anchor, wallet: self.network().clone() }.into());
        }
        let home_domains = [self.home_domain().to_owned()];
        let web_auth_domains = [endpoint.host().to_owned(), endpoint.authority().to_owned()];
        let unopened = Unopened::read(
            &answer.transaction,
            &Expect {
                server,
                network: self.network(),
                home_domains: &home_domains,
                web_auth_domains: &web_auth_domains,
                now: self.shared.clock.now(),
                tolerance: Tolerance::WALLET,
                role: Role::Wallet { account, client_domain },
            },
        )?;
        unopened.plausible()?;
        let verified = curve::verified(unopened.claims()).await?;
        let challenge = unopened.open(&verified)?;
        Ok(SignIn { shared: Arc::clone(&self.shared), challenge })
    }
}

/// Goes through every check that is made before a challenge is signed, and stops at none.
///
/// # Errors
///
/// Nothing here does Ed25519.
pub async fn report(xdr: &str, expect: &Expect<'_>) -> Result<Report, Error> {
    Ok(match Unopened::read(xdr, expect) {
        Ok(unopened) => unopened.report(&curve::verified(unopened.claims()).await?),
        Err(error) => Report::unreadable(error),
    })
}

fn is_by_another_key(error: &Error) -> bool {
    matches!(error.code(), Code::ChallengeSource | Code::ChallengeServerSignature)
}

/// A sign-in under way: its challenge keeps every rule, and waits for signatures.
#[must_use = "sign it, then finish it"]
pub struct SignIn<T> {
    shared: Arc<Shared<T>>,
    challenge: Challenge,
}

impl<T> fmt::Debug for SignIn<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SignIn").field(&self.challenge).finish()
    }
}

impl<T: Transport> SignIn<T> {
    /// The challenge, with the signatures that it has by now.
    pub const fn challenge(&self) -> &Challenge {
        &self.challenge
    }

    /// Has the challenge signed: by a signer of the account, or by the client domain's key (S10-67, S10-69).
    ///
    /// # Errors
    ///
    /// The signer did not sign, returned another transaction, or signed with another key.
    pub async fn sign(&mut self, signer: &impl Signer) -> Result<(), Error> {
        let key = signer.public_key();
        if let Some(signature) = signer.sign_hash(self.challenge.hash()).await? {
            self.challenge.signed(&key, signature);
            return Ok(());
        }
        let request = SignRequest::new(self.challenge.to_base64(), &self.shared.network, key);
        let signed = signer.sign(request).await?;
        let verified = curve::verified(self.challenge.returned(&signed, &key)?).await?;
        Ok(self.challenge.take(&key, &verified)?)
    }

    /// Exchanges the signed challenge for a session.
    ///
    /// # Errors
    ///
    /// The anchor refused, or gave a token for somebody else (S10-72).
    pub async fn finish(self) -> Result<Session<T>, Error> {
        let Self { shared, challenge } = self;
        let endpoint = shared
            .toml
            .web_auth_endpoint(shared.dev)?
            .ok_or(ErrorKind::NotOffered("WEB_AUTH_ENDPOINT"))?;
        let request = PostChallenge { transaction: challenge.to_base64() };
        let token = call(&*shared.transport, &endpoint, &request, None).await?.token;
        let claims = Claims::peek(&token)?;
        if claims.sub != *challenge.account() {
            let message =
                format!("the token is for {}, not for {}", claims.sub, challenge.account());
            return Err(ErrorKind::TokenInvalid(message).into());
        }
        Ok(Session::new(shared, token, claims))
    }
}

#[cfg(test)]
mod tests;
