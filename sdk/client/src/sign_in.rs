//! Signing in (SEP-10): get a challenge, check it, sign it, exchange it for a token.

use std::{fmt, sync::Arc};

use assign::assign;
use windlass_core::{
    account::{Account, PublicKey},
    endpoint::Endpoint as _,
    link::Link,
    problem::Code,
    sep10::{
        Challenge, Claims, ClientDomain, Expect, GetChallenge, PostChallenge, Proof, Report, Role,
        Tolerance, Unopened,
    },
};

use crate::{
    Anchor, Credentials, Error, ErrorKind, Request, Response, Session, SignRequest, Signed, Signer,
    Transport, anchor::Shared, curve, encode::Encoded, exchange::succeed,
};

/// The only status of SEP-10 that means success (S10-07).
const OK: u16 = 200;

impl<T: Transport> Anchor<T> {
    /// Signs in to `account` with one signer: the account's own key, or another signer that has
    /// enough weight.
    ///
    /// With several signers or a client domain, use [`sign_in_with`](Self::sign_in_with), or take the steps from
    /// [`challenge`](Self::challenge) on.
    ///
    /// # Errors
    ///
    /// The anchor refused, the challenge breaks a rule (it is then not signed), or the signer
    /// failed.
    pub async fn sign_in(
        &self,
        account: &Account,
        signer: &impl Signer,
    ) -> Result<Session<T>, Error> {
        self.sign_in_with(account, &Credentials::new(signer)).await
    }

    /// Requests a challenge and checks it by every rule of SEP-10.
    ///
    /// `client_domain` is the wallet's own domain and the key that its stellar.toml publishes. An
    /// anchor may ignore it: [`SignIn::challenge`] tells whether it did.
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

    /// The same as [`challenge`](Self::challenge), with a token that identifies the application.
    /// Some anchors answer 401 without one.
    ///
    /// The token is a [`Proof`] over [`proof_message`](Self::proof_message), signed by the client
    /// domain's key if one is named, and by the account's key otherwise (S10-24 to S10-28).
    ///
    /// # Errors
    ///
    /// The same as for [`challenge`](Self::challenge).
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
            // The anchor may have rotated its key: read the stellar.toml again, once (S01-18).
            match self.read_again().await {
                Ok(fresh) if fresh.signing_key()? != self.signing_key()? => anchor = fresh,
                _ => return Err(refused),
            }
        }
    }

    /// The text to sign for a token that identifies the application, valid from now on.
    ///
    /// # Errors
    ///
    /// The anchor does not offer SEP-10, or its URL is not usable.
    pub fn proof_message(
        &self,
        account: &Account,
        client_domain: Option<ClientDomain<'_>>,
    ) -> Result<String, Error> {
        let request = get_challenge(self.home_domain(), account, client_domain);
        let endpoint = self.web_auth_endpoint()?;
        Ok(Proof { endpoint: endpoint.as_str(), request: &request, now: self.shared.clock.now() }
            .message())
    }

    async fn ask(
        &self,
        account: &Account,
        client_domain: Option<ClientDomain<'_>>,
        proof: Option<&str>,
    ) -> Result<SignIn<T>, Error> {
        let request = ChallengeRequest::new(self, account, client_domain)?;
        let response = succeed(&*self.shared.transport, request.build(proof), OK).await?;
        let unopened = request.unopened(&response)?;
        let verified = curve::verified(unopened.claims()).await?;
        Ok(SignIn { shared: Arc::clone(&self.shared), challenge: unopened.open(&verified)? })
    }
}

/// A request for a challenge, and what the challenge must satisfy.
struct ChallengeRequest<'a, T> {
    shared: &'a Shared<T>,
    account: &'a Account,
    client_domain: Option<ClientDomain<'a>>,
    server: PublicKey,
    endpoint: Link,
    home_domains: [String; 1],
    web_auth_domains: [String; 1],
}

impl<'a, T> ChallengeRequest<'a, T> {
    fn new(
        anchor: &'a Anchor<T>,
        account: &'a Account,
        client_domain: Option<ClientDomain<'a>>,
    ) -> Result<Self, Error> {
        let endpoint = anchor.web_auth_endpoint()?;
        Ok(Self {
            shared: &anchor.shared,
            account,
            client_domain,
            server: anchor.signing_key()?,
            home_domains: [anchor.home_domain().to_owned()],
            web_auth_domains: [endpoint.authority().to_owned()],
            endpoint,
        })
    }

