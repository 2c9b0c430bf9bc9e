//! Each refusal, which of two faults decides, and that a refusal changes nothing.

use stellar_xdr::{
    Duration, LedgerBounds, Preconditions, PreconditionsV2, SequenceNumber, SignerKey,
    SorobanTransactionData, TimeBounds, TimePoint, TransactionExt, Uint256,
};

use crate::{
    state::BASE_FEE,
    testing::{Key, NOW, World, create, pay, xlm},
};

/// Seconds ahead of the clock that a submission is still too late.
const LEAD: u64 = 10;

/// The faults of a transaction, in the order in which the network checks them.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    OldEnvelope,
    NoOperation,
    TooEarly,
    TooLate,
    LowFee,
    NoSource,
    BadSequence,
    TooSoon,
    Unsigned,
    Unaffordable,
    BadOperation,
    ExtraSignature,
}

const ORDER: [(Fault, &str); 12] = [
    (Fault::OldEnvelope, "tx_not_supported"),
    (Fault::NoOperation, "tx_missing_operation"),
    (Fault::TooEarly, "tx_too_early"),
    (Fault::TooLate, "tx_too_late"),
    (Fault::LowFee, "tx_insufficient_fee"),
    (Fault::NoSource, "tx_no_source_account"),
    (Fault::BadSequence, "tx_bad_seq"),
    (Fault::TooSoon, "tx_bad_minseq_age_or_gap"),
    (Fault::Unsigned, "tx_bad_auth"),
    (Fault::Unaffordable, "tx_insufficient_balance"),
    (Fault::BadOperation, "tx_failed"),
    (Fault::ExtraSignature, "tx_bad_auth_extra"),
];

/// The answer to a transaction with these faults and no other.
fn answer(faults: &[Fault]) -> &'static str {
    let world = World::new();
    let (alice, bob) = (world.with_balance("a", xlm(100)), world.funded("b"));
    let stranger = Key::named("nobody");
    let has = |fault| faults.contains(&fault);
    let source = if has(Fault::NoSource) { &stranger } else { &alice };

    let mut tx = world.tx(&alice).source(source.muxed());
    if !has(Fault::NoOperation) {
        tx = tx.op(pay(&bob, if has(Fault::BadOperation) { -1 } else { 1 }));
    }
    tx = match (has(Fault::LowFee), has(Fault::Unaffordable)) {
        (true, _) => tx.fee(99),
        (false, true) => tx.fee(u32::try_from(xlm(100)).unwrap()),
        (false, false) => tx.fee(100),
    };
    if has(Fault::BadSequence) {
        tx = tx.next_sequence(1);
    }
    let times = TimeBounds {
        min_time: TimePoint(if has(Fault::TooEarly) { NOW + 1000 } else { 0 }),
        max_time: TimePoint(if has(Fault::TooLate) { NOW - 1 } else { 0 }),
    };
    if has(Fault::OldEnvelope) {
        tx = tx.times(times.min_time.0, times.max_time.0);
    } else {
        let age = if has(Fault::TooSoon) { u64::MAX } else { 0 };
        let conditions = PreconditionsV2 { time_bounds: Some(times), ..conditions(age, 0) };
        tx = tx.conditions(conditions);
    }
    let mut keys = vec![];
    if !has(Fault::Unsigned) {
        keys.push(source);
    }
    if has(Fault::ExtraSignature) {
        keys.push(&bob);
    }
    let envelope = if has(Fault::OldEnvelope) { tx.sign_v0(&keys) } else { tx.sign(&keys) };

    let before = world.state();
    let verdict = world.submit(&envelope);
    if verdict.tx != "tx_success" {
        assert!(!verdict.included, "{faults:?}");
        assert_eq!(world.state(), before, "{faults:?} left a trace");
        assert!(world.included(&envelope).is_none(), "{faults:?} is in history");
    }
    verdict.tx
}

fn conditions(min_seq_age: u64, min_seq_ledger_gap: u32) -> PreconditionsV2 {
    PreconditionsV2 {
        time_bounds: None,
        ledger_bounds: None,
        min_seq_num: None,
        min_seq_age: Duration(min_seq_age),
        min_seq_ledger_gap,
        extra_signers: Default::default(),
    }
}

#[test]
fn every_fault_alone_has_its_code_and_leaves_no_trace() {
    assert_eq!(answer(&[]), "tx_success");
    for (fault, code) in ORDER {
        assert_eq!(answer(&[fault]), code, "{fault:?}");
    }
}

#[test]
fn first_fault_in_the_networks_order_decides() {
    for (position, (first, code)) in ORDER.into_iter().enumerate() {
        for (second, _) in ORDER.into_iter().skip(position + 1) {
            // The old form has no such condition; one fee cannot be too low and too high; no
            // operation is not bad.
            let impossible = [
                (Fault::OldEnvelope, Fault::TooSoon),
                (Fault::LowFee, Fault::Unaffordable),
                (Fault::NoOperation, Fault::BadOperation),
            ];
            if !impossible.contains(&(first, second)) {
                assert_eq!(answer(&[first, second]), code, "{first:?} and {second:?}");
            }
        }
    }
}

