//! What a failed transaction costs and undoes, and what a successful one changes.

use stellar_xdr::{
    AccountEntryExt, AlphaNum4, Asset, AssetCode4, BumpSequenceOp, LedgerEntryChange,
    LedgerEntryData, ManageDataOp, MuxedAccount, MuxedAccountMed25519, OperationBody, PaymentOp,
    SequenceNumber, Uint256,
};

use crate::testing::{Key, World, create, home_domain, pay, xlm};

#[test]
fn a_failed_transaction_costs_fee_and_number_and_changes_nothing_else() {
    let world = World::new();
    let (alice, bob, nobody) = (world.funded("a"), world.funded("b"), Key::named("nobody"));
    let before = (world.account(&alice), world.account(&bob));
    let envelope = world
        .tx(&alice)
        .op(pay(&bob, xlm(1)))
        .op(pay(&nobody, 1))
        .op(create(&nobody, xlm(2)))
        .op(pay(&nobody, 1))
        .sign(&[&alice]);
    let verdict = world.submit(&envelope);
    // The later operations still run, and see the changes of the earlier ones.
    assert_eq!(verdict.operations, ["op_success", "op_no_destination", "op_success", "op_success"]);
    assert_eq!((verdict.tx, verdict.fee, verdict.included), ("tx_failed", 400, true));

    let after = world.account(&alice);
    assert_eq!(after.balance, before.0.balance - 400);
    assert_eq!(after.sequence, before.0.sequence + 1);
    assert_eq!(world.account(&bob), before.1);
    assert!(world.find(&nobody).is_none());
    assert!(!world.included(&envelope).unwrap().is_successful());
    assert_eq!(world.submit(&envelope).tx, "tx_bad_seq");
}

#[test]
fn charged_fee_is_the_base_fee_whatever_the_bid() {
    let world = World::new();
    let alice = world.funded("a");
    let before = world.state();
    let tx = world.tx(&alice).op(pay(&alice, 1)).op(pay(&alice, 1)).fee(1_000_000);
    assert_eq!(world.submit(&tx.sign(&[&alice])).fee, 200);
    assert_eq!(world.account(&alice).balance, before.accounts[&alice.id()].balance - 200);
    assert_eq!(world.state().fee_pool, before.fee_pool + 200);
}

#[test]
fn operations_may_act_for_other_accounts_that_signed() {
    let world = World::new();
    let (alice, bob) = (world.funded("a"), world.funded("b"));
    let tx = world.tx(&alice).op_as(&bob, pay(&alice, xlm(3)));
    assert_eq!(world.submit(&tx.sign(&[&alice, &bob])).tx, "tx_success");
    assert_eq!(world.account(&bob).balance, xlm(9_997));
    assert_eq!(world.account(&alice).balance, xlm(10_003) - 100);
}

#[test]
fn muxed_source_acts_for_its_underlying_account() {
    let world = World::new();
    let alice = world.funded("a");
    let muxed =
        MuxedAccount::MuxedEd25519(MuxedAccountMed25519 { id: 7, ed25519: Uint256(alice.bytes()) });
    let to_muxed = OperationBody::Payment(PaymentOp {
        destination: muxed.clone(),
        asset: Asset::Native,
        amount: 1,
    });
    let tx = world.tx(&alice).source(muxed).op(to_muxed);
    assert_eq!(world.submit(&tx.sign(&[&alice])).tx, "tx_success");
}

#[test]
fn unsupported_operations_are_refused_and_cost_nothing() {
    let world = World::new();
    let alice = world.funded("a");
    let usd =
        Asset::CreditAlphanum4(AlphaNum4 { asset_code: AssetCode4(*b"USD\0"), issuer: alice.id() });
    let data = ManageDataOp {
        data_name: "name".parse::<stellar_xdr::StringM<64>>().unwrap().into(),
        data_value: None,
    };
    let before = world.state();
    for body in [
        OperationBody::ManageData(data),
        OperationBody::BumpSequence(BumpSequenceOp { bump_to: SequenceNumber(0) }),
        OperationBody::Payment(PaymentOp { destination: alice.muxed(), asset: usd, amount: 1 }),
        OperationBody::AccountMerge(alice.muxed()),
        OperationBody::Inflation,
    ] {
        let name = body.name();
        let verdict = world.submit(&world.tx(&alice).op(pay(&alice, 1)).op(body).sign(&[&alice]));
        assert_eq!(verdict.operations, ["op_success", "op_not_supported"], "{name}");
        assert!(!verdict.included, "{name}");
    }
    assert_eq!(world.state(), before);
}

#[test]
fn account_stores_the_time_of_its_last_sequence_number() {
    let world = World::new();
    let alice = world.funded("a");
    assert_eq!(
        (world.account(&alice).sequence_ledger, world.account(&alice).sequence_time),
        (0, 0)
    );
    let envelope = world.tx(&alice).op(pay(&alice, 1)).sign(&[&alice]);
    world.submit(&envelope);
    let (account, included) = (world.account(&alice), world.included(&envelope).unwrap());
    assert_eq!(account.sequence_ledger, included.ledger.sequence);
    assert_eq!(account.sequence_time, included.ledger.closed_at);
    assert_eq!(account.last_modified, included.ledger.sequence);
}

#[test]
fn fee_changes_contain_the_entry_before_and_after() {
    let world = World::new();
    let alice = world.funded("a");
    let (first, second) = (
        world.tx(&alice).op(home_domain(b"a.example")),
        world.tx(&alice).op(pay(&alice, 1)).next_sequence(1),
    );
    for (tx, has_extension) in [(first, false), (second, true)] {
        let envelope = tx.sign(&[&alice]);
        world.submit(&envelope);
        let included = world.included(&envelope).unwrap();
        let [LedgerEntryChange::State(before), LedgerEntryChange::Updated(after)] =
            included.fee_changes.0.as_slice()
        else {
            panic!("{:?}", included.fee_changes);
        };
        let (LedgerEntryData::Account(before), LedgerEntryData::Account(after)) =
            (&before.data, &after.data)
        else {
            panic!("not accounts");
        };
        assert_eq!(before.balance - after.balance, 100);
        assert_eq!(before.account_id, alice.id());
        assert_eq!(!matches!(after.ext, AccountEntryExt::V0), has_extension);
    }
}
