//! `create_account`: makes an account that does not exist, and pays its starting balance.

use stellar_xdr::{
    AccountId, CreateAccountOp, CreateAccountResult, OperationResult, OperationResultTr,
};

use super::Rules;
use crate::state::{Account, Accounts as _, BASE_RESERVE, Draft};

impl Rules for CreateAccountOp {
    fn untried(&self) -> OperationResult {
        answer(CreateAccountResult::Success)
    }

    fn check(&self, source: &AccountId) -> Result<(), OperationResult> {
        if self.starting_balance < 0 || self.destination == *source {
            return Err(answer(CreateAccountResult::Malformed));
        }
        Ok(())
    }

    fn apply(
        &self,
        source: &AccountId,
        draft: &mut Draft<'_>,
        ledger: u32,
    ) -> Result<OperationResult, OperationResult> {
        if draft.account(&self.destination).is_some() {
            return Err(answer(CreateAccountResult::AlreadyExist));
        }
        if self.starting_balance < 2 * BASE_RESERVE {
            return Err(answer(CreateAccountResult::LowReserve));
        }
        let mut funder = draft.account(source).cloned().ok_or(OperationResult::OpNoAccount)?;
        if funder.available() < self.starting_balance {
            return Err(answer(CreateAccountResult::Underfunded));
        }
        funder.balance -= self.starting_balance;
        draft.put(source.clone(), funder);
        // So that old transactions of a merged account with this address cannot run again.
        let sequence = i64::from(ledger) << 32;
        draft.put(self.destination.clone(), Account::new(self.starting_balance, sequence));
        Ok(answer(CreateAccountResult::Success))
    }
}

pub(crate) fn code(result: &CreateAccountResult) -> &'static str {
    match result {
        CreateAccountResult::Success => "op_success",
        CreateAccountResult::Malformed => "op_malformed",
        CreateAccountResult::Underfunded => "op_underfunded",
        CreateAccountResult::LowReserve => "op_low_reserve",
        CreateAccountResult::AlreadyExist => "op_already_exists",
    }
}

fn answer(result: CreateAccountResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::CreateAccount(result))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Key, World, create, pay, xlm};

    #[test]
    fn each_refusal_has_its_code_and_the_earlier_decides() {
        let world = World::new();
        let (alice, bob, new) = (world.funded("a"), world.funded("b"), Key::named("new"));
        for (destination, stroops, code, included) in [
            (&alice, xlm(1), "op_malformed", false),
            (&new, -1, "op_malformed", false),
            (&alice, -1, "op_malformed", false),
            (&bob, 0, "op_already_exists", true),
            (&bob, xlm(20_000), "op_already_exists", true),
            (&new, 0, "op_low_reserve", true),
            (&new, xlm(1) - 1, "op_low_reserve", true),
            (&new, xlm(10_000), "op_underfunded", true),
            (&new, i64::MAX, "op_underfunded", true),
        ] {
            let verdict =
                world.submit(&world.tx(&alice).op(create(destination, stroops)).sign(&[&alice]));
            assert_eq!((verdict.operations, verdict.included), (vec![code], included), "{stroops}");
        }
        assert!(world.find(&new).is_none());
    }

    #[test]
    fn existing_destination_has_the_networks_result() {
        let world = World::new();
        let (alice, bob) = (world.funded("a"), world.funded("b"));
        let verdict = world.submit(&world.tx(&alice).op(create(&bob, xlm(1))).sign(&[&alice]));
        assert_eq!(verdict.xdr, "AAAAAAAAAGT/////AAAAAQAAAAAAAAAA/////AAAAAA=");
    }

    #[test]
    fn funder_cannot_spend_its_reserve() {
        for (spare, code) in [(99, "op_underfunded"), (100, "op_success")] {
            let world = World::new();
            let (funder, new) = (world.with_balance("poor", xlm(3) + spare), Key::named("new"));
            let verdict =
                world.submit(&world.tx(&funder).op(create(&new, xlm(2))).sign(&[&funder]));
            assert_eq!(verdict.operations, [code]);
        }
    }

    #[test]
    fn a_new_account_starts_at_its_ledger_with_its_own_key() {
        let world = World::new();
        let (alice, new) = (world.funded("a"), Key::named("new"));
        world.submit(&world.tx(&alice).op(create(&new, xlm(1))).sign(&[&alice]));
        let account = world.account(&new);
        assert_eq!(account.sequence, i64::from(account.last_modified) << 32);
        let thresholds = account.thresholds;
        assert_eq!(
            (thresholds.master, thresholds.low, thresholds.medium, thresholds.high),
            (1, 0, 0, 0)
        );
        assert_eq!((account.balance, account.minimum_balance()), (xlm(1), xlm(1)));
        world.submit(&world.tx(&alice).op(pay(&new, xlm(1))).sign(&[&alice]));
        let first = world.tx(&new).op(pay(&alice, 1)).sign(&[&new]);
        assert_eq!(world.submit(&first).tx, "tx_success");
    }
}
