//! Friendbot: the root account pays 10,000 XLM to any account that has less.

use std::sync::Arc;

use ed25519_dalek::Signer as _;
use stellar_xdr::{
    AccountId, Asset, BytesM, CreateAccountOp, DecoratedSignature, Memo, Operation, OperationBody,
    PaymentOp, Preconditions, SequenceNumber, Signature, SignatureHint, Transaction,
    TransactionEnvelope, TransactionExt, TransactionV1Envelope, VecM,
};

use crate::{
    amount::UNIT,
    codes,
    error::SandboxError,
    ledger::{Included, Ledger},
    network::Network,
    sandbox::Sandbox,
    state::{Accounts as _, BASE_FEE},
    submission::Submission,
};

/// Stroops that a new account gets, and that an existing one is paid if it has less.
pub(crate) const STARTING_BALANCE: i64 = 10_000 * UNIT;

impl Sandbox {
    /// Does what `GET /friendbot` does: pays 10,000 XLM to an account that has less, in a ledger
    /// with nothing else.
    ///
    /// # Errors
    ///
    /// The address is not a `G…`; the account has 10,000 XLM or more; the root account's signers
    /// were changed.
    pub fn fund(&self, account: &str) -> Result<(), SandboxError> {
        let id = account.parse().map_err(|_| SandboxError::BadAddress(account.to_owned()))?;
        fund(self, &id).map(drop)
    }
}

/// Creates or pays the account in a ledger that holds nothing else.
///
/// The transaction skips the queue, so that friendbot also works while ledgers close only on
/// demand.
pub(crate) fn fund(sandbox: &Sandbox, id: &AccountId) -> Result<Arc<Included>, SandboxError> {
    let now = sandbox.now();
    let mut ledger = sandbox.ledger();
    let balance = ledger.state.account(id).map(|account| account.balance);
    let body = match balance {
        Some(STARTING_BALANCE..) => return Err(SandboxError::AlreadyFunded(id.to_string())),
        // The whole amount, not the difference: as the friendbot of the test networks does.
        Some(_) => OperationBody::Payment(PaymentOp {
            destination: id.clone().into(),
            asset: Asset::Native,
            amount: STARTING_BALANCE,
        }),
        None => OperationBody::CreateAccount(CreateAccountOp {
            destination: id.clone(),
            starting_balance: STARTING_BALANCE,
        }),
    };
    let submission = sign(sandbox.network(), &ledger, body)
        .ok_or_else(|| SandboxError::Friendbot("tx_malformed".to_owned()))?;
    let hash = submission.hash;
    let refused = |code: &str| SandboxError::Friendbot(code.to_owned());
    ledger
        .include(submission, now)
        .map_err(|result| refused(codes::transaction(result.result.discriminant())))?;
    sandbox.announce(&ledger);
    let included = ledger.find(&hash).cloned().ok_or_else(|| refused("tx_internal_error"))?;
    if included.is_successful() {
        return Ok(included);
    }
    let operations = codes::operations(&included.result).unwrap_or_default();
    Err(refused(operations.first().map_or("tx_failed", codes::operation)))
}

fn sign(network: &Network, ledger: &Ledger, body: OperationBody) -> Option<Submission> {
    let root = network.root_account();
    let sequence = ledger.state.account(&root)?.sequence.checked_add(1)?;
    let operation = Operation { source_account: None, body };
    let transaction = Transaction {
        source_account: root.into(),
        fee: u32::try_from(BASE_FEE).ok()?,
        seq_num: SequenceNumber(sequence),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: VecM::try_from(vec![operation]).ok()?,
        ext: TransactionExt::V0,
    };
    let hash = transaction.hash(network.id).ok()?;
    let key = network.root();
    let [.., a, b, c, d] = key.verifying_key().to_bytes();
    let signature = BytesM::try_from(key.sign(&hash).to_bytes().to_vec()).ok()?;
    let signature =
        DecoratedSignature { hint: SignatureHint([a, b, c, d]), signature: Signature(signature) };
    let signatures = VecM::try_from(vec![signature]).ok()?;
    let envelope = TransactionEnvelope::Tx(TransactionV1Envelope { tx: transaction, signatures });
    Submission::new(envelope, network)
}