    fn build(&self, proof: Option<&str>) -> Result<Request, Error> {
        let request = get_challenge(&self.home_domains[0], self.account, self.client_domain);
        Ok(Encoded::new(&request)?.to(&self.endpoint, proof))
    }

    fn unopened(&self, response: &Response) -> Result<Unopened<'_>, Error> {
        let answer = response.read::<GetChallenge>()?;
        let network = &self.shared.network;
        // Compared, never used: the wallet decides which network it signs for (S10-55).
        if let Some(anchor) = answer.network_passphrase
            && anchor != network.passphrase()
        {
            return Err(ErrorKind::WrongNetwork { anchor, wallet: network.clone() }.into());
        }
        let unopened = Unopened::read(
            &answer.transaction,
            &Expect {
                server: self.server,
                network,
                home_domains: &self.home_domains,
                web_auth_domains: &self.web_auth_domains,
                now: self.shared.clock.now(),
                tolerance: Tolerance::WALLET,
                role: Role::Wallet { account: self.account, client_domain: self.client_domain },
            },
        )?;
        unopened.plausible()?;
        Ok(unopened)
    }
}

fn get_challenge(
    home_domain: &str,
    account: &Account,
    client_domain: Option<ClientDomain<'_>>,
) -> GetChallenge {
    assign!(GetChallenge::new(account.without_memo().to_string()), {
        memo: account.memo().map(|memo| memo.to_string()),
        home_domain: Some(home_domain.to_owned()),
        client_domain: client_domain.map(|client| client.domain.to_owned()),
    })
}

/// Runs every check of a challenge, also after one has failed, and reports the results.
///
/// # Errors
///
/// There is no Ed25519: a browser could not load the npm package's own module.
pub async fn report(xdr: &str, expect: &Expect<'_>) -> Result<Report, Error> {
    Ok(match Unopened::read(xdr, expect) {
        Ok(unopened) => unopened.report(&curve::verified(unopened.claims()).await?),
        Err(error) => Report::unreadable(error),
    })
}

fn is_by_another_key(error: &Error) -> bool {
    matches!(error.code(), Code::ChallengeSource | Code::ChallengeServerSignature)
}

/// A sign-in in progress. Its challenge has passed every check and waits for signatures.
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
    /// The challenge with the signatures that have been added so far.
    pub const fn challenge(&self) -> &Challenge {
        &self.challenge
    }

    /// Adds the signature of a signer of the account, or of the client domain's key (S10-67,
    /// S10-69).
    ///
    /// # Errors
    ///
    /// The signer did not sign, returned another transaction, or signed with another key.
    pub async fn sign(&mut self, signer: &impl Signer) -> Result<(), Error> {
        let key = signer.public_key();
        match signer.sign(&self.request(key)).await? {
            Signed::Hash(signature) => {
                self.challenge.signed(&key, signature);
                Ok(())
            }
            Signed::Transaction(xdr) => {
                let returned = self.challenge.returned(&xdr)?;
                let verified = curve::verified(returned.claims(&key)).await?;
                Ok(self.challenge.take(returned, &key, &verified)?)
            }
        }
    }

    fn request(&self, key: PublicKey) -> SignRequest {
        SignRequest {
            xdr: self.challenge.to_base64(),
            network_passphrase: self.shared.network.passphrase().to_owned(),
            address: key,
            hash: *self.challenge.hash(),
        }
    }

    /// Exchanges the signed challenge for a session.
    ///
    /// # Errors
    ///
    /// The anchor refused, or returned a token for another account (S10-72).
    pub async fn finish(self) -> Result<Session<T>, Error> {
        let response = succeed(&*self.shared.transport, self.exchange(), OK).await?;
        self.session(&response)
    }

    fn exchange(&self) -> Result<Request, Error> {
        let request = PostChallenge::new(self.challenge.to_base64());
        Ok(Encoded::new(&request)?.to(&self.shared.url_of(PostChallenge::SERVICE)?, None))
    }

    fn session(self, response: &Response) -> Result<Session<T>, Error> {
        let token = response.read::<PostChallenge>()?.token;
        let claims = Claims::peek(&token)?;
        let account = self.challenge.account();
        if claims.sub != *account {
            let message = format!("the token is for {}, not for {account}", claims.sub);
            return Err(ErrorKind::TokenInvalid(message).into());
        }
        Ok(Session::new(self.shared, token, claims))
    }
}

#[cfg(test)]
mod tests;
