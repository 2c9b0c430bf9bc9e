//! The ledger: its state, the history of closed ledgers, and the queue for the next one.

use std::{collections::BTreeMap, sync::Arc};

use stellar_xdr::{LedgerEntryChanges, TransactionResult};

use crate::{codes, network::Network, state::State, submission::Submission};
use validity::Moment;

mod apply;
mod queue;
#[cfg(test)]
mod tests;
mod validity;

/// Seconds by which the next close may be late, as a node estimates it: two ledgers of five
/// seconds.
const LEAD: u64 = 10;

/// A ledger in memory.
pub(crate) struct Ledger {
    pub(crate) state: State,
    pub(crate) last: Closed,
    closed: Vec<Closed>,
    history: Vec<Arc<Included>>,
    /// Positions in `history`, by outer and by inner hash.
    by_hash: BTreeMap<[u8; 32], usize>,
    queue: Vec<Submission>,
    /// Whether a submission joins the ledger that closes at the end of the current second, if there
    /// is one. Otherwise a burst of submissions would close ledgers in the future.
    joins: bool,
}

/// A closed ledger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed {
    pub(crate) sequence: u32,
    /// Unix seconds; rises by at least one per ledger.
    pub(crate) closed_at: u64,
}

/// A transaction in a closed ledger, successful or not.
#[derive(Debug)]
pub(crate) struct Included {
    pub(crate) submission: Submission,
    pub(crate) result: TransactionResult,
    pub(crate) fee_changes: LedgerEntryChanges,
    pub(crate) ledger: Closed,
    /// Its place in the ledger, from 1. Failed transactions count too.
    pub(crate) order: u32,
}

impl Included {
    pub(crate) fn is_successful(&self) -> bool {
        codes::is_success(&self.result)
    }

    /// Its position in the whole history, as Horizon's paging tokens give it (SEP-35).
    pub(crate) fn toid(&self) -> i64 {
        i64::from(self.ledger.sequence) << 32 | i64::from(self.order) << 12
    }
}

impl Ledger {
    /// Ledger 1, closed `now`, in which the root account holds everything.
    pub(crate) fn genesis(network: &Network, now: u64, joins: bool) -> Self {
        let last = Closed { sequence: 1, closed_at: now };
        Self {
            state: State::genesis(network.root_account()),
            last,
            closed: vec![last],
            history: Vec::new(),
            by_hash: BTreeMap::new(),
            queue: Vec::new(),
            joins,
        }
    }

    /// The transaction with this hash, or the fee bump around it.
    pub(crate) fn find(&self, hash: &[u8; 32]) -> Option<&Arc<Included>> {
        self.by_hash.get(hash).and_then(|position| self.history.get(*position))
    }

    /// A closed ledger by its number.
    pub(crate) fn closed(&self, sequence: u32) -> Option<Closed> {
        let position = usize::try_from(sequence).ok()?.checked_sub(1)?;
        self.closed.get(position).copied()
    }

    /// The ledger's clock: never behind its last close.
    pub(crate) fn time(&self, now: u64) -> u64 {
        now.max(self.last.closed_at)
    }

    /// Closes a ledger with the queued transactions that are still valid. The others are dropped
    /// without a result.
    pub(crate) fn close(&mut self, now: u64) {
        let candidates = std::mem::take(&mut self.queue);
        self.close_with(candidates, self.another(now, 0));
    }

    /// Like [`Self::close`], but the transactions join the ledger of the current second.
    pub(crate) fn settle(&mut self, now: u64) {
        let candidates = std::mem::take(&mut self.queue);
        self.close_with(candidates, self.next(now, 0));
    }

    /// Includes this one transaction. The queue stays as it is.
    pub(crate) fn include(
        &mut self,
        submission: Submission,
        now: u64,
    ) -> Result<(), TransactionResult> {
        validity::check(&submission, &self.state, self.next(now, LEAD))?;
        self.close_with(vec![submission], self.next(now, 0));
        Ok(())
    }

    fn close_with(&mut self, mut candidates: Vec<Submission>, moment: Moment) {
        let closed = Closed { sequence: moment.ledger, closed_at: moment.close_time };
        let joined = self.history.last().filter(|one| one.ledger.sequence == closed.sequence);
        let first = joined.map_or(1, |one| one.order + 1);
        // As on the network, the order follows from the hashes, not from the time of arrival.
        candidates.sort_by_key(|submission| submission.hash);
        candidates.retain(|one| validity::check(one, &self.state, moment).is_ok());
        let charged: Vec<_> = candidates
            .into_iter()
            .map(|one| {
                let (fee, changes) = apply::charge(&one, &mut self.state, closed.sequence);
                (one, fee, changes)
            })
            .collect();
        for (order, (submission, fee, fee_changes)) in (first..).zip(charged) {
            let result = apply::apply(&submission, fee, &mut self.state, moment);
            self.record(Included { submission, result, fee_changes, ledger: closed, order });
        }
        if self.last.sequence < closed.sequence {
            self.last = closed;
            self.closed.push(closed);
        }
        debug_assert!(self.state.is_conserved(), "stroops appeared or vanished in {closed:?}");
    }

    fn record(&mut self, included: Included) {
        let position = self.history.len();
        self.by_hash.insert(included.submission.hash, position);
        self.by_hash.insert(included.submission.inner.hash, position);
        self.history.push(Arc::new(included));
    }

    /// The ledger of the next submission, if it arrives `now`.
    fn next(&self, now: u64, lead: u64) -> Moment {
        let Closed { sequence, closed_at } = self.last;
        if self.joins && now < closed_at {
            return Moment { ledger: sequence, close_time: closed_at, lead };
        }
        self.another(now, lead)
    }

    /// A new ledger that is closed `now`, or else a second after the last one.
    fn another(&self, now: u64, lead: u64) -> Moment {
        let close_time = now.max(self.last.closed_at.saturating_add(1));
        Moment { ledger: self.last.sequence.saturating_add(1), close_time, lead }
    }
}
