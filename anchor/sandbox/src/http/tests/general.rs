//! What holds for every path: root, headers, content types, mounting.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::json;
use tower::ServiceExt as _;

use crate::testing::{NOW, World, form, json};

#[tokio::test]
async fn root_names_the_network_and_says_that_it_is_a_sandbox() {
    let world = World::new();
    world.funded("a");
    let (status, root) = world.get("/").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(root["network_passphrase"], "Standalone Network ; February 2017");
    assert_eq!(root["horizon_version"], concat!("sandbox-", env!("CARGO_PKG_VERSION")));
    assert_eq!(root["history_latest_ledger"], 2);
    assert_eq!(root["core_latest_ledger"], 2);
    assert_eq!(root["history_elder_ledger"], 1);
    assert_eq!(root["history_latest_ledger_closed_at"], "2026-08-20T12:00:01Z");
    assert!(root["current_protocol_version"].is_u64());
}

#[tokio::test]
async fn root_links_every_key_that_clients_expect() {
    let (_, root) = World::new().get("/").await;
    let mut keys: Vec<&String> = root["_links"].as_object().unwrap().keys().collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "account",
            "account_transactions",
            "accounts",
            "assets",
            "claimable_balances",
            "effects",
            "fee_stats",
            "friendbot",
            "ledger",
            "ledgers",
            "liquidity_pools",
            "offer",
            "offers",
            "operation",
            "operations",
            "order_book",
            "payments",
            "self",
            "strict_receive_paths",
            "strict_send_paths",
            "trade_aggregations",
            "trades",
            "transaction",
            "transactions",
        ]
    );
    let links = root["_links"].as_object().unwrap();
    for (name, link) in links {
        let href = link["href"].as_str().unwrap();
        assert!(href.starts_with("http://localhost/"), "{name}: {href}");
        let has_template = href.contains('{');
        assert_eq!(link.get("templated").is_some(), has_template, "{name}: {href}");
        assert_eq!(href.matches('{').count(), href.matches('}').count(), "{name}: {href}");
    }
    assert_eq!(links["account"]["href"], "http://localhost/accounts/{account_id}");
    assert_eq!(links["friendbot"]["href"], "http://localhost/friendbot{?addr}");
}

#[tokio::test]
async fn sandbox_reports_its_health() {
    let healthy = json!({"database_connected": true, "core_up": true, "core_synced": true});
    assert_eq!(World::new().get("/health").await, (StatusCode::OK, healthy));
}

#[tokio::test]
async fn every_answer_has_the_headers_of_horizon_and_the_sandboxs_own() {
    let world = World::new();
    let key = world.funded("a");
    world.advance(60);
    for (uri, status, has_ledger) in [
        ("/", 200, false),
        (&*format!("/accounts/{}", key.address()), 200, true),
        ("/accounts/x", 400, true),
        ("/nowhere", 404, false),
    ] {
        let response = world.send(Request::get(uri).body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), status, "{uri}");
        let headers = response.headers();
        assert_eq!(headers["x-sandbox"], "1", "{uri}");
        assert_eq!(headers[header::CACHE_CONTROL], "no-cache, no-store, max-age=0");
        assert_eq!(headers[header::CONTENT_DISPOSITION], "inline");
        assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert_eq!(headers[header::DATE], "Thu, 20 Aug 2026 12:01:00 GMT");
        let exposed = headers[header::ACCESS_CONTROL_EXPOSE_HEADERS].to_str().unwrap();
        assert!(exposed.contains("date") && exposed.contains("latest-ledger"), "{exposed}");
        assert_eq!(headers.get("latest-ledger").map(|v| v == "2"), has_ledger.then_some(true));
        let content_type = headers[header::CONTENT_TYPE].to_str().unwrap();
        let expected = if status == 200 { "hal" } else { "problem" };
        assert_eq!(content_type, format!("application/{expected}+json; charset=utf-8"));
    }
}

#[tokio::test]
async fn the_date_is_never_behind_the_last_close() {
    let world = World::manual();
    (0..5).for_each(|n| drop(world.funded(&format!("key {n}"))));
    let response = world.send(Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(NOW % 60, 0);
    assert_eq!(response.headers()[header::DATE], "Thu, 20 Aug 2026 12:00:05 GMT");
}

#[tokio::test]
async fn any_origin_may_send_any_header() {
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri("/transactions")
        .header(header::ORIGIN, "https://wallet.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "x-client-name,x-client-version")
        .body(Body::empty())
        .unwrap();
    let response = World::new().send(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    let allowed = &response.headers()[header::ACCESS_CONTROL_ALLOW_HEADERS];
    assert_eq!(allowed, "x-client-name,x-client-version");
}

#[tokio::test]
async fn only_json_media_types_are_acceptable() {
    let world = World::new();
    for (accept, status) in [
        ("application/hal+json", 200),
        ("application/json", 200),
        ("*/*", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/json; charset=utf-8", 200),
        ("text/html", 406),
        ("text/event-stream", 406),
    ] {
        let request = Request::get("/").header(header::ACCEPT, accept).body(Body::empty()).unwrap();
        let (answered, body) = json(world.send(request).await).await;
        assert_eq!(answered, status, "{accept}");
        if status == 406 {
            assert_eq!(body["type"], "https://stellar.org/horizon-errors/not_acceptable");
        }
    }
}

#[tokio::test]
async fn unknown_paths_answer_404_and_wrong_methods_405() {
    let world = World::new();
    for uri in ["/nowhere", "/fee_stats", "/accounts", "/accounts/G/payments", "/order_book"] {
        let (status, body) = world.get(uri).await;
        assert_eq!(
            (status, &body["title"]),
            (StatusCode::NOT_FOUND, &json!("Resource Missing")),
            "{uri}"
        );
        assert_eq!(body["type"], "https://stellar.org/horizon-errors/not_found");
        assert_eq!(body["status"], 404);
    }
    assert_eq!(world.get("/transactions").await.0, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(json(world.send(form("/health", "a", "b")).await).await.0, 405);
}

#[tokio::test]
async fn trailing_slash_in_a_path_is_ignored() {
    let world = World::new();
    let key = world.funded("a");
    let (_, plain) = world.get(&format!("/accounts/{}", key.address())).await;
    assert_eq!(world.get(&format!("/accounts/{}/", key.address())).await, (StatusCode::OK, plain));
    assert_eq!(world.get("/health//?x=1").await.0, StatusCode::OK);
}

#[tokio::test]
async fn mounted_under_a_path_it_links_under_that_path() {
    let world = World::new();
    let key = world.funded("a");
    let serve = |app: Router, uri: String| async move {
        let request =
            Request::get(uri).header(header::HOST, "box:8000").body(Body::empty()).unwrap();
        json(app.oneshot(request).await.unwrap()).await
    };
    let nested = Router::new().nest("/horizon", world.sandbox.ledger_router());
    let service = Router::new().nest_service("/horizon", world.sandbox.ledger_router());
    for app in [nested, service.clone()] {
        let (status, account) =
            serve(app.clone(), format!("/horizon/accounts/{}/", key.address())).await;
        assert_eq!(status, StatusCode::OK);
        let own = format!("http://box:8000/horizon/accounts/{}", key.address());
        assert_eq!(account["_links"]["self"]["href"], own);
        let (status, root) = serve(app, "/horizon".to_owned()).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(root["_links"]["self"]["href"], "http://box:8000/horizon/");
    }
    let (status, root) = serve(service, "/horizon/".to_owned()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(root["_links"]["fee_stats"]["href"], "http://box:8000/horizon/fee_stats");
}
