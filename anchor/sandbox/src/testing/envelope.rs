//! Builds and signs transactions for tests.

use stellar_xdr::{
    Asset, CreateAccountOp, DecoratedSignature, FeeBumpTransaction, FeeBumpTransactionEnvelope,
    FeeBumpTransactionExt, FeeBumpTransactionInnerTx, Memo, MuxedAccount, Operation, OperationBody,
    PaymentOp, Preconditions, PreconditionsV2, SequenceNumber, SetOptionsOp, String32, TimeBounds,
    TimePoint, Transaction, TransactionEnvelope, TransactionExt, TransactionV0,
    TransactionV0Envelope, TransactionV0Ext, TransactionV1Envelope, Uint256,
};

use super::keys::Key;

/// Builds a transaction. The defaults are the base fee, no bounds and no memo.
#[derive(Clone)]
pub(crate) struct Tx {
    network: [u8; 32],
    transaction: Transaction,
    operations: Vec<Operation>,
    fee: Option<u32>,
    extra: Vec<DecoratedSignature>,
}

impl Tx {
    pub(crate) fn new(network: [u8; 32], source: &Key, sequence: i64) -> Self {
        let transaction = Transaction {
            source_account: source.muxed(),
            fee: 0,
            seq_num: SequenceNumber(sequence),
            cond: Preconditions::None,
            memo: Memo::None,
            operations: Default::default(),
            ext: TransactionExt::V0,
        };
        Self { network, transaction, operations: Vec::new(), fee: None, extra: Vec::new() }
    }

    pub(crate) fn op(mut self, body: OperationBody) -> Self {
        self.operations.push(Operation { source_account: None, body });
        self
    }

    pub(crate) fn op_as(mut self, source: &Key, body: OperationBody) -> Self {
        self.operations.push(Operation { source_account: Some(source.muxed()), body });
        self
    }

    pub(crate) fn source(mut self, source: MuxedAccount) -> Self {
        self.transaction.source_account = source;
        self
    }

    pub(crate) fn fee(mut self, fee: u32) -> Self {
        self.fee = Some(fee);
        self
    }

    pub(crate) fn sequence(mut self, sequence: i64) -> Self {
        self.transaction.seq_num = SequenceNumber(sequence);
        self
    }

    pub(crate) fn next_sequence(mut self, step: i64) -> Self {
        self.transaction.seq_num.0 += step;
        self
    }

    pub(crate) fn memo(mut self, memo: Memo) -> Self {
        self.transaction.memo = memo;
        self
    }

    pub(crate) fn times(mut self, min: u64, max: u64) -> Self {
        self.transaction.cond =
            Preconditions::Time(TimeBounds { min_time: TimePoint(min), max_time: TimePoint(max) });
        self
    }

    pub(crate) fn conditions(mut self, conditions: PreconditionsV2) -> Self {
        self.transaction.cond = Preconditions::V2(conditions);
        self
    }

    pub(crate) fn ext(mut self, ext: TransactionExt) -> Self {
        self.transaction.ext = ext;
        self
    }

    pub(crate) fn signature(mut self, signature: DecoratedSignature) -> Self {
        self.extra.push(signature);
        self
    }

    pub(crate) fn build(&self) -> Transaction {
        let fee = self.fee.unwrap_or(100 * self.operations.len() as u32);
        let operations = self.operations.clone().try_into().unwrap();
        Transaction { fee, operations, ..self.transaction.clone() }
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        self.build().hash(self.network).unwrap()
    }

    pub(crate) fn sign(&self, keys: &[&Key]) -> TransactionEnvelope {
        let hash = self.hash();
        let signatures: Vec<_> =
            keys.iter().map(|key| key.sign(&hash)).chain(self.extra.clone()).collect();
        TransactionEnvelope::Tx(TransactionV1Envelope {
            tx: self.build(),
            signatures: signatures.try_into().unwrap(),
        })
    }

    /// The same transaction as a V0 envelope, which has the same hash.
    pub(crate) fn sign_v0(&self, keys: &[&Key]) -> TransactionEnvelope {
        let TransactionEnvelope::Tx(v1) = self.sign(keys) else { unreachable!() };
        let MuxedAccount::Ed25519(Uint256(source)) = v1.tx.source_account else { unreachable!() };
        let time_bounds = match v1.tx.cond {
            Preconditions::Time(bounds) => Some(bounds),
            _ => None,
        };
        TransactionEnvelope::TxV0(TransactionV0Envelope {
            tx: TransactionV0 {
                source_account_ed25519: Uint256(source),
                fee: v1.tx.fee,
                seq_num: v1.tx.seq_num,
                time_bounds,
                memo: v1.tx.memo,
                operations: v1.tx.operations,
                ext: TransactionV0Ext::V0,
            },
            signatures: v1.signatures,
        })
    }
}

/// A fee bump around `inner`.
pub(crate) fn bump(
    network: [u8; 32],
    inner: &TransactionEnvelope,
    source: &Key,
    fee: i64,
    keys: &[&Key],
) -> TransactionEnvelope {
    let TransactionEnvelope::Tx(inner) = inner.clone() else { unreachable!() };
    let tx = FeeBumpTransaction {
        fee_source: source.muxed(),
        fee,
        inner_tx: FeeBumpTransactionInnerTx::Tx(inner),
        ext: FeeBumpTransactionExt::V0,
    };
    let hash = tx.hash(network).unwrap();
    let signatures: Vec<_> = keys.iter().map(|key| key.sign(&hash)).collect();
    let signatures = signatures.try_into().unwrap();
    TransactionEnvelope::TxFeeBump(FeeBumpTransactionEnvelope { tx, signatures })
}

pub(crate) fn create(destination: &Key, stroops: i64) -> OperationBody {
    OperationBody::CreateAccount(CreateAccountOp {
        destination: destination.id(),
        starting_balance: stroops,
    })
}

pub(crate) fn pay(destination: &Key, stroops: i64) -> OperationBody {
    OperationBody::Payment(PaymentOp {
        destination: destination.muxed(),
        asset: Asset::Native,
        amount: stroops,
    })
}

pub(crate) fn options(change: impl FnOnce(&mut SetOptionsOp)) -> OperationBody {
    let mut op = SetOptionsOp::default();
    change(&mut op);
    OperationBody::SetOptions(op)
}

pub(crate) fn home_domain(text: &[u8]) -> OperationBody {
    options(|op| op.home_domain = Some(String32(text.to_vec().try_into().unwrap())))
}
