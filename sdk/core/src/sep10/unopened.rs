//! A challenge before its signatures are verified.

use super::{
    Challenge, ChallengeContents, ChallengeError, Expect, Report, Role,
    challenge::Received,
    check::{Check, Seals, client_domain_of},
};
use crate::{
    ed25519::{Claim, Verified},
    xdr::Unsigned,
};

/// A received challenge, with the expected values.
#[derive(Clone, Debug)]
pub struct Unopened<'a> {
    received: Box<Received>,
    expect: Expect<'a>,
}

impl<'a> Unopened<'a> {
    /// Reads a challenge.
    ///
    /// # Errors
    ///
    /// The text is not a transaction of ManageData operations.
    pub fn read(xdr: &str, expect: &Expect<'a>) -> Result<Self, ChallengeError> {
        let (unsigned, envelope) = Unsigned::read(xdr)?;
        let hash = unsigned.hash(expect.network);
        Ok(Self { received: Box::new(Received { unsigned, envelope, hash }), expect: *expect })
    }

    /// Checks everything but the signatures, so that no signatures of an invalid challenge are
    /// verified.
    ///
    /// # Errors
    ///
    /// The first rule that the challenge violates.
    pub fn plausible(&self) -> Result<(), ChallengeError> {
        self.enforce(Check::RULES.split_at(Check::CHEAP).0, &Verified::default())
    }

    /// The signatures that the rules need verified.
    pub fn claims(&self) -> Vec<Claim> {
        let mut keys = Vec::from([self.expect.server]);
        if let (Role::Anchor, Ok(Some(client))) =
            (self.expect.role, client_domain_of(&self.received.envelope))
        {
            keys.push(client.key);
        }
        let mut claims = Vec::new();
        for signature in &self.received.envelope.signatures {
            for key in &keys {
                claims.extend(signature.claim(key, &self.received.hash));
            }
        }
        claims
    }

    /// Opens the challenge, if it follows every rule. `verified` contains the true claims.
    ///
    /// # Errors
    ///
    /// The first rule that the challenge violates, in the order of [`Check`].
    pub fn open(self, verified: &Verified) -> Result<Challenge, ChallengeError> {
        self.enforce(Check::RULES, verified)?;
        Challenge::new(self.received, &self.expect)
    }

    /// The outcome of every check, even after a failed one. For people; [`open`](Self::open)
    /// decides.
    pub fn report(&self, verified: &Verified) -> Report {
        let Received { envelope, hash, .. } = &*self.received;
        let seals = Seals { hash, verified };
        let contents = ChallengeContents::from(envelope);
        Report::new(Ok(()), Some(contents), |rule| Some(rule(envelope, &seals, &self.expect)))
    }

    fn enforce(
        &self,
        rules: &[(Check, super::check::Rule)],
        verified: &Verified,
    ) -> Result<(), ChallengeError> {
        let seals = Seals { hash: &self.received.hash, verified };
        rules.iter().try_for_each(|(_, rule)| rule(&self.received.envelope, &seals, &self.expect))
    }
}

#[cfg(feature = "ed25519")]
impl Challenge {
    /// Reads and checks a challenge: for a wallet before it signs, and for an anchor that gets it
    /// back.
    ///
    /// The anchor then asks the ledger and calls [`authorize`](Self::authorize).
    ///
    /// # Errors
    ///
    /// The first rule that the challenge violates, in the order of [`Check`].
    pub fn open(xdr: &str, expect: &Expect<'_>) -> Result<Self, ChallengeError> {
        let unopened = Unopened::read(xdr, expect)?;
        unopened.plausible()?;
        let verified = Verified::of(unopened.claims());
        unopened.open(&verified)
    }
}

#[cfg(feature = "ed25519")]
impl Report {
    /// The outcome of every check, also after one that failed. For people; [`Challenge::open`]
    /// decides.
    pub fn on(xdr: &str, expect: &Expect<'_>) -> Self {
        match Unopened::read(xdr, expect) {
            Ok(unopened) => unopened.report(&Verified::of(unopened.claims())),
            Err(error) => Self::unreadable(error),
        }
    }
}
