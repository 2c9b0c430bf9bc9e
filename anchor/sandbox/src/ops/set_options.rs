//! `set_options`: thresholds, signers, flags, home domain and inflation destination of the source
//! account.

use stellar_xdr::{
    AccountId, OperationResult, OperationResultTr, PublicKey, SetOptionsOp, SetOptionsResult,
    Signer, SignerKey,
};

use super::Rules;
use crate::state::{
    AUTH_CLAWBACK, AUTH_IMMUTABLE, AUTH_REQUIRED, AUTH_REVOCABLE, Account, Accounts as _,
    BASE_RESERVE, Draft, Level,
};

const FLAGS: u32 = AUTH_REQUIRED | AUTH_REVOCABLE | AUTH_IMMUTABLE | AUTH_CLAWBACK;
const MAX_SIGNERS: usize = 20;

impl Rules for SetOptionsOp {
    fn threshold(&self) -> Level {
        let thresholds =
            [self.master_weight, self.low_threshold, self.med_threshold, self.high_threshold];
        if self.signer.is_some() || thresholds.iter().any(Option::is_some) {
            Level::High
        } else {
            Level::Medium
        }
    }

    fn untried(&self) -> OperationResult {
        answer(SetOptionsResult::Success)
    }

    fn check(&self, source: &AccountId) -> Result<(), OperationResult> {
        let (set, clear) = (self.set_flags.unwrap_or(0), self.clear_flags.unwrap_or(0));
        if (set | clear) & !FLAGS != 0 {
            return Err(answer(SetOptionsResult::UnknownFlag));
        }
        if set & clear != 0 {
            return Err(answer(SetOptionsResult::BadFlags));
        }
        for value in
            [self.master_weight, self.low_threshold, self.med_threshold, self.high_threshold]
        {
            if value.is_some_and(|value| u8::try_from(value).is_err()) {
                return Err(answer(SetOptionsResult::ThresholdOutOfRange));
            }
        }
        if self.signer.as_ref().is_some_and(|signer| is_bad(signer, source)) {
            return Err(answer(SetOptionsResult::BadSigner));
        }
        let domain = self.home_domain.as_ref().map_or(&[][..], |domain| domain.0.as_slice());
        if domain.iter().any(|byte| !byte.is_ascii() || byte.is_ascii_control()) {
            return Err(answer(SetOptionsResult::InvalidHomeDomain));
        }
        Ok(())
    }

    fn apply(
        &self,
        source: &AccountId,
        draft: &mut Draft<'_>,
        _ledger: u32,
    ) -> Result<OperationResult, OperationResult> {
        let mut account = draft.account(source).cloned().ok_or(OperationResult::OpNoAccount)?;
        if let Some(destination) = &self.inflation_dest {
            if draft.account(destination).is_none() {
                return Err(answer(SetOptionsResult::InvalidInflation));
            }
            account.inflation_destination = Some(destination.clone());
        }
        let (set, clear) = (self.set_flags.unwrap_or(0), self.clear_flags.unwrap_or(0));
        change_flags(&mut account, set, clear)?;
        if let Some(domain) = &self.home_domain {
            account.home_domain = domain.clone();
        }
        let thresholds = &mut account.thresholds;
        for (target, value) in [
            (&mut thresholds.master, self.master_weight),
            (&mut thresholds.low, self.low_threshold),
            (&mut thresholds.medium, self.med_threshold),
            (&mut thresholds.high, self.high_threshold),
        ] {
            // `check` has refused values above one byte.
            *target = value.and_then(|value| u8::try_from(value).ok()).unwrap_or(*target);
        }
        if let Some(signer) = &self.signer {
            change_signer(&mut account, signer)?;
        }
        draft.put(source.clone(), account);
        Ok(answer(SetOptionsResult::Success))
    }
}

fn change_flags(account: &mut Account, set: u32, clear: u32) -> Result<(), OperationResult> {
    if (set | clear) != 0 && account.flags & AUTH_IMMUTABLE != 0 {
        return Err(answer(SetOptionsResult::CantChange));
    }
    account.flags = account.flags & !clear | set;
    if account.flags & AUTH_CLAWBACK != 0 && account.flags & AUTH_REVOCABLE == 0 {
        return Err(answer(SetOptionsResult::AuthRevocableRequired));
    }
    Ok(())
}

fn is_bad(signer: &Signer, source: &AccountId) -> bool {
    let PublicKey::PublicKeyTypeEd25519(own) = &source.0;
    match &signer.key {
        SignerKey::Ed25519(key) if key == own => true,
        SignerKey::Ed25519SignedPayload(key) if key.payload.is_empty() => true,
        _ => signer.weight > u32::from(u8::MAX),
    }
}