#[test]
fn refusal_results_equal_the_networks_byte_by_byte() {
    let world = World::new();
    let (alice, bob, nobody) = (world.funded("a"), world.funded("b"), Key::named("nobody"));
    let tx = || world.tx(&alice).op(pay(&bob, 1));
    let poor = world.with_balance("poor", xlm(1));
    for (envelope, xdr) in [
        (tx().next_sequence(1).sign(&[&alice]), "AAAAAAAAAGT////7AAAAAA=="),
        (tx().next_sequence(-1).sign(&[&alice]), "AAAAAAAAAGT////7AAAAAA=="),
        (tx().times(0, NOW).sign(&[&alice]), "AAAAAAAAAGT////9AAAAAA=="),
        (tx().times(NOW + 100, 0).sign(&[&alice]), "AAAAAAAAAGT////+AAAAAA=="),
        (tx().sign(&[]), "AAAAAAAAAGT////6AAAAAA=="),
        (tx().sign(&[&bob]), "AAAAAAAAAGT////6AAAAAA=="),
        (tx().sign(&[&alice, &bob]), "AAAAAAAAAGT////2AAAAAA=="),
        (world.tx(&poor).op(pay(&bob, 1)).sign(&[&poor]), "AAAAAAAAAGT////5AAAAAA=="),
        (world.tx(&nobody).op(pay(&bob, 1)).sign(&[&nobody]), "AAAAAAAAAGT////4AAAAAA=="),
        (tx().op(pay(&bob, 1)).fee(199).sign(&[&alice]), "AAAAAAAAAMj////3AAAAAA=="),
        (tx().op_as(&bob, pay(&alice, 1)).sign(&[&alice]), {
            // The first operation says success although nothing was done.
            "AAAAAAAAAMj/////AAAAAgAAAAAAAAABAAAAAP////8AAAAA"
        }),
        (world.tx(&alice).op_as(&bob, pay(&alice, 1)).sign(&[&alice]), {
            "AAAAAAAAAGT/////AAAAAf////8AAAAA"
        }),
    ] {
        let verdict = world.submit(&envelope);
        assert_eq!((verdict.xdr.as_str(), verdict.included), (xdr, false), "{}", verdict.tx);
    }
}

#[test]
fn refusal_contains_the_required_fee() {
    let world = World::new();
    let alice = world.funded("a");
    let two = |fee| world.tx(&alice).op(pay(&alice, 1)).op(pay(&alice, 1)).fee(fee);
    for fee in [0, 1, 199] {
        let verdict = world.submit(&two(fee).sign(&[&alice]));
        assert_eq!((verdict.tx, verdict.fee), ("tx_insufficient_fee", 2 * BASE_FEE));
    }
    let verdict = world.submit(&two(5000).sign(&[]));
    assert_eq!((verdict.tx, verdict.fee), ("tx_bad_auth", 2 * BASE_FEE));
}

#[test]
fn time_bounds_are_exact_to_the_second() {
    let world = World::new();
    let alice = world.funded("a");
    world.advance(60);
    // Both bounds belong to the time allowed; the close may come two ledgers late.
    let now = NOW + 60;
    for (min, max, code) in [
        (now + 1, 0, "tx_too_early"),
        (0, now + LEAD - 1, "tx_too_late"),
        (now + 1, now - 1, "tx_too_early"),
        (now, now + LEAD, "tx_success"),
    ] {
        let envelope = world.tx(&alice).op(pay(&alice, 1)).times(min, max).sign(&[&alice]);
        assert_eq!(world.submit(&envelope).tx, code, "{min} to {max}");
    }
}

#[test]
fn ledger_bounds_begin_with_and_end_before_the_next_ledger() {
    let world = World::manual();
    let alice = world.funded("a");
    let submit = |min_offset: i64, max_offset: Option<i64>| {
        let next = i64::from(world.ledger(|ledger| ledger.last.sequence)) + 1;
        let bounds = LedgerBounds {
            min_ledger: u32::try_from(next + min_offset).unwrap(),
            max_ledger: max_offset.map_or(0, |offset| u32::try_from(next + offset).unwrap()),
        };
        let conditions = PreconditionsV2 { ledger_bounds: Some(bounds), ..conditions(0, 0) };
        let tx = world.tx(&alice).op(pay(&alice, 1)).conditions(conditions);
        world.submit(&tx.sign(&[&alice])).tx
    };
    assert_eq!(submit(1, None), "tx_too_early");
    assert_eq!(submit(0, Some(0)), "tx_too_late");
    assert_eq!(submit(0, Some(1)), "tx_success");
    assert_eq!(submit(0, None), "tx_success");
}

