//! Checks whether the signers of a challenge have enough weight on the account: the anchor's last
//! check.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Challenge, ChallengeError};
use crate::account::PublicKey;

/// The state of an account on the ledger. Use [`OnLedger::Missing`] only after a definite "not
/// found" (S10-97).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum OnLedger {
    /// The account does not exist: only its own key can sign for it.
    Missing,
    /// The account exists, with these signers and thresholds.
    Exists {
        /// The ed25519 signers and their weights; those of other kinds cannot sign a challenge and
        /// are left out (S10-94).
        signers: Vec<(PublicKey, u32)>,
        /// The weights that operations require.
        thresholds: Thresholds,
    },
}

/// The thresholds of an account, 0 to 255.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Thresholds {
    /// For operations such as bumping the sequence number.
    pub low: u32,
    /// For most operations, payments among them.
    pub medium: u32,
    /// For changing signers and thresholds.
    pub high: u32,
}

/// The threshold that the signatures must reach for a session (S10-102).
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The low threshold.
    Low,
    /// The medium threshold, which payments need. The default (S10-104).
    #[default]
    Medium,
    /// The high threshold: full control of the account.
    High,
}

impl Thresholds {
    const fn at(&self, level: Level) -> u32 {
        match level {
            Level::Low => self.low,
            Level::Medium => self.medium,
            Level::High => self.high,
        }
    }
}

impl Challenge {
    /// Checks that the signatures on the challenge are those that the account needs (S10-89 to
    /// S10-99).
    ///
    /// Each signature must be by a different key: one by the anchor, one by the client domain if
    /// the challenge has one, the rest by signers of the account. The first two add no weight.
    ///
    /// # Errors
    ///
    /// There is a signature by another key, two by the same key, none by a signer of the account,
    /// or too little weight.
    pub fn authorize(&self, ledger: &OnLedger, level: Level) -> Result<(), ChallengeError> {
        let client_domain = self.client_domain().map(|client| client.key);
        let mut rest: Vec<_> = self.signatures().iter().collect();
        for key in [Some(self.server), client_domain].into_iter().flatten() {
            // `open` has verified these signatures; one of each is set aside.
            if let Some(at) = rest.iter().position(|signature| signature.is_by(&key, self.hash())) {
                rest.swap_remove(at);
            }
        }

        let own = self.account().key();
        let (signers, threshold) = match ledger {
            OnLedger::Missing => (vec![(own, 1)], 1),
            OnLedger::Exists { signers, thresholds } => (signers.clone(), thresholds.at(level)),
        };
        let mut once = BTreeSet::new();
        let mut signers: Vec<_> = signers
            .into_iter()
            .filter(|(key, weight)| {
                *weight > 0 && *key != self.server && Some(*key) != client_domain
            })
            // A key that a faulty ledger lists several times signs only once.
            .filter(|(key, _)| once.insert(*key))
            .collect();

        let mut weight = 0;
        let count = rest.len();
        for signature in rest {
            // A signer is removed once it has signed, so that a second signature by the same key is
            // refused.
            let at = signers
                .iter()
                .position(|(key, _)| signature.is_by(key, self.hash()))
                .ok_or(ChallengeError::ForeignSignature)?;
            weight += signers.swap_remove(at).1.min(255);
        }
        match count {
            0 => Err(ChallengeError::NotSigned),
            _ if weight < threshold => Err(ChallengeError::BelowThreshold { weight, threshold }),
            _ => Ok(()),
        }
    }
}
