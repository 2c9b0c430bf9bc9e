//! Signers, weights and thresholds.

use stellar_xdr::{OperationBody, PreconditionsV2, SetOptionsOp, Signer, SignerKey, Uint256};

use crate::testing::{
    Key, Tx, World, bump, hash_x_signature, home_domain, options, pay, payload_signature,
};

/// Does something to the account's signers with its master key, which must still be enough.
fn change(world: &World, account: &Key, change: impl FnOnce(&mut SetOptionsOp)) {
    let envelope = world.tx(account).op(options(change)).sign(&[account]);
    assert_eq!(world.submit(&envelope).tx, "tx_success");
}

fn add_signer(world: &World, account: &Key, key: SignerKey, weight: u32) {
    change(world, account, |op| op.signer = Some(Signer { key, weight }));
}

fn thresholds(low: u32, medium: u32, high: u32) -> impl FnOnce(&mut SetOptionsOp) {
    move |op| {
        op.low_threshold = Some(low);
        op.med_threshold = Some(medium);
        op.high_threshold = Some(high);
    }
}

fn payment(world: &World, account: &Key) -> Tx {
    world.tx(account).op(pay(account, 1))
}

/// An account with three signers of weight 1 (its own and two) where two have to sign anything.
fn two_of_three(world: &World) -> (Key, Key, Key) {
    let (own, second, third) = (world.funded("own"), Key::named("second"), Key::named("third"));
    add_signer(world, &own, second.signer(), 1);
    add_signer(world, &own, third.signer(), 1);
    change(world, &own, thresholds(2, 2, 2));
    (own, second, third)
}

#[test]
fn two_of_three_signers_suffice_and_a_third_signature_is_extra() {
    let world = World::new();
    let (own, second, third) = two_of_three(&world);
    let payment = || payment(&world, &own);
    for keys in [[&own, &second], [&third, &own], [&second, &third]] {
        assert_eq!(world.submit(&payment().sign(&keys)).tx, "tx_success");
    }
    for keys in [&[&own][..], &[&third], &[]] {
        assert_eq!(world.submit(&payment().sign(keys)).tx, "tx_bad_auth");
    }
    let all = payment().sign(&[&own, &second, &third]);
    assert_eq!(world.submit(&all).tx, "tx_bad_auth_extra");
    let stranger = payment().sign(&[&own, &Key::named("stranger")]);
    assert_eq!(world.submit(&stranger).tx, "tx_bad_auth");
}

#[test]
fn a_signer_counts_once_however_often_it_signs() {
    let world = World::new();
    let (own, second, _) = two_of_three(&world);
    let twice = payment(&world, &own).sign(&[&own, &own]);
    assert_eq!(world.submit(&twice).tx, "tx_bad_auth");
    let enough_and_one_again = payment(&world, &own).sign(&[&own, &second, &own]);
    assert_eq!(world.submit(&enough_and_one_again).tx, "tx_bad_auth_extra");
}

#[test]
fn weights_add_up_to_the_threshold_of_the_operation() {
    let world = World::new();
    let (own, heavy, light) = (world.funded("own"), Key::named("heavy"), Key::named("light"));
    add_signer(&world, &own, heavy.signer(), 10);
    add_signer(&world, &own, light.signer(), 4);
    change(&world, &own, |op| op.master_weight = Some(5));
    change(&world, &own, thresholds(4, 10, 15));

    let domain = || home_domain(b"example.com");
    let signer = || options(|op| op.signer = Some(Signer { key: light.signer(), weight: 4 }));
    let threshold = || options(|op| op.low_threshold = Some(4));
    for (keys, medium, high) in [
        (&[&heavy][..], "tx_success", "tx_failed"),
        (&[&own, &light], "tx_failed", "tx_failed"),
        (&[&heavy, &own], "tx_bad_auth_extra", "tx_success"),
        (&[&light, &heavy], "tx_success", "tx_failed"),
        (&[&light, &own, &heavy], "tx_success", "tx_success"),
    ] {
        let cases: [(OperationBody, &str); 4] =
            [(pay(&own, 1), medium), (domain(), medium), (signer(), high), (threshold(), high)];
        for (body, code) in cases {
            let name = body.name();
            let verdict = world.submit(&world.tx(&own).op(body).sign(keys));
            assert_eq!(verdict.tx, code, "{name} with {} keys", keys.len());
            if code == "tx_failed" {
                assert_eq!((verdict.operations, verdict.included), (vec!["op_bad_auth"], false));
            }
        }
    }
}

