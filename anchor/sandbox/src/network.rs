//! The network that the sandbox stands for: passphrase, network id and root account.

use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};
use stellar_xdr::{AccountId, PublicKey, Uint256};

use crate::error::SandboxError;

const PUBLIC: &str = "Public Global Stellar Network ; September 2015";

/// A network, known by its passphrase.
pub(crate) struct Network {
    pub(crate) passphrase: String,
    /// SHA-256 of the passphrase.
    pub(crate) id: [u8; 32],
}

impl Network {
    /// Refuses the public network's passphrase, also with blanks around it.
    pub(crate) fn new(passphrase: String) -> Result<Self, SandboxError> {
        if passphrase.trim() == PUBLIC {
            return Err(SandboxError::PublicNetwork);
        }
        let id = Sha256::digest(passphrase.as_bytes()).into();
        Ok(Self { passphrase, id })
    }

    /// The root account's key, whose seed is the network id. Friendbot signs with it.
    pub(crate) fn root(&self) -> SigningKey {
        SigningKey::from_bytes(&self.id)
    }

    pub(crate) fn root_account(&self) -> AccountId {
        account_of(&self.root())
    }
}

pub(crate) fn account_of(key: &SigningKey) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key.verifying_key().to_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_accounts_equal_the_known_ones() {
        for (passphrase, root) in [
            (
                "Test SDF Network ; September 2015",
                "GBRPYHIL2CI3FNQ4BXLFMNDLFJUNPU2HY3ZMFSHONUCEOASW7QC7OX2H",
            ),
            (
                "Test SDF Future Network ; October 2022",
                "GADNDFP7HM3KFVHOQBBJDBGRONMKQVUYKXI6OYNDMS2ZIK7L6HA3F2RF",
            ),
            (
                "Standalone Network ; February 2017",
                "GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI",
            ),
        ] {
            let network = Network::new(passphrase.to_owned()).unwrap();
            assert_eq!(network.root_account().to_string(), root);
        }
    }

    #[test]
    fn public_network_is_refused() {
        for text in [PUBLIC.to_owned(), format!("  {PUBLIC}\n")] {
            assert_eq!(Network::new(text).err(), Some(SandboxError::PublicNetwork));
        }
    }
}
