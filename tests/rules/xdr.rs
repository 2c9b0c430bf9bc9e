//! The core's XDR against `stellar-xdr`, on generated envelopes.

use proptest::{collection::vec, option, prelude::*};
use sha2::{Digest, Sha256};
use stellar_xdr::{self as whole, Limits, ReadXdr as _, WriteXdr as _};
use windlass_core::{
    account::PublicKey,
    memo::Memo,
    network::Network,
    xdr::{
        Asset, ChangeTrust, DecoratedSignature, Envelope, ManageData, MuxedAccount, Operation,
        Payment, TimeBounds, Transaction, Unsigned, XdrError,
    },
};
use windlass_fuzz::xdr::plainest;
use windlass_tests::challenges::vectors;

fn muxed() -> impl Strategy<Value = MuxedAccount> {
    (any::<[u8; 32]>(), any::<Option<u64>>())
        .prop_map(|(key, id)| MuxedAccount { key: PublicKey::from_bytes(key), id })
}

fn memo() -> impl Strategy<Value = Memo> {
    prop_oneof![
        Just(Memo::None),
        vec(any::<u8>(), 0..=28).prop_map(Memo::Text),
        any::<u64>().prop_map(Memo::Id),
        any::<[u8; 32]>().prop_map(Memo::Hash),
        any::<[u8; 32]>().prop_map(Memo::Return),
    ]
}

fn asset() -> impl Strategy<Value = Asset> {
    let issuer = || any::<[u8; 32]>().prop_map(PublicKey::from_bytes);
    prop_oneof![
        Just(Asset::Native),
        (any::<[u8; 4]>(), issuer()).prop_map(|(code, issuer)| Asset::AlphaNum4 { code, issuer }),
        (any::<[u8; 12]>(), issuer()).prop_map(|(code, issuer)| Asset::AlphaNum12 { code, issuer }),
    ]
}

fn data() -> impl Strategy<Value = Operation> {
    let bytes = || vec(any::<u8>(), 0..=64);
    (option::of(muxed()), bytes(), option::of(bytes()))
        .prop_map(|(source, name, value)| ManageData { source, name, value }.into())
}

fn operation() -> impl Strategy<Value = Operation> {
    let payment = (option::of(muxed()), muxed(), asset(), any::<i64>()).prop_map(
        |(source, destination, asset, amount)| {
            Operation::Payment(Payment { source, destination, asset, amount })
        },
    );
    let trust = (option::of(muxed()), asset(), any::<i64>())
        .prop_map(|(source, asset, limit)| ChangeTrust { source, asset, limit });
    prop_oneof![data(), payment, trust.prop_map(Operation::ChangeTrust)]
}

fn signature() -> impl Strategy<Value = DecoratedSignature> {
    (any::<[u8; 4]>(), vec(any::<u8>(), 0..=64))
        .prop_map(|(hint, signature)| DecoratedSignature { hint, signature })
}

prop_compose! {
    fn transaction()(
        source in muxed(),
        fee in any::<u32>(),
        sequence in any::<i64>(),
        bounds in any::<Option<(u64, u64)>>(),
        memo in memo(),
        operations in prop_oneof![9 => vec(operation(), 0..5), 1 => vec(operation(), 95..=100)],
    ) -> Transaction {
        let time_bounds = bounds.map(|(min, max)| TimeBounds { min, max });
        Transaction { source, fee, sequence, time_bounds, memo, operations }
    }
}

prop_compose! {
    fn envelope()(transaction in transaction(), signatures in vec(signature(), 0..=20)) -> Envelope {
        Envelope { transaction, signatures }
    }
}

