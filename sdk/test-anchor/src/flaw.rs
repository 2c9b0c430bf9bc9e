//! Challenges that are wrong in one way, to see that a wallet does not sign them.

use windlass_core::{
    account::{Account, SecretKey},
    network::Network,
    sep10::{CHALLENGE_LIFETIME, NewChallenge},
};

/// What is wrong with a challenge.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Flaw {
    /// A bit of the anchor's signature.
    Signature,
    /// It is made and signed by another key.
    Signer,
    /// It has expired.
    Expired,
    /// It could be submitted to the network.
    Sequence,
    /// It signs in to another domain.
    HomeDomain,
    /// It is for another account.
    Account,
    /// It is signed for another network.
    Network,
}

impl Flaw {
    /// By its name in JavaScript.
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

    /// A challenge that is wrong in this way only; `None` if it cannot be made.
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
            // Beyond what clocks may differ by.
            Self::Expired => new.now = right.now.saturating_sub(2 * CHALLENGE_LIFETIME),
            Self::HomeDomain => new.home_domain = "elsewhere.test",
            Self::Account => new.account = &other,
            Self::Network => network = Network::new("A network of nobody"),
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
