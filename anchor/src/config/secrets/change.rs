//! Changing the secrets of a data folder while a server uses them.

use std::{
    fmt,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Mutex,
    time::SystemTime,
};

use data_encoding::BASE64;
use zeroize::Zeroizing;

use super::{DataKey, FILE, Secrets, failed, private_file};
use crate::{Secret, clock::Random, config::ConfigError};

impl DataKey {
    /// A new key.
    pub fn generate(random: &Random) -> Self {
        Self { id: random.id()[..8].to_owned(), secret: Secret(random.bytes()) }
    }

    /// The key as an entry of `data_keys`. Secret.
    pub fn to_toml(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(BASE64.encode(&self.secret.0));
        Zeroizing::new(format!("{{ id = \"{}\", secret = \"{}\" }}", self.id, *secret))
    }
}

impl Secrets {
    /// Puts a key in front of the `data_keys` in a data folder's file. The file is replaced as a whole: whoever reads it
    /// sees the old or the new one.
    ///
    /// # Errors
    ///
    /// The file is not there, cannot be written, or has no line `data_keys = [` to put it in.
    pub fn add_data_key(folder: &Path, key: &DataKey) -> Result<(), ConfigError> {
        const LIST: &str = "data_keys = [";
        let path = folder.join(FILE);
        let failed = |error: &dyn fmt::Display| failed(&path, error);
        let text = std::fs::read_to_string(&path).map_err(|error| failed(&error))?;
        let text = Zeroizing::new(text);
        let mut places = text.match_indices(LIST).map(|(at, _)| at);
        let start = places.find(|at| *at == 0 || text[..*at].ends_with('\n'));
        let start = start.ok_or_else(|| failed(&format!("no line begins with `{LIST}`")))?;
        let (before, after) = text.split_at(start + LIST.len());
        let changed = Zeroizing::new(format!("{before}{}, {after}", *key.to_toml()));
        let parsed: Self = toml::from_str(&changed).map_err(|error| failed(&error.message()))?;
        if parsed.data_keys.first().map(|first| &first.id) != Some(&key.id) {
            return Err(failed(&"data_keys is not what this can add a key to"));
        }
        let next = path.with_extension("toml.next");
        // Of a run that was interrupted.
        let _ = std::fs::remove_file(&next);
        private_file(&next)
            .and_then(|mut file| {
                file.write_all(changed.as_bytes())?;
                file.sync_all()?;
                std::fs::rename(&next, &path)
            })
            .map_err(|error| failed(&error))
    }
}

/// Looks whether a data folder's keys have changed.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    seen: Mutex<Option<Seen>>,
}

/// What tells one version of a file from the next.
type Seen = (SystemTime, u64);

impl Watch {
    /// Watches the secrets of this folder, which were read before.
    pub fn new(folder: &Path) -> Self {
        let path = folder.join(FILE);
        let seen = Mutex::new(look(&path));
        Self { path, seen }
    }

    /// The data keys, if the file has changed since they were last asked for. A file that cannot be understood is logged,
    /// and the keys stay as they are.
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
                tracing::error!(%error, "the secrets have changed and cannot be read");
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
    fn a_new_key_stands_in_front_and_is_noticed_once() {
        let (folder, random) = (tempfile::tempdir().unwrap(), system_random());
        let before = Secrets::in_folder(folder.path(), &random).unwrap();
        let watch = Watch::new(folder.path());
        assert!(watch.data_keys().is_none());

        let key = DataKey::generate(&random);
        Secrets::add_data_key(folder.path(), &key).unwrap();
        let keys = watch.data_keys().unwrap();
        let ids: Vec<_> = keys.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, [&key.id, &before.data_keys[0].id]);
        assert_eq!((keys[0].1, keys[1].1), (key.secret.0, before.data_keys[0].secret.0));
        assert!(watch.data_keys().is_none());
        let after = Secrets::in_folder(folder.path(), &random).unwrap();
        assert_eq!(after.signing_seed.0.public(), before.signing_seed.0.public());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "for nobody else to read");
        }
    }

    #[test]
    fn a_file_that_is_written_otherwise_is_left_as_it_is() {
        let (folder, random) = (tempfile::tempdir().unwrap(), system_random());
        Secrets::in_folder(folder.path(), &random).unwrap();
        let path = folder.path().join(FILE);
        let text = std::fs::read_to_string(&path).unwrap().replace("data_keys = [", "data_keys=[");
        std::fs::write(&path, &text).unwrap();
        let error = Secrets::add_data_key(folder.path(), &DataKey::generate(&random)).unwrap_err();
        assert!(error.to_string().contains("data_keys = ["), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);

        let watch = Watch::new(folder.path());
        std::fs::write(&path, "nonsense").unwrap();
        assert!(watch.data_keys().is_none());
    }
}
