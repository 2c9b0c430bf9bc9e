//! Encryption of personal data at rest.
//!
//! Each customer has a [`DataKey`], which is stored wrapped (encrypted) by a master key. The data
//! key encrypts all other data of the customer. Each value is bound to its place, so that a value
//! copied to another customer or field cannot be decrypted. Deleting the wrapped key makes the data
//! unreadable, also in backups that do not contain the key's row.
//!
//! The cipher is XChaCha20-Poly1305. An encrypted value is a random nonce of 24 bytes, the
//! ciphertext and a tag of 16 bytes.

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
    /// Returns the new keys if they have changed since the last call.
    changed: Option<Box<Changed>>,
}

type Changed = dyn Fn() -> Option<Vec<(String, [u8; 32])>> + Send + Sync;

struct MasterKey {
    id: String,
    key: DataKey,
}

impl Vault {
    /// A vault with these master keys and their ids. The first one wraps, all of them unwrap: to
    /// rotate, insert a new key at the front and keep the old ones.
    ///
    /// `None` if there is no key, or if two keys have the same id.
    pub fn new(keys: &[(String, [u8; 32])]) -> Option<Self> {
        Some(Self(Arc::new(Inner { keys: RwLock::new(master_keys(keys)?), changed: None })))
    }

    /// Like [`Self::new`], with keys that may change. The vault calls `changed` before it wraps a
    /// key, and when a key's master key is unknown. `changed` returns the new keys if they have
    /// changed.
    pub fn following(
        keys: &[(String, [u8; 32])],
        changed: impl Fn() -> Option<Vec<(String, [u8; 32])>> + Send + Sync + 'static,
    ) -> Option<Self> {
        let keys = RwLock::new(master_keys(keys)?);
        Some(Self(Arc::new(Inner { keys, changed: Some(Box::new(changed)) })))
    }

    /// The id of the master key that wraps new keys.
    pub fn current(&self) -> String {
        self.look();
        self.keys().first().map(|master| master.id.clone()).unwrap_or_default()
    }

    /// A keyed hash of a text, such as a phone number, in lower-case hexadecimal. Equal texts have
    /// equal hashes. An attacker who has only the database cannot find the text by trying all phone
    /// numbers. The hash depends on the current master key.
    ///
    /// # Errors
    ///
    /// Only internal errors.
    pub fn fingerprint(&self, text: &str) -> Result<String, VaultError> {
        self.look();
        let keys = self.keys();
        let master = keys.first().ok_or_else(|| VaultError::UnknownKey(String::new()))?;
        let mac = Hmac::<Sha256>::new_from_slice(&master.key.0[..]);
        let mut mac = mac.map_err(|_| VaultError::Unreadable)?;
        mac.update(&bind(&["fingerprint", text]));
        Ok(HEXLOWER.encode(&mac.finalize().into_bytes()))
    }

    /// Wraps a data key and binds it to `context`.
    ///
    /// # Errors
    ///
    /// Only internal errors.
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
    /// The master key is missing, the wrapped key was modified, or it was wrapped for another
    /// context.
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

    /// Reloads the keys if they have changed. Invalid new keys are ignored.
    fn look(&self) {
        let Some(keys) = self.0.changed.as_ref().and_then(|changed| changed()) else { return };
        match master_keys(&keys) {
            Some(keys) => {
                *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
                tracing::info!(current = self.keys()[0].id, "data keys have changed");
            }
            None => {
                tracing::error!(
                    "the changed data keys are invalid: there is none, or two have the same id"
                );
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

/// A data key in its stored, encrypted form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WrappedKey {
    /// The id of the master key that wraps it.
    pub key_id: String,
    /// The encrypted key.
    pub bytes: Vec<u8>,
}

/// The key to the data of one customer, or to one file. Wiped when dropped.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// Generates a key.
    pub fn new(random: &Random) -> Self {
        Self(Zeroizing::new(random.bytes()))
    }

    /// Encrypts a value and binds it to `context`.
    ///
    /// # Errors
    ///
    /// Only internal errors.
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

    /// Decrypts a value that was encrypted for the same `context`.
    ///
    /// # Errors
    ///
    /// The value was encrypted with another key or for another context, or was modified.
    pub fn open(&self, sealed: &[u8], context: &[&str]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(VaultError::Unreadable)?;
        let payload = Payload { msg: sealed, aad: &bind(context) };
        let plain = self
            .cipher()
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| VaultError::Unreadable)?;
        Ok(Zeroizing::new(plain))
    }

    /// Like [`Self::open`], for UTF-8 text.
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

    /// Encrypts another key, such as that of a customer's file.
    ///
    /// # Errors
    ///
    /// Only internal errors.
    pub fn wrap(
        &self,
        key: &Self,
        context: &[&str],
        random: &Random,
    ) -> Result<Vec<u8>, VaultError> {
        self.seal(&key.0[..], context, random)
    }

    /// Decrypts a key that was wrapped for the same `context`.
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

/// Encodes the parts, each after its length, so that different contexts never have the same bytes.
fn bind(context: &[&str]) -> Vec<u8> {
    let mut bound = Vec::new();
    for part in context {
        bound.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bound.extend_from_slice(part.as_bytes());
    }
    bound
}

/// The error of decryption. This is never the client's fault.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum VaultError {
    /// The master key is not configured.
    #[error("personal data is encrypted with the data key \"{0}\", which is not configured")]
    UnknownKey(String),
    /// The key or context is another one, or the bytes were modified.
    #[error(
        "stored data cannot be decrypted: it was modified, or the configured data key with this id is a different key"
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
    fn sealed_values_open_only_in_their_context() {
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
    fn modified_or_truncated_values_do_not_open() {
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
    fn rotated_master_keys_unwrap_older_keys() {
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
    fn vault_needs_keys_with_different_ids() {
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
