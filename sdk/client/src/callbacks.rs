//! The callbacks of an anchor, as a wallet's server receives them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use windlass_core::{
    account::PublicKey,
    callback::{self, CallbackError, Receiver},
    sep12::Customer,
};

use crate::{Anchor, Clock, Error, curve};

/// Receives the callbacks that an anchor sends to the URL of [`put_callback`](crate::Session::put_callback).
///
/// Each is taken if it is the anchor's, fresh, and comes for the first time. One `Callbacks` serves all requests of a server;
/// several servers behind one URL remember what came to each of them alone.
///
/// ```
/// # async fn receive(callbacks: &windlass_client::Callbacks, headers: &[(&str, &str)], body: &[u8]) -> u16 {
/// // `headers` and `body` exactly as they came
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
    /// Callbacks for this receiver.
    pub const fn new(receiver: Receiver, clock: Clock) -> Self {
        Self { receiver: Mutex::new(receiver), clock }
    }

    /// Takes a callback: all its headers and the exact bytes of its body. Answer 2xx if it was taken.
    ///
    /// # Errors
    ///
    /// It is not the anchor's, too old, changed, or came before: answer 401.
    pub async fn receive<'a>(
        &self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
    ) -> Result<Customer, Error> {
        self.receive_at(headers, body, self.clock.now()).await
    }

    /// The same at a time of one's own, in Unix seconds.
    ///
    /// # Errors
    ///
    /// As [`Self::receive`].
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

    /// Nothing panics half-way while it is held.
    fn receiver(&self) -> MutexGuard<'_, Receiver> {
        self.receiver.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Checks the `Signature` header of a callback before its body is parsed, by the rules of [`callback::claim`]. It does not know a replay.
///
/// # Errors
///
/// It is not the anchor's, too old or changed: answer 401.
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
    /// Receives this anchor's callbacks at `host`: that of the registered URL, with `:port` if the URL names one.
    ///
    /// # Errors
    ///
    /// The anchor publishes no `SIGNING_KEY`, or one that is none (S12-135).
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
    async fn the_clock_says_what_is_stale() {
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
    }
}