fn change_signer(account: &mut Account, signer: &Signer) -> Result<(), OperationResult> {
    if signer.weight == 0 {
        account.signers.remove(&signer.key);
        return Ok(());
    }
    if !account.signers.contains_key(&signer.key) {
        if account.signers.len() >= MAX_SIGNERS {
            return Err(answer(SetOptionsResult::TooManySigners));
        }
        if account.available() < BASE_RESERVE {
            return Err(answer(SetOptionsResult::LowReserve));
        }
    }
    account.signers.insert(signer.key.clone(), signer.weight);
    Ok(())
}

pub(crate) fn code(result: &SetOptionsResult) -> &'static str {
    match result {
        SetOptionsResult::Success => "op_success",
        SetOptionsResult::LowReserve => "op_low_reserve",
        SetOptionsResult::TooManySigners => "op_too_many_signers",
        SetOptionsResult::BadFlags => "op_bad_flags",
        SetOptionsResult::InvalidInflation => "op_invalid_inflation",
        SetOptionsResult::CantChange => "op_cant_change",
        SetOptionsResult::UnknownFlag => "op_unknown_flag",
        SetOptionsResult::ThresholdOutOfRange => "op_threshold_out_of_range",
        SetOptionsResult::BadSigner => "op_bad_signer",
        SetOptionsResult::InvalidHomeDomain => "op_invalid_home_domain",
        SetOptionsResult::AuthRevocableRequired => "op_auth_revocable_required",
    }
}

fn answer(result: SetOptionsResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::SetOptions(result))
}

#[cfg(test)]
mod tests {
    use stellar_xdr::{OperationBody, SetOptionsOp, Signer, String32};

    use crate::testing::{Key, Verdict, World, home_domain, options, xlm};

    fn submit(world: &World, key: &Key, body: OperationBody) -> Verdict {
        world.submit(&world.tx(key).op(body).sign(&[key]))
    }

    fn signer(key: &Key, weight: u32) -> OperationBody {
        options(|op| op.signer = Some(Signer { key: key.signer(), weight }))
    }

    fn flags(set: Option<u32>, clear: Option<u32>) -> OperationBody {
        options(|op| (op.set_flags, op.clear_flags) = (set, clear))
    }

    #[test]
    fn invalid_options_are_refused_in_order() {
        type Wrong = fn(&mut SetOptionsOp, &Key);
        let faults: [(Wrong, &str); 6] = [
            (|op, _| op.clear_flags = Some(16 | 1), "op_unknown_flag"),
            (|op, _| (op.set_flags, op.clear_flags) = (Some(3), Some(1)), "op_bad_flags"),
            (|op, _| op.high_threshold = Some(256), "op_threshold_out_of_range"),
            (|op, key| op.signer = Some(Signer { key: key.signer(), weight: 1 }), "op_bad_signer"),
            (
                |op, _| {
                    op.home_domain = Some(String32(vec![b'a', 9].try_into().unwrap()));
                },
                "op_invalid_home_domain",
            ),
            (|op, _| op.set_flags = op.set_flags.or(Some(0)), "op_success"),
        ];
        let world = World::new();
        let alice = world.funded("a");
        for (position, (first, code)) in faults.iter().enumerate() {
            for (second, _) in &faults[position..] {
                // The second is written first, where both write the same field.
                let body = options(|op| {
                    second(op, &alice);
                    first(op, &alice);
                });
                let verdict = submit(&world, &alice, body);
                assert_eq!(verdict.operations, [*code]);
                assert_eq!(verdict.included, *code == "op_success");
            }
        }
    }

    #[test]
    fn every_weight_and_threshold_is_one_byte() {
        let world = World::new();
        let (alice, other) = (world.funded("a"), Key::named("other"));
        type Set = fn(&mut SetOptionsOp, u32);
        let fields: [Set; 4] = [
            |op, value| op.master_weight = Some(value),
            |op, value| op.low_threshold = Some(value),
            |op, value| op.med_threshold = Some(value),
            |op, value| op.high_threshold = Some(value),
        ];
        for set in fields {
            for value in [256, u32::MAX] {
                let verdict = submit(&world, &alice, options(|op| set(op, value)));
                assert_eq!(verdict.operations, ["op_threshold_out_of_range"]);
            }
            assert_eq!(submit(&world, &alice, options(|op| set(op, 255))).tx, "tx_success");
        }
        let alice = world.funded("b");
        assert_eq!(submit(&world, &alice, signer(&other, 256)).operations, ["op_bad_signer"]);
        assert_eq!(submit(&world, &alice, signer(&other, 255)).tx, "tx_success");
    }