#[test]
fn a_least_sequence_number_allows_gaps_but_no_steps_back() {
    let world = World::manual();
    let alice = world.funded("a");
    let current = world.account(&alice).sequence;
    let submit = |least: i64, sequence: i64| {
        let least =
            PreconditionsV2 { min_seq_num: Some(SequenceNumber(least)), ..conditions(0, 0) };
        let tx = world.tx(&alice).op(pay(&alice, 1)).sequence(sequence).conditions(least);
        world.submit(&tx.sign(&[&alice])).tx
    };
    assert_eq!(submit(current + 1, current + 2), "tx_bad_seq");
    assert_eq!(submit(current, current), "tx_bad_seq");
    assert_eq!(submit(current - 5, current + 7), "tx_success");
    assert_eq!(world.account(&alice).sequence, current + 7);
    let next = i64::from(world.ledger(|ledger| ledger.last.sequence)) + 1;
    assert_eq!(submit(0, next << 32), "tx_bad_seq", "where new accounts of that ledger start");
    assert_eq!(submit(0, i64::MAX), "tx_success");
    assert_eq!(submit(i64::MIN, i64::MIN), "tx_bad_seq");
    let after_the_last = world.tx(&alice).op(pay(&alice, 1)).sequence(i64::MIN).sign(&[&alice]);
    assert_eq!(world.submit(&after_the_last).tx, "tx_bad_seq");
}

#[test]
fn age_and_gap_are_measured_from_the_last_transaction() {
    let world = World::new();
    let alice = world.funded("a");
    let submit = |age, gap| {
        let tx = world.tx(&alice).op(pay(&alice, 1)).conditions(conditions(age, gap));
        world.submit(&tx.sign(&[&alice])).tx
    };
    assert_eq!(submit(NOW, 2), "tx_success", "an account that sent nothing has no last time");
    world.advance(100); // of which the ledgers of the set-up ran ahead by two
    let last = world.account(&alice).sequence_time;
    let since = NOW + 100 - last;
    assert_eq!(submit(since + 1, 0), "tx_bad_minseq_age_or_gap");
    assert_eq!(submit(since, 2), "tx_bad_minseq_age_or_gap");
    assert_eq!(submit(since, 1), "tx_success");
    assert_eq!(submit(0, u32::MAX), "tx_bad_minseq_age_or_gap");
}

#[test]
fn account_must_afford_the_exact_fee() {
    for (spare, code) in [(99, "tx_insufficient_balance"), (100, "tx_success")] {
        let world = World::new();
        let poor = world.with_balance("poor", xlm(1) + spare);
        let verdict = world.submit(&world.tx(&poor).op(pay(&poor, 1)).sign(&[&poor]));
        assert_eq!(verdict.tx, code);
    }
}

#[test]
fn inconsistent_transactions_are_malformed() {
    let world = World::new();
    let alice = world.funded("a");
    let (hash, empty) = (SignerKey::HashX(Uint256([7; 32])), alice.payload_signer(&[]));
    for signers in [vec![hash.clone(), hash], vec![empty]] {
        let extra_signers = signers.try_into().unwrap();
        let conditions = PreconditionsV2 { extra_signers, ..conditions(0, 0) };
        let tx = world.tx(&alice).op(pay(&alice, 1)).conditions(conditions);
        assert_eq!(world.submit(&tx.sign(&[&alice])).tx, "tx_malformed");
    }
    let resources = TransactionExt::V1(SorobanTransactionData::default());
    let tx = world.tx(&alice).op(pay(&alice, 1)).ext(resources);
    assert_eq!(world.submit(&tx.sign(&[&alice])).tx, "tx_malformed");
}

#[test]
fn an_operation_of_a_missing_account_needs_that_accounts_own_signature() {
    let world = World::new();
    let (alice, new) = (world.funded("a"), Key::named("new"));
    let tx = world.tx(&alice).op_as(&new, pay(&alice, 1));

    let refused = world.submit(&tx.sign(&[&alice]));
    assert_eq!((refused.operations, refused.included), (vec!["op_bad_auth"], false));

    let failed = world.submit(&tx.sign(&[&alice, &new]));
    assert_eq!((failed.operations, failed.included), (vec!["op_no_source_account"], true));

    let tx = world.tx(&alice).op(create(&new, xlm(5))).op_as(&new, pay(&alice, xlm(1)));
    let done = world.submit(&tx.sign(&[&alice, &new]));
    assert_eq!(done.operations, ["op_success", "op_success"]);
    assert_eq!(world.account(&new).balance, xlm(4));
}

#[test]
fn time_bounds_of_both_precondition_forms_are_read() {
    let world = World::new();
    let alice = world.funded("a");
    let tx = world.tx(&alice).op(pay(&alice, 1)).times(0, 1);
    let Preconditions::Time(times) = tx.build().cond else { unreachable!() };
    let v2 = PreconditionsV2 { time_bounds: Some(times), ..conditions(0, 0) };
    for tx in [tx.clone(), tx.conditions(v2)] {
        assert_eq!(world.submit(&tx.sign(&[&alice])).tx, "tx_too_late");
    }
}
