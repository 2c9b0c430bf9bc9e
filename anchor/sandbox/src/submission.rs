//! A submitted envelope with its hashes, fees and results.

use stellar_xdr::{
    AccountId, DecoratedSignature, FeeBumpTransactionInnerTx, Hash, InnerTransactionResult,
    InnerTransactionResultExt, InnerTransactionResultPair, InnerTransactionResultResult, Limits,
    ReadXdr as _, Transaction, TransactionEnvelope, TransactionResult, TransactionResultExt,
    TransactionResultResult, WriteXdr as _,
};

use crate::{network::Network, state::BASE_FEE};

/// The deepest XDR nesting that is read. No valid transaction is deeper, and deeper input could
/// exhaust the stack.
const MAX_DEPTH: u32 = 500;

/// An envelope as it was submitted, with its hashes.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    pub(crate) envelope: TransactionEnvelope,
    /// The hash under which it is known: that of the fee bump, if it is one.
    pub(crate) hash: [u8; 32],
    /// The transaction with the operations: the inner one of a fee bump.
    pub(crate) inner: Signed,
}

/// A transaction with its hash and signatures.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) transaction: Transaction,
    pub(crate) signatures: Vec<DecoratedSignature>,
    pub(crate) hash: [u8; 32],
}

/// The outer part of a fee bump.
pub(crate) struct Bump<'a> {
    pub(crate) source: AccountId,
    pub(crate) signatures: &'a [DecoratedSignature],
}

impl Submission {
    /// Reads a base64 envelope. `None` if it is not one, or is nested too deeply.
    pub(crate) fn read(base64: &str, network: &Network) -> Option<Self> {
        let limits = Limits { depth: MAX_DEPTH, len: base64.len() };
        let envelope = TransactionEnvelope::from_xdr_base64(base64, limits).ok()?;
        Self::new(envelope, network)
    }

    pub(crate) fn new(envelope: TransactionEnvelope, network: &Network) -> Option<Self> {
        let hash = envelope.hash(network.id).ok()?;
        let (transaction, signatures, inner_hash) = match &envelope {
            TransactionEnvelope::TxV0(v0) => (v0.tx.clone().into(), v0.signatures.to_vec(), hash),
            TransactionEnvelope::Tx(v1) => (v1.tx.clone(), v1.signatures.to_vec(), hash),
            TransactionEnvelope::TxFeeBump(bump) => {
                let FeeBumpTransactionInnerTx::Tx(inner) = &bump.tx.inner_tx;
                let hash = inner.hash(network.id).ok()?;
                (inner.tx.clone(), inner.signatures.to_vec(), hash)
            }
        };
        let inner = Signed { transaction, signatures, hash: inner_hash };
        Some(Self { envelope, hash, inner })
    }

    pub(crate) fn bump(&self) -> Option<Bump<'_>> {
        let TransactionEnvelope::TxFeeBump(bump) = &self.envelope else { return None };
        let source = bump.tx.fee_source.clone().account_id();
        Some(Bump { source, signatures: &bump.signatures })
    }

    /// The account that pays the fee.
    pub(crate) fn fee_account(&self) -> AccountId {
        self.bump().map_or_else(|| self.inner.source(), |bump| bump.source)
    }

    /// The offered fee, in stroops.
    pub(crate) fn bid(&self) -> i64 {
        match &self.envelope {
            TransactionEnvelope::TxFeeBump(bump) => bump.tx.fee,
            TransactionEnvelope::TxV0(_) | TransactionEnvelope::Tx(_) => self.inner.bid(),
        }
    }

    /// The least fee, in stroops. A fee bump counts as one more operation.
    pub(crate) fn minimum_fee(&self) -> i64 {
        self.inner.minimum_fee() + if self.bump().is_some() { BASE_FEE } else { 0 }
    }

    /// The fee that is charged, in stroops.
    pub(crate) fn charge(&self) -> i64 {
        self.bid().min(self.minimum_fee())
    }

    /// The result of the submission, made from the result of the (inner) transaction.
    pub(crate) fn result(&self, fee: i64, inner: TransactionResultResult) -> TransactionResult {
        let result = if self.bump().is_some() { self.bumped(inner) } else { inner };
        TransactionResult { fee_charged: fee, result, ext: TransactionResultExt::V0 }
    }

    /// The result of a refusal. Its fee is the one that would have been needed.
    pub(crate) fn refusal(&self, code: TransactionResultResult) -> TransactionResult {
        let fee_charged = self.minimum_fee();
        TransactionResult { fee_charged, result: code, ext: TransactionResultExt::V0 }
    }

    fn bumped(&self, inner: TransactionResultResult) -> TransactionResultResult {
        let succeeded = matches!(inner, TransactionResultResult::TxSuccess(_));
        let pair = InnerTransactionResultPair {
            transaction_hash: Hash(self.inner.hash),
            result: InnerTransactionResult {
                fee_charged: 0,
                result: same_as_inner(&inner),
                ext: InnerTransactionResultExt::V0,
            },
        };
        if succeeded {
            TransactionResultResult::TxFeeBumpInnerSuccess(pair)
        } else {
            TransactionResultResult::TxFeeBumpInnerFailed(pair)
        }
    }
}

impl Signed {
    pub(crate) fn source(&self) -> AccountId {
        self.transaction.source_account.clone().account_id()
    }

    pub(crate) fn sequence(&self) -> i64 {
        self.transaction.seq_num.0
    }

    pub(crate) fn bid(&self) -> i64 {
        i64::from(self.transaction.fee)
    }

    pub(crate) fn minimum_fee(&self) -> i64 {
        self.transaction.operations.len().max(1) as i64 * BASE_FEE
    }
}

/// Converts between the two XDR unions, which have the same bytes except for the arms of the fee
/// bump itself.
fn same_as_inner(result: &TransactionResultResult) -> InnerTransactionResultResult {
    result
        .to_xdr(Limits::none())
        .and_then(|bytes| InnerTransactionResultResult::from_xdr(bytes, Limits::none()))
        .unwrap_or(InnerTransactionResultResult::TxInternalError)
}
