//! Fee bumps: their checks, and the result around the inner result.

use stellar_xdr::TransactionEnvelope;

use crate::testing::{Key, World, bump, pay, xlm};

struct Bumped {
    world: World,
    alice: Key,
    payer: Key,
}

impl Bumped {
    fn new() -> Self {
        let world = World::new();
        let (alice, payer) = (world.funded("a"), world.funded("payer"));
        Self { world, alice, payer }
    }

    fn inner(&self, fee: u32) -> TransactionEnvelope {
        self.world.tx(&self.alice).op(pay(&self.payer, 1)).fee(fee).sign(&[&self.alice])
    }

    fn around(&self, inner: &TransactionEnvelope, fee: i64) -> TransactionEnvelope {
        bump(self.world.sandbox.network().id, inner, &self.payer, fee, &[&self.payer])
    }
}

#[test]
fn fee_bump_payer_pays_for_one_extra_operation_and_the_source_nothing() {
    let it = Bumped::new();
    let verdict = it.world.submit(&it.around(&it.inner(0), 100_000));
    assert_eq!((verdict.tx, verdict.fee), ("tx_fee_bump_inner_success", 200));
    assert_eq!((verdict.inner, verdict.operations), (Some("tx_success"), vec!["op_success"]));
    assert_eq!(it.world.account(&it.alice).balance, xlm(10_000) - 1);
    assert_eq!(it.world.account(&it.payer).balance, xlm(10_000) - 200 + 1);
    assert_eq!(it.world.account(&it.payer).sequence_ledger, 0, "only the source's number moves");
}

#[test]
fn fee_bump_is_found_by_both_hashes() {
    let it = Bumped::new();
    let inner = it.inner(100);
    let outer = it.around(&inner, 200);
    it.world.submit(&outer);
    let (by_inner, by_outer) = (it.world.included(&inner), it.world.included(&outer));
    assert_eq!(by_inner.unwrap().submission.hash, by_outer.unwrap().submission.hash);
}

#[test]
fn fee_bump_payer_pays_even_if_the_transaction_fails() {
    let it = Bumped::new();
    let nobody = Key::named("nobody");
    let inner = it.world.tx(&it.alice).op(pay(&nobody, 1)).sign(&[&it.alice]);
    let verdict = it.world.submit(&it.around(&inner, 200));
    assert_eq!((verdict.tx, verdict.inner), ("tx_fee_bump_inner_failed", Some("tx_failed")));
    assert_eq!((verdict.operations, verdict.included), (vec!["op_no_destination"], true));
    assert_eq!(it.world.account(&it.payer).balance, xlm(10_000) - 200);
    assert_eq!(it.world.account(&it.alice).balance, xlm(10_000));
}

#[test]
fn fee_bump_must_offer_the_base_fee_and_the_inner_rate() {
    let it = Bumped::new();
    for (inner, outer, needed) in [
        (100, 199, Some(200)),
        (0, 199, Some(200)),
        (1_001, 2_001, Some(2_002)),
        (1_001, 2_002, None),
    ] {
        let verdict = it.world.submit(&it.around(&it.inner(inner), outer));
        match needed {
            Some(needed) => assert_eq!((verdict.tx, verdict.fee), ("tx_insufficient_fee", needed)),
            None => assert_eq!(verdict.tx, "tx_fee_bump_inner_success"),
        }
    }
}

#[test]
fn the_outer_transaction_is_checked_before_the_inner() {
    let it = Bumped::new();
    let network = it.world.sandbox.network().id;
    let (poor, nobody) = (it.world.with_balance("poor", xlm(1)), Key::named("nobody"));
    let unsigned_inner = it.world.tx(&it.alice).op(pay(&it.payer, 1)).sign(&[]);
    for (source, fee, keys, code) in [
        (&nobody, 1, &[][..], "tx_insufficient_fee"),
        (&nobody, 200, &[], "tx_no_source_account"),
        (&poor, 200, &[], "tx_bad_auth"),
        (&poor, 200, &[&it.alice], "tx_bad_auth"),
        (&poor, 200, &[&poor, &it.alice], "tx_insufficient_balance"),
        (&it.payer, 200, &[&it.payer, &it.alice], "tx_bad_auth_extra"),
        (&it.payer, 200, &[&it.payer], "tx_fee_bump_inner_failed"),
    ] {
        let verdict = it.world.submit(&bump(network, &unsigned_inner, source, fee, keys));
        assert_eq!((verdict.tx, verdict.included), (code, false));
    }
}

#[test]
fn refused_inner_transaction_is_reported_and_costs_nothing() {
    let it = Bumped::new();
    let tx = || it.world.tx(&it.alice).op(pay(&it.payer, 1));
    let before = it.world.state();
    for (inner, code) in [
        (tx().sign(&[]), "tx_bad_auth"),
        (tx().next_sequence(1).sign(&[&it.alice]), "tx_bad_seq"),
        (tx().times(0, 1).sign(&[&it.alice]), "tx_too_late"),
        (tx().sign(&[&it.alice, &it.payer]), "tx_bad_auth_extra"),
    ] {
        let verdict = it.world.submit(&it.around(&inner, 200));
        assert_eq!((verdict.tx, verdict.inner), ("tx_fee_bump_inner_failed", Some(code)));
        assert_eq!((verdict.fee, verdict.included), (200, false));
    }
    assert_eq!(it.world.state(), before);
}

#[test]
fn huge_fees_do_not_overflow() {
    let it = Bumped::new();
    for fee in [i64::MIN, -1, 0] {
        let verdict = it.world.submit(&it.around(&it.inner(u32::MAX), fee));
        assert_eq!(verdict.tx, "tx_insufficient_fee");
    }
    let verdict = it.world.submit(&it.around(&it.inner(u32::MAX), i64::MAX));
    assert_eq!(verdict.tx, "tx_insufficient_balance");
}
