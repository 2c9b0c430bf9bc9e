//! What is kept, a module for each table.

pub(crate) mod challenge {
    //! Challenges that were used.

    use crate::{Error, database::Database};

    /// Uses a challenge up, and tells whether this was the first time.
    #[expect(clippy::unused_async, reason = "a database that is not in memory is waited for")]
    pub(crate) async fn use_once(database: &Database, hash: &str, _: u64) -> Result<bool, Error> {
        Ok(database.challenges().insert(hash.to_owned()))
    }
}
