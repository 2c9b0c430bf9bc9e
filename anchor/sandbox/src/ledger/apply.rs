//! Applies an included transaction: fee, sequence number, operations.

use stellar_xdr::{
    AccountId, LedgerEntryChange, LedgerEntryChanges, OperationResult, SignerKey, Transaction,
    TransactionResult, TransactionResultResult, Uint256,
};

use super::validity::{self, Moment};
use crate::{
    auth::Signatures,
    ops,
    state::{Account, Accounts as _, Draft, State},
    submission::{Signed, Submission},
};

/// Moves the fee to the fee pool. Returns the fee, and the account's entry before and after.
pub(crate) fn charge(
    submission: &Submission,
    state: &mut State,
    ledger: u32,
) -> (i64, LedgerEntryChanges) {
    let payer = submission.fee_account();
    let mut draft = Draft::over(state);
    let Some(before) = draft.account(&payer).cloned() else {
        return (0, LedgerEntryChanges::default()); // unreachable: validity has found it
    };
    let fee = submission.charge().clamp(0, before.balance);
    let after = Account { balance: before.balance - fee, last_modified: ledger, ..before.clone() };
    let changes = vec![
        LedgerEntryChange::State(before.entry(&payer)),
        LedgerEntryChange::Updated(after.entry(&payer)),
    ];
    draft.put(payer, after);
    let changed = draft.into_changes();
    state.commit(changed, ledger);
    state.fee_pool += fee;
    (fee, LedgerEntryChanges(changes.try_into().unwrap_or_default()))
}

/// Applies the rest of the transaction, after the fee was charged.
pub(crate) fn apply(
    submission: &Submission,
    fee: i64,
    state: &mut State,
    moment: Moment,
) -> TransactionResult {
    if let Some(bump) = submission.bump() {
        remove_one_time_signer(state, &[bump.source], submission.hash, moment.ledger);
    }
    submission.result(fee, apply_inner(submission, state, moment))
}

fn apply_inner(
    submission: &Submission,
    state: &mut State,
    moment: Moment,
) -> TransactionResultResult {
    let signed = &submission.inner;
    let mut signatures = Signatures::new(signed.hash, &signed.signatures);
    // Checked again: earlier transactions in the same ledger may have changed signers and sequence
    // numbers.
    let authorized = match validity::check_before_sequence(submission, state, moment) {
        Ok(account) => {
            let authority = validity::check_authority(signed, account, moment, &mut signatures);
            let account = account.clone();
            use_sequence_number(signed, account, state, moment);
            authority
        }
        Err(code) => Err(code),
    }
    .and_then(|()| check_operations(signed, state, &mut signatures));
    remove_one_time_signer(state, &sources(&signed.transaction), signed.hash, moment.ledger);
    if let Err(code) = authorized {
        return code;
    }
    if !signatures.are_all_used() {
        return TransactionResultResult::TxBadAuthExtra;
    }
    run(&signed.transaction, state, moment)
}

fn check_operations(
    signed: &Signed,
    state: &State,
    signatures: &mut Signatures<'_>,
) -> Result<(), TransactionResultResult> {
    let mut results = validity::untried(&signed.transaction);
    let mut is_valid = true;
    for (index, result) in results.iter_mut().enumerate() {
        if let Err(refusal) = validity::check_operation_authority(signed, index, state, signatures)
        {
            (*result, is_valid) = (refusal, false);
        }
    }
    if is_valid { Ok(()) } else { Err(validity::failed(results)) }
}

/// Runs every operation, also after one has failed, and keeps the changes only if all succeed.
fn run(transaction: &Transaction, state: &mut State, moment: Moment) -> TransactionResultResult {
    let mut draft = Draft::over(state);
    let mut results = Vec::new();
    let mut is_success = true;
    for operation in transaction.operations.iter() {
        let source = ops::source(operation, transaction);
        let result = match ops::rules(&operation.body) {
            None => Err(OperationResult::OpNotSupported),
            Some(_) if draft.account(&source).is_none() => Err(OperationResult::OpNoAccount),
            Some(rules) => {
                rules.check(&source).and_then(|()| rules.apply(&source, &mut draft, moment.ledger))
            }
        };
        is_success &= result.is_ok();
        results.push(result.unwrap_or_else(|refusal| refusal));
    }
    if !is_success {
        return validity::failed(results);
    }
    let changes = draft.into_changes();
    state.commit(changes, moment.ledger);
    TransactionResultResult::TxSuccess(results.try_into().unwrap_or_default())
}

fn use_sequence_number(signed: &Signed, account: Account, state: &mut State, moment: Moment) {
    let mut draft = Draft::over(state);
    let account = Account {
        sequence: signed.sequence(),
        sequence_ledger: moment.ledger,
        sequence_time: moment.close_time,
        ..account
    };
    draft.put(signed.source(), account);
    let changes = draft.into_changes();
    state.commit(changes, moment.ledger);
}

/// Removes the signers that are this transaction's hash: they are used up, whether or not the
/// transaction succeeds.
fn remove_one_time_signer(state: &mut State, sources: &[AccountId], hash: [u8; 32], ledger: u32) {
    let key = SignerKey::PreAuthTx(Uint256(hash));
    let mut draft = Draft::over(state);
    for id in sources {
        if let Some(account) =
            draft.account(id).filter(|account| account.signers.contains_key(&key))
        {
            let mut account = account.clone();
            account.signers.remove(&key);
            draft.put(id.clone(), account);
        }
    }
    let changes = draft.into_changes();
    state.commit(changes, ledger);
}

fn sources(transaction: &Transaction) -> Vec<AccountId> {
    let of_transaction = transaction.source_account.clone().account_id();
    let of_operations = transaction.operations.iter().map(|op| ops::source(op, transaction));
    std::iter::once(of_transaction).chain(of_operations).collect()
}
