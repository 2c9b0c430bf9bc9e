//! Shares the deliveries in progress among the receivers, so that one that never answers does not
//! delay the others.
//!
//! A receiver is a host with its port. One that has answered before is known. The others together
//! get at most half of the deliveries, each of them only a few, and one that was silent gets little
//! time until it answers again. This is in memory: after a restart every receiver is new.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The deliveries in progress to all receivers.
pub(super) const ALL: usize = 256;
/// The deliveries in progress to receivers that are not known.
const UNKNOWN: usize = ALL / 2;
/// The deliveries in progress to one known receiver.
const PER_KNOWN: usize = 64;
/// The deliveries in progress to one receiver that is not known.
const PER_UNKNOWN: usize = 4;
/// The deliveries in progress to one receiver that did not answer the last time.
const PER_SILENT: usize = 1;
/// How long a receiver may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The same for a receiver that did not answer the last time.
const SHORT_PATIENCE: Duration = Duration::from_secs(2);
/// The number of receivers that are remembered.
const REMEMBERED: usize = 10_000;

/// The receivers of callbacks. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receivers(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    receivers: HashMap<String, Receiver>,
    /// The deliveries in progress to receivers that are not known.
    unknown: usize,
}

#[derive(Debug, Default)]
struct Receiver {
    standing: Standing,
    in_progress: usize,
    /// The deliveries that were sent away because there were enough in progress.
    sent_away: usize,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Standing {
    #[default]
    New,
    /// It answered the last time.
    Known,
    /// It did not answer the last time.
    Silent,
}

/// Whether a delivery may begin.
#[derive(Debug)]
pub(super) enum Admission {
    /// It may, and must end within the turn's patience.
    Now(Turn),
    /// It may not: try again after so many seconds.
    Later(u64),
}

/// A delivery in progress. Dropping it without a result changes nothing about the receiver.
#[derive(Debug)]
pub(super) struct Turn {
    receivers: Receivers,
    host: String,
    /// The standing when the delivery began.
    standing: Standing,
    pub(super) patience: Duration,
}

impl Receivers {
    /// Begins a delivery to this host.
    pub(super) fn admit(&self, host: &str) -> Admission {
        let mut state = self.state();
        let unknown = state.unknown;
        if state.receivers.len() >= REMEMBERED && !state.receivers.contains_key(host) {
            state
                .receivers
                .retain(|_, other| other.in_progress > 0 || other.standing == Standing::Known);
        }
        let receiver = state.receivers.entry(host.to_owned()).or_default();
        let standing = receiver.standing;
        let (most, patience) = match standing {
            Standing::Known => (PER_KNOWN, PATIENCE),
            Standing::New => (PER_UNKNOWN, PATIENCE),
            Standing::Silent => (PER_SILENT, SHORT_PATIENCE),
        };
        let full = standing != Standing::Known && unknown >= UNKNOWN;
        if full || receiver.in_progress >= most {
            receiver.sent_away += 1;
            // Those that were sent away come back one after the other.
            let turns = receiver.sent_away / most;
            let turn = if standing == Standing::Silent { patience.as_secs() } else { 1 };
            return Admission::Later(1 + turns as u64 * turn);
        }
        receiver.in_progress += 1;
        // Some of those that were sent away never come back, because they expired.
        receiver.sent_away =
            if receiver.in_progress == 1 { 0 } else { receiver.sent_away.saturating_sub(1) };
        if standing != Standing::Known {
            state.unknown += 1;
        }
        Admission::Now(Turn { receivers: self.clone(), host: host.to_owned(), standing, patience })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Notes whether the receiver answered, with whatever status.
    pub(super) fn end(self, answered: bool) {
        let mut state = self.receivers.state();
        if let Some(receiver) = state.receivers.get_mut(&self.host) {
            receiver.standing = if answered { Standing::Known } else { Standing::Silent };
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.receivers.state();
        if let Some(receiver) = state.receivers.get_mut(&self.host) {
            receiver.in_progress -= 1;
        }
        if self.standing != Standing::Known {
            state.unknown -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begins as many deliveries to the host as are admitted.
    fn fill(receivers: &Receivers, host: &str) -> Vec<Turn> {
        let admitted = std::iter::from_fn(|| match receivers.admit(host) {
            Admission::Now(turn) => Some(turn),
            Admission::Later(_) => None,
        });
        admitted.take(1_000).collect()
    }

    #[test]
    fn receiver_gets_deliveries_by_how_it_answered() {
        let receivers = Receivers::default();
        let turns = fill(&receivers, "a");
        assert_eq!((turns.len(), turns[0].patience), (PER_UNKNOWN, PATIENCE));
        for turn in turns {
            turn.end(false);
        }
        let mut turns = fill(&receivers, "a");
        assert_eq!((turns.len(), turns[0].patience), (PER_SILENT, SHORT_PATIENCE));
        turns.remove(0).end(true);
        let turns = fill(&receivers, "a");
        assert_eq!((turns.len(), turns[0].patience), (PER_KNOWN, PATIENCE));
    }

    #[test]
    fn new_and_silent_receivers_leave_half_for_those_that_are_known() {
        let receivers = Receivers::default();
        fill(&receivers, "known").remove(0).end(true);
        let flood: Vec<_> = (0..1_000).flat_map(|n| fill(&receivers, &n.to_string())).collect();
        assert_eq!(flood.len(), UNKNOWN);
        assert_eq!(fill(&receivers, "known").len(), PER_KNOWN);
        drop(flood);
        assert_eq!(fill(&receivers, "another").len(), PER_UNKNOWN);
    }

    #[test]
    fn those_sent_away_come_back_one_after_the_other() {
        let receivers = Receivers::default();
        let _turns = fill(&receivers, "a");
        let waits: Vec<_> = (0..1_000)
            .map(|_| match receivers.admit("a") {
                Admission::Later(seconds) => seconds,
                Admission::Now(_) => panic!("there are enough in progress"),
            })
            .collect();
        assert!(waits.is_sorted());
        assert_eq!((waits[0], waits[999]), (1, 251));
    }

    #[test]
    fn memory_does_not_grow_with_the_number_of_receivers() {
        let receivers = Receivers::default();
        for n in 0..50_000 {
            if let Admission::Now(turn) = receivers.admit(&n.to_string()) {
                turn.end(false);
            }
        }
        assert!(receivers.state().receivers.len() <= REMEMBERED);
        assert_eq!(receivers.state().unknown, 0);
    }
}
