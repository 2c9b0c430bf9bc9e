//! `GET /accounts/{id}`.

use axum::{
    Extension,
    extract::{Path, State, rejection::PathRejection},
    response::Response,
};
use serde_json::{Value, json};
use stellar_xdr::{AccountId, PublicKey, SignerKey};

use super::{Problem, base::Base, hal};
use crate::{
    amount,
    ledger::Ledger,
    sandbox::Sandbox,
    state::{AUTH_CLAWBACK, AUTH_IMMUTABLE, AUTH_REQUIRED, AUTH_REVOCABLE, Account, Accounts as _},
    time,
};

/// `GET /accounts/{id}`
pub(super) async fn account(
    State(sandbox): State<Sandbox>,
    Extension(base): Extension<Base>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let reason = "Account ID must start with `G` and contain 56 alphanum characters";
    let id = id
        .ok()
        .and_then(|Path(id)| id.parse().ok())
        .ok_or_else(|| Problem::bad_request("account_id", reason))?;
    let ledger = sandbox.ledger();
    let account = ledger.state.account(&id).ok_or_else(Problem::not_found)?;
    Ok(hal(&view(&ledger, &id, account, &base)))
}

/// The account's JSON, with links relative to the root. `None` if there is no such account.
pub(crate) fn account_json(ledger: &Ledger, id: &AccountId) -> Option<Value> {
    let account = ledger.state.account(id)?;
    Some(view(ledger, id, account, &Base::default()))
}

fn view(ledger: &Ledger, id: &AccountId, account: &Account, base: &Base) -> Value {
    let modified = ledger.closed(account.last_modified);
    let thresholds = account.thresholds;
    let mut view = json!({
        "_links": links(id, base),
        "id": id.to_string(),
        "account_id": id.to_string(),
        "paging_token": id.to_string(),
        "sequence": account.sequence.to_string(),
        "subentry_count": account.subentries(),
        "last_modified_ledger": account.last_modified,
        "last_modified_time": modified.map(|closed| time::rfc3339(closed.closed_at)),
        "thresholds": {
            "low_threshold": thresholds.low,
            "med_threshold": thresholds.medium,
            "high_threshold": thresholds.high,
        },
        "flags": {
            "auth_required": account.flags & AUTH_REQUIRED != 0,
            "auth_revocable": account.flags & AUTH_REVOCABLE != 0,
            "auth_immutable": account.flags & AUTH_IMMUTABLE != 0,
            "auth_clawback_enabled": account.flags & AUTH_CLAWBACK != 0,
        },
        "balances": [{
            "balance": amount::text(account.balance),
            "buying_liabilities": amount::text(0),
            "selling_liabilities": amount::text(0),
            "asset_type": "native",
        }],
        "signers": signers(id, account),
        "data": {},
        "num_sponsoring": 0,
        "num_sponsored": 0,
    });
    if account.sequence_ledger != 0 {
        view["sequence_ledger"] = account.sequence_ledger.into();
        view["sequence_time"] = account.sequence_time.to_string().into();
    }
    if let Some(destination) = &account.inflation_destination {
        view["inflation_destination"] = destination.to_string().into();
    }
    if !account.home_domain.0.is_empty() {
        view["home_domain"] = String::from_utf8_lossy(account.home_domain.0.as_slice()).into();
    }
    view
}

/// All signers in the order of their keys. The account's own key is always listed, even with weight
/// 0.
fn signers(id: &AccountId, account: &Account) -> Vec<Value> {
    let PublicKey::PublicKeyTypeEd25519(own) = &id.0;
    let own = (SignerKey::Ed25519(own.clone()), u32::from(account.thresholds.master));
    let others = account.signers.iter().map(|(key, weight)| (key.clone(), *weight));
    let mut signers: Vec<_> = std::iter::once(own)
        .chain(others)
        .map(|(key, weight)| (key.to_string(), kind(&key), weight))
        .collect();
    signers.sort();
    signers
        .into_iter()
        .map(|(key, kind, weight)| json!({"key": key, "weight": weight, "type": kind}))
        .collect()
}

fn kind(key: &SignerKey) -> &'static str {
    match key {
        SignerKey::Ed25519(_) => "ed25519_public_key",
        SignerKey::PreAuthTx(_) => "preauth_tx",
        SignerKey::HashX(_) => "sha256_hash",
        SignerKey::Ed25519SignedPayload(_) => "ed25519_signed_payload",
    }
}

fn links(id: &AccountId, base: &Base) -> Value {
    let path = format!("/accounts/{id}");
    json!({
        "self": base.link(&path),
        "transactions": base.list(&format!("{path}/transactions")),
        "operations": base.list(&format!("{path}/operations")),
        "payments": base.list(&format!("{path}/payments")),
        "effects": base.list(&format!("{path}/effects")),
        "offers": base.list(&format!("{path}/offers")),
        "trades": base.list(&format!("{path}/trades")),
        "data": base.template(&format!("{path}/data/{{key}}")),
    })
}
