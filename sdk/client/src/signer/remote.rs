//! A signing service: the wallet's server, which has the key of its client domain (S10-68).

use std::fmt;

use serde::Serialize;
use windlass_core::{
    account::PublicKey,
    endpoint::Method,
    json,
    link::Link,
    sep10::{GetChallenge, Vouched},
    wire,
};
use zeroize::Zeroizing;

use super::{SignRequest, Signed, Signer, SignerError};
use crate::{
    Error, ErrorKind, Failure, Request, Response, Transport, encode::Encoded, exchange::succeed,
};

/// The longest response of a signing service, in bytes: a transaction and some JSON.
const MAX_RESPONSE: usize = 100_000;

/// A key on a server. It gets `{"transaction", "network_passphrase"}` by POST, and returns both
/// with the transaction signed. For a client token it gets `{"message"}`, and returns
/// `{"signature"}` in base64.
#[derive(Clone)]
pub struct RemoteSigner<T> {
    transport: T,
    url: Link,
    key: PublicKey,
    authorization: Option<Zeroizing<String>>,
}

impl<T> RemoteSigner<T> {
    /// The signing service at `url` that has `key`. `allow_http` allows plain http on this machine.
    ///
    /// # Errors
    ///
    /// The URL is malformed or does not begin with https.
    pub fn new(transport: T, url: &str, key: PublicKey, allow_http: bool) -> Result<Self, Error> {
        let invalid = |reason: &dyn fmt::Display| {
            ErrorKind::InvalidRequest(format!("the URL of the signing service {reason}"))
        };
        let url: Link = url.parse().map_err(|error| invalid(&error))?;
        if !url.is_secure(allow_http) {
            return Err(invalid(&"must begin with https://").into());
        }
        Ok(Self { transport, url, key, authorization: None })
    }

    /// Sets the `Authorization` header, such as `Bearer …`, by which the service recognises its
    /// users.
    #[must_use]
    pub fn authorized_by(self, header: impl Into<String>) -> Self {
        Self { authorization: Some(Zeroizing::new(header.into())), ..self }
    }
}

/// Omits the authorization.
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
        let body =
            Sign { transaction: &request.xdr, network_passphrase: &request.network_passphrase };
        signed(succeed(&self.transport, Ok(self.request(&body)), 200).await)
    }

    async fn vouch(&self, message: &str) -> Result<Option<[u8; 64]>, SignerError> {
        vouched(succeed(&self.transport, Ok(self.request(&Vouch { message })), 200).await).map(Some)
    }
}

impl<T> RemoteSigner<T> {
    fn request(&self, body: &impl Serialize) -> Request {
        let encoded = Encoded::json(Method::Post, "".into(), json::to_string(body));
        let mut request = encoded.to(&self.url, None);
        request.max_response = MAX_RESPONSE;
        if let Some(authorization) = &self.authorization {
            request.headers.push(("Authorization", authorization.to_string()));
        }
        request
    }
}

/// The body of a request to sign a transaction.
#[derive(Serialize)]
struct Sign<'a> {
    transaction: &'a str,
    network_passphrase: &'a str,
}

/// The body of a request to sign a token: the text that the signature is to be over (S10-28).
#[derive(Serialize)]
struct Vouch<'a> {
    message: &'a str,
}

/// The response has the form of a response to a request for a challenge.
fn signed(answer: Result<Response, Error>) -> Result<Signed, SignerError> {
    match answer.and_then(|response| response.read::<GetChallenge>()) {
        Ok(answer) => Ok(Signed::Transaction(answer.transaction)),
        Err(error) => Err(unanswered(&error)),
    }
}

fn vouched(answer: Result<Response, Error>) -> Result<[u8; 64], SignerError> {
    let body = answer.map_err(|error| unanswered(&error))?.body;
    let answer: Option<Vouched> = json::from_slice(&body).ok();
    let signature = answer.and_then(|answer| wire::from_base64(&answer.signature));
    let signature = signature.and_then(|signature| signature.try_into().ok());
    signature.ok_or_else(|| SignerError::Failed(failure("it returned no signature of 64 bytes")))
}

fn unanswered(error: &Error) -> SignerError {
    let failure = failure(error);
    SignerError::Failed(match error.cause() {
        Some(cause) => failure.caused_by(cause.clone()),
        None => failure,
    })
}

fn failure(reason: impl fmt::Display) -> Failure {
    Failure::new(format!("signing service: {reason}"))
}

#[cfg(test)]
mod tests;