proptest! {
    #[test]
    fn core_and_stellar_xdr_write_and_read_the_same(ours in envelope()) {
        let theirs = in_whole(&ours);
        let bytes = ours.to_bytes();
        prop_assert_eq!(&bytes, &theirs.to_xdr(Limits::none()).unwrap());
        prop_assert_eq!(whole::TransactionEnvelope::from_xdr(&bytes, Limits::none()).unwrap(), theirs);
        prop_assert_eq!(&Envelope::from_bytes(&bytes).unwrap(), &ours);
        prop_assert_eq!(ours.to_base64(), in_whole(&ours).to_xdr_base64(Limits::none()).unwrap());
        prop_assert_eq!(&Envelope::from_base64(&ours.to_base64()).unwrap(), &ours);

        // A challenge may have only ManageData operations.
        let foreign = ours.transaction.operations.iter().find(|it| it.data().is_none());
        match (Unsigned::read(&ours.to_base64()), foreign) {
            (Ok((_, read)), None) => prop_assert_eq!(read, ours),
            (Err(XdrError::Operation(number)), Some(operation)) => {
                let payment = matches!(operation, Operation::Payment(_));
                prop_assert_eq!(number, if payment { 1 } else { 6 });
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn core_and_stellar_xdr_compute_the_same_hash(ours in envelope(), passphrase in "\\PC{0,40}") {
        let whole::TransactionEnvelope::Tx(whole::TransactionV1Envelope { tx, .. }) = in_whole(&ours) else {
            unreachable!()
        };
        let payload = whole::TransactionSignaturePayload {
            network_id: whole::Hash(Sha256::digest(passphrase.as_bytes()).into()),
            tagged_transaction: whole::TransactionSignaturePayloadTaggedTransaction::Tx(tx),
        };
        let hash: [u8; 32] = Sha256::digest(payload.to_xdr(Limits::none()).unwrap()).into();
        prop_assert_eq!(ours.transaction.hash(&Network::new(passphrase)), hash);
    }

    #[test]
    fn other_encodings_of_a_transaction_are_read_as_the_plainest(
        mut ours in envelope(),
        version_0 in any::<bool>(),
        passphrase in "\\PC{0,40}",
    ) {
        if version_0 {
            ours.transaction.source.id = None;
        }
        let theirs = otherwise(in_whole(&ours), version_0);
        let bytes = theirs.to_xdr(Limits::none()).unwrap();
        prop_assert_ne!(&bytes, &ours.to_bytes());
        prop_assert_eq!(&Envelope::from_bytes(&bytes).unwrap(), &ours);

        let Ok((unsigned, _)) = Unsigned::read(&theirs.to_xdr_base64(Limits::none()).unwrap()) else {
            return Ok(());
        };
        let network = Network::new(passphrase);
        prop_assert_eq!(unsigned.hash(&network), theirs.hash(network.id()).unwrap());
    }

    #[test]
    fn base64_may_be_wrapped_in_lines(ours in envelope(), width in 1..80_usize) {
        let text = ours.to_base64();
        let lines: Vec<_> = text.as_bytes().chunks(width).collect();
        let wrapped = format!(" \t{}\r\n", String::from_utf8(lines.join(&b"\r\n"[..])).unwrap());
        prop_assert_eq!(Envelope::from_base64(&wrapped), Envelope::from_base64(&text));
    }

    #[test]
    fn damaged_envelopes_are_refused_or_read_equally(
        ours in envelope(),
        damage in vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..4),
    ) {
        let mut bytes = ours.to_bytes();
        for (at, byte, how) in damage {
            // Small numbers are frequent: lengths, discriminants and options are small.
            let byte = if byte.is_multiple_of(2) { byte >> 5 } else { byte };
            match (how, bytes.len()) {
                (_, 0) => {}
                (0, length) => bytes[at.index(length)] = byte,
                (1, length) => bytes.truncate(at.index(length)),
                (2, length) => bytes.insert(at.index(length), byte),
                (_, length) => drop(bytes.remove(at.index(length))),
            }
        }
        agree(&bytes)?;
    }

    #[test]
    fn random_bytes_are_refused_or_read_equally(noise in vec(any::<u8>(), 0..600), after_kind in any::<bool>()) {
        let bytes = if after_kind { [&[0, 0, 0, 2][..], &noise].concat() } else { noise };
        agree(&bytes)?;
    }

    #[test]
    fn random_base64_is_refused_without_panic(text in "\\PC{0,200}|[A-Za-z0-9+/]{0,200}={0,3}") {
        prop_assert!(Envelope::from_base64(&text).is_err());
    }

    #[test]
    fn other_valid_transactions_are_refused_by_name(
        ours in envelope(),
        (kind, other) in others(),
        at in any::<prop::sample::Index>(),
    ) {
        let theirs = with(in_whole(&ours), other, at);
        let bytes = theirs.to_xdr(Limits::none()).unwrap();
        let error = Envelope::from_bytes(&bytes).unwrap_err();
        let named = match kind {
            Kind::Unsupported(name) => error == XdrError::Unsupported(name),
            Kind::Operation(number) => error == XdrError::Operation(number),
        };
        prop_assert!(named, "{:?} as {:?}", kind, error);
    }
}

/// What ours decodes, theirs decodes too, and both encode it to the same bytes.
fn agree(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(ours) = Envelope::from_bytes(bytes) {
        let theirs = whole::TransactionEnvelope::from_xdr(bytes, Limits::none()).unwrap();
        let plain = plainest(theirs.clone());
        prop_assert_eq!(&plain, &in_whole(&ours));
        prop_assert_eq!(ours.to_bytes() == bytes, plain == theirs);
    }
    Ok(())
}

#[test]
fn challenges_of_other_implementations_are_read_equally() {
    for vector in &vectors().challenges {
        for xdr in vector.challenge.iter().chain([&vector.signed]) {
            let ours = Envelope::from_base64(xdr).unwrap();
            let theirs = whole::TransactionEnvelope::from_xdr_base64(xdr, Limits::none()).unwrap();
            assert_eq!(theirs, in_whole(&ours), "{}", vector.name);
        }
    }
}

#[test]
fn lengths_over_the_limits_are_refused_before_anything_is_allocated() {
    let bytes = Envelope::from_base64(&vectors().challenges[0].signed).unwrap().to_bytes();
    for at in (0..bytes.len()).step_by(4) {
        for number in [0x7fff_ffff_u32, 0xffff_ffff, 0x1_0000, 101, 65, 29, 21] {
            let mut bytes = bytes.clone();
            bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
            agree(&bytes).unwrap();
        }
    }
    let long = "A".repeat(windlass_core::xdr::MAX_ENVELOPE + 4);
    assert_eq!(Envelope::from_base64(&long), Err(XdrError::TooLong));
}

/// A valid transaction outside the core's subset, and its name in the refusal.
#[derive(Clone, Debug)]
enum Other {
    Operation(whole::OperationBody),
    FeeBump,
    Preconditions(Box<whole::PreconditionsV2>),
    Soroban,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Unsupported(&'static str),
    Operation(u32),
}

fn others() -> impl Strategy<Value = (Kind, Other)> {
    prop_oneof![
        25 => prop::sample::select(operations()),
        1 => Just((Kind::Unsupported("a liquidity pool"), Other::Operation(pool()))),
        1 => Just((Kind::Unsupported("a fee bump envelope"), Other::FeeBump)),
        1 => preconditions().prop_map(|preconditions| {
            let kind = Kind::Unsupported("preconditions beyond time bounds");
            (kind, Other::Preconditions(Box::new(preconditions)))
        }),
        1 => Just((Kind::Unsupported("contract data (a Soroban transaction)"), Other::Soroban)),
    ]
}

/// Preconditions, one of them beyond time bounds.
fn preconditions() -> impl Strategy<Value = whole::PreconditionsV2> {
    use whole::PreconditionsV2 as Preconditions;
    let signers = whole::VecM::try_from([whole::SignerKey::default()]).unwrap();
    let beyond = [
        Preconditions { ledger_bounds: Some(Default::default()), ..Default::default() },
        Preconditions { min_seq_num: Some(Default::default()), ..Default::default() },
        Preconditions { min_seq_age: whole::Duration(1), ..Default::default() },
        Preconditions { min_seq_ledger_gap: 1, ..Default::default() },
        Preconditions { extra_signers: signers, ..Default::default() },
    ];
    (prop::sample::select(Vec::from(beyond)), any::<bool>()).prop_map(|(preconditions, bounds)| {
        let time_bounds = bounds.then(whole::TimeBounds::default);
        Preconditions { time_bounds, ..preconditions }
    })
}

/// The same transaction in version 0, or with its time bounds among preconditions of the second kind.
fn otherwise(envelope: whole::TransactionEnvelope, version_0: bool) -> whole::TransactionEnvelope {
    use whole::{Preconditions, TransactionEnvelope};
    let TransactionEnvelope::Tx(mut v1) = envelope else { unreachable!() };
    let time_bounds = match &v1.tx.cond {
        Preconditions::Time(bounds) => Some(bounds.clone()),
        _ => None,
    };
    if !version_0 {
        v1.tx.cond =
            Preconditions::V2(whole::PreconditionsV2 { time_bounds, ..Default::default() });
        return TransactionEnvelope::Tx(v1);
    }
    let whole::MuxedAccount::Ed25519(source_account_ed25519) = v1.tx.source_account else {
        unreachable!()
    };
    let whole::Transaction { fee, seq_num, memo, operations, .. } = v1.tx;
    TransactionEnvelope::TxV0(whole::TransactionV0Envelope {
        tx: whole::TransactionV0 {
            source_account_ed25519,
            fee,
            seq_num,
            time_bounds,
            memo,
            operations,
            ext: whole::TransactionV0Ext::V0,
        },
        signatures: v1.signatures,
    })
}

/// A trust line of a liquidity pool.
fn pool() -> whole::OperationBody {
    whole::OperationBody::ChangeTrust(whole::ChangeTrustOp {
        line: whole::ChangeTrustAsset::PoolShare(Default::default()),
        limit: 1,
    })
}

/// Every operation of Stellar that the core does not decode.
fn operations() -> Vec<(Kind, Other)> {
    macro_rules! of {
        ($($operation:ident)+) => { [$(whole::OperationBody::$operation(Default::default())),+] };
    }
    let mut bodies = Vec::from(of!(
        CreateAccount PathPaymentStrictReceive ManageSellOffer CreatePassiveSellOffer SetOptions AllowTrust
        AccountMerge BumpSequence ManageBuyOffer PathPaymentStrictSend CreateClaimableBalance
        ClaimClaimableBalance BeginSponsoringFutureReserves RevokeSponsorship Clawback ClawbackClaimableBalance
        SetTrustLineFlags LiquidityPoolDeposit LiquidityPoolWithdraw InvokeHostFunction ExtendFootprintTtl
        RestoreFootprint
    ));
    bodies.extend([
        whole::OperationBody::Inflation,
        whole::OperationBody::EndSponsoringFutureReserves,
    ]);
    assert_eq!(bodies.len() + 3, whole::OperationType::variants().len());
    let named = |body: whole::OperationBody| {
        let number = i32::from(body.discriminant()).cast_unsigned();
        (Kind::Operation(number), Other::Operation(body))
    };
    bodies.into_iter().map(named).collect()
}

fn with(
    envelope: whole::TransactionEnvelope,
    other: Other,
    at: prop::sample::Index,
) -> whole::TransactionEnvelope {
    let whole::TransactionEnvelope::Tx(mut v1) = envelope else { unreachable!() };
    match other {
        Other::Operation(body) => {
            let mut operations = v1.tx.operations.to_vec();
            operations.truncate(99);
            operations.insert(
                at.index(operations.len() + 1),
                whole::Operation { source_account: None, body },
            );
            v1.tx.operations = operations.try_into().unwrap();
        }
        Other::FeeBump => {
            return whole::TransactionEnvelope::TxFeeBump(whole::FeeBumpTransactionEnvelope {
                tx: whole::FeeBumpTransaction {
                    fee_source: v1.tx.source_account.clone(),
                    fee: 200,
                    inner_tx: whole::FeeBumpTransactionInnerTx::Tx(v1),
                    ext: whole::FeeBumpTransactionExt::V0,
                },
                signatures: whole::VecM::default(),
            });
        }
        Other::Preconditions(v2) => v1.tx.cond = whole::Preconditions::V2(*v2),
        Other::Soroban => v1.tx.ext = whole::TransactionExt::V1(Default::default()),
    }
    whole::TransactionEnvelope::Tx(v1)
}

/// The same envelope, built from the other library's types.
fn in_whole(envelope: &Envelope) -> whole::TransactionEnvelope {
    let Transaction { source, fee, sequence, time_bounds, memo, operations } =
        &envelope.transaction;
    let tx = whole::Transaction {
        source_account: account(source),
        fee: *fee,
        seq_num: whole::SequenceNumber(*sequence),
        cond: time_bounds.map_or(whole::Preconditions::None, |TimeBounds { min, max }| {
            whole::Preconditions::Time(whole::TimeBounds {
                min_time: whole::TimePoint(min),
                max_time: whole::TimePoint(max),
            })
        }),
        memo: match memo {
            Memo::None => whole::Memo::None,
            Memo::Text(text) => whole::Memo::Text(text.try_into().unwrap()),
            Memo::Id(id) => whole::Memo::Id(*id),
            Memo::Hash(hash) => whole::Memo::Hash(whole::Hash(*hash)),
            Memo::Return(hash) => whole::Memo::Return(whole::Hash(*hash)),
        },
        operations: operations
            .iter()
            .map(|operation| whole::Operation {
                source_account: operation.source().as_ref().map(account),
                body: body(operation),
            })
            .collect::<Vec<_>>()
            .try_into()
            .unwrap(),
        ext: whole::TransactionExt::V0,
    };
    let signatures = envelope.signatures.iter().map(|it| whole::DecoratedSignature {
        hint: whole::SignatureHint(it.hint),
        signature: it.signature.clone().try_into().unwrap(),
    });
    whole::TransactionEnvelope::Tx(whole::TransactionV1Envelope {
        tx,
        signatures: signatures.collect::<Vec<_>>().try_into().unwrap(),
    })
}

fn body(operation: &Operation) -> whole::OperationBody {
    match operation {
        Operation::ManageData(ManageData { name, value, .. }) => {
            whole::OperationBody::ManageData(whole::ManageDataOp {
                data_name: name.clone().try_into().unwrap(),
                data_value: value.clone().map(|value| value.try_into().unwrap()),
            })
        }
        Operation::Payment(Payment { destination, asset, amount, .. }) => {
            whole::OperationBody::Payment(whole::PaymentOp {
                destination: account(destination),
                asset: match line(asset) {
                    whole::ChangeTrustAsset::Native => whole::Asset::Native,
                    whole::ChangeTrustAsset::CreditAlphanum4(asset) => {
                        whole::Asset::CreditAlphanum4(asset)
                    }
                    whole::ChangeTrustAsset::CreditAlphanum12(asset) => {
                        whole::Asset::CreditAlphanum12(asset)
                    }
                    whole::ChangeTrustAsset::PoolShare(_) => unreachable!(),
                },
                amount: *amount,
            })
        }
        Operation::ChangeTrust(ChangeTrust { asset, limit, .. }) => {
            whole::OperationBody::ChangeTrust(whole::ChangeTrustOp {
                line: line(asset),
                limit: *limit,
            })
        }
        other => panic!("{other:?}"),
    }
}

fn line(asset: &Asset) -> whole::ChangeTrustAsset {
    let account = |key: &PublicKey| {
        let key = whole::Uint256(*key.as_bytes());
        whole::AccountId(whole::PublicKey::PublicKeyTypeEd25519(key))
    };
    match asset {
        Asset::Native => whole::ChangeTrustAsset::Native,
        Asset::AlphaNum4 { code, issuer } => {
            whole::ChangeTrustAsset::CreditAlphanum4(whole::AlphaNum4 {
                asset_code: whole::AssetCode4(*code),
                issuer: account(issuer),
            })
        }
        Asset::AlphaNum12 { code, issuer } => {
            whole::ChangeTrustAsset::CreditAlphanum12(whole::AlphaNum12 {
                asset_code: whole::AssetCode12(*code),
                issuer: account(issuer),
            })
        }
    }
}

fn account(account: &MuxedAccount) -> whole::MuxedAccount {
    let ed25519 = whole::Uint256(*account.key.as_bytes());
    match account.id {
        None => whole::MuxedAccount::Ed25519(ed25519),
        Some(id) => whole::MuxedAccount::MuxedEd25519(whole::MuxedAccountMed25519 { id, ed25519 }),
    }
}
