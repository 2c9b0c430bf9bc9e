//! Encryption of personal data at rest.
//!
//! Each customer has a [`DataKey`] of its own, which is kept wrapped by a master key. Everything else about the customer
//! is sealed with it and bound to its place, so that a sealed value moved to another customer or field cannot be read.
//! Deleting the wrapped key destroys all of it, also in backups that do not contain the row.
//!
//! XChaCha20-Poly1305 throughout; a sealed value is its random nonce of 24 bytes, the ciphertext and the tag of 16 bytes.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::clock::Random;

mod stream;

pub(crate) use stream::{Opener, Sealer};

const NONCE: usize = 24;

/// The master keys. Cheap to clone; the keys are wiped when the last clone is dropped.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    keys: RwLock<Arc<[MasterKey]>>,
    /// The keys, if they are others than when it was last asked.
    changed: Option<Box<Changed>>,
}

type Changed = dyn Fn() -> Option<Vec<(String, [u8; 32])>> + Send + Sync;

struct MasterKey {
    id: String,
    key: DataKey,
}

impl Vault {
    /// Master keys by their ids. The first wraps, all unwrap: put a new one in front, and keep the old ones.
    ///
    /// `None` if there is no key, or if two have the same id.
    pub fn new(keys: &[(String, [u8; 32])]) -> Option<Self> {
        Some(Self(Arc::new(Inner { keys: RwLock::new(master_keys(keys)?), changed: None })))
    }

    /// The same, with keys that may change while it is used: `changed` is asked before a key is wrapped and when one was
    /// wrapped by a master key that is not known, and answers the new keys if there are others than before.
    pub fn following(
        keys: &[(String, [u8; 32])],
        changed: impl Fn() -> Option<Vec<(String, [u8; 32])>> + Send + Sync + 'static,
    ) -> Option<Self> {
        let keys = RwLock::new(master_keys(keys)?);
        Some(Self(Arc::new(Inner { keys, changed: Some(Box::new(changed)) })))
    }

    /// The id of the master key that wraps.
    pub fn current(&self) -> String {
        self.look();
        self.keys().first().map(|master| master.id.clone()).unwrap_or_default()
    }

    /// A keyed hash of an address or the like, in lower-case hexadecimal: equal texts have equal hashes, and it is of no use to an attacker who
    /// has the database and tries all telephone numbers. It changes with the master key that wraps.
    ///
    /// # Errors
    ///
    /// Internal only.
    pub fn fingerprint(&self, text: &str) -> Result<String, VaultError> {
        self.look();
        let keys = self.keys();
        let master = keys.first().ok_or_else(|| VaultError::UnknownKey(String::new()))?;
        let mac = Hmac::<Sha256>::new_from_slice(&master.key.0[..]);
        let mut mac = mac.map_err(|_| VaultError::Unreadable)?;
        mac.update(&bind(&["fingerprint", text]));
        Ok(HEXLOWER.encode(&mac.finalize().into_bytes()))
    }

    /// Wraps a data key for whatever `context` names.
    ///
    /// # Errors
    ///
    /// Internal only.
    pub fn wrap(
        &self,
        key: &DataKey,
        context: &[&str],
        random: &Random,
    ) -> Result<WrappedKey, VaultError> {
        self.look();
        let keys = self.keys();
        let master = keys.first().ok_or_else(|| VaultError::UnknownKey(String::new()))?;
        Ok(WrappedKey { key_id: master.id.clone(), bytes: master.key.wrap(key, context, random)? })
    }

    /// Unwraps a data key that was wrapped for the same `context`.
    ///
    /// # Errors
    ///
    /// Its master key is not there, or it was changed or belongs to something else.
    pub fn unwrap(&self, wrapped: &WrappedKey, context: &[&str]) -> Result<DataKey, VaultError> {
        let known = |keys: &[MasterKey]| keys.iter().any(|master| master.id == wrapped.key_id);
        if !known(&self.keys()) {
            self.look();
        }
        let keys = self.keys();
        let master = keys.iter().find(|master| master.id == wrapped.key_id);
        master
            .ok_or_else(|| VaultError::UnknownKey(wrapped.key_id.clone()))?
            .key
            .unwrap(&wrapped.bytes, context)
    }

