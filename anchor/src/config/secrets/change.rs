//! Changes the secrets file of a data folder while a server uses it.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Mutex,
    time::SystemTime,
};

use data_encoding::BASE64;
use zeroize::Zeroizing;

use super::{DataKey, FILE, Secrets, failed, replace};
use crate::{
    Secret,
    base::lock::{self, Locked},
    clock::Random,
    config::ConfigError,
};

impl DataKey {
    /// Generates a key with a random id.
    pub fn generate(random: &Random) -> Self {
        Self { id: random.id()[..8].to_owned(), secret: Secret(random.bytes()) }
    }

    /// The key as a TOML entry of `data_keys`. The text contains the secret.
    pub fn to_toml(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(BASE64.encode(&self.secret.0));
        Zeroizing::new(format!("{{ id = \"{}\", secret = \"{}\" }}", self.id, *secret))
    }
}

/// The right to change the secrets of a data folder: only one process has it at a time.
#[derive(Debug)]
pub struct SecretsChange {
    path: PathBuf,
    _lock: Locked,
}

impl SecretsChange {
    /// Begins a change of the secrets in this folder, which ends when the result is dropped.
    ///
    /// # Errors
    ///
    /// Another process changes them, or the folder cannot be written to.
    pub fn begin(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join(FILE);
        match lock::try_lock(&path) {
            Ok(Some(_lock)) => Ok(Self { path, _lock }),
            Ok(None) => Err(failed(
                &path,
                &"another `windlass keys rotate` is running: wait until it has ended",
            )),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    /// Inserts a key at the front of `data_keys`. Readers of the file see the old or the new
    /// content.
    ///
    /// # Errors
    ///
    /// The file is missing, cannot be written, or has no line `data_keys = [` after which to insert
    /// the key.
    pub fn add_data_key(&self, key: &DataKey) -> Result<(), ConfigError> {
        const LIST: &str = "data_keys = [";
        let failed = |error: &dyn fmt::Display| failed(&self.path, error);
        let text = std::fs::read_to_string(&self.path).map_err(|error| failed(&error))?;
        let text = Zeroizing::new(text);
        let mut places = text.match_indices(LIST).map(|(at, _)| at);
        let start = places.find(|at| *at == 0 || text[..*at].ends_with('\n'));
        let start = start.ok_or_else(|| failed(&format!("no line begins with `{LIST}`")))?;
        let (before, after) = text.split_at(start + LIST.len());
        let changed = Zeroizing::new(format!("{before}{}, {after}", *key.to_toml()));
        let parsed: Secrets = toml::from_str(&changed).map_err(|error| failed(&error.message()))?;
        if parsed.data_keys.first().map(|first| &first.id) != Some(&key.id) {
            return Err(failed(
                &"data_keys is not written in the form that this command can extend",
            ));
        }
        replace(&self.path, &changed).map_err(|error| failed(&error))
    }
}

/// Detects changes of a data folder's data keys.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    seen: Mutex<Option<Seen>>,
}

/// Modification time and size, which distinguish versions of the file.
type Seen = (SystemTime, u64);

impl Watch {
    /// Watches the secrets file of this folder, which the caller has already read.
    pub fn new(folder: &Path) -> Self {
        let path = folder.join(FILE);
        let seen = Mutex::new(look(&path));
        Self { path, seen }
    }

    /// The data keys, if the file has changed since the last call. An invalid file is logged, and
    /// the keys stay as they are.
    pub fn data_keys(&self) -> Option<Vec<(String, [u8; 32])>> {
        let now = look(&self.path)?;
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *seen == Some(now) {
            return None;
        }
        *seen = Some(now);
        match Secrets::read(&self.path) {
            Ok(secrets) => Some(secrets.vault_keys()),
            Err(error) => {
                tracing::error!(%error, "the secrets file has changed and is invalid");
                None
            }
        }
    }
}

fn look(path: &Path) -> Option<Seen> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::system_random;

    #[test]
    fn added_key_comes_first_and_is_reported_once() {
        let (folder, random) = (tempfile::tempdir().unwrap(), system_random());
        let before = Secrets::in_folder(folder.path(), &random).unwrap();
        let watch = Watch::new(folder.path());
        assert!(watch.data_keys().is_none());

        let key = DataKey::generate(&random);
        SecretsChange::begin(folder.path()).unwrap().add_data_key(&key).unwrap();
        let keys = watch.data_keys().unwrap();
        let ids: Vec<_> = keys.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, [&key.id, &before.data_keys[0].id]);
        assert_eq!((keys[0].1, keys[1].1), (key.secret.0, before.data_keys[0].secret.0));
        assert!(watch.data_keys().is_none());
        let after = Secrets::in_folder(folder.path(), &random).unwrap();
        assert_eq!(after.signing_seed.0.public(), before.signing_seed.0.public());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "the file and its lock");

        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "readable only for its owner");
        }
    }

    #[test]
    fn secrets_file_in_another_format_is_not_changed() {
        let (folder, random) = (tempfile::tempdir().unwrap(), system_random());
        Secrets::in_folder(folder.path(), &random).unwrap();
        let path = folder.path().join(FILE);
        let text = std::fs::read_to_string(&path).unwrap().replace("data_keys = [", "data_keys=[");
        std::fs::write(&path, &text).unwrap();
        let change = SecretsChange::begin(folder.path()).unwrap();
        let error = change.add_data_key(&DataKey::generate(&random)).unwrap_err();
        assert!(error.to_string().contains("data_keys = ["), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);

        let watch = Watch::new(folder.path());
        std::fs::write(&path, "nonsense").unwrap();
        assert!(watch.data_keys().is_none());
    }

    #[test]
    fn second_change_at_the_same_time_is_refused() {
        let (folder, random) = (tempfile::tempdir().unwrap(), system_random());
        Secrets::in_folder(folder.path(), &random).unwrap();
        let first = SecretsChange::begin(folder.path()).unwrap();
        let error = SecretsChange::begin(folder.path()).unwrap_err().to_string();
        assert!(error.contains("another `windlass keys rotate` is running"), "{error}");
        drop(first);
        SecretsChange::begin(folder.path()).unwrap();
    }
}
