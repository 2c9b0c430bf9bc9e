//! Ledgers that close on demand: the queue, order and time, and which transactions are dropped.

use stellar_xdr::{Signer, TransactionEnvelope};

use super::super::queue::Accepted;
use crate::testing::{Key, NOW, Verdict, World, bump, options, pay, xlm};

fn offer(world: &World, envelope: &TransactionEnvelope) -> Result<Accepted, Verdict> {
    let (submission, now) = (world.read(envelope), world.sandbox.now());
    world
        .ledger(|ledger| ledger.offer(submission, now))
        .map_err(|result| Verdict::new(&result, false))
}

#[test]
fn one_transaction_per_account_waits() {
    let world = World::manual();
    let (alice, bob) = (world.funded("a"), world.funded("b"));
    let tx = |step| world.tx(&alice).op(pay(&bob, 1)).next_sequence(step);
    let first = tx(0).sign(&[&alice]);
    assert_eq!(offer(&world, &first).unwrap(), Accepted::Pending);
    assert_eq!(offer(&world, &first).unwrap(), Accepted::Duplicate);
    assert_eq!(offer(&world, &tx(1).sign(&[&alice])).unwrap(), Accepted::TryAgainLater);
    assert_eq!(offer(&world, &tx(0).fee(5_000).sign(&[&alice])).unwrap(), Accepted::TryAgainLater);
    let earlier = offer(&world, &tx(-1).sign(&[&alice])).unwrap_err();
    assert_eq!((earlier.tx, earlier.xdr.as_str()), ("tx_bad_seq", "AAAAAAAAAAD////7AAAAAA=="));
    let other = world.tx(&bob).op(pay(&alice, 1)).sign(&[&bob]);
    assert_eq!(offer(&world, &other).unwrap(), Accepted::Pending);

    assert!(world.included(&first).is_none());
    world.sandbox.close_ledger();
    assert!(world.included(&first).is_some() && world.included(&other).is_some());
}

#[test]
fn fee_bump_with_ten_times_the_rate_replaces_the_queued_transaction() {
    let world = World::manual();
    let (alice, payer) = (world.funded("a"), world.funded("payer"));
    let network = world.sandbox.network().id;
    let inner = world.tx(&alice).op(pay(&payer, 1)).sign(&[&alice]);
    let around = |fee| bump(network, &inner, &payer, fee, &[&payer]);

    offer(&world, &inner).unwrap();
    let low = offer(&world, &around(1_999)).unwrap_err();
    assert_eq!((low.tx, low.fee), ("tx_insufficient_fee", 2_000));
    assert_eq!(offer(&world, &around(2_000)).unwrap(), Accepted::Pending);
    assert_eq!(offer(&world, &inner).unwrap(), Accepted::Duplicate);
    let nine_times = offer(&world, &around(18_000)).unwrap_err();
    assert_eq!((nine_times.tx, nine_times.fee), ("tx_insufficient_fee", 20_000));
    assert_eq!(offer(&world, &around(20_000)).unwrap(), Accepted::Pending);

    let sequence = world.account(&alice).sequence;
    world.sandbox.close_ledger();
    let included = world.included(&inner).unwrap();
    assert_eq!(included.submission.bid(), 20_000);
    assert_eq!(world.account(&alice).sequence, sequence + 1);
}

#[test]
fn the_payer_must_afford_all_its_queued_fees() {
    let world = World::manual();
    let (alice, bob) = (world.funded("a"), world.funded("b"));
    let payer = Key::named("payer");
    let create = world.tx(&alice).op(crate::testing::create(&payer, xlm(1) + 300)).sign(&[&alice]);
    assert_eq!(world.submit(&create).tx, "tx_success");
    let around = |key: &Key| {
        let inner = world.tx(key).op(pay(key, 1)).sign(&[key]);
        bump(world.sandbox.network().id, &inner, &payer, 200, &[&payer])
    };
    assert_eq!(offer(&world, &around(&alice)).unwrap(), Accepted::Pending);
    assert_eq!(offer(&world, &around(&bob)).unwrap_err().tx, "tx_insufficient_balance");
}

#[test]
fn queued_transactions_that_became_invalid_are_dropped() {
    let world = World::manual();
    let alice = world.funded("a");
    world.advance(60);
    let envelope = world.tx(&alice).op(pay(&alice, 1)).times(0, NOW + 90).sign(&[&alice]);
    offer(&world, &envelope).unwrap();
    let before = world.state();
    world.advance(31);
    world.sandbox.close_ledger();
    assert!(world.included(&envelope).is_none());
    assert_eq!(world.state(), before);
    world.sandbox.close_ledger();
    assert!(world.included(&envelope).is_none(), "it does not come back");
}

