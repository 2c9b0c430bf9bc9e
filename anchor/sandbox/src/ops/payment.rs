//! `payment` of the native asset; `ops::rules` refuses every other asset.

use stellar_xdr::{AccountId, OperationResult, OperationResultTr, PaymentOp, PaymentResult};

use super::Rules;
use crate::state::{Accounts as _, Draft};

impl Rules for PaymentOp {
    fn untried(&self) -> OperationResult {
        answer(PaymentResult::Success)
    }

    fn check(&self, _source: &AccountId) -> Result<(), OperationResult> {
        if self.amount <= 0 {
            return Err(answer(PaymentResult::Malformed));
        }
        Ok(())
    }

    fn apply(
        &self,
        source: &AccountId,
        draft: &mut Draft<'_>,
        _ledger: u32,
    ) -> Result<OperationResult, OperationResult> {
        let destination = self.destination.clone().account_id();
        if destination == *source {
            return Ok(answer(PaymentResult::Success)); // even if it is more than the account has
        }
        let Some(mut receiver) = draft.account(&destination).cloned() else {
            return Err(answer(PaymentResult::NoDestination));
        };
        receiver.balance = receiver
            .balance
            .checked_add(self.amount)
            .ok_or_else(|| answer(PaymentResult::LineFull))?;
        let mut sender = draft.account(source).cloned().ok_or(OperationResult::OpNoAccount)?;
        if sender.available() < self.amount {
            return Err(answer(PaymentResult::Underfunded));
        }
        sender.balance -= self.amount;
        draft.put(source.clone(), sender);
        draft.put(destination, receiver);
        Ok(answer(PaymentResult::Success))
    }
}

pub(crate) fn code(result: &PaymentResult) -> &'static str {
    match result {
        PaymentResult::Success => "op_success",
        PaymentResult::Malformed => "op_malformed",
        PaymentResult::Underfunded => "op_underfunded",
        PaymentResult::SrcNoTrust => "op_src_no_trust",
        PaymentResult::SrcNotAuthorized => "op_src_not_authorized",
        PaymentResult::NoDestination => "op_no_destination",
        PaymentResult::NoTrust => "op_no_trust",
        PaymentResult::NotAuthorized => "op_not_authorized",
        PaymentResult::LineFull => "op_line_full",
        PaymentResult::NoIssuer => "op_no_issuer",
    }
}

fn answer(result: PaymentResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::Payment(result))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Key, World, pay, xlm};

    #[test]
    fn each_refusal_has_the_code_and_the_bytes_of_the_network() {
        let world = World::new();
        let (alice, bob, nobody) = (world.funded("a"), world.funded("b"), Key::named("nobody"));
        for (destination, stroops, code, included, end) in [
            (&bob, 0, "op_malformed", false, "/////wAAAAA="),
            (&nobody, -5, "op_malformed", false, "/////wAAAAA="),
            (&nobody, xlm(20_000), "op_no_destination", true, "////+wAAAAA="),
            (&bob, xlm(10_000), "op_underfunded", true, "/////gAAAAA="),
            (&bob, i64::MAX, "op_line_full", true, "////+AAAAAA="),
            (&bob, 1, "op_success", true, "AAAAAAAAAAA="),
            (&alice, i64::MAX, "op_success", true, "AAAAAAAAAAA="),
        ] {
            let verdict =
                world.submit(&world.tx(&alice).op(pay(destination, stroops)).sign(&[&alice]));
            assert_eq!((verdict.operations, verdict.included), (vec![code], included), "{stroops}");
            assert!(verdict.xdr.ends_with(end), "{code}: {}", verdict.xdr);
        }
    }

    #[test]
    fn sender_cannot_spend_its_reserve() {
        for (stroops, code) in [(xlm(2) - 99, "op_underfunded"), (xlm(2) - 100, "op_success")] {
            let world = World::new();
            let (poor, bob) = (world.with_balance("poor", xlm(3)), world.funded("b"));
            let verdict = world.submit(&world.tx(&poor).op(pay(&bob, stroops)).sign(&[&poor]));
            assert_eq!(verdict.operations, [code]);
        }
    }
}
