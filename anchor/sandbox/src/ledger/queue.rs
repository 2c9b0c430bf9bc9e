//! The queue of transactions for the next ledger: one for each source account.

use stellar_xdr::{AccountId, TransactionResult, TransactionResultResult};

use super::{LEAD, Ledger, validity};
use crate::{state::Accounts as _, submission::Submission};

/// How many times the queued transaction's fee per operation a replacing fee bump must offer.
const REPLACEMENT: i128 = 10;

/// A node's answer to a submission that it does not refuse.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Accepted {
    /// It is queued for the next ledger.
    Pending,
    /// It was queued already.
    Duplicate,
    /// A transaction of the same account is queued; this one was not accepted.
    TryAgainLater,
}

impl Ledger {
    /// Queues a submission if the network would.
    pub(crate) fn offer(
        &mut self,
        submission: Submission,
        now: u64,
    ) -> Result<Accepted, TransactionResult> {
        let source = submission.inner.source();
        let waiting = self.queue.iter().position(|other| other.inner.source() == source);
        if let Some(position) = waiting {
            let other = &self.queue[position];
            if is_same(other, &submission) {
                return Ok(Accepted::Duplicate);
            }
            if submission.inner.sequence() < other.inner.sequence() {
                let bad_sequence = submission.refusal(TransactionResultResult::TxBadSeq);
                return Err(TransactionResult { fee_charged: 0, ..bad_sequence });
            }
            let is_other_number = submission.inner.sequence() != other.inner.sequence();
            if submission.bump().is_none() || is_other_number {
                return Ok(Accepted::TryAgainLater);
            }
            check_replacement(other, &submission)?;
        }
        validity::check(&submission, &self.state, self.next(now, LEAD))?;
        self.check_all_bids(&submission, waiting)?;
        match waiting {
            Some(position) => self.queue[position] = submission,
            None => self.queue.push(submission),
        }
        Ok(Accepted::Pending)
    }

    /// The account that pays must be able to pay the fees of all its queued transactions.
    fn check_all_bids(
        &self,
        submission: &Submission,
        replaced: Option<usize>,
    ) -> Result<(), TransactionResult> {
        let payer = submission.fee_account();
        let others = self.queue.iter().enumerate().filter(|(position, other)| {
            Some(*position) != replaced && other.fee_account() == payer
        });
        let bids: i128 = others.map(|(_, other)| i128::from(other.bid())).sum();
        if i128::from(self.available(&payer)) < bids + i128::from(submission.bid()) {
            return Err(submission.refusal(TransactionResultResult::TxInsufficientBalance));
        }
        Ok(())
    }

    fn available(&self, id: &AccountId) -> i64 {
        self.state.account(id).map_or(0, |account| account.available())
    }
}

fn is_same(waiting: &Submission, new: &Submission) -> bool {
    waiting.envelope == new.envelope || waiting.inner.hash == new.hash
}

fn check_replacement(waiting: &Submission, new: &Submission) -> Result<(), TransactionResult> {
    let (old_operations, operations) =
        (i128::from(waiting.minimum_fee()), i128::from(new.minimum_fee()));
    let product = REPLACEMENT * i128::from(waiting.bid()) * operations;
    if i128::from(new.bid()) * old_operations < product {
        let needed = (product + old_operations - 1) / old_operations;
        let fee_charged = i64::try_from(needed).unwrap_or(i64::MAX);
        let refusal = new.refusal(TransactionResultResult::TxInsufficientFee);
        return Err(TransactionResult { fee_charged, ..refusal });
    }
    Ok(())
}