#[test]
fn a_signer_removed_earlier_in_the_ledger_costs_the_later_transaction_its_fee() {
    let world = World::manual();
    let (owner, helper) = (world.funded("owner"), Key::named("helper"));
    let signer = |weight| options(|op| op.signer = Some(Signer { key: helper.signer(), weight }));
    let other = world.funded("other");
    // The two transactions change places with their hashes, so the one that has to come first is
    // searched for.
    let add = world.tx(&owner).op(signer(1)).sign(&[&owner]);
    assert_eq!(world.submit(&add).tx, "tx_success");
    let later = world.tx(&owner).op(pay(&other, 1)).sign(&[&helper]);
    let later_hash = world.read(&later).hash;
    let earlier = (1..1_000)
        .map(|bid| world.tx(&other).op_as(&owner, signer(0)).fee(100 + bid).sign(&[&other, &owner]))
        .find(|envelope| world.read(envelope).hash < later_hash)
        .unwrap();
    offer(&world, &later).unwrap();
    offer(&world, &earlier).unwrap();
    let before = world.account(&owner);
    world.sandbox.close_ledger();

    let (earlier, later) = (world.included(&earlier).unwrap(), world.included(&later).unwrap());
    assert_eq!((earlier.order, later.order), (1, 2));
    let verdict = Verdict::new(&later.result, true);
    assert_eq!((verdict.tx, verdict.fee), ("tx_bad_auth", 100));
    let after = world.account(&owner);
    assert_eq!((after.balance, after.sequence), (before.balance - 100, before.sequence + 1));
}

#[test]
fn positions_in_the_ledger_include_failed_transactions() {
    let world = World::manual();
    let nobody = Key::named("nobody");
    let keys: Vec<Key> = (0..6).map(|n| world.funded(&format!("key {n}"))).collect();
    let envelopes: Vec<_> = keys
        .iter()
        .enumerate()
        .map(|(n, key)| {
            let destination = if n % 2 == 0 { key } else { &nobody };
            world.tx(key).op(pay(destination, 1)).sign(&[key])
        })
        .collect();
    for envelope in &envelopes {
        offer(&world, envelope).unwrap();
    }
    let sequence = world.sandbox.close_ledger();
    let mut included: Vec<_> = envelopes.iter().map(|one| world.included(one).unwrap()).collect();
    included.sort_by_key(|one| one.order);
    let toids: Vec<i64> = included.iter().map(|one| one.toid()).collect();
    let expected: Vec<i64> = (1..=6).map(|t| i64::from(sequence) << 32 | t << 12).collect();
    assert_eq!(toids, expected);
    assert!(included.windows(2).all(|pair| pair[0].submission.hash < pair[1].submission.hash));
    assert_eq!(included.iter().filter(|one| one.is_successful()).count(), 3);
}

#[test]
fn close_times_rise_by_a_second_at_least_and_follow_the_clock() {
    let world = World::manual();
    let closes = |world: &World| {
        world.sandbox.close_ledger();
        world.ledger(|ledger| ledger.last.closed_at)
    };
    assert_eq!(world.ledger(|ledger| (ledger.last.sequence, ledger.last.closed_at)), (1, NOW));
    assert_eq!([closes(&world), closes(&world)], [NOW + 1, NOW + 2]);
    assert_eq!(world.ledger(|ledger| ledger.time(NOW)), NOW + 2, "never behind the last close");
    world.advance(100);
    assert_eq!([closes(&world), closes(&world)], [NOW + 100, NOW + 101]);
}

#[test]
fn largest_clock_value_does_not_panic() {
    let world = World::manual();
    world.advance(u64::MAX - NOW);
    let alice = world.funded("a");
    let envelope = world.tx(&alice).op(pay(&alice, 1)).times(0, u64::MAX).sign(&[&alice]);
    assert_eq!(offer(&world, &envelope).unwrap(), Accepted::Pending);
    world.sandbox.close_ledger();
    assert!(world.included(&envelope).is_some());
}

#[tokio::test]
async fn burst_of_submissions_does_not_run_ahead_of_the_clock() {
    let world = World::new();
    let keys: Vec<Key> = (0..10).map(|number| world.funded(&format!("key {number}"))).collect();
    let mut toids = Vec::new();
    for second in 0..2 {
        let now = NOW + second;
        for number in 0..50 {
            let key = &keys[number % keys.len()];
            let bounded = world.tx(key).op(pay(key, 1)).times(0, now + 30).sign(&[key]);
            assert_eq!(world.post(&bounded).await.0, 200, "{second} {number}");
            let included = world.included(&bounded).unwrap();
            assert!(included.is_successful(), "{second} {number}");
            assert!(included.ledger.closed_at <= now + 1, "{second} {number}");
            toids.push(included.toid());
        }
        world.advance(1);
    }
    assert!(toids.is_sorted_by(|one, next| one < next), "{toids:?}");
    // The ledger of the first second, and that of the second one.
    assert_eq!(world.ledger(|ledger| ledger.last.sequence), 3);
}
