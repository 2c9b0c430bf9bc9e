//! The callbacks of an anchor, as a wallet's server receives them.

use std::sync::{Mutex, PoisonError};

use windlass_core::{callback::Receiver, sep12::Customer};

use crate::{Anchor, Clock, Error};

/// Receives the callbacks that an anchor sends to the URL of [`put_callback`](crate::Session::put_callback).
///
/// Each is taken if it is the anchor's, fresh, and comes for the first time. One `Callbacks` serves all requests of a server;
/// several servers behind one URL remember what came to each of them alone.
///
/// ```
/// # fn receive(callbacks: &windlass_client::Callbacks, headers: &[(&str, &str)], body: &[u8]) -> u16 {
/// // `headers` and `body` exactly as they came
/// match callbacks.receive(headers.iter().copied(), body) {
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
    pub fn receive<'a>(
        &self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
    ) -> Result<Customer, Error> {
        self.receive_at(headers, body, self.clock.now())
    }

    /// The same at a time of one's own, in Unix seconds.
    ///
    /// # Errors
    ///
    /// As [`Self::receive`].
    pub fn receive_at<'a>(
        &self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
        now: u64,
    ) -> Result<Customer, Error> {
        // Nothing in there panics half-way.
        let mut receiver = self.receiver.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(receiver.receive(headers, body, now)?)
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
    use windlass_core::{account::SecretKey, callback, problem::Code};

    use super::*;

    const BODY: &[u8] = br#"{"id":"1","status":"PROCESSING"}"#;

    #[test]
    fn the_clock_says_what_is_stale() {
        let key = SecretKey::from_seed(&[7; 32]);
        let receiver = Receiver::new(key.public(), "wallet.example.org");
        let callbacks = Callbacks::new(receiver, Clock::fixed(1_000_000));
        let receive = |at| {
            let header = callback::sign(&key, "wallet.example.org", BODY, at);
            let taken = callbacks.receive([("signature", header.as_str())], BODY);
            taken.map(|customer| customer.id.unwrap()).map_err(|error| error.code())
        };
        assert_eq!(receive(1_000_000), Ok("1".to_owned()));
        assert_eq!(receive(1_000_000), Err(Code::CallbackReplayed));
        assert_eq!(receive(999_879), Err(Code::CallbackStale));
    }
}
