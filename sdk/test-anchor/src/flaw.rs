//! Challenges with one flaw, to test that a wallet refuses to sign them.

use windlass_core::{
    account::{Account, SecretKey},
    network::Network,
    sep10::{CHALLENGE_LIFETIME, NewChallenge},
};

/// The flaw of a challenge.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Flaw {
    /// One bit of the anchor's signature is wrong.
    Signature,
    /// Another key than the anchor's has built and signed the challenge.
    Signer,
    /// The time bounds have passed.
    Expired,
    /// The sequence number is not 0, so the transaction could be submitted to the network.
    Sequence,
    /// The home domain is another one.
    HomeDomain,
    /// The challenge is for another account.
    Account,
    /// The signature is for another network.
    Network,
}

impl Flaw {
    /// The flaw with this name in JavaScript.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "signature" => Self::Signature,
            "signer" => Self::Signer,
            "expired" => Self::Expired,
            "sequence" => Self::Sequence,
            "home_domain" => Self::HomeDomain,
            "account" => Self::Account,
            "network" => Self::Network,
            _ => return None,
        })
    }

    /// A challenge that has only this flaw; `None` if it cannot be built.
    pub(crate) fn challenge(
        self,
        right: NewChallenge<'_>,
        key: &SecretKey,
        network: &Network,
    ) -> Option<String> {
        let stranger = SecretKey::from_seed(&[7; 32]);
        let (mut new, mut key, mut network) = (right, key, network.clone());
        let other = Account::Key(stranger.public());
        match self {
            Self::Signer => key = &stranger,
            // Earlier than the tolerated difference of clocks.
            Self::Expired => new.now = right.now.saturating_sub(2 * CHALLENGE_LIFETIME),
            Self::HomeDomain => new.home_domain = "elsewhere.test",
            Self::Account => new.account = &other,
            Self::Network => network = Network::new("Unknown network"),
            Self::Signature | Self::Sequence => {}
        }
        let mut envelope = new.build(key, &network).ok()?;
        match self {
            Self::Signature => envelope.signatures.first_mut()?.signature[0] ^= 1,
            Self::Sequence => {
                envelope.transaction.sequence = 1;
                let hash = envelope.transaction.hash(&network);
                envelope.signatures = vec![windlass_core::xdr::DecoratedSignature::by(key, &hash)];
            }
            _ => {}
        }
        Some(envelope.to_base64())
    }
}
