//! The server: health, the stellar.toml, and switched-off protocols.

use crate::{bad_input::get, world::World};

#[tokio::test]
async fn health_lists_the_served_protocols() {
    let world = World::new().await;
    let (status, _, body) = world.send(get("/health")).await;
    assert_eq!(status.as_u16(), 200);
    assert_eq!(body["seps"], serde_json::json!(["SEP-1 2.7.0", "SEP-10 3.4.1", "SEP-12 1.15.0"]));
}

#[tokio::test]
async fn stellar_toml_is_text_with_cors_and_lists_the_served_endpoints() {
    let world = World::new().await;
    for method in ["GET", "HEAD"] {
        let request = axum::http::Request::builder()
            .method(method)
            .uri("/.well-known/stellar.toml")
            .header("Origin", "https://wallet.example")
            .body(axum::body::Body::empty());
        let (status, headers, _) = world.send(request.unwrap()).await;
        assert_eq!(
            (status.as_u16(), &headers["content-type"], &headers["access-control-allow-origin"]),
            (200, &"text/plain; charset=utf-8".parse().unwrap(), &"*".parse().unwrap())
        );
    }
    let wallet = world.wallet().await;
    assert_eq!(wallet.web_auth_endpoint().unwrap().as_str(), world.config.endpoint("/auth"));
    assert_eq!(wallet.kyc_server().unwrap().as_str(), world.config.endpoint("/kyc"));
    assert!(wallet.toml().problems(true).is_empty());
}

#[tokio::test]
async fn switched_off_protocol_is_not_served_and_not_published() {
    use windlass_anchor::config::Sep;
    let world = World::with(|config| config.seps = vec![Sep::Sep1, Sep::Sep10]).await;
    assert_eq!(world.send(get("/kyc/customer")).await.0.as_u16(), 404);
    assert!(!world.wallet().await.toml().kyc_server.is_present());
}

#[tokio::test]
async fn sandbox_never_replaces_the_public_network() {
    let vars = [(
        "WINDLASS_NETWORK__PASSPHRASE".to_owned(),
        windlass_core::network::Network::PUBLIC.to_owned(),
    )];
    let error = windlass_anchor::Config::load(None, vars).unwrap_err();
    assert!(error.to_string().contains("horizon_url"), "{error}");
}