#[test]
fn low_threshold_suffices_for_a_source_without_operations() {
    let world = World::new();
    let (own, weak, other) = (world.funded("own"), Key::named("weak"), world.funded("other"));
    add_signer(&world, &own, weak.signer(), 1);
    change(&world, &own, |op| op.master_weight = Some(2));
    change(&world, &own, thresholds(1, 2, 2));
    let tx = world.tx(&own).op_as(&other, pay(&own, 1));
    assert_eq!(world.submit(&tx.sign(&[&weak, &other])).tx, "tx_success");
    let tx = world.tx(&own).op(pay(&own, 1));
    assert_eq!(world.submit(&tx.sign(&[&weak])).operations, ["op_bad_auth"]);
}

#[test]
fn master_key_with_weight_0_cannot_sign() {
    let world = World::new();
    let (own, other) = (world.funded("own"), Key::named("other"));
    add_signer(&world, &own, other.signer(), 1);
    change(&world, &own, |op| op.master_weight = Some(0));
    let payment = || payment(&world, &own);
    assert_eq!(world.submit(&payment().sign(&[&own])).tx, "tx_bad_auth");
    assert_eq!(world.submit(&payment().sign(&[&other, &own])).tx, "tx_bad_auth_extra");
    assert_eq!(world.submit(&payment().sign(&[&other])).tx, "tx_success");
}

#[test]
fn account_without_signers_is_locked_permanently() {
    let world = World::new();
    let own = world.funded("own");
    change(&world, &own, |op| op.master_weight = Some(0));
    assert_eq!(world.submit(&payment(&world, &own).sign(&[&own])).tx, "tx_bad_auth");
}

#[test]
fn zero_threshold_still_needs_one_signature() {
    let world = World::new();
    let own = world.funded("own");
    assert_eq!(world.submit(&payment(&world, &own).sign(&[])).tx, "tx_bad_auth");
    assert_eq!(world.submit(&payment(&world, &own).sign(&[&own])).tx, "tx_success");
}

#[test]
fn signature_needs_the_right_hint() {
    let world = World::new();
    let own = world.funded("own");
    let tx = payment(&world, &own);
    let good = own.sign(&tx.hash());

    let mut wrong_hint = good.clone();
    wrong_hint.hint.0[0] ^= 1;
    let other_message = own.sign(b"another message");
    let mut cut = good.clone();
    cut.signature.0 = good.signature.0[..63].to_vec().try_into().unwrap();
    let mut empty = good.clone();
    empty.signature.0 = Default::default();
    for bad in [wrong_hint, other_message, cut, empty] {
        assert_eq!(world.submit(&tx.clone().signature(bad).sign(&[])).tx, "tx_bad_auth");
    }
    assert_eq!(world.submit(&tx.signature(good).sign(&[])).tx, "tx_success");
}

#[test]
fn a_signature_for_another_network_does_not_count() {
    let world = World::new();
    let own = world.funded("own");
    let sequence = world.account(&own).sequence + 1;
    let elsewhere = Tx::new([7; 32], &own, sequence).op(pay(&own, 1)).sign(&[&own]);
    assert_eq!(world.submit(&elsewhere).tx, "tx_bad_auth");
}

