//! The receiver of callbacks, for a wallet's server.

use std::marker::PhantomData;

use super::{CallbackError, MAX_AGE, Seen, Signature, header, seen::First};
use crate::{
    account::PublicKey,
    ed25519::{Claim, Verified},
    endpoint::FromAnchor,
    sep12::Customer,
};

/// The default number of callbacks that a receiver remembers.
const CAPACITY: usize = 10_000;

/// Receives the callbacks of one anchor, with bodies of type `M`. It accepts a callback if the
/// anchor signed it, it is recent, and it was not received before.
///
/// Answer 2xx to an accepted callback, and 401 to a refused one. If the answer is lost, the anchor
/// sends the callback again with a new signature; ignore a callback whose status for this customer
/// is known already.
#[derive(Clone, Debug)]
pub struct Receiver<M = Customer> {
    key: PublicKey,
    host: String,
    max_age: u64,
    seen: Seen,
    message: PhantomData<fn() -> M>,
}

impl<M: FromAnchor> Receiver<M> {
    /// A receiver of the anchor with this `SIGNING_KEY`.
    ///
    /// `host` is the host of the registered URL, with `:port` if the URL contains a port. Take it
    /// from the configuration, not from a request (S12-136).
    pub fn new(key: PublicKey, host: &str) -> Self {
        Self {
            key,
            host: host.to_ascii_lowercase(),
            max_age: MAX_AGE,
            seen: Seen::new(CAPACITY),
            message: PhantomData,
        }
    }

    /// Sets the largest accepted age, in seconds; at most [`MAX_AGE`] (S12-137).
    #[must_use]
    pub fn max_age(self, seconds: u64) -> Self {
        Self { max_age: seconds.min(MAX_AGE), ..self }
    }

    /// Sets how many callbacks are remembered. Further callbacks are refused until older ones
    /// expire.
    #[must_use]
    pub fn capacity(self, callbacks: usize) -> Self {
        Self { seen: Seen::new(callbacks), ..self }
    }

    /// Reads a callback: all its headers, the exact bytes of its body, and the current time in Unix
    /// seconds.
    ///
    /// # Errors
    ///
    /// The callback is refused before its signature is verified.
    pub fn read<'a>(
        &self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
        now: u64,
    ) -> Result<Received, CallbackError> {
        let signature = Signature::parse(header(headers)?)?;
        signature.check_age(self.max_age, now)?;
        let claim = signature.claim(&self.key, &self.host, body)?;
        Ok(Received { claim, at: signature.at, now })
    }

    /// Accepts a callback whose claim the caller has verified. The body is parsed only now.
    ///
    /// # Errors
    ///
    /// The callback is refused.
    pub fn take(
        &mut self,
        Received { claim, at, now }: &Received,
        body: &[u8],
        verified: &Verified,
    ) -> Result<M, CallbackError> {
        if !verified.has(&claim.key, &claim.message, &claim.signature) {
            return Err(CallbackError::WrongSignature);
        }
        // Only genuine callbacks are remembered, so that a forger cannot fill the memory.
        match self.seen.first(&claim.signature, at.saturating_add(self.max_age), *now) {
            First::Yes => M::read(body).map_err(|_| CallbackError::Unreadable),
            First::No => Err(CallbackError::Replayed),
            First::Full => Err(CallbackError::Crowded),
        }
    }

    /// Forgets a callback that was accepted but could not be processed, given its headers, so that
    /// it is accepted when the anchor sends it again with the same signature.
    pub fn forget<'a>(&mut self, headers: impl IntoIterator<Item = (&'a str, &'a str)>) {
        if let Ok(signature) = header(headers).and_then(Signature::parse) {
            self.seen.forget(&signature.bytes);
        }
    }

    /// [`read`](Self::read), verification and [`take`](Self::take) in one.
    ///
    /// # Errors
    ///
    /// The callback is refused.
    #[cfg(feature = "ed25519")]
    pub fn receive<'a>(
        &mut self,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
        now: u64,
    ) -> Result<M, CallbackError> {
        let received = self.read(headers, body, now)?;
        let verified = Verified::of([received.claim.clone()].into());
        self.take(&received, body, &verified)
    }
}