    #[test]
    fn own_key_and_empty_payload_are_refused_as_signers() {
        let world = World::new();
        let (alice, other) = (world.funded("a"), Key::named("other"));
        for (key, weight) in
            [(alice.signer(), 0), (other.payload_signer(b""), 1), (other.payload_signer(b"x"), 256)]
        {
            let body = options(|op| op.signer = Some(Signer { key, weight }));
            assert_eq!(submit(&world, &alice, body).operations, ["op_bad_signer"]);
        }
    }

    #[test]
    fn home_domains_have_up_to_32_characters_and_can_be_removed() {
        let world = World::new();
        let alice = world.funded("a");
        for bad in [&b"\x7f"[..], b"a\nb", b"\0", "ü.example".as_bytes(), &[0xff]] {
            let verdict = submit(&world, &alice, home_domain(bad));
            assert_eq!(verdict.operations, ["op_invalid_home_domain"], "{bad:?}");
        }
        for good in [&b"anchor.example"[..], &[b'a'; 32], b""] {
            assert_eq!(submit(&world, &alice, home_domain(good)).tx, "tx_success");
            assert_eq!(world.account(&alice).home_domain.0.as_slice(), good);
        }
    }

    #[test]
    fn flags_depend_on_each_other_and_immutable_ones_stay() {
        let world = World::new();
        let alice = world.funded("a");
        for (set, clear, code, after) in [
            (Some(8), None, "op_auth_revocable_required", 0),
            (Some(1), None, "op_success", 1),
            (Some(8 | 2), Some(1), "op_success", 10),
            (None, Some(2), "op_auth_revocable_required", 10),
            (Some(0), Some(0), "op_success", 10),
            (None, Some(10), "op_success", 0),
            (Some(4), None, "op_success", 4),
            (Some(1), None, "op_cant_change", 4),
            (None, Some(4), "op_cant_change", 4),
            (Some(0), None, "op_success", 4),
        ] {
            let verdict = submit(&world, &alice, flags(set, clear));
            assert_eq!(verdict.operations, [code], "set {set:?}, clear {clear:?}");
            assert!(verdict.included);
            assert_eq!(world.account(&alice).flags, after);
        }
    }

    #[test]
    fn an_inflation_destination_must_exist() {
        let world = World::new();
        let (alice, bob, nobody) = (world.funded("a"), world.funded("b"), Key::named("nobody"));
        let to = |key: &Key| options(|op| op.inflation_dest = Some(key.id()));
        assert_eq!(submit(&world, &alice, to(&nobody)).operations, ["op_invalid_inflation"]);
        assert_eq!(submit(&world, &alice, to(&bob)).tx, "tx_success");
        assert_eq!(world.account(&alice).inflation_destination, Some(bob.id()));
    }

    #[test]
    fn account_has_at_most_20_signers() {
        let world = World::new();
        let alice = world.funded("a");
        let keys: Vec<Key> = (0..21).map(|n| Key::named(&format!("signer {n}"))).collect();
        for key in &keys[..20] {
            assert_eq!(submit(&world, &alice, signer(key, 1)).tx, "tx_success");
        }
        assert_eq!(
            submit(&world, &alice, signer(&keys[20], 1)).operations,
            ["op_too_many_signers"]
        );
        assert_eq!(submit(&world, &alice, signer(&keys[0], 2)).tx, "tx_success");
        assert_eq!(submit(&world, &alice, signer(&keys[1], 0)).tx, "tx_success");
        assert_eq!(submit(&world, &alice, signer(&keys[20], 1)).tx, "tx_success");
        assert_eq!(world.account(&alice).minimum_balance(), xlm(11));
    }

    #[test]
    fn signer_locks_a_reserve_until_it_is_removed() {
        let half = xlm(1) / 2;
        for (spare, code) in [(99, "op_low_reserve"), (100, "op_success")] {
            let world = World::new();
            let (poor, other) =
                (world.with_balance("poor", xlm(1) + half + spare), Key::named("other"));
            assert_eq!(submit(&world, &poor, signer(&other, 1)).operations, [code]);
        }
        let world = World::new();
        let (alice, other) = (world.funded("a"), Key::named("other"));
        submit(&world, &alice, signer(&other, 1));
        assert_eq!(world.account(&alice).minimum_balance(), xlm(1) + half);
        submit(&world, &alice, signer(&other, 0));
        assert_eq!(world.account(&alice).minimum_balance(), xlm(1));
        assert_eq!(submit(&world, &alice, signer(&other, 0)).tx, "tx_success", "nothing to delete");
    }
}
