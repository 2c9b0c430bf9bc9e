//! The rules for a wallet's server, which signs with the client domain's key: challenges of known
//! anchors, and the tokens in requests for challenges.

use thiserror::Error;

use super::{
    Challenge, ChallengeError, DomainSigning, Expect, Role, Tolerance, TrustedAnchor, Unopened,
    VouchError,
};
use crate::{
    ed25519::{Claim, Verified},
    problem::Code,
};

/// A challenge before its signatures are verified, with each anchor that may have built it.
#[derive(Clone, Debug)]
pub struct Candidates<'a>(Vec<(Unopened<'a>, &'a TrustedAnchor)>);

impl<'a> DomainSigning<'a> {
    /// Reads a challenge that one of the anchors on this network must have built for this wallet.
    ///
    /// # Errors
    ///
    /// None of the anchors can have built it. If the challenge has the key of one, the error is the
    /// first rule of that anchor that it violates.
    pub fn read(
        &self,
        xdr: &str,
        passphrase: Option<&str>,
    ) -> Result<Candidates<'a>, DomainSigningError> {
        let mut refusal = DomainSigningError::UnknownNetwork;
        let mut candidates = Vec::new();
        for anchor in self.anchors {
            if passphrase.is_some_and(|named| named != anchor.network.passphrase()) {
                continue;
            }
            let unopened = Unopened::read(xdr, &self.expect(anchor))?;
            match unopened.plausible() {
                Ok(()) => candidates.push((unopened, anchor)),
                Err(ChallengeError::Source { .. }) => {
                    if !matches!(refusal, DomainSigningError::Challenge(_)) {
                        refusal = DomainSigningError::UnknownAnchor;
                    }
                }
                Err(error) => refusal = error.into(),
            }
        }
        if candidates.is_empty() { Err(refusal) } else { Ok(Candidates(candidates)) }
    }

    /// Reads and opens a challenge. Its signature determines the anchor and network.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), or the anchor has not signed it.
    #[cfg(feature = "ed25519")]
    pub fn open(
        &self,
        xdr: &str,
        passphrase: Option<&str>,
    ) -> Result<(Challenge, &'a TrustedAnchor), DomainSigningError> {
        let candidates = self.read(xdr, passphrase)?;
        let verified = Verified::of(candidates.claims());
        candidates.open(&verified)
    }

    fn expect(&self, anchor: &'a TrustedAnchor) -> Expect<'a> {
        Expect {
            server: anchor.signing_key,
            network: &anchor.network,
            home_domains: core::slice::from_ref(&anchor.home_domain),
            web_auth_domains: core::slice::from_ref(&anchor.web_auth_domain),
            now: self.now,
            tolerance: Tolerance::ANCHOR,
            role: Role::ClientDomain(self.own),
        }
    }
}

impl<'a> Candidates<'a> {
    /// The signatures that the rules need verified.
    pub fn claims(&self) -> Vec<Claim> {
        self.0.iter().flat_map(|(unopened, _)| unopened.claims()).collect()
    }

    /// Opens the challenge, if it follows every rule, and returns it with its anchor. `verified`
    /// contains the true claims.
    ///
    /// # Errors
    ///
    /// No anchor has signed it.
    pub fn open(
        self,
        verified: &Verified,
    ) -> Result<(Challenge, &'a TrustedAnchor), DomainSigningError> {
        let mut refusal = DomainSigningError::UnknownAnchor;
        for (unopened, anchor) in self.0 {
            match unopened.open(verified) {
                Ok(challenge) => return Ok((challenge, anchor)),
                Err(error) => refusal = error.into(),
            }
        }
        Err(refusal)
    }
}

/// The error when a wallet's server does not sign.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum DomainSigningError {
    /// No anchor is on that network.
    #[error("this service knows no anchor on that network")]
    UnknownNetwork,
    /// The challenge is not by a known anchor.
    #[error("this service does not know the anchor of this challenge")]
    UnknownAnchor,
    /// The challenge is by a known anchor, but violates a rule.
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    /// The token is not one that this server signs.
    #[error(transparent)]
    Vouch(#[from] VouchError),
}

impl DomainSigningError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::UnknownNetwork => Code::InvalidRequest,
            Self::UnknownAnchor => Code::UnknownHomeDomain,
            Self::Challenge(error) => error.code(),
            Self::Vouch(error) => error.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::SecretKey,
        network::Network,
        sep10::{ClientDomain, NewChallenge},
    };

    const NOW: u64 = 1_700_000_000;

    fn key(n: u8) -> SecretKey {
        SecretKey::from_seed(&[n; 32])
    }

    fn anchor(key: &SecretKey, network: &str) -> TrustedAnchor {
        TrustedAnchor {
            home_domain: "anchor.example".into(),
            signing_key: key.public(),
            network: Network::new(network),
            web_auth_domain: "auth.anchor.example".into(),
            endpoint: None,
        }
    }

    // The same key on two networks, and another anchor: only the signature shows the network.
    #[test]
    fn challenge_is_opened_for_the_anchor_and_network_that_signed_it() {
        let own = ClientDomain { domain: "wallet.example", key: key(9).public() };
        let anchors = [
            anchor(&key(2), Network::TESTNET),
            anchor(&key(1), Network::PUBLIC),
            anchor(&key(1), Network::TESTNET),
        ];
        let rules = DomainSigning { own, anchors: &anchors, now: NOW };
        let made = |by: u8, network: &str| {
            let account = key(5).public().into();
            let new = NewChallenge {
                account: &account,
                home_domain: "anchor.example",
                web_auth_domain: "auth.anchor.example",
                client_domain: Some(own),
                nonce: &[7; 48],
                now: NOW,
            };
            new.build(&key(by), &Network::new(network)).unwrap().to_base64()
        };
        let opened = |by, network, passphrase| {
            let (_, anchor) = rules.open(&made(by, network), passphrase)?;
            Ok((anchor.signing_key, anchor.network.passphrase()))
        };
        let [one, two] = [1, 2].map(|n| key(n).public());
        for network in [Network::PUBLIC, Network::TESTNET] {
            assert_eq!(opened(1, network, None), Ok((one, network)));
            assert_eq!(opened(1, network, Some(network)), Ok((one, network)));
        }
        assert_eq!(opened(2, Network::TESTNET, None), Ok((two, Network::TESTNET)));

        let unsigned = Err(ChallengeError::NoServerSignature.into());
        assert_eq!(opened(1, Network::PUBLIC, Some(Network::TESTNET)), unsigned);
        assert_eq!(opened(1, Network::STANDALONE, None), unsigned);
        let unknown = opened(1, Network::STANDALONE, Some(Network::STANDALONE));
        assert_eq!(unknown, Err(DomainSigningError::UnknownNetwork));
        assert_eq!(opened(3, Network::PUBLIC, None), Err(DomainSigningError::UnknownAnchor));
        let expired = DomainSigning { now: NOW + 901, ..rules };
        let refused = expired.open(&made(1, Network::PUBLIC), None).unwrap_err();
        assert_eq!(refused.code(), Code::ChallengeExpired);
    }
}
