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
    /// Whether the database was down, starting, locked, full or read-only. `error` is a
    /// `StoreError`, or has one among its causes.
    pub(crate) fn is_temporary(error: &(dyn StdError + 'static)) -> bool {
        behind(error).is_some_and(is_temporary)
    }

    /// 503 if the same request may succeed later, 500 otherwise. `error` is as above.
    pub(crate) fn hook_error(error: impl StdError + Send + Sync + 'static) -> HookError {
        match Self::is_temporary(&error) {
            true => HookError::Unavailable(error.into()),
            false => HookError::Internal(error.into()),
        }
    }
}

/// Whether the same transaction may succeed when it is run again at once.
pub(super) fn is_conflict(error: &(dyn StdError + 'static)) -> bool {
    let code = behind(error).and_then(sqlx::Error::as_database_error).and_then(|e| e.code());
    code.is_some_and(|code| CONFLICTS.contains(&code.as_ref()))
}

fn is_temporary(error: &sqlx::Error) -> bool {
    let error = match error {
        sqlx::Error::Database(error) => error,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => return true,
        _ => return false,
    };
    let code = error.code().unwrap_or_default();
    match code.parse::<u32>() {
        // SQLite's are numbers below 2^16. The lowest byte is the kind: SQLITE_BUSY, SQLITE_LOCKED,
        // SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN.
        Ok(number) if code.len() < 5 => [5, 6, 8, 10, 13, 14].contains(&(number & 0xff)),
        // PostgreSQL's have five characters. The first two are the class: connections, rolled back
        // because of others, resources, shutdown and locks; or a server that only takes reads.
        _ => {
            ["08", "40", "53", "57"].contains(&code.get(..2).unwrap_or_default())
                || ["55P03", "25006"].contains(&code.as_ref())
        }
    }
}

/// Finds the error of sqlx among the causes of `error`.
fn behind<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a sqlx::Error> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}

impl From<StoreError> for crate::Error {
    fn from(error: StoreError) -> Self {
        StoreError::hook_error(error).into()
    }
}

impl From<StoreError> for HookError {
    fn from(error: StoreError) -> Self {
        StoreError::hook_error(error)
    }
}

#[cfg(test)]
mod tests {
    use sqlx::error::{DatabaseError, ErrorKind};

    use super::*;
    use crate::outbox::OutboxError;

    #[derive(Debug, Error)]
    #[error("{0}")]
    struct Refused(&'static str);

    impl DatabaseError for Refused {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<std::borrow::Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> ErrorKind {
            ErrorKind::Other
        }
    }

    fn of(code: &'static str) -> StoreError {
        sqlx::Error::Database(Box::new(Refused(code))).into()
    }

    #[test]
    fn database_that_cannot_answer_now_is_503_and_a_wrong_query_is_500() {
        for (code, status) in [
            // SQLite: busy, busy with an old snapshot, locked, read-only, write error, full
            ("5", 503),
            ("517", 503),
            ("6", 503),
            ("8", 503),
            ("778", 503),
            ("13", 503),
            // SQLite: an SQL error, a constraint, a file that is not a database
            ("1", 500),
            ("1555", 500),
            ("26", 500),
            // PostgreSQL: no connection, conflict, disk full, shutdown, starting, lock, standby
            ("08006", 503),
            ("40001", 503),
            ("53100", 503),
            ("57P01", 503),
            ("57P03", 503),
            ("55P03", 503),
            ("25006", 503),
            // PostgreSQL: an SQL error, a constraint, a missing table
            ("42601", 500),
            ("23505", 500),
            ("42P01", 500),
            ("", 500),
        ] {
            assert_eq!(crate::Error::from(of(code)).status().as_u16(), status, "{code}");
            let wrapped = StoreError::hook_error(OutboxError::Store(of(code)));
            assert_eq!(crate::Error::from(wrapped).status().as_u16(), status, "{code} wrapped");
        }
        for error in [sqlx::Error::PoolTimedOut, sqlx::Error::PoolClosed] {
            assert_eq!(crate::Error::from(StoreError(error)).status().as_u16(), 503);
        }
    }

    #[test]
    fn conflict_is_found_behind_other_errors() {
        for (code, expected) in [("40001", true), ("40P01", true), ("23505", false), ("5", false)] {
            assert_eq!(is_conflict(&of(code)), expected, "{code}");
            assert_eq!(is_conflict(&OutboxError::Store(of(code))), expected, "{code} wrapped");
        }
    }
}
