//! A signing service: the wallet's server, which keeps the key of its client domain (S10-68).

use std::fmt;

use windlass_core::{
    account::PublicKey, endpoint::Method, json, sep1::Link, sep10::ChallengeResponse, text,
    text::Say,
};
use zeroize::Zeroizing;

use super::{SignRequest, Signed, Signer, SignerError};
use crate::{Error, ErrorKind, Request, Response, Transport, exchange::succeed};

/// The longest answer of a signing service, in bytes: a transaction and some JSON.
const MAX_RESPONSE: usize = 100_000;

/// A key on a server: it is sent `{"transaction", "network_passphrase"}` by POST, and answers with the same, signed.
#[derive(Clone)]
pub struct RemoteSigner<T> {
    transport: T,
    url: Link,
    key: PublicKey,
    authorization: Option<Zeroizing<String>>,
}

impl<T> RemoteSigner<T> {
    /// The signing service at `url` that holds `key`. With `allow_http` plain http is good enough on this machine.
    ///
    /// # Errors
    ///
    /// It is no URL, or not one of https.
    pub fn new(transport: T, url: &str, key: PublicKey, allow_http: bool) -> Result<Self, Error> {
        let invalid = |why: &dyn Say| {
            ErrorKind::InvalidRequest(text!("the URL of the signing service ", why))
        };
        let url: Link = url.parse().map_err(|error| invalid(&error))?;
        if !url.is_secure(allow_http) {
            return Err(invalid(&"must begin with https://").into());
        }
        Ok(Self { transport, url, key, authorization: None })
    }

    /// Sends this as the `Authorization` header, such as `Bearer …`: the service knows its users.
    #[must_use]
    pub fn authorized_by(self, header: impl Into<String>) -> Self {
        Self { authorization: Some(Zeroizing::new(header.into())), ..self }
    }
}

/// Without the authorization.
impl<T> fmt::Debug for RemoteSigner<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RemoteSigner({} at {})", self.key, self.url)
    }
}

impl<T: Transport> Signer for RemoteSigner<T> {
    fn public_key(&self) -> PublicKey {
        self.key
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        signed(succeed(&self.transport, Ok(self.request(request)), 200).await)
    }
}

impl<T> RemoteSigner<T> {
    fn request(&self, request: &SignRequest) -> Request {
        let request = ChallengeResponse {
            transaction: request.xdr.clone(),
            network_passphrase: Some(request.network_passphrase.clone()),
        };
        let mut headers = vec![
            ("Accept", "application/json".to_owned()),
            ("Content-Type", "application/json".to_owned()),
        ];
        if let Some(authorization) = &self.authorization {
            headers.push(("Authorization", authorization.text()));
        }
        Request {
            method: Method::Post,
            url: self.url.text(),
            headers,
            body: Some(json::to_string(&request).into_bytes()),
            max_response: MAX_RESPONSE,
        }
    }
}

fn signed(answer: Result<Response, Error>) -> Result<Signed, SignerError> {
    let answer = json::from_slice::<ChallengeResponse>(&answer.map_err(failed)?.body);
    Ok(Signed::Transaction(answer.map_err(failed)?.transaction))
}

fn failed(error: impl Say) -> SignerError {
    SignerError::Failed(text!("signing service: ", &error))
}

#[cfg(test)]
mod tests;
