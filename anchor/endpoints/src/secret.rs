//! Secrets in a configuration.

use std::fmt;

use data_encoding::BASE64;
use serde::{Deserialize, Deserializer, de::Error as _};
use windlass_core::account::SecretKey;
use zeroize::Zeroizing;

/// A wrapper whose `Debug` never shows the value.
#[derive(Clone)]
pub struct Secret<T>(pub T);

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl<'de> Deserialize<'de> for Secret<SecretKey> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        text.parse()
            .map(Self)
            .map_err(|_| D::Error::custom("signing_seed must be a secret key (S...)"))
    }
}

impl<'de> Deserialize<'de> for Secret<Vec<u8>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        BASE64
            .decode(text.as_bytes())
            .map(Self)
            .map_err(|_| D::Error::custom("secret must be base64"))
    }
}

impl<'de> Deserialize<'de> for Secret<[u8; 32]> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Zeroizing::new(Secret::<Vec<u8>>::deserialize(deserializer)?.0);
        bytes
            .as_slice()
            .try_into()
            .map(Self)
            .map_err(|_| D::Error::custom("secret must be 32 bytes in base64"))
    }
}

impl<'de> Deserialize<'de> for Secret<Zeroizing<String>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Zeroizing::new(String::deserialize(deserializer)?)))
    }
}
