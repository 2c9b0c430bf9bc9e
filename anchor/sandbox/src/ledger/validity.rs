//! Whether a transaction may enter a ledger: the network's checks, in the network's order. The
//! first that fails decides the result.

use stellar_xdr::{
    LedgerBounds, Operation, OperationBody, OperationResult, Preconditions, PreconditionsV2,
    SignerKey, TimeBounds, Transaction, TransactionEnvelope, TransactionExt, TransactionResult,
    TransactionResultResult,
};

use crate::{
    auth::Signatures,
    ops,
    state::{Account, Accounts, Level},
    submission::{Bump, Signed, Submission},
};

/// The ledger that a transaction would enter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) ledger: u32,
    /// Unix seconds at which it closes.
    pub(crate) close_time: u64,
    /// Seconds by which it may close later than that.
    pub(crate) lead: u64,
}

/// Refuses what the network would not include. The result has the fee that would have been needed.
pub(crate) fn check(
    submission: &Submission,
    accounts: &impl Accounts,
    moment: Moment,
) -> Result<(), TransactionResult> {
    if let Some(bump) = submission.bump() {
        check_bump(submission, &bump, accounts)?;
        return check_inner(submission, accounts, moment)
            .map_err(|code| submission.result(submission.minimum_fee(), code));
    }
    check_inner(submission, accounts, moment).map_err(|code| submission.refusal(code))
}

/// The checks up to the sequence number. A transaction that fails one of them does not use its
/// number.
pub(crate) fn check_before_sequence<'a>(
    submission: &Submission,
    accounts: &'a impl Accounts,
    moment: Moment,
) -> Result<&'a Account, TransactionResultResult> {
    if matches!(submission.envelope, TransactionEnvelope::TxV0(_)) {
        return Err(TransactionResultResult::TxNotSupported);
    }
    let transaction = &submission.inner.transaction;
    let extra_signers = preconditions(transaction).map_or(&[][..], |v2| &v2.extra_signers);
    if are_malformed(extra_signers) {
        return Err(TransactionResultResult::TxMalformed);
    }
    if transaction.operations.is_empty() {
        return Err(TransactionResultResult::TxMissingOperation);
    }
    if is_inconsistent(transaction) {
        return Err(TransactionResultResult::TxMalformed);
    }
    check_bounds(transaction, moment)?;
    if submission.bump().is_none() && submission.bid() < submission.minimum_fee() {
        return Err(TransactionResultResult::TxInsufficientFee);
    }
    let source = submission.inner.source();
    let account = accounts.account(&source).ok_or(TransactionResultResult::TxNoAccount)?;
    if is_bad_sequence(transaction, account, moment) {
        return Err(TransactionResultResult::TxBadSeq);
    }
    Ok(account)
}

/// Checks the age and the gap since the account's last transaction, and the signatures of the
/// transaction's source.
pub(crate) fn check_authority(
    signed: &Signed,
    account: &Account,
    moment: Moment,
    signatures: &mut Signatures<'_>,
) -> Result<(), TransactionResultResult> {
    let extra = preconditions(&signed.transaction);
    if extra.is_some_and(|extra| is_too_soon(extra, account, moment)) {
        return Err(TransactionResultResult::TxBadMinSeqAgeOrGap);
    }
    let extra_signers = extra.map_or(&[][..], |extra| &extra.extra_signers);
    let low = account.threshold(Level::Low);
    if !signatures.reach(&signed.source(), account, low) || !signatures.reach_all(extra_signers) {
        return Err(TransactionResultResult::TxBadAuth);
    }
    Ok(())
}

/// Whether the signatures of the operation's source reach its threshold.
///
/// If the source does not exist, its own key must have signed: an earlier operation may create the
/// account.
pub(crate) fn check_operation_authority(
    signed: &Signed,
    index: usize,
    accounts: &impl Accounts,
    signatures: &mut Signatures<'_>,
) -> Result<(), OperationResult> {
    let operation = &signed.transaction.operations[index];
    let source = ops::source(operation, &signed.transaction);
    let enough = match (accounts.account(&source), &operation.source_account) {
        (Some(account), _) => {
            let level = ops::rules(&operation.body).map_or(Level::Medium, |op| op.threshold());
            signatures.reach(&source, account, account.threshold(level))
        }
        (None, Some(_)) => signatures.reach_without_account(&source),
        (None, None) => return Err(OperationResult::OpNoAccount),
    };
    if enough { Ok(()) } else { Err(OperationResult::OpBadAuth) }
}

/// The results of operations of which none was tried.
pub(crate) fn untried(transaction: &Transaction) -> Vec<OperationResult> {
    let untried = transaction.operations.iter().map(|operation| {
        ops::rules(&operation.body).map_or(OperationResult::OpNotSupported, |op| op.untried())
    });
    untried.collect()
}

/// The result of a failed transaction. There is one result for each operation, so the conversion
/// cannot fail.
pub(crate) fn failed(results: Vec<OperationResult>) -> TransactionResultResult {
    TransactionResultResult::TxFailed(results.try_into().unwrap_or_default())
}

fn check_bump(
    submission: &Submission,
    bump: &Bump<'_>,
    accounts: &impl Accounts,
) -> Result<(), TransactionResult> {
    let refuse = |code| Err(submission.refusal(code));
    if submission.bid() < submission.minimum_fee() {
        return refuse(TransactionResultResult::TxInsufficientFee);
    }
    let needed = fee_at_inner_rate(submission);
    if submission.bid() < needed {
        let result = submission.refusal(TransactionResultResult::TxInsufficientFee);
        return Err(TransactionResult { fee_charged: needed, ..result });
    }
    let Some(account) = accounts.account(&bump.source) else {
        return refuse(TransactionResultResult::TxNoAccount);
    };
    let mut signatures = Signatures::new(submission.hash, bump.signatures);
    if !signatures.reach(&bump.source, account, account.threshold(Level::Low)) {
        return refuse(TransactionResultResult::TxBadAuth);
    }
    if account.available() < submission.bid() {
        return refuse(TransactionResultResult::TxInsufficientBalance);
    }
    if !signatures.are_all_used() {
        return refuse(TransactionResultResult::TxBadAuthExtra);
    }
    Ok(())
}

