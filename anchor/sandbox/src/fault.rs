//! Requested faults: which requests fail, and how.

use std::sync::{Mutex, PoisonError};

/// How a request is made to fail, to test what a client does then.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Answers with this HTTP status and Horizon's error body; the request is not handled.
    Status(u16),
    /// Closes the connection before the response is complete; the request is not handled.
    Drop,
    /// Answers 502 with an HTML page, like a proxy whose server is down; the request is not
    /// handled.
    Html,
    /// Handles the request, and sends the first half of the response as if it were complete.
    TruncatedJson,
}

/// The faults that have not happened yet.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Rule>>);

#[derive(Debug)]
struct Rule {
    path_prefix: String,
    fault: Fault,
    left: u32,
}

impl Faults {
    pub(crate) fn add(&self, path_prefix: &str, fault: Fault, count: u32) {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rules.push(Rule { path_prefix: path_prefix.to_owned(), fault, left: count });
    }

    /// Uses up one fault for this path, if there is one.
    pub(crate) fn take(&self, path: &str) -> Option<Fault> {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rules.retain(|rule| rule.left > 0);
        let rule = rules.iter_mut().find(|rule| path.starts_with(&rule.path_prefix))?;
        rule.left -= 1;
        Some(rule.fault)
    }
}
