//! Result codes as Horizon spells them.

use stellar_xdr::{
    InnerTransactionResultResult, OperationResult, OperationResultTr, TransactionResult,
    TransactionResultCode, TransactionResultResult,
};

use crate::ops::{create_account, payment, set_options};

pub(crate) fn transaction(code: TransactionResultCode) -> &'static str {
    match code {
        TransactionResultCode::TxFeeBumpInnerSuccess => "tx_fee_bump_inner_success",
        TransactionResultCode::TxSuccess => "tx_success",
        TransactionResultCode::TxFailed => "tx_failed",
        TransactionResultCode::TxTooEarly => "tx_too_early",
        TransactionResultCode::TxTooLate => "tx_too_late",
        TransactionResultCode::TxMissingOperation => "tx_missing_operation",
        TransactionResultCode::TxBadSeq => "tx_bad_seq",
        TransactionResultCode::TxBadAuth => "tx_bad_auth",
        TransactionResultCode::TxInsufficientBalance => "tx_insufficient_balance",
        TransactionResultCode::TxNoAccount => "tx_no_source_account",
        TransactionResultCode::TxInsufficientFee => "tx_insufficient_fee",
        TransactionResultCode::TxBadAuthExtra => "tx_bad_auth_extra",
        TransactionResultCode::TxInternalError => "tx_internal_error",
        TransactionResultCode::TxNotSupported => "tx_not_supported",
        TransactionResultCode::TxFeeBumpInnerFailed => "tx_fee_bump_inner_failed",
        TransactionResultCode::TxBadSponsorship => "tx_bad_sponsorship",
        TransactionResultCode::TxBadMinSeqAgeOrGap => "tx_bad_minseq_age_or_gap",
        TransactionResultCode::TxMalformed => "tx_malformed",
        TransactionResultCode::TxSorobanInvalid => "tx_soroban_invalid",
        TransactionResultCode::TxFrozenKeyAccessed => "tx_frozen_key_accessed",
    }
}

pub(crate) fn operation(result: &OperationResult) -> &'static str {
    match result {
        OperationResult::OpInner(OperationResultTr::CreateAccount(r)) => create_account::code(r),
        OperationResult::OpInner(OperationResultTr::Payment(r)) => payment::code(r),
        OperationResult::OpInner(OperationResultTr::SetOptions(r)) => set_options::code(r),
        OperationResult::OpInner(_) => "op_inner", // of operations that are not supported yet
        OperationResult::OpBadAuth => "op_bad_auth",
        OperationResult::OpNoAccount => "op_no_source_account",
        OperationResult::OpNotSupported => "op_not_supported",
        OperationResult::OpTooManySubentries => "op_too_many_subentries",
        OperationResult::OpExceededWorkLimit => "op_exceeded_work_limit",
        OperationResult::OpTooManySponsoring => "op_too_many_sponsoring",
    }
}

/// The operations' results, of the inner transaction if there is one; none if it did not get that
/// far.
pub(crate) fn operations(result: &TransactionResult) -> Option<&[OperationResult]> {
    match &result.result {
        TransactionResultResult::TxSuccess(results)
        | TransactionResultResult::TxFailed(results) => Some(results),
        TransactionResultResult::TxFeeBumpInnerSuccess(pair)
        | TransactionResultResult::TxFeeBumpInnerFailed(pair) => match &pair.result.result {
            InnerTransactionResultResult::TxSuccess(results)
            | InnerTransactionResultResult::TxFailed(results) => Some(results),
            _ => None,
        },
        _ => None,
    }
}

/// The inner transaction's code, of a fee bump that got as far as that.
pub(crate) fn inner(result: &TransactionResult) -> Option<TransactionResultCode> {
    match &result.result {
        TransactionResultResult::TxFeeBumpInnerSuccess(pair)
        | TransactionResultResult::TxFeeBumpInnerFailed(pair) => {
            Some(pair.result.result.discriminant())
        }
        _ => None,
    }
}

/// Whether the transaction did what it says.
pub(crate) fn is_success(result: &TransactionResult) -> bool {
    matches!(
        result.result,
        TransactionResultResult::TxSuccess(_) | TransactionResultResult::TxFeeBumpInnerSuccess(_)
    )
}
