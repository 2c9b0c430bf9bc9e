//! `POST /transactions` and `GET /transactions/{hash}`.

use axum::{
    Extension,
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};
use stellar_xdr::{
    DecoratedSignature, Limits, Memo, MuxedAccount, Preconditions, PreconditionsV2, TimeBounds,
    TransactionEnvelope, WriteXdr,
};

use super::{Problem, base::Base, form, hal};
use crate::{
    ledger::Included,
    sandbox::{Outcome, Sandbox},
    submission::Submission,
    time,
};

/// `POST /transactions`
pub(super) async fn submit(
    State(sandbox): State<Sandbox>,
    Extension(base): Extension<Base>,
    request: Request,
) -> Result<Response, Problem> {
    let envelope = form::field(request, "tx").await?;
    let Some(submission) = Submission::read(&envelope, sandbox.network()) else {
        return Err(Problem::malformed(&envelope));
    };
    let hash = submission.hash;
    match sandbox.submit(submission).await {
        Outcome::Included(included) if included.is_successful() => {
            Ok(hal(&view(&included, &hash, &base)))
        }
        Outcome::Included(included) => Err(Problem::failed(&envelope, &included.result)),
        Outcome::Refused(result) => Err(Problem::failed(&envelope, &result)),
        Outcome::Unknown => Err(Problem::submission_timeout(&HEXLOWER.encode(&hash), &envelope)),
    }
}

/// `GET /transactions/{hash}`; the hash of the transaction in a fee bump is found too.
pub(super) async fn transaction(
    State(sandbox): State<Sandbox>,
    Extension(base): Extension<Base>,
    hash: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let hash: [u8; 32] = hash
        .ok()
        .and_then(|Path(hash)| HEXLOWER.decode(hash.as_bytes()).ok())
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Problem::bad_request("tx_id", "hash must be 64 lower-case hex digits"))?;
    let included = sandbox.ledger().find(&hash).cloned().ok_or_else(Problem::not_found)?;
    Ok(hal(&view(&included, &hash, &base)))
}

/// The JSON of a transaction. `hash` is its own hash, or that of the fee bump around it.
pub(super) fn view(included: &Included, hash: &[u8; 32], base: &Base) -> Value {
    let submission = &included.submission;
    let inner = &submission.inner;
    let transaction = &inner.transaction;
    let shown = if *hash == submission.hash { submission.hash } else { inner.hash };
    let id = HEXLOWER.encode(&shown);
    let paging_token = included.toid().to_string();
    let mut view = json!({
        "_links": links(included, &id, &paging_token, base),
        "id": &id,
        "hash": &id,
        "paging_token": &paging_token,
        "successful": included.is_successful(),
        "ledger": included.ledger.sequence,
        "created_at": time::rfc3339(included.ledger.closed_at),
        "source_account": inner.source().to_string(),
        "source_account_sequence": inner.sequence().to_string(),
        "fee_account": submission.fee_account().to_string(),
        "fee_charged": included.result.fee_charged.to_string(),
        "max_fee": submission.bid().to_string(),
        "operation_count": transaction.operations.len(),
        "envelope_xdr": base64(&submission.envelope),
        "result_xdr": base64(&included.result),
        "fee_meta_xdr": base64(&included.fee_changes),
        "signatures": signatures(&inner.signatures),
    });
    add_muxed(&mut view, "account", &transaction.source_account);
    add_memo(&mut view, &transaction.memo);
    if let Some(preconditions) = preconditions(&transaction.cond) {
        view["preconditions"] = preconditions;
    }
    if let TransactionEnvelope::TxFeeBump(bump) = &submission.envelope {
        let outer = signatures(&bump.signatures);
        add_muxed(&mut view, "fee_account", &bump.tx.fee_source);
        if shown == submission.hash {
            view["signatures"] = outer.clone();
        }
        view["fee_bump_transaction"] =
            json!({"hash": HEXLOWER.encode(&submission.hash), "signatures": outer});
        view["inner_transaction"] = json!({
            "hash": HEXLOWER.encode(&inner.hash),
            "signatures": signatures(&inner.signatures),
            "max_fee": inner.bid().to_string(),
        });
    }
    view
}

