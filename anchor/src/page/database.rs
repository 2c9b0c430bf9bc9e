//! What the endpoints themselves remember, in memory.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The memory of an anchor in a page: gone with the page. Cheap to clone.
#[derive(Clone, Default)]
pub struct Database(Arc<Mutex<BTreeSet<String>>>);

impl Database {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The hashes of the challenges that were used.
    pub(crate) fn challenges(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Database")
    }
}