    fn keys(&self) -> Arc<[MasterKey]> {
        Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes over keys that have changed. Those that cannot be used change nothing.
    fn look(&self) {
        let Some(keys) = self.0.changed.as_ref().and_then(|changed| changed()) else { return };
        match master_keys(&keys) {
            Some(keys) => {
                *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
                tracing::info!(current = self.keys()[0].id, "data keys have changed");
            }
            None => {
                tracing::error!("data keys have changed and cannot be used: none, or two alike");
            }
        }
    }
}

fn master_keys(keys: &[(String, [u8; 32])]) -> Option<Arc<[MasterKey]>> {
    let twice =
        keys.iter().enumerate().any(|(i, (id, _))| keys[..i].iter().any(|(other, _)| other == id));
    if keys.is_empty() || twice {
        return None;
    }
    let keys = keys
        .iter()
        .map(|(id, key)| MasterKey { id: id.clone(), key: DataKey(Zeroizing::new(*key)) });
    Some(keys.collect())
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys().iter().map(|master| &master.id)).finish()
    }
}

/// A data key as it is stored.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WrappedKey {
    /// The id of the master key that wraps it.
    pub key_id: String,
    /// The sealed key.
    pub bytes: Vec<u8>,
}

/// The key to the data of one customer, or to one file. Wiped when dropped.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// A new key.
    pub fn new(random: &Random) -> Self {
        Self(Zeroizing::new(random.bytes()))
    }

    /// Encrypts, binding the result to `context`.
    ///
    /// # Errors
    ///
    /// Internal only.
    pub fn seal(
        &self,
        plain: &[u8],
        context: &[&str],
        random: &Random,
    ) -> Result<Vec<u8>, VaultError> {
        let nonce: [u8; NONCE] = random.bytes();
        let payload = Payload { msg: plain, aad: &bind(context) };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| VaultError::Unreadable)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Decrypts what was sealed for the same `context`.
    ///
    /// # Errors
    ///
    /// It was sealed with another key or for another context, or it was changed.
    pub fn open(&self, sealed: &[u8], context: &[&str]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(VaultError::Unreadable)?;
        let payload = Payload { msg: sealed, aad: &bind(context) };
        let plain = self
            .cipher()
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| VaultError::Unreadable)?;
        Ok(Zeroizing::new(plain))
    }

    /// The same as [`Self::open`], for text.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn open_text(
        &self,
        sealed: &[u8],
        context: &[&str],
    ) -> Result<Zeroizing<String>, VaultError> {
        let plain = self.open(sealed, context)?;
        let text = std::str::from_utf8(&plain).map_err(|_| VaultError::Unreadable)?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    /// Seals another key, such as that of a customer's file.
    ///
    /// # Errors
    ///
    /// Internal only.
    pub fn wrap(
        &self,
        key: &Self,
        context: &[&str],
        random: &Random,
    ) -> Result<Vec<u8>, VaultError> {
        self.seal(&key.0[..], context, random)
    }

    /// Opens a key that was wrapped for the same `context`.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn unwrap(&self, wrapped: &[u8], context: &[&str]) -> Result<Self, VaultError> {
        let plain = self.open(wrapped, context)?;
        let key = <[u8; 32]>::try_from(&plain[..]).map_err(|_| VaultError::Unreadable)?;
        Ok(Self(Zeroizing::new(key)))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey")
    }
}

/// The parts with their lengths before them: no two contexts have the same bytes.
fn bind(context: &[&str]) -> Vec<u8> {
    let mut bound = Vec::new();
    for part in context {
        bound.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bound.extend_from_slice(part.as_bytes());
    }
    bound
}

