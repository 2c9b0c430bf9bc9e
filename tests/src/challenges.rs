//! The SEP-10 vectors, typed: test keys, and challenges that other implementations made.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use windlass_core::{
    account::{Account, PublicKey, SecretKey},
    network::Network,
    sep10::{self, Expect, Role, Tolerance},
};

/// `tests/vectors/sep10/challenges.json`.
#[derive(Debug, Deserialize)]
pub struct Vectors {
    /// Keys by role.
    pub keys: BTreeMap<String, Key>,
    /// The 48 bytes of every nonce, in hex.
    pub nonce: String,
    /// The challenges.
    pub challenges: Vec<Vector>,
}

/// A key for tests only.
#[derive(Debug, Deserialize)]
pub struct Key {
    /// The seed, in hex.
    pub seed: String,
    /// `G…`
    pub public: PublicKey,
}

/// A challenge and what is known about it.
#[derive(Debug, Deserialize)]
pub struct Vector {
    /// Its name.
    pub name: String,
    /// The anchor's signing key.
    pub server: PublicKey,
    /// The network's passphrase.
    pub network: String,
    /// The home domain signed in to.
    pub home_domain: String,
    /// The value of `web_auth_domain`.
    pub web_auth_domain: String,
    /// When to open it, in Unix seconds.
    pub now: u64,
    /// The account that signs in.
    pub subject: Account,
    /// The hash, in hex.
    pub hash: Option<String>,
    /// The challenge as the anchor sends it. Absent where only the signed one is given.
    pub challenge: Option<String>,
    /// The challenge as the client returns it.
    pub signed: String,
    /// The client domain, if it names one.
    pub client_domain: Option<ClientDomain>,
    /// The code of the refusal, if it is not valid.
    pub refused: Option<String>,
}

/// The client domain of a challenge.
#[derive(Debug, Deserialize)]
pub struct ClientDomain {
    /// The domain.
    pub domain: String,
    /// Its key.
    pub key: PublicKey,
}

/// The vectors, read once.
///
/// # Panics
///
/// The file is malformed.
pub fn vectors() -> &'static Vectors {
    static VECTORS: LazyLock<Vectors> =
        LazyLock::new(|| crate::vectors::read(include_str!("../vectors/sep10/challenges.json")));
    &VECTORS
}

/// The challenge of this name.
///
/// # Panics
///
/// There is none.
pub fn vector(name: &str) -> &'static Vector {
    let found = vectors().challenges.iter().find(|vector| vector.name == name);
    found.unwrap_or_else(|| panic!("no challenge is called {name}"))
}

/// The key of this role: `server`, `client`, `second_client_signer` or `client_domain`.
///
/// # Panics
///
/// There is no such role.
pub fn key(role: &str) -> SecretKey {
    let key = vectors().keys.get(role).unwrap_or_else(|| panic!("no key has the role {role}"));
    SecretKey::from_seed(&crate::vectors::from_hex(&key.seed))
}

/// The nonce of every challenge that these vectors have.
pub fn nonce() -> [u8; 48] {
    crate::vectors::from_hex(&vectors().nonce)
}

impl Vector {
    /// The client domain as a type of core.
    pub fn client_domain(&self) -> Option<sep10::ClientDomain<'_>> {
        let named = self.client_domain.as_ref()?;
        Some(sep10::ClientDomain { domain: &named.domain, key: named.key })
    }

    /// The role of the wallet that asked for this challenge.
    pub fn wallet(&self) -> Role<'_> {
        Role::Wallet { account: &self.subject, client_domain: self.client_domain() }
    }

    /// Calls the function with the values that this challenge should have.
    pub fn expecting<T>(&self, role: Role<'_>, judge: impl FnOnce(&Expect<'_>) -> T) -> T {
        let tolerance = match role {
            Role::Wallet { .. } | Role::ClientDomain(_) => Tolerance::WALLET,
            Role::Anchor => Tolerance::ANCHOR,
        };
        judge(&Expect {
            server: self.server,
            network: &Network::new(self.network.as_str()),
            home_domains: std::slice::from_ref(&self.home_domain),
            web_auth_domains: std::slice::from_ref(&self.web_auth_domain),
            now: self.now,
            tolerance,
            role,
        })
    }
}
