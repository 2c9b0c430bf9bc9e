//! An envelope: what the core decodes, `stellar-xdr` decodes to the same; what that decodes within
//! our subset, the core decodes.

use sha2::{Digest as _, Sha256};
use stellar_xdr::{self as whole, Limits, ReadXdr as _, WriteXdr as _};
use windlass_core::{
    network::Network,
    wire,
    xdr::{Envelope, MAX_ENVELOPE, Operation},
};

/// The bytes of an envelope, valid or not.
pub fn run(input: &[u8]) {
    let ours = Envelope::from_bytes(input);
    let limits = Limits { depth: 100, len: input.len() };
    let theirs = whole::TransactionEnvelope::from_xdr(input, limits).map(plainest);
    match (&ours, &theirs) {
        (Ok(ours), Ok(whole::TransactionEnvelope::Tx(theirs))) => agree(ours, theirs),
        (Ok(_), other) => panic!("ours reads what theirs does not: {other:?}"),
        (Err(error), Ok(whole::TransactionEnvelope::Tx(theirs))) => {
            assert!(!is_ours(theirs), "theirs reads what ours refuses: {error}");
        }
        (Err(error), _) => assert!(!error.to_string().is_empty()),
    }
    let text = wire::base64(input);
    let in_base64 = Envelope::from_base64(&text);
    assert_eq!(in_base64.is_ok(), ours.is_ok() && text.len() <= MAX_ENVELOPE);
    if let Ok(text) = core::str::from_utf8(input) {
        let _ = Envelope::from_base64(text);
    }
}

/// The same transaction as a version 1 envelope, with time bounds in the simplest form: version 0,
/// and time bounds as preconditions of the second kind, are other encodings of it.
pub fn plainest(envelope: whole::TransactionEnvelope) -> whole::TransactionEnvelope {
    use whole::{Preconditions, PreconditionsV2, TransactionEnvelope};
    let time = |bounds: Option<_>| bounds.map_or(Preconditions::None, Preconditions::Time);
    let mut v1 = match envelope {
        TransactionEnvelope::Tx(v1) => v1,
        TransactionEnvelope::TxV0(v0) => whole::TransactionV1Envelope {
            tx: whole::Transaction {
                source_account: whole::MuxedAccount::Ed25519(v0.tx.source_account_ed25519),
                fee: v0.tx.fee,
                seq_num: v0.tx.seq_num,
                cond: time(v0.tx.time_bounds),
                memo: v0.tx.memo,
                operations: v0.tx.operations,
                ext: whole::TransactionExt::V0,
            },
            signatures: v0.signatures,
        },
        other @ TransactionEnvelope::TxFeeBump(_) => return other,
    };
    if let Preconditions::V2(PreconditionsV2 { time_bounds, .. }) = &v1.tx.cond {
        let alone = PreconditionsV2 { time_bounds: time_bounds.clone(), ..Default::default() };
        if v1.tx.cond == Preconditions::V2(alone.clone()) {
            v1.tx.cond = time(alone.time_bounds);
        }
    }
    TransactionEnvelope::Tx(v1)
}

fn agree(ours: &Envelope, theirs: &whole::TransactionV1Envelope) {
    let bytes = whole::TransactionEnvelope::Tx(theirs.clone()).to_xdr(Limits::none());
    assert_eq!(Ok(ours.to_bytes()), bytes);
    assert!(is_ours(theirs), "ours reads a kind of transaction that it does not know");
    let tx = &ours.transaction;
    assert_eq!((tx.fee, tx.sequence), (theirs.tx.fee, theirs.tx.seq_num.0));
    assert_eq!(tx.operations.len(), theirs.tx.operations.len());
    for (ours, theirs) in tx.operations.iter().zip(theirs.tx.operations.iter()) {
        match (ours, &theirs.body) {
            (Operation::ManageData(ours), whole::OperationBody::ManageData(theirs)) => {
                let value = theirs.data_value.as_ref().map(|v| v.0.as_slice());
                assert_eq!(ours.name, theirs.data_name.as_slice());
                assert_eq!(ours.value.as_deref(), value);
            }
            (Operation::Payment(ours), whole::OperationBody::Payment(theirs)) => {
                assert_eq!(ours.amount, theirs.amount);
            }
            (Operation::ChangeTrust(ours), whole::OperationBody::ChangeTrust(theirs)) => {
                assert_eq!(ours.limit, theirs.limit);
            }
            (ours, theirs) => panic!("{ours:?} is not {theirs:?}"),
        }
    }
    for (ours, theirs) in ours.signatures.iter().zip(theirs.signatures.iter()) {
        assert_eq!(
            (ours.hint, ours.signature.as_slice()),
            (theirs.hint.0, &theirs.signature.0[..])
        );
    }
    let network = Network::new(Network::TESTNET);
    assert_eq!(tx.hash(&network), hash(&theirs.tx, network.passphrase()));
}

/// Whether it is of the subset that the core knows: three operations, time bounds or none, nothing
/// newer.
fn is_ours(envelope: &whole::TransactionV1Envelope) -> bool {
    let tx = &envelope.tx;
    matches!(tx.ext, whole::TransactionExt::V0)
        && matches!(tx.cond, whole::Preconditions::None | whole::Preconditions::Time(_))
        && tx.operations.iter().all(|it| is_known(&it.body))
}

fn is_known(body: &whole::OperationBody) -> bool {
    match body {
        whole::OperationBody::ChangeTrust(op) => {
            !matches!(op.line, whole::ChangeTrustAsset::PoolShare(_))
        }
        whole::OperationBody::ManageData(_) | whole::OperationBody::Payment(_) => true,
        _ => false,
    }
}

/// What signatures cover, by the other library alone.
pub(super) fn hash(tx: &whole::Transaction, passphrase: &str) -> [u8; 32] {
    let payload = whole::TransactionSignaturePayload {
        network_id: whole::Hash(Sha256::digest(passphrase.as_bytes()).into()),
        tagged_transaction: whole::TransactionSignaturePayloadTaggedTransaction::Tx(tx.clone()),
    };
    let bytes = payload.to_xdr(Limits::none()).unwrap_or_else(|error| panic!("{error}"));
    Sha256::digest(bytes).into()
}
