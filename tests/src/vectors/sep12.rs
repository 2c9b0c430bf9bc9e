//! Callbacks, identities, memos and statuses of SEP-12.

use serde::Deserialize;
use serde_json::{Value, json};
use windlass_core::{
    account::{Account, PublicKey, SecretKey},
    callback,
    memo::{MemoError, UserMemo, parse_id},
    sep12::{CustomerKey, FieldStatus, Identification, IdentityError, Progress, derive_status},
};

use super::{by_name, from_hex, outcome, outcome_with_code};

#[derive(Deserialize)]
struct Callbacks {
    seed: String,
    public: PublicKey,
    callbacks: Vec<Callback>,
    verifications: Vec<Verification>,
}

#[derive(Deserialize)]
struct Callback {
    host: String,
    timestamp: u64,
    body: String,
    signature: String,
}

#[derive(Deserialize)]
struct Verification {
    name: String,
    header: String,
    host: String,
    body: String,
    now: u64,
    key: Option<PublicKey>,
    good: bool,
}

/// Callbacks signed, and headers verified.
pub(super) fn callbacks() -> Value {
    let Callbacks { seed, public, callbacks, verifications } =
        super::read(include_str!("../../vectors/sep12/callbacks.json"));
    let key = SecretKey::from_seed(&from_hex(&seed));
    let signed: Value = callbacks
        .iter()
        .map(|Callback { host, timestamp, body, signature }| {
            let header = callback::sign(&key, host, body.as_bytes(), *timestamp);
            json!({ "same": header == *signature, "header": header })
        })
        .collect();
    let verified = verifications.into_iter().map(|it| {
        let key = it.key.unwrap_or(public);
        let result = callback::verify(&key, &it.host, it.body.as_bytes(), &it.header, it.now);
        let as_said = result.is_ok() == it.good;
        let result = outcome_with_code(result, |error| error.code());
        (it.name, json!({ "as_said": as_said, "result": result }))
    });
    json!({ "public": key.public(), "signed": signed, "verified": by_name(verified) })
}

#[derive(Deserialize)]
struct Identities {
    identities: Vec<Identity>,
}

/// A row of the decision table.
#[derive(Deserialize)]
struct Identity {
    subject: Account,
    account: Option<String>,
    memo: Option<String>,
    memo_type: Option<String>,
    /// Type and value of the customer's memo; absent for the account itself.
    customer: Option<String>,
    #[serde(default)]
    refused: bool,
}

/// The customer that each request names.
pub(super) fn identities() -> Value {
    let Identities { identities } =
        super::read(include_str!("../../vectors/sep12/identities.json"));
    identities
        .into_iter()
        .map(|row| {
            let named = Identification {
                id: None,
                account: row.account.as_deref(),
                memo: row.memo.as_deref(),
                memo_type: row.memo_type.as_deref(),
            };
            let key = CustomerKey::resolve(&row.subject, &named);
            let customer = key.as_ref().map(|key| {
                key.memo.as_ref().map(|memo| format!("{} {}", memo.type_name(), memo.value()))
            });
            let as_said = match &customer {
                Ok(customer) => !row.refused && *customer == row.customer,
                Err(_) => row.refused,
            };
            let sees = key.as_ref().is_ok_and(|key| key.is_visible_to(&row.subject));
            json!({
                "as_said": as_said,
                "customer": outcome::<_, IdentityError>(key.map(|key| key.to_string())),
                "visible_to_subject": sees,
            })
        })
        .collect()
}

#[derive(Deserialize)]
struct Memos {
    memos: Vec<Memo>,
}

#[derive(Deserialize)]
struct Memo {
    memo: String,
    memo_type: Option<String>,
    good: bool,
}

/// Memos of each type.
pub(super) fn memos() -> Value {
    let Memos { memos } = super::read(include_str!("../../vectors/sep12/memos.json"));
    memos
        .into_iter()
        .map(|Memo { memo, memo_type, good }| {
            let parsed = UserMemo::parse(&memo, memo_type.as_deref());
            json!({
                "as_said": parsed.is_ok() == good,
                // As text: a JavaScript number does not hold all of them.
                "id": outcome(parse_id(&memo).map(|id| id.to_string())),
                "memo": outcome::<_, MemoError>(
                    parsed.map(|memo| json!({ "type": memo.type_name(), "value": memo.value() }))
                ),
            })
        })
        .collect()
}

#[derive(Deserialize)]
struct Statuses {
    statuses: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    /// Whether it is required, and its status.
    fields: Vec<(bool, Option<FieldStatus>)>,
    #[serde(default)]
    under_review: bool,
    #[serde(default)]
    rejected: bool,
    status: String,
}

/// The status that follows from fields.
pub(super) fn statuses() -> Value {
    let Statuses { statuses } = super::read(include_str!("../../vectors/sep12/statuses.json"));
    statuses
        .into_iter()
        .map(|row| {
            let fields = row.fields.iter().map(|(required, status)| Progress {
                required: *required,
                status: status.as_ref(),
            });
            let status = derive_status(fields, row.under_review, row.rejected);
            json!({ "as_said": status.as_str() == row.status, "status": status })
        })
        .collect()
}
