//! `POST /transactions` and `GET /transactions/{hash}`.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};
use stellar_xdr::{
    Duration, Hash, LedgerBounds, Memo, MuxedAccount, MuxedAccountMed25519, PreconditionsV2,
    SequenceNumber, TimeBounds, TimePoint, Uint256,
};

use crate::testing::{Key, NOW, World, base64, bump, form, json, pay, xlm};

#[tokio::test]
async fn a_successful_submission_is_answered_with_the_transaction() {
    let world = World::new();
    let alice = world.funded("a");
    world.advance(1);
    let bob = world.funded("b");
    world.advance(1);
    let memo = Memo::Text("order-1".parse().unwrap());
    let tx = world.tx(&alice).op(pay(&bob, xlm(12))).fee(500).times(0, NOW + 300).memo(memo);
    let envelope = tx.sign(&[&alice]);
    let (status, body) = world.post(&envelope).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let hash = HEXLOWER.encode(&tx.hash());
    let included = world.included(&envelope).unwrap();
    let link = |path: &str| json!({"href": format!("http://localhost{path}")});
    let list = |path: &str| json!({"href": format!("http://localhost{path}{{?cursor,limit,order}}"), "templated": true});
    let token = "17179873280"; // ledger 4, first transaction
    let signature = alice.sign(&tx.hash()).signature;
    assert_eq!(
        body,
        json!({
            "id": hash, "hash": hash, "paging_token": token,
            "successful": true,
            "ledger": 4,
            "created_at": "2026-08-20T12:00:03Z",
            "source_account": alice.address(),
            "source_account_sequence": tx.build().seq_num.0.to_string(),
            "fee_account": alice.address(),
            "fee_charged": "100",
            "max_fee": "500",
            "operation_count": 1,
            "envelope_xdr": base64(&envelope),
            "result_xdr": "AAAAAAAAAGQAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAA=",
            "fee_meta_xdr": super::super::transactions::base64(&included.fee_changes),
            "memo_type": "text", "memo": "order-1", "memo_bytes": "b3JkZXItMQ==",
            "signatures": [BASE64.encode(signature.0.as_slice())],
            "preconditions": {"timebounds": {"min_time": "0", "max_time": (NOW + 300).to_string()}},
            "_links": {
                "self": link(&format!("/transactions/{hash}")),
                "account": link(&format!("/accounts/{}", alice.address())),
                "ledger": link("/ledgers/4"),
                "operations": list(&format!("/transactions/{hash}/operations")),
                "effects": list(&format!("/transactions/{hash}/effects")),
                "precedes": link(&format!("/transactions?order=asc&cursor={token}")),
                "succeeds": link(&format!("/transactions?order=desc&cursor={token}")),
                "transaction": link(&format!("/transactions/{hash}")),
            },
        })
    );
    assert_eq!(world.get(&format!("/transactions/{hash}")).await, (StatusCode::OK, body));
}

