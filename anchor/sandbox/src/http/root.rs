//! `GET /` and `GET /health`.

use axum::{Extension, extract::State, response::Response};
use serde_json::{Value, json};

use super::{base::Base, hal};
use crate::{sandbox::Sandbox, time};

const VERSION: &str = concat!("sandbox-", env!("CARGO_PKG_VERSION"));
/// The protocol version whose rules the sandbox follows.
const PROTOCOL: u32 = 27;

/// `GET /`
pub(super) async fn root(
    State(sandbox): State<Sandbox>,
    Extension(base): Extension<Base>,
) -> Response {
    let last = sandbox.ledger().last;
    hal(&json!({
        "_links": links(&base),
        "horizon_version": VERSION,
        "core_version": VERSION,
        "ingest_latest_ledger": last.sequence,
        "history_latest_ledger": last.sequence,
        "history_latest_ledger_closed_at": time::rfc3339(last.closed_at),
        "history_elder_ledger": 1,
        "core_latest_ledger": last.sequence,
        "network_passphrase": sandbox.passphrase(),
        "current_protocol_version": PROTOCOL,
        "supported_protocol_version": PROTOCOL,
        "core_supported_protocol_version": PROTOCOL,
    }))
}

/// `GET /health`
pub(super) async fn health() -> Response {
    hal(&json!({"database_connected": true, "core_up": true, "core_synced": true}))
}

/// Every link that clients expect, including paths that are not served and answer 404.
fn links(base: &Base) -> Value {
    let asset =
        |prefix: &str| format!("{prefix}_asset_type,{prefix}_asset_code,{prefix}_asset_issuer");
    let (selling, buying) = (asset("selling"), asset("buying"));
    let (source, destination) = (asset("source"), asset("destination"));
    let (traded, counter) = (asset("base"), asset("counter"));
    json!({
        "account": base.template("/accounts/{account_id}"),
        "accounts": base.template("/accounts{?signer,sponsor,asset,liquidity_pool,cursor,limit,order}"),
        "account_transactions": base.list("/accounts/{account_id}/transactions"),
        "assets": base.template("/assets{?asset_code,asset_issuer,cursor,limit,order}"),
        "claimable_balances":
            base.template("/claimable_balances{?asset,sponsor,claimant,cursor,limit,order}"),
        "effects": base.list("/effects"),
        "fee_stats": base.link("/fee_stats"),
        "friendbot": base.template("/friendbot{?addr}"),
        "ledger": base.template("/ledgers/{sequence}"),
        "ledgers": base.list("/ledgers"),
        "liquidity_pools": base.template("/liquidity_pools{?reserves,account,cursor,limit,order}"),
        "offer": base.template("/offers/{offer_id}"),
        "offers": base.template("/offers{?selling,buying,seller,sponsor,cursor,limit,order}"),
        "operation": base.template("/operations/{id}"),
        "operations": base.template("/operations{?cursor,limit,order,include_failed}"),
        "order_book": base.template(&format!("/order_book{{?{selling},{buying},limit}}")),
        "payments": base.template("/payments{?cursor,limit,order,include_failed}"),
        "self": base.link("/"),
        "strict_receive_paths": base.template(&format!(
            "/paths/strict-receive{{?source_assets,source_account,destination_account,{destination},destination_amount}}"
        )),
        "strict_send_paths": base.template(&format!(
            "/paths/strict-send{{?destination_account,destination_assets,{source},source_amount}}"
        )),
        "trade_aggregations": base.template(&format!(
            "/trade_aggregations{{?{traded},{counter},start_time,end_time,resolution,offset,limit,order}}"
        )),
        "trades": base.template(&format!("/trades{{?{traded},{counter},offer_id,cursor,limit,order}}")),
        "transaction": base.template("/transactions/{hash}"),
        "transactions": base.template("/transactions{?cursor,limit,order,include_failed}"),
    })
}