/// Why something cannot be decrypted. Never the client's fault.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum VaultError {
    /// The master key is not among those configured.
    #[error("personal data is encrypted with the data key \"{0}\", which is not configured")]
    UnknownKey(String),
    /// Another key, another place, or changed bytes.
    #[error(
        "stored data cannot be decrypted: it was changed, or the data key with its id is another one"
    )]
    Unreadable,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::system_random;

    const NEW: ([u8; 32], &str) = ([2; 32], "new");

    fn vault(keys: &[(&str, [u8; 32])]) -> Option<Vault> {
        Vault::new(&keys.iter().map(|(id, key)| ((*id).to_owned(), *key)).collect::<Vec<_>>())
    }

    #[test]
    fn sealed_values_open_in_their_place_only() {
        let random = system_random();
        let key = DataKey::new(&random);
        let sealed = key.seal(b"Ada", &["field", "c1", "given_name"], &random).unwrap();
        assert_eq!(key.open(&sealed, &["field", "c1", "given_name"]).unwrap()[..], *b"Ada");
        for context in [
            &["field", "c2", "given_name"][..],
            &["field", "c1", "family_name"],
            &["field", "c1given_name"],
            &["field", "c", "1given_name"],
            &[],
        ] {
            assert_eq!(key.open(&sealed, context), Err(VaultError::Unreadable), "{context:?}");
        }
        assert_eq!(
            DataKey::new(&random).open(&sealed, &["field", "c1", "given_name"]),
            Err(VaultError::Unreadable)
        );
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let random = system_random();
        let key = DataKey::new(&random);
        let sealed = key.seal(b"Ada", &["x"], &random).unwrap();
        assert_eq!(sealed.len(), NONCE + 3 + 16);
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert_eq!(key.open(&changed, &["x"]), Err(VaultError::Unreadable));
            assert_eq!(key.open(&sealed[..i], &["x"]), Err(VaultError::Unreadable));
        }
    }

    #[test]
    fn same_value_is_sealed_differently_each_time() {
        let random = system_random();
        let key = DataKey::new(&random);
        assert_ne!(key.seal(b"Ada", &["x"], &random), key.seal(b"Ada", &["x"], &random));
    }

    #[test]
    fn master_keys_can_be_changed() {
        let random = system_random();
        let old = vault(&[("old", [1; 32])]).unwrap();
        let key = DataKey::new(&random);
        let wrapped = old.wrap(&key, &["customer", "1"], &random).unwrap();
        let sealed = key.seal(b"Ada", &["x"], &random).unwrap();

        let both = vault(&[(NEW.1, NEW.0), ("old", [1; 32])]).unwrap();
        assert_eq!(
            both.unwrap(&wrapped, &["customer", "1"]).unwrap().open(&sealed, &["x"]).unwrap()[..],
            *b"Ada"
        );
        assert_eq!(both.wrap(&key, &["customer", "1"], &random).unwrap().key_id, "new");

        let new = vault(&[(NEW.1, NEW.0)]).unwrap();
        assert_eq!(
            new.unwrap(&wrapped, &["customer", "1"]).unwrap_err(),
            VaultError::UnknownKey("old".to_owned())
        );
        let other = vault(&[("old", NEW.0)]).unwrap();
        assert_eq!(other.unwrap(&wrapped, &["customer", "1"]).unwrap_err(), VaultError::Unreadable);
        assert_eq!(both.unwrap(&wrapped, &["customer", "2"]).unwrap_err(), VaultError::Unreadable);
    }

    #[test]
    fn a_vault_has_keys_with_different_ids() {
        assert!(vault(&[]).is_none());
        assert!(vault(&[("a", [1; 32]), ("a", [2; 32])]).is_none());
    }

    #[test]
    fn debug_shows_no_key() {
        let vault = vault(&[("a", [7; 32])]).unwrap();
        let key = DataKey(Zeroizing::new([7; 32]));
        assert_eq!(format!("{vault:?} {key:?}"), r#"["a"] DataKey"#);
    }
}