fn links(included: &Included, id: &str, paging_token: &str, base: &Base) -> Value {
    let path = format!("/transactions/{id}");
    let source = included.submission.inner.source();
    json!({
        "self": base.link(&path),
        "account": base.link(&format!("/accounts/{source}")),
        "ledger": base.link(&format!("/ledgers/{}", included.ledger.sequence)),
        "operations": base.list(&format!("{path}/operations")),
        "effects": base.list(&format!("{path}/effects")),
        "precedes": base.link(&format!("/transactions?order=asc&cursor={paging_token}")),
        "succeeds": base.link(&format!("/transactions?order=desc&cursor={paging_token}")),
        "transaction": base.link(&path),
    })
}

fn add_muxed(view: &mut Value, name: &str, account: &MuxedAccount) {
    if let MuxedAccount::MuxedEd25519(muxed) = account {
        view[format!("{name}_muxed")] = muxed.to_string().into();
        view[format!("{name}_muxed_id")] = muxed.id.to_string().into();
    }
}

/// Adds the memo: kind and value. For a text also its exact bytes, because it need not be UTF-8.
fn add_memo(view: &mut Value, memo: &Memo) {
    let (kind, value) = match memo {
        Memo::None => ("none", None),
        Memo::Text(text) => {
            view["memo_bytes"] = BASE64.encode(text.as_slice()).into();
            ("text", Some(String::from_utf8_lossy(text.as_slice()).replace('\0', "")))
        }
        Memo::Id(id) => ("id", Some(id.to_string())),
        Memo::Hash(hash) => ("hash", Some(BASE64.encode(&hash.0))),
        Memo::Return(hash) => ("return", Some(BASE64.encode(&hash.0))),
    };
    view["memo_type"] = kind.into();
    if let Some(value) = value {
        view["memo"] = value.into();
    }
}

fn preconditions(conditions: &Preconditions) -> Option<Value> {
    match conditions {
        Preconditions::None => None,
        Preconditions::Time(time) => Some(json!({"timebounds": time_bounds(time)})),
        Preconditions::V2(v2) => Some(preconditions_v2(v2)),
    }
}

fn preconditions_v2(v2: &PreconditionsV2) -> Value {
    let mut view = json!({});
    if let Some(time) = &v2.time_bounds {
        view["timebounds"] = time_bounds(time);
    }
    if let Some(ledgers) = &v2.ledger_bounds {
        view["ledgerbounds"] = json!({"min_ledger": ledgers.min_ledger});
        if ledgers.max_ledger != 0 {
            view["ledgerbounds"]["max_ledger"] = ledgers.max_ledger.into();
        }
    }
    if let Some(sequence) = &v2.min_seq_num {
        view["min_account_sequence"] = sequence.0.to_string().into();
    }
    if v2.min_seq_age.0 != 0 {
        view["min_account_sequence_age"] = v2.min_seq_age.0.to_string().into();
    }
    if v2.min_seq_ledger_gap != 0 {
        view["min_account_sequence_ledger_gap"] = v2.min_seq_ledger_gap.into();
    }
    if !v2.extra_signers.is_empty() {
        view["extra_signers"] = v2.extra_signers.iter().map(ToString::to_string).collect();
    }
    view
}

/// A bound without an end has no `max_time`.
fn time_bounds(time: &TimeBounds) -> Value {
    let mut view = json!({"min_time": time.min_time.0.to_string()});
    if time.max_time.0 != 0 {
        view["max_time"] = time.max_time.0.to_string().into();
    }
    view
}

fn signatures(signatures: &[DecoratedSignature]) -> Value {
    signatures.iter().map(|signature| BASE64.encode(signature.signature.0.as_slice())).collect()
}

pub(super) fn base64(value: &impl WriteXdr) -> String {
    value.to_xdr_base64(Limits::none()).unwrap_or_default()
}