/// The least fee of a fee bump: per operation, as much as the transaction in it offers.
fn fee_at_inner_rate(submission: &Submission) -> i64 {
    let (outer, inner) = (submission.minimum_fee(), submission.inner.minimum_fee());
    let product = i128::from(submission.inner.bid()) * i128::from(outer);
    let rounded_up = (product + i128::from(inner) - 1) / i128::from(inner);
    i64::try_from(rounded_up).unwrap_or(i64::MAX)
}

fn check_inner(
    submission: &Submission,
    accounts: &impl Accounts,
    moment: Moment,
) -> Result<(), TransactionResultResult> {
    let signed = &submission.inner;
    let account = check_before_sequence(submission, accounts, moment)?;
    let mut signatures = Signatures::new(signed.hash, &signed.signatures);
    check_authority(signed, account, moment, &mut signatures)?;
    if submission.bump().is_none() && account.available() < signed.bid() {
        return Err(TransactionResultResult::TxInsufficientBalance);
    }
    for index in 0..signed.transaction.operations.len() {
        if let Err(result) = check_operation(signed, index, accounts, &mut signatures) {
            // As on the network, the other operations are not checked, and their results say
            // success.
            let mut results = untried(&signed.transaction);
            results[index] = result;
            return Err(failed(results));
        }
    }
    if !signatures.are_all_used() {
        return Err(TransactionResultResult::TxBadAuthExtra);
    }
    Ok(())
}

fn check_operation(
    signed: &Signed,
    index: usize,
    accounts: &impl Accounts,
    signatures: &mut Signatures<'_>,
) -> Result<(), OperationResult> {
    let operation = &signed.transaction.operations[index];
    let Some(rules) = ops::rules(&operation.body) else {
        tracing::warn!(operation = operation.body.name(), "the sandbox does not do this operation");
        return Err(OperationResult::OpNotSupported);
    };
    check_operation_authority(signed, index, accounts, signatures)?;
    rules.check(&ops::source(operation, &signed.transaction))
}

fn check_bounds(transaction: &Transaction, moment: Moment) -> Result<(), TransactionResultResult> {
    let (time, ledgers) = bounds(transaction);
    let (min_time, max_time) = time.map_or((0, 0), |time| (time.min_time.0, time.max_time.0));
    let (min_ledger, max_ledger) = ledgers.map_or((0, 0), |l| (l.min_ledger, l.max_ledger));
    if min_time > moment.close_time || min_ledger > moment.ledger {
        return Err(TransactionResultResult::TxTooEarly);
    }
    let latest_close = moment.close_time.saturating_add(moment.lead);
    let is_late = max_time != 0 && max_time < latest_close;
    if is_late || (max_ledger != 0 && max_ledger <= moment.ledger) {
        return Err(TransactionResultResult::TxTooLate);
    }
    Ok(())
}

fn bounds(transaction: &Transaction) -> (Option<&TimeBounds>, Option<&LedgerBounds>) {
    match &transaction.cond {
        Preconditions::None => (None, None),
        Preconditions::Time(time) => (Some(time), None),
        Preconditions::V2(v2) => (v2.time_bounds.as_ref(), v2.ledger_bounds.as_ref()),
    }
}

fn preconditions(transaction: &Transaction) -> Option<&PreconditionsV2> {
    match &transaction.cond {
        Preconditions::V2(v2) => Some(v2),
        Preconditions::None | Preconditions::Time(_) => None,
    }
}

fn are_malformed(extra_signers: &[SignerKey]) -> bool {
    let is_twice = matches!(extra_signers, [one, other] if one == other);
    is_twice
        || extra_signers.iter().any(|key| {
            matches!(key, SignerKey::Ed25519SignedPayload(signed) if signed.payload.is_empty())
        })
}

fn is_bad_sequence(transaction: &Transaction, account: &Account, moment: Moment) -> bool {
    let wanted = transaction.seq_num.0;
    if wanted == i64::from(moment.ledger) << 32 {
        return true; // the sequence number at which an account created in this ledger starts
    }
    match preconditions(transaction).and_then(|v2| v2.min_seq_num.as_ref()) {
        Some(least) => account.sequence < least.0 || account.sequence >= wanted,
        None => account.sequence.checked_add(1) != Some(wanted),
    }
}

fn is_too_soon(extra: &PreconditionsV2, account: &Account, moment: Moment) -> bool {
    let since = moment.close_time.checked_sub(extra.min_seq_age.0);
    let from = moment.ledger.checked_sub(extra.min_seq_ledger_gap);
    since.is_none_or(|time| time < account.sequence_time)
        || from.is_none_or(|ledger| ledger < account.sequence_ledger)
}

/// A contract operation must be the only one, and only its transaction has Soroban resources.
fn is_inconsistent(transaction: &Transaction) -> bool {
    let is_contract = |operation: &Operation| {
        matches!(
            operation.body,
            OperationBody::InvokeHostFunction(_)
                | OperationBody::ExtendFootprintTtl(_)
                | OperationBody::RestoreFootprint(_)
        )
    };
    let has_resources = matches!(transaction.ext, TransactionExt::V1(_));
    let is_mixed =
        transaction.operations.len() > 1 && transaction.operations.iter().any(is_contract);
    is_mixed || has_resources != transaction.operations.iter().any(is_contract)
}
