//! Counts the connections that the server has closed, and logs the numbers together.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// The time between two lines of the log. An attack makes one line in that time, not one for each
/// connection.
pub(super) const PERIOD: Duration = Duration::from_secs(10);

/// The number of connections by the reason for closing them.
#[derive(Default)]
pub(super) struct Tally {
    /// The limit in all was reached.
    pub(super) over_total: AtomicUsize,
    /// The limit by address was reached.
    pub(super) over_address: AtomicUsize,
    /// The client sent nothing, or the head of its request too slowly.
    pub(super) slow_heads: AtomicUsize,
    /// The body of a request came too slowly.
    pub(super) slow_bodies: AtomicUsize,
    /// The client did not take the answer.
    pub(super) slow_readers: AtomicUsize,
    /// The numbers at the last line of the log.
    logged: Mutex<[usize; 5]>,
}

impl Tally {
    /// Logs by how much the numbers have grown. If none has, there is no line.
    pub(super) fn report(&self, open: usize) {
        let now = [
            &self.over_total,
            &self.over_address,
            &self.slow_heads,
            &self.slow_bodies,
            &self.slow_readers,
        ]
        .map(|number| number.load(Ordering::Relaxed));
        let mut logged = self.logged.lock().unwrap_or_else(PoisonError::into_inner);
        let grown = std::array::from_fn(|index| now[index] - logged[index]);
        *logged = now;
        let [over_total, over_address, slow_heads, slow_bodies, slow_readers] = grown;
        if over_total + over_address + slow_heads + slow_bodies + slow_readers > 0 {
            tracing::warn!(
                open,
                over_total,
                over_address,
                slow_heads,
                slow_bodies,
                slow_readers,
                "closed connections that were over a limit of [connections]"
            );
        }
    }
}

/// Counts one.
pub(super) fn count(number: &AtomicUsize) {
    number.fetch_add(1, Ordering::Relaxed);
}
