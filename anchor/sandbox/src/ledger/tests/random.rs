//! Random histories: the sum of all stroops stays the same, and a refusal changes nothing.

use std::collections::BTreeSet;

use proptest::prelude::*;
use stellar_xdr::{OperationBody, Signer, TransactionEnvelope};

use crate::testing::{Key, World, bump, create, options, pay, xlm};

const KEYS: usize = 6;

/// One operation between two of the accounts.
#[derive(Clone, Debug)]
enum Step {
    Create { to: usize, stroops: i64 },
    Pay { to: usize, stroops: i64 },
    Signer { of: usize, weight: u32 },
    Master { weight: u32, high: u32 },
}

#[derive(Clone, Debug)]
struct Plan {
    from: usize,
    /// Whether all required signers sign.
    all_sign: bool,
    /// An account that signs without being asked to, if any.
    stranger: Option<usize>,
    payer: Option<usize>,
    /// Stroops per operation.
    fee: u32,
    steps: Vec<(Option<usize>, Step)>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let key = 0..KEYS;
    let stroops = prop_oneof![
        8 => 1..xlm(30),
        2 => xlm(4_000)..xlm(11_000),
        1 => Just(i64::MAX),
        1 => -1..1_i64,
    ];
    let step = prop_oneof![
        2 => (key.clone(), stroops.clone()).prop_map(|(to, stroops)| Step::Create { to, stroops }),
        10 => (key.clone(), stroops).prop_map(|(to, stroops)| Step::Pay { to, stroops }),
        2 => (key.clone(), 0..3_u32).prop_map(|(of, weight)| Step::Signer { of, weight }),
        1 => (0..3_u32, 0..2_u32).prop_map(|(weight, high)| Step::Master { weight, high }),
    ];
    let source = prop_oneof![3 => Just(None), 1 => key.clone().prop_map(Some)];
    let steps = prop::collection::vec((source, step), 1..5);
    let rarely = |strategy| prop_oneof![9 => Just(None), 1 => strategy];
    let payer = prop_oneof![3 => Just(None), 1 => key.clone().prop_map(Some)];
    let stranger = rarely(key.clone().prop_map(Some).boxed());
    let fee = prop_oneof![9 => 100..1_000_u32, 1 => 0..100_u32];
    (key, prop::bool::weighted(0.95), stranger, payer, fee, steps).prop_map(
        |(from, all_sign, stranger, payer, fee, steps)| Plan {
            from,
            all_sign,
            stranger,
            payer,
            fee,
            steps,
        },
    )
}

fn body(step: &Step, keys: &[Key]) -> OperationBody {
    match step {
        Step::Create { to, stroops } => create(&keys[*to], *stroops),
        Step::Pay { to, stroops } => pay(&keys[*to], *stroops),
        Step::Signer { of, weight } => options(|op| {
            op.signer = Some(Signer { key: keys[*of].signer(), weight: *weight });
        }),
        Step::Master { weight, high } => options(|op| {
            op.master_weight = Some(*weight);
            op.high_threshold = Some(*high);
        }),
    }
}

/// The plan's transaction, signed and perhaps bumped.
fn envelope(plan: &Plan, world: &World, keys: &[Key]) -> TransactionEnvelope {
    let mut signers = BTreeSet::from([plan.from]);
    let mut tx = world.tx(&keys[plan.from]).fee(plan.fee * plan.steps.len() as u32);
    for (source, step) in &plan.steps {
        let body = body(step, keys);
        tx = match source {
            Some(source) => tx.op_as(&keys[*source], body),
            None => tx.op(body),
        };
        signers.extend(source);
    }
    if !plan.all_sign {
        signers.pop_last();
    }
    signers.extend(plan.stranger);
    let inner = tx.sign(&signers.iter().map(|n| &keys[*n]).collect::<Vec<_>>());
    match plan.payer {
        Some(payer) => {
            let fee = i64::from(plan.fee) * (plan.steps.len() as i64 + 1);
            let payer = &keys[payer];
            bump(world.sandbox.network().id, &inner, payer, fee, &[payer])
        }
        None => inner,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn every_history_conserves_the_native_asset(plans in prop::collection::vec(plan(), 40..80)) {
        let world = World::new();
        let keys: Vec<Key> = (0..KEYS).map(|n| Key::named(&format!("random {n}"))).collect();
        keys.iter().skip(1).for_each(|key| world.sandbox.fund(&key.address()).unwrap());
        for plan in &plans {
            let before = world.state();
            let verdict = world.submit(&envelope(plan, &world, &keys));
            let after = world.state();
            prop_assert!(after.is_conserved(), "{plan:?}: {verdict:?}");
            prop_assert!(after.accounts.values().all(|account| account.balance >= 0));
            if verdict.included {
                prop_assert_eq!(after.fee_pool - before.fee_pool, verdict.fee);
            } else {
                prop_assert_eq!(after, before);
            }
        }
    }
}
