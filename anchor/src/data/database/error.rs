//! The error of opening the database.

use sqlx::migrate::MigrateError;
use thiserror::Error;

/// The error when the database cannot be opened. The texts contain its URL without the password.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The URL is for neither SQLite nor PostgreSQL.
    #[error("the database URL {0} must begin with sqlite: or postgres://")]
    Scheme(String),
    /// The database does not answer, or refuses the login.
    #[error("cannot open the database {place}: {cause}")]
    Connect {
        /// The URL, without the password.
        place: String,
        /// The database's error.
        cause: sqlx::Error,
    },
    /// Another version of windlass, with other migrations, has made the tables.
    #[error(
        "the tables of {place} were made by another version of windlass, and this version cannot convert them: \
         name an empty database, or run the version that made them"
    )]
    OtherVersion {
        /// The URL, without the password.
        place: String,
    },
    /// The migration of the tables failed.
    #[error("cannot bring the tables of {place} up to date: {cause}")]
    Migrate {
        /// The URL, without the password.
        place: String,
        /// The database's error.
        cause: MigrateError,
    },
}