#[test]
fn a_preimage_signs_for_its_hash() {
    let world = World::new();
    let own = world.funded("own");
    let (signer, signature) = hash_x_signature(b"open sesame");
    let (_, wrong) = hash_x_signature(b"open barley");
    add_signer(&world, &own, signer, 1);
    let tx = || payment(&world, &own);
    assert_eq!(world.submit(&tx().signature(wrong).sign(&[])).tx, "tx_bad_auth");
    assert_eq!(world.submit(&tx().signature(signature.clone()).sign(&[])).tx, "tx_success");
    // The preimage signs any transaction.
    assert_eq!(world.submit(&tx().signature(signature).sign(&[])).tx, "tx_success");
}

#[test]
fn a_payload_signature_counts_for_any_transaction() {
    for payload in [&b"ab"[..], b"longer than four bytes"] {
        let world = World::new();
        let (own, other) = (world.funded("own"), Key::named("other"));
        add_signer(&world, &own, other.payload_signer(payload), 1);
        let tx = || payment(&world, &own);
        let plain_hint = other.sign(payload);
        assert_eq!(world.submit(&tx().signature(plain_hint).sign(&[])).tx, "tx_bad_auth");
        let signature = payload_signature(&other, payload);
        assert_eq!(world.submit(&tx().signature(signature).sign(&[])).tx, "tx_success");
    }
}

#[test]
fn a_preauthorized_transaction_runs_without_signatures_and_only_once() {
    let world = World::new();
    let own = world.funded("own");
    let next = payment(&world, &own).next_sequence(1); // after the one that adds the signer
    add_signer(&world, &own, SignerKey::PreAuthTx(Uint256(next.hash())), 1);
    assert_eq!(world.account(&own).subentries(), 1);
    assert_eq!(world.submit(&next.sign(&[])).tx, "tx_success");
    assert_eq!(world.account(&own).subentries(), 0);
}

#[test]
fn a_preauthorization_is_spent_also_when_the_transaction_fails() {
    let world = World::new();
    let (own, nobody) = (world.funded("own"), Key::named("nobody"));
    let next = world.tx(&own).op(pay(&nobody, 1)).next_sequence(1);
    add_signer(&world, &own, SignerKey::PreAuthTx(Uint256(next.hash())), 1);
    let verdict = world.submit(&next.sign(&[]));
    assert_eq!((verdict.tx, verdict.included), ("tx_failed", true));
    assert!(world.account(&own).signers.is_empty());
}

#[test]
fn a_fee_bump_can_be_preauthorized_by_its_payer() {
    let world = World::new();
    let (own, payer) = (world.funded("own"), world.funded("payer"));
    let inner = payment(&world, &own).sign(&[&own]);
    let outer = bump(world.sandbox.network().id, &inner, &payer, 400, &[]);
    let hash = world.read(&outer).hash;
    add_signer(&world, &payer, SignerKey::PreAuthTx(Uint256(hash)), 1);
    assert_eq!(world.submit(&outer).tx, "tx_fee_bump_inner_success");
    assert!(world.account(&payer).signers.is_empty());
}

#[test]
fn extra_signers_of_the_preconditions_must_all_sign() {
    let world = World::new();
    let (own, one, two) = (world.funded("own"), Key::named("one"), Key::named("two"));
    let conditions = PreconditionsV2 {
        time_bounds: None,
        ledger_bounds: None,
        min_seq_num: None,
        min_seq_age: stellar_xdr::Duration(0),
        min_seq_ledger_gap: 0,
        extra_signers: vec![one.signer(), two.signer()].try_into().unwrap(),
    };
    let tx = payment(&world, &own).conditions(conditions);
    for keys in [&[&own][..], &[&own, &one], &[&own, &two], &[&one, &two]] {
        assert_eq!(world.submit(&tx.sign(keys)).tx, "tx_bad_auth");
    }
    assert_eq!(world.submit(&tx.sign(&[&two, &own, &one])).tx, "tx_success");
}
