//! Stellar networks, named by their passphrase.

use std::fmt;

use sha2::{Digest, Sha256};

/// A Stellar network. A signature for one network is invalid on every other.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Network(String);

impl Network {
    /// The passphrase of the public network, where money is real.
    pub const PUBLIC: &'static str = "Public Global Stellar Network ; September 2015";
    /// The passphrase of the test network.
    pub const TESTNET: &'static str = "Test SDF Network ; September 2015";
    /// The passphrase of a private network; the default of the sandbox ledger.
    pub const STANDALONE: &'static str = "Standalone Network ; February 2017";

    /// The network with this passphrase.
    pub fn new(passphrase: impl Into<String>) -> Self {
        Self(passphrase.into())
    }

    /// The passphrase that names the network.
    pub fn passphrase(&self) -> &str {
        &self.0
    }

    /// Whether it is the public network, where money is real.
    pub fn is_public(&self) -> bool {
        self.0 == Self::PUBLIC
    }

    /// SHA-256 of the passphrase, part of what every transaction signature covers (HZ-04).
    pub fn id(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_ids_equal_the_known_hashes() {
        let id = |passphrase: &str| crate::wire::hex(&Network::new(passphrase).id());
        assert_eq!(
            id(Network::PUBLIC),
            "7ac33997544e3175d266bd022439b22cdb16508c01163f26e5cb2a3e1045a979"
        );
        assert_eq!(
            id(Network::TESTNET),
            "cee0302d59844d32bdca915c8203dd44b33fbb7edc19051ea37abedf28ecd472"
        );
        assert_eq!(
            id(Network::STANDALONE),
            "baefd734b8d3e48472cff83912375fedbc7573701912fe308af730180f97d74a"
        );
    }
}
