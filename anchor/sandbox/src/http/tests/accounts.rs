//! `GET /accounts/{id}`.

use axum::http::StatusCode;
use serde_json::json;
use stellar_xdr::{Signer, SignerKey, Uint256};

use crate::testing::{Key, World, home_domain, options, pay};

#[tokio::test]
async fn new_account_has_horizons_json() {
    let world = World::new();
    let key = world.funded("anchor-test-a");
    let id = "GDQVTSKDLP7BJMDPKV3B5GYQX4IBTIMXN6BWHEAS7332QJR64Q2ICDOD";
    assert_eq!(key.address(), id);
    let (status, account) = world.get(&format!("/accounts/{id}")).await;
    assert_eq!(status, StatusCode::OK);
    let list = |name: &str| json!({"href": format!("http://localhost/accounts/{id}/{name}{{?cursor,limit,order}}"), "templated": true});
    assert_eq!(
        account,
        json!({
            "id": id, "account_id": id, "paging_token": id,
            "sequence": "8589934592",
            "subentry_count": 0,
            "last_modified_ledger": 2,
            "last_modified_time": "2026-08-20T12:00:01Z",
            "thresholds": {"low_threshold": 0, "med_threshold": 0, "high_threshold": 0},
            "flags": {"auth_required": false, "auth_revocable": false, "auth_immutable": false,
                "auth_clawback_enabled": false},
            "balances": [{"balance": "10000.0000000", "buying_liabilities": "0.0000000",
                "selling_liabilities": "0.0000000", "asset_type": "native"}],
            "signers": [{"weight": 1, "key": id, "type": "ed25519_public_key"}],
            "data": {},
            "num_sponsoring": 0,
            "num_sponsored": 0,
            "_links": {
                "self": {"href": format!("http://localhost/accounts/{id}")},
                "transactions": list("transactions"),
                "operations": list("operations"),
                "payments": list("payments"),
                "effects": list("effects"),
                "offers": list("offers"),
                "trades": list("trades"),
                "data": {"href": format!("http://localhost/accounts/{id}/data/{{key}}"), "templated": true},
            },
        })
    );
}

#[tokio::test]
async fn options_and_signers_of_every_kind_are_shown_in_the_order_of_their_keys() {
    let world = World::new();
    let (own, other) = (world.funded("own"), Key::named("other"));
    let signers = [
        (other.signer(), 2),
        (SignerKey::HashX(Uint256([1; 32])), 3),
        (SignerKey::PreAuthTx(Uint256([2; 32])), 4),
        (other.payload_signer(b"payload"), 5),
    ];
    let mut tx = world.tx(&own).op(home_domain(b"anchor.example"));
    for (key, weight) in signers {
        tx = tx.op(options(|op| op.signer = Some(Signer { key, weight })));
    }
    let last = options(|op| {
        op.set_flags = Some(1 | 2 | 8);
        op.inflation_dest = Some(own.id());
        op.master_weight = Some(0);
        (op.low_threshold, op.med_threshold, op.high_threshold) = (Some(1), Some(2), Some(3));
    });
    assert_eq!(world.submit(&tx.op(last).sign(&[&own])).tx, "tx_success");

    let (_, account) = world.get(&format!("/accounts/{}", own.address())).await;
    let shown: Vec<(u64, &str, &str)> = account["signers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|signer| {
            let text = |name: &str| signer[name].as_str().unwrap();
            (signer["weight"].as_u64().unwrap(), &text("key")[..1], text("type"))
        })
        .collect();
    let mut masters: Vec<(String, u64)> = vec![(own.address(), 0), (other.address(), 2)];
    masters.sort();
    assert_eq!(
        shown,
        [
            (masters[0].1, "G", "ed25519_public_key"),
            (masters[1].1, "G", "ed25519_public_key"),
            (5, "P", "ed25519_signed_payload"),
            (4, "T", "preauth_tx"),
            (3, "X", "sha256_hash"),
        ]
    );
    assert_eq!(
        account["thresholds"],
        json!({"low_threshold": 1, "med_threshold": 2, "high_threshold": 3})
    );
    assert_eq!(
        account["flags"],
        json!({"auth_required": true, "auth_revocable": true, "auth_immutable": false,
            "auth_clawback_enabled": true})
    );
    assert_eq!(account["home_domain"], "anchor.example");
    assert_eq!(account["inflation_destination"], own.address());
    assert_eq!(account["subentry_count"], 4);
    assert_eq!(
        (&account["sequence_ledger"], &account["sequence_time"]),
        (&json!(3), &json!("1787227202"))
    );
    assert_eq!(account["last_modified_time"], "2026-08-20T12:00:02Z");
}

#[tokio::test]
async fn a_received_payment_changes_the_last_modified_ledger() {
    let world = World::new();
    let alice = world.funded("a");
    world.advance(1);
    let bob = world.funded("b");
    world.advance(49);
    world.submit(&world.tx(&alice).op(pay(&bob, 5)).sign(&[&alice]));
    let (_, account) = world.get(&format!("/accounts/{}", bob.address())).await;
    assert_eq!(account["balances"][0]["balance"], "10000.0000005");
    assert_eq!(account["last_modified_ledger"], 4);
    assert_eq!(account["last_modified_time"], "2026-08-20T12:00:50Z");
    assert!(account.get("sequence_time").is_none());
}

#[tokio::test]
async fn the_root_account_holds_all_coins() {
    let (_, root) = World::new()
        .get("/accounts/GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI")
        .await;
    assert_eq!(root["balances"][0]["balance"], "100000000000.0000000");
    assert_eq!(root["sequence"], "0");
    assert_eq!(root["last_modified_ledger"], 1);
}

#[tokio::test]
async fn unknown_accounts_are_404_and_bad_addresses_400() {
    let world = World::new();
    let unknown = Key::named("nobody").address();
    assert_eq!(world.get(&format!("/accounts/{unknown}")).await.0, StatusCode::NOT_FOUND);
    for id in [
        "x",
        &unknown[..55],
        &unknown.to_lowercase(),
        &unknown.replace('G', "H"),
        "SC5O7VZUXDJ6JBDSZ74DSERXL7W3Y5LTOAMRF7RQRL3TAGAPS7LUVG3L",
        "MAFAZXZAMF2PONLICQ2SDEEHCCNPM4VYBGYRJ5AWN7KW7VWXNEHWOAAAAAAAAAAAAD4EO",
        "CAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC526",
        "%00",
        "%FF",
    ] {
        let (status, body) = world.get(&format!("/accounts/{id}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{id}");
        assert_eq!(body["type"], "https://stellar.org/horizon-errors/bad_request");
        assert_eq!(body["extras"]["invalid_field"], "account_id");
        assert!(body["extras"]["reason"].is_string());
    }
}

#[tokio::test]
async fn account_json_in_process_differs_only_in_links() {
    let world = World::new();
    let key = world.funded("a");
    let mut direct = world.sandbox.account_json(&key.address()).unwrap();
    let (_, mut served) = world.get(&format!("/accounts/{}", key.address())).await;
    assert_eq!(direct["_links"]["self"]["href"], format!("/accounts/{}", key.address()));
    direct["_links"].take();
    served["_links"].take();
    assert_eq!(direct, served);
    assert!(world.sandbox.account_json(&Key::named("nobody").address()).is_none());
    assert!(world.sandbox.account_json("nonsense").is_none());
}
