//! The error of a query.

use std::error::Error as StdError;

use thiserror::Error;

use crate::hooks::HookError;

/// PostgreSQL's codes for a transaction that was aborted because of another one.
const CONFLICTS: [&str; 2] = ["40001", "40P01"];

/// A query failed. This is never the client's fault.
#[derive(Debug, Error)]
#[error("database: {0}")]
pub struct StoreError(#[from] sqlx::Error);

impl StoreError {
    /// Whether the same transaction may succeed when it is run again.
    pub(super) fn is_conflict(&self) -> bool {
        let code = self.0.as_database_error().and_then(|error| error.code());
        code.is_some_and(|code| CONFLICTS.contains(&code.as_ref()))
    }

    /// Finds the `StoreError` among the causes of `error`.
    pub(super) fn behind<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Self> {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if let Some(found) = error.downcast_ref() {
                return Some(found);
            }
            cause = error.source();
        }
        None
    }
}

impl From<StoreError> for crate::Error {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

impl From<StoreError> for HookError {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.into())
    }
}