/// A callback that was read, but whose signature is not verified yet.
#[derive(Clone, Debug)]
pub struct Received {
    /// The claim that the anchor signed it.
    pub claim: Claim,
    at: u64,
    now: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::SecretKey,
        callback::{HEADER, OLD_HEADER, sign},
        problem::Code,
        sep12::Status,
    };

    const HOST: &str = "wallet.example.org:8443";
    const BODY: &[u8] = br#"{"id":"1","status":"ACCEPTED"}"#;
    const NOW: u64 = 1_700_000_000;

    fn key() -> SecretKey {
        SecretKey::from_seed(&[7; 32])
    }

    fn receiver() -> Receiver {
        Receiver::new(key().public(), "Wallet.Example.org:8443")
    }

    #[test]
    fn callback_is_accepted_under_both_header_names() {
        for name in [HEADER, OLD_HEADER, "signature", "X-STELLAR-SIGNATURE"] {
            let header = sign(&key(), HOST, BODY, NOW);
            let customer = receiver().receive([(name, header.as_str())], BODY, NOW).unwrap();
            assert_eq!((customer.id.as_deref(), customer.status), (Some("1"), Status::Accepted));
        }
    }

    // S12-137, S12-138
    #[test]
    fn replayed_stale_and_modified_callbacks_are_refused_with_their_codes() {
        let mut receiver = receiver().max_age(60);
        let header = sign(&key(), HOST, BODY, NOW);
        let mut receive = |body: &[u8], header: &str, now| {
            receiver.receive([(HEADER, header)], body, now).map_err(|error| error.code()).map(drop)
        };
        let changed = br#"{"id":"2","status":"ACCEPTED"}"#;
        assert_eq!(receive(changed, &header, NOW), Err(Code::CallbackSignature));
        let elsewhere = sign(&key(), "wallet.example.org", BODY, NOW);
        assert_eq!(receive(BODY, &elsewhere, NOW), Err(Code::CallbackSignature));
        let stranger = sign(&SecretKey::from_seed(&[8; 32]), HOST, BODY, NOW);
        assert_eq!(receive(BODY, &stranger, NOW), Err(Code::CallbackSignature));
        assert_eq!(receive(BODY, "", NOW), Err(Code::InvalidCallback));
        assert_eq!(receive(BODY, &header, NOW + 61), Err(Code::CallbackStale));
        assert_eq!(receive(BODY, &header, NOW - 61), Err(Code::CallbackStale));

        assert_eq!(
            receive(BODY, &header, NOW + 60),
            Ok(()),
            "refused callbacks are not remembered"
        );
        assert_eq!(receive(BODY, &header, NOW + 60), Err(Code::CallbackReplayed));
        assert_eq!(receive(BODY, &header, NOW - 60), Err(Code::CallbackReplayed));
        // Another order of the header's members is still the same callback.
        let (t, s) = header.split_once(", ").unwrap();
        let turned = format!("{s},{t}");
        assert_eq!(receive(BODY, &turned, NOW + 60), Err(Code::CallbackReplayed));
        assert_eq!(receive(BODY, &header, NOW + 61), Err(Code::CallbackStale));
        // The same body with a new signature is another attempt of the anchor.
        assert_eq!(receive(BODY, &sign(&key(), HOST, BODY, NOW + 61), NOW + 61), Ok(()));
    }

    #[test]
    fn callback_that_is_forgotten_is_accepted_again() {
        let mut receiver = receiver();
        let header = sign(&key(), HOST, BODY, NOW);
        let headers = [(HEADER, header.as_str())];
        for _ in 0..2 {
            assert!(receiver.receive(headers, BODY, NOW).is_ok());
            assert_eq!(receiver.receive(headers, BODY, NOW), Err(CallbackError::Replayed));
            receiver.forget([(HEADER, "t=1")]);
            receiver.forget([(HEADER, "t=1, s=AAAA")]);
            assert_eq!(receiver.receive(headers, BODY, NOW), Err(CallbackError::Replayed));
            receiver.forget(headers);
        }
    }

    #[test]
    fn callbacks_over_the_capacity_and_invalid_bodies_are_refused() {
        let mut receiver = receiver().capacity(2);
        let mut receive = |body: &[u8], at| {
            let header = sign(&key(), HOST, body, at);
            receiver.receive([(HEADER, header.as_str())], body, at).map(drop)
        };
        assert_eq!(receive(b"[]", NOW), Err(CallbackError::Unreadable));
        assert_eq!(receive(BODY, NOW), Ok(()));
        assert_eq!(receive(BODY, NOW + 1), Err(CallbackError::Crowded));
        assert_eq!(receive(BODY, NOW + MAX_AGE + 1), Ok(()), "the others have expired");
    }

    #[test]
    fn max_age_cannot_exceed_the_limit() {
        let header = sign(&key(), HOST, BODY, NOW);
        let mut receiver = receiver().max_age(u64::MAX);
        let late = NOW + MAX_AGE + 1;
        let error = receiver.receive([(HEADER, header.as_str())], BODY, late).unwrap_err();
        assert_eq!(error, CallbackError::Stale { at: NOW, now: late, max_age: MAX_AGE });
    }
}
