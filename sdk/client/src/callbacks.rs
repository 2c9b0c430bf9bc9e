//! Receiving an anchor's callbacks on a wallet's server.

use std::sync::{Mutex, MutexGuard, PoisonError};

use windlass_core::{
    account::PublicKey,
    callback::{self, CallbackError, Receiver},
    sep12::Customer,
};

use crate::{Anchor, Clock, Error, curve};

/// Receives the callbacks that an anchor sends to the URL of
/// [`put_callback`](crate::Session::put_callback).
///
/// A callback is accepted if the anchor signed it, it is recent, and it was not received before.
/// Use one `Callbacks` for all requests of a server. Several servers behind one URL do not know
/// which callbacks the others have received.
///
/// ```
/// # use windlass_client::Callbacks;
/// # async fn receive(callbacks: &Callbacks, headers: &[(&str, &str)], body: &[u8]) -> u16 {
/// // `headers` and `body` exactly as received
/// match callbacks.receive(headers.iter().copied(), body).await {
///     Ok(customer) => {
///         println!("{:?} is now {}", customer.id, customer.status.as_str());
///         204
///     }
///     Err(_) => 401,
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct Callbacks {
    receiver: Mutex<Receiver>,
    clock: Clock,
}

impl Callbacks {
    /// Callbacks for a receiver, with the clock that decides which are recent.
    pub const fn new(receiver: Receiver, clock: Clock) -> Self {
        Self { receiver: Mutex::new(receiver), clock }
    }

    /// Checks a callback, given all its headers and the exact bytes of its body. Answer 2xx if it
    /// is accepted.
    ///
    /// # Errors
    ///
    /// The anchor did not sign it, it is too old, or it was received before: answer 401.
    pub async fn receive<'a>(
        &self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
    ) -> Result<Customer, Error> {
        self.receive_at(headers, body, self.clock.now()).await
    }

    /// The same at a given time in Unix seconds.
    ///
    /// # Errors
    ///
    /// The same as for [`Self::receive`].
    pub async fn receive_at<'a>(
        &self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
        now: u64,
    ) -> Result<Customer, Error> {
        let received = self.receiver().read(headers, body, now)?;
        let verified = curve::verified([received.claim.clone()].into()).await?;
        Ok(self.receiver().take(&received, body, &verified)?)
    }

    /// Forgets a callback that was accepted but could not be processed, given its headers, so that
    /// it is accepted when the anchor sends it again: answer 5xx.
    pub fn forget<'a>(&self, headers: impl IntoIterator<Item = (&'a str, &'a str)>) {
        self.receiver().forget(headers);
    }

    /// Poisoning is ignored: nothing panics between two changes of the receiver.
    fn receiver(&self) -> MutexGuard<'_, Receiver> {
        self.receiver.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Checks the `Signature` header of a callback by the rules of [`callback::claim`]. It does not
/// detect replays.
///
/// # Errors
///
/// The anchor did not sign this host and body, or the signature is too old: answer 401.
pub async fn verify_callback(
    key: &PublicKey,
    host: &str,
    body: &[u8],
    header: &str,
    now: u64,
) -> Result<(), Error> {
    let claim = callback::claim(key, host, body, header, now)?;
    let verified = curve::verified([claim.clone()].into()).await?;
    match verified.has(&claim.key, &claim.message, &claim.signature) {
        true => Ok(()),
        false => Err(CallbackError::WrongSignature.into()),
    }
}

impl<T> Anchor<T> {
    /// Receives this anchor's callbacks at `host`: the host of the registered URL, with `:port` if
    /// the URL has one.
    ///
    /// # Errors
    ///
    /// The anchor's `SIGNING_KEY` is missing or malformed (S12-135).
    pub fn callbacks(&self, host: &str) -> Result<Callbacks, Error> {
        Ok(Callbacks::new(Receiver::new(self.signing_key()?, host), self.shared.clock.clone()))
    }
}

#[cfg(test)]
mod tests {
    use windlass_core::{account::SecretKey, problem::Code};

    use super::*;

    const BODY: &[u8] = br#"{"id":"1","status":"PROCESSING"}"#;

    #[tokio::test]
    async fn stale_and_replayed_callbacks_are_refused() {
        let key = SecretKey::from_seed(&[7; 32]);
        let receiver = Receiver::new(key.public(), "wallet.example.org");
        let callbacks = Callbacks::new(receiver, Clock::fixed(1_000_000));
        let receive = async |at| {
            let header = callback::sign(&key, "wallet.example.org", BODY, at);
            let taken = callbacks.receive([("signature", header.as_str())], BODY).await;
            taken.map(|customer| customer.id.unwrap()).map_err(|error| error.code())
        };
        assert_eq!(receive(1_000_000).await, Ok("1".to_owned()));
        assert_eq!(receive(1_000_000).await, Err(Code::CallbackReplayed));
        assert_eq!(receive(999_879).await, Err(Code::CallbackStale));
        let header = callback::sign(&key, "wallet.example.org", BODY, 1_000_000);
        callbacks.forget([("signature", header.as_str())]);
        assert_eq!(receive(1_000_000).await, Ok("1".to_owned()));
    }
}
