//! The server's secret keys, one for each purpose.

use std::{fmt, io::Write as _, path::Path};

use data_encoding::BASE64;
use serde::Deserialize;
use windlass_core::account::SecretKey;
use zeroize::Zeroizing;

use super::ConfigError;
use crate::{
    Secret,
    base::{lock, private_file},
    clock::Random,
    sessions::SessionKey,
};

mod change;

pub use change::{SecretsChange, Watch};

/// The name of the secrets file in the data folder.
const FILE: &str = "secrets.toml";

/// The secret keys, from the configuration's `[secrets]` or from a file of their own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// `S…`: signs challenges and callbacks. Its public key is the stellar.toml's `SIGNING_KEY`.
    /// Never use the key of an issuing or distribution account.
    pub signing_seed: Secret<SecretKey>,
    /// Keys for session tokens. The first one signs, all of them verify.
    pub session_keys: Vec<SessionKey>,
    /// Master keys for personal data at rest. The first one encrypts, all of them decrypt.
    pub data_keys: Vec<DataKey>,
}

/// A master key for personal data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataKey {
    /// The id, which is stored in each row that the key encrypts.
    pub id: String,
    /// Exactly 32 bytes, in base64.
    pub secret: Secret<[u8; 32]>,
}

/// Generates keys and returns the text of a `[secrets]` table, as `windlass keygen` prints it.
pub fn generate(random: &Random) -> Zeroizing<String> {
    let seed = Zeroizing::new(random.bytes::<32>());
    let key = SecretKey::from_seed(&seed);
    let secret = || Zeroizing::new(BASE64.encode(&Zeroizing::new(random.bytes::<32>())[..]));
    let id = random.id();
    let id = &id[..8];
    Zeroizing::new(format!(
        "# Keep this file secret, and keep a copy: without data_keys personal data cannot be decrypted.\n\
         # The address of signing_seed, SIGNING_KEY of the stellar.toml: {}\n\
         signing_seed = \"{}\"\n\
         session_keys = [{{ id = \"{id}\", algorithm = \"HS256\", secret = \"{}\" }}]\n\
         data_keys = [{{ id = \"{id}\", secret = \"{}\" }}]\n",
        key.public(),
        *key.reveal(),
        *secret(),
        *secret(),
    ))
}

impl Secrets {
    /// Reads the secrets of a data folder. Creates them if it has none, readable only for the
    /// current user.
    ///
    /// # Errors
    ///
    /// The file cannot be read or created, or its content is invalid.
    pub fn in_folder(folder: &Path, random: &Random) -> Result<Self, ConfigError> {
        let path = folder.join(FILE);
        let failed = |error: &dyn fmt::Display| failed(&path, error);
        if is_missing(&path) {
            let _creating = lock::wait_here(&path).map_err(|error| failed(&error))?;
            // Another server may have created it meanwhile.
            if is_missing(&path) {
                replace(&path, &generate(random)).map_err(|error| failed(&error))?;
                tracing::info!(path = %path.display(), "created new secrets");
            }
        }
        Self::read(&path)
    }

    /// The data keys, in the form that [`Vault`](crate::vault::Vault) takes.
    pub fn vault_keys(&self) -> Vec<(String, [u8; 32])> {
        self.data_keys.iter().map(|key| (key.id.clone(), key.secret.0)).collect()
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| failed(path, &error))?;
        let text = Zeroizing::new(text);
        // The library's full error quotes the line, which may contain a secret.
        toml::from_str(&text).map_err(|error| failed(path, &error.message()))
    }
}

fn is_missing(path: &Path) -> bool {
    std::fs::metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// Writes a private file. Readers see the old content or the new one, also after a power failure.
/// The caller has the lock of `path`.
fn replace(path: &Path, content: &str) -> std::io::Result<()> {
    let next = path.with_extension("toml.next");
    // Left by an interrupted run.
    let _ = std::fs::remove_file(&next);
    let mut file = private_file(&next)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&next, path)?;
    #[cfg(unix)]
    std::fs::File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

fn failed(path: &Path, error: &dyn fmt::Display) -> ConfigError {
    ConfigError::Secrets(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::system_random;

    #[test]
    fn secrets_are_created_once_then_read_and_never_printed() {
        let folder = tempfile::tempdir().unwrap();
        let first = Secrets::in_folder(folder.path(), &system_random()).unwrap();
        let second = Secrets::in_folder(folder.path(), &system_random()).unwrap();
        assert_eq!(first.signing_seed.0.public(), second.signing_seed.0.public());
        let shown = format!("{first:?}");
        assert!(
            !shown.contains(first.signing_seed.0.reveal().as_str()) && shown.contains("(secret)")
        );
    }

    #[test]
    fn error_does_not_quote_the_secret() {
        let folder = tempfile::tempdir().unwrap();
        let text = generate(&system_random()).replace("signing_seed = \"S", "signing_seed = \"T");
        std::fs::write(folder.path().join("secrets.toml"), text.as_bytes()).unwrap();
        let error = Secrets::in_folder(folder.path(), &system_random()).unwrap_err().to_string();
        assert!(
            error.contains("signing_seed must be a secret key") && error.len() < 200,
            "{error}"
        );
    }

    #[test]
    fn first_starts_at_the_same_time_read_the_same_secrets() {
        for _ in 0..10 {
            let folder = tempfile::tempdir().unwrap();
            let start = || Secrets::in_folder(folder.path(), &system_random()).unwrap();
            let keys: std::collections::BTreeSet<_> = std::thread::scope(|scope| {
                let starts: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
                let secrets = starts.into_iter().map(|start| start.join().unwrap());
                secrets.map(|secrets| secrets.signing_seed.0.public().to_string()).collect()
            });
            assert_eq!(keys.len(), 1);
        }
    }
}