#[tokio::test]
async fn refused_transaction_has_result_codes_and_is_not_found_afterwards() {
    let world = World::new();
    let alice = world.funded("a");
    let envelope = world.tx(&alice).op(pay(&alice, 1)).next_sequence(5).sign(&[&alice]);
    let (status, body) = world.post(&envelope).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body["type"], "https://stellar.org/horizon-errors/transaction_failed");
    assert_eq!(body["title"], "Transaction Failed");
    assert_eq!(
        body["extras"],
        json!({
            "envelope_xdr": base64(&envelope),
            "result_codes": {"transaction": "tx_bad_seq"},
            "result_xdr": "AAAAAAAAAGT////7AAAAAA==",
        })
    );
    let hash = HEXLOWER.encode(&world.read(&envelope).hash);
    assert_eq!(world.get(&format!("/transactions/{hash}")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn failed_transaction_in_a_ledger_has_result_codes_and_is_found_by_hash() {
    let world = World::new();
    let (alice, bob) = (world.funded("a"), world.funded("b"));
    let envelope = world.tx(&alice).op(pay(&bob, xlm(10_000))).sign(&[&alice]);
    let (status, body) = world.post(&envelope).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(
        body["extras"]["result_codes"],
        json!({"transaction": "tx_failed", "operations": ["op_underfunded"]})
    );
    assert_eq!(body["extras"]["result_xdr"], "AAAAAAAAAGT/////AAAAAQAAAAAAAAAB/////gAAAAA=");
    let hash = HEXLOWER.encode(&world.read(&envelope).hash);
    let (status, found) = world.get(&format!("/transactions/{hash}")).await;
    assert_eq!((status, &found["successful"]), (StatusCode::OK, &Value::Bool(false)));
}

#[tokio::test]
async fn repeated_envelope_gets_the_same_answer_without_a_second_effect() {
    let world = World::new();
    let (alice, bob) = (world.funded("a"), world.funded("b"));
    for stroops in [xlm(1), xlm(20_000)] {
        let envelope = world.tx(&alice).op(pay(&bob, stroops)).sign(&[&alice]);
        let first = world.post(&envelope).await;
        let after = world.state();
        assert_eq!(world.post(&envelope).await, first);
        assert_eq!(world.state(), after);
    }
}

#[tokio::test]
async fn a_fee_bump_is_shown_under_both_hashes() {
    let world = World::new();
    let (alice, payer) = (world.funded("a"), world.funded("payer"));
    let tx = world.tx(&alice).op(pay(&payer, 1));
    let inner = tx.sign(&[&alice]);
    let outer = bump(world.sandbox.network().id, &inner, &payer, 400, &[&payer]);
    let (status, body) = world.post(&outer).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let [inner_hash, outer_hash] =
        [&inner, &outer].map(|envelope| HEXLOWER.encode(&world.read(envelope).hash));
    let signature = |key: &Key, envelope| {
        json!([BASE64.encode(key.sign(&world.read(envelope).hash).signature.0.as_slice())])
    };
    let (alices, payers) = (signature(&alice, &inner), signature(&payer, &outer));

    assert_eq!(body["hash"], outer_hash);
    assert_eq!(
        (&body["source_account"], &body["fee_account"]),
        (&json!(alice.address()), &json!(payer.address()))
    );
    assert_eq!((&body["fee_charged"], &body["max_fee"]), (&json!("200"), &json!("400")));
    assert_eq!(body["signatures"], payers);
    assert_eq!(body["envelope_xdr"], base64(&outer));
    assert_eq!(body["fee_bump_transaction"], json!({"hash": outer_hash, "signatures": payers}));
    let inner_part = json!({"hash": inner_hash, "signatures": alices, "max_fee": "100"});
    assert_eq!(body["inner_transaction"], inner_part);
    assert_eq!(world.get(&format!("/transactions/{outer_hash}")).await.1, body);

    let (_, by_inner) = world.get(&format!("/transactions/{inner_hash}")).await;
    assert_eq!((&by_inner["hash"], &by_inner["id"]), (&json!(inner_hash), &json!(inner_hash)));
    assert_eq!(by_inner["signatures"], alices);
    assert_eq!(by_inner["paging_token"], body["paging_token"]);
    assert_eq!(by_inner["fee_bump_transaction"], body["fee_bump_transaction"]);
}

#[tokio::test]
async fn a_failed_fee_bump_gives_both_codes() {
    let world = World::new();
    let (alice, payer) = (world.funded("a"), world.funded("payer"));
    let network = world.sandbox.network().id;
    let inner = world.tx(&alice).op(pay(&payer, xlm(20_000))).sign(&[&alice]);
    let (_, body) = world.post(&bump(network, &inner, &payer, 400, &[&payer])).await;
    assert_eq!(
        body["extras"]["result_codes"],
        json!({"transaction": "tx_fee_bump_inner_failed", "inner_transaction": "tx_failed",
            "operations": ["op_underfunded"]})
    );
}

#[tokio::test]
async fn memos_of_every_kind_are_shown() {
    let world = World::new();
    let alice = world.funded("a");
    let hash = BASE64.encode(&[9; 32]);
    let broken = vec![b'a', 0, 0xff].try_into().unwrap();
    for (memo, kind, value, bytes) in [
        (Memo::None, "none", Value::Null, Value::Null),
        (Memo::Id(u64::MAX), "id", json!("18446744073709551615"), Value::Null),
        (Memo::Hash(Hash([9; 32])), "hash", json!(hash), Value::Null),
        (Memo::Return(Hash([9; 32])), "return", json!(hash), Value::Null),
        (Memo::Text(Default::default()), "text", json!(""), json!("")),
        (Memo::Text(broken), "text", json!("a\u{fffd}"), json!("YQD/")),
    ] {
        let envelope = world.tx(&alice).op(pay(&alice, 1)).memo(memo).sign(&[&alice]);
        let (_, body) = world.post(&envelope).await;
        assert_eq!(body["memo_type"], kind);
        assert_eq!((&body["memo"], &body["memo_bytes"]), (&value, &bytes), "{kind}");
        assert_eq!(body.get("memo").is_some(), kind != "none");
    }
}

#[tokio::test]
async fn muxed_sources_and_all_preconditions_are_shown() {
    let world = World::new();
    let (alice, extra) = (world.funded("a"), Key::named("extra"));
    let muxed = MuxedAccount::MuxedEd25519(MuxedAccountMed25519 {
        id: u64::MAX,
        ed25519: Uint256(alice.bytes()),
    });
    let conditions = PreconditionsV2 {
        time_bounds: Some(TimeBounds { min_time: TimePoint(5), max_time: TimePoint(0) }),
        ledger_bounds: Some(LedgerBounds { min_ledger: 1, max_ledger: 99 }),
        min_seq_num: Some(SequenceNumber(7)),
        min_seq_age: Duration(1),
        min_seq_ledger_gap: 1,
        extra_signers: vec![extra.signer()].try_into().unwrap(),
    };
    let tx = world.tx(&alice).source(muxed.clone()).op(pay(&alice, 1)).conditions(conditions);
    let (status, body) = world.post(&tx.sign(&[&alice, &extra])).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["source_account"], alice.address());
    assert_eq!(body["account_muxed"], muxed.to_string());
    assert_eq!(body["account_muxed_id"], "18446744073709551615");
    assert_eq!(
        body["preconditions"],
        json!({
            "timebounds": {"min_time": "5"},
            "ledgerbounds": {"min_ledger": 1, "max_ledger": 99},
            "min_account_sequence": "7",
            "min_account_sequence_age": "1",
            "min_account_sequence_ledger_gap": 1,
            "extra_signers": [extra.address()],
        })
    );
}

#[tokio::test]
async fn text_that_is_not_an_envelope_is_malformed() {
    let world = World::new();
    for text in ["", "nonsense", "AAAA"] {
        let (status, body) = json(world.send(form("/transactions", "tx", text)).await).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(body["type"], "https://stellar.org/horizon-errors/transaction_malformed");
        assert_eq!(body["extras"], json!({"envelope_xdr": text}));
    }
    let (status, body) = json(world.send(form("/transactions", "other", "x")).await).await;
    assert_eq!((status, &body["status"]), (StatusCode::BAD_REQUEST, &json!(400)));
}

#[tokio::test]
async fn only_forms_are_accepted() {
    for (content_type, status) in [
        (Some("application/x-www-form-urlencoded"), 200),
        (Some("Application/X-WWW-Form-Urlencoded; charset=UTF-8"), 200),
        (None, 200),
        (Some("application/json"), 415),
        (Some("text/plain"), 415),
        (Some("multipart/form-data; boundary=x"), 415),
        (Some(""), 415),
    ] {
        let world = World::new();
        let alice = world.funded("a");
        let envelope = world.tx(&alice).op(pay(&alice, 1)).sign(&[&alice]);
        let mut request = form("/transactions", "tx", &base64(&envelope));
        request.headers_mut().remove(header::CONTENT_TYPE);
        if let Some(content_type) = content_type {
            request.headers_mut().insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        }
        let (answered, body) = json(world.send(request).await).await;
        assert_eq!(answered, status, "{content_type:?}: {body}");
        if status == 415 {
            assert_eq!(body["type"], "https://stellar.org/horizon-errors/unsupported_media_type");
            assert!(world.included(&envelope).is_none());
        }
    }
}

#[tokio::test]
async fn an_oversized_body_is_refused() {
    let world = World::new();
    let (status, body) =
        json(world.send(form("/transactions", "tx", &"A".repeat(70_000))).await).await;
    assert_eq!((status, &body["status"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!(413)));
}

#[tokio::test]
async fn a_form_that_is_not_text_is_a_bad_request() {
    let request =
        Request::post("/transactions").body(Body::from(vec![b't', b'x', b'=', 0xff])).unwrap();
    let (status, _) = json(World::new().send(request).await).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn hashes_are_64_lower_case_hex_digits() {
    let world = World::new();
    let unknown = "0".repeat(64);
    assert_eq!(world.get(&format!("/transactions/{unknown}")).await.0, StatusCode::NOT_FOUND);
    for hash in
        ["0", &unknown[1..], &"A".repeat(64), &"g".repeat(64), "%FF", &format!("{unknown}00")]
    {
        let (status, body) = world.get(&format!("/transactions/{hash}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{hash}");
        assert_eq!(body["extras"]["invalid_field"], "tx_id");
    }
}

#[tokio::test]
async fn a_submission_waits_until_a_ledger_is_closed() {
    let world = World::manual();
    let alice = world.funded("a");
    let envelope = world.tx(&alice).op(pay(&alice, 1)).sign(&[&alice]);
    let close = async {
        tokio::task::yield_now().await;
        assert!(world.included(&envelope).is_none());
        world.sandbox.close_ledger()
    };
    // Twice the same: the second is a duplicate and waits with the first.
    let (first, second, ledger) = tokio::join!(world.post(&envelope), world.post(&envelope), close);
    assert_eq!(first.0, StatusCode::OK);
    assert_eq!(first.1["ledger"], ledger);
    assert_eq!(second, first);
}

#[tokio::test(start_paused = true)]
async fn submission_without_a_ledger_in_time_answers_504() {
    let world = World::manual();
    let alice = world.funded("a");
    let tx = world.tx(&alice).op(pay(&alice, 1));
    let envelope = tx.sign(&[&alice]);
    let started = tokio::time::Instant::now();
    let (status, body) = world.post(&envelope).await;
    assert_eq!(started.elapsed().as_secs(), 30);
    assert_eq!(status, StatusCode::GATEWAY_TIMEOUT);
    assert_eq!(body["type"], "https://stellar.org/horizon-errors/transaction_submission_timeout");
    let hash = HEXLOWER.encode(&tx.hash());
    assert_eq!(body["extras"], json!({"hash": hash, "envelope_xdr": base64(&envelope)}));
    // Another transaction of the account is not accepted; the response is the same.
    let other = world.tx(&alice).op(pay(&alice, 2)).sign(&[&alice]);
    assert_eq!(world.post(&other).await.0, StatusCode::GATEWAY_TIMEOUT);

    world.sandbox.close_ledger();
    assert_eq!(world.get(&format!("/transactions/{hash}")).await.0, StatusCode::OK);
    assert_eq!(world.post(&envelope).await.0, StatusCode::OK);
    assert_eq!(world.post(&other).await.1["extras"]["result_codes"]["transaction"], "tx_bad_seq");
}
