//! The URL of a database.

use std::path::PathBuf;

use sqlx::sqlite::SqliteConnectOptions;
use url::Url;

use super::{DatabaseError, Engine};
use crate::base::private_file;

/// Where a database is: the URL to open, and what it says.
pub(super) struct Place {
    pub(super) url: String,
    pub(super) engine: Engine,
    /// SQLite without a file: each connection has a database of its own.
    pub(super) in_memory: bool,
}

impl Place {
    /// Reads a URL. A SQLite file is created if it is missing, unless the URL has a `mode`.
    pub(super) fn of(url: &str) -> Result<Self, DatabaseError> {
        let engine = match url.split(':').next() {
            Some("sqlite") => Engine::Sqlite,
            Some("postgres" | "postgresql") => Engine::Postgres,
            _ => return Err(DatabaseError::Scheme(without_secrets(url))),
        };
        let in_memory =
            engine == Engine::Sqlite && (url.contains(":memory:") || url.contains("mode=memory"));
        let mut url = url.to_owned();
        if engine == Engine::Sqlite && !in_memory && !url.contains("mode=") {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str("mode=rwc");
        }
        Ok(Self { url, engine, in_memory })
    }

    /// The file; `None` if the database is a server or in memory.
    pub(super) fn file(&self) -> Option<PathBuf> {
        if self.engine != Engine::Sqlite || self.in_memory {
            return None;
        }
        let options = self.url.parse::<SqliteConnectOptions>().ok()?;
        Some(options.get_filename().to_path_buf())
    }

    /// Makes a new SQLite file private. SQLite gives its other files (`-wal`, `-shm`) the same
    /// rights. Errors are those of opening the database, which names them; that the file exists is
    /// none.
    pub(super) fn keep_private(&self) {
        if let Some(file) = self.file().filter(|_| self.url.contains("mode=rwc")) {
            drop(private_file(&file));
        }
    }

    /// The URL without secrets, for messages.
    pub(super) fn shown(&self) -> String {
        without_secrets(&self.url)
    }
}

/// The URL without its password and parameters, which may contain a password.
fn without_secrets(url: &str) -> String {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    if bare.starts_with("sqlite:") {
        return bare.to_owned();
    }
    match Url::parse(bare) {
        Ok(mut url) if url.has_host() => {
            if url.password().is_some() && url.set_password(Some("***")).is_err() {
                return format!("{}://…", url.scheme());
            }
            url.into()
        }
        // Even an unknown URL may contain a password.
        _ => match bare.split_once(':') {
            Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                format!("{scheme}:…")
            }
            _ => "…".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_urls_are_not_shown() {
        for (url, shown) in [
            (
                "postgres://me:s3cret@db.example.com:5432/kyc",
                "postgres://me:***@db.example.com:5432/kyc",
            ),
            (
                "postgres://db.example.com/kyc?user=me&password=s3cret",
                "postgres://db.example.com/kyc",
            ),
            ("postgres://me@db.example.com/kyc", "postgres://me@db.example.com/kyc"),
            ("postgres://me:s3cret@[bad/kyc", "postgres:…"),
            ("me:s3cret", "me:…"),
            ("s3cret", "…"),
            ("sqlite:data/windlass.db?mode=rwc", "sqlite:data/windlass.db"),
        ] {
            assert_eq!(without_secrets(url), shown);
        }
    }

    #[test]
    fn file_is_created_unless_the_url_has_a_mode() {
        let opened = |url| Place::of(url).unwrap().url;
        assert_eq!(opened("sqlite:a.db"), "sqlite:a.db?mode=rwc");
        assert_eq!(opened("sqlite:a.db?cache=private"), "sqlite:a.db?cache=private&mode=rwc");
        assert_eq!(opened("sqlite:a.db?mode=ro"), "sqlite:a.db?mode=ro");
        assert_eq!(opened("sqlite::memory:"), "sqlite::memory:");
    }
}
