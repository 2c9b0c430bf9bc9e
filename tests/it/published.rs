//! What the anchor publishes about itself.

use std::sync::Arc;

use serde_json::json;
use windlass_anchor::{Anchor, Config};
use windlass_core::{
    network::Network,
    sep1::{MAX_PUBLISHED_BYTES, StellarToml},
};

use crate::world::{InProcess, Sent, World, key};

async fn text(world: &World) -> String {
    use windlass_client::Transport as _;
    let request = windlass_client::Request {
        method: windlass_core::endpoint::Method::Get,
        url: "/.well-known/stellar.toml".to_owned(),
        headers: Vec::new(),
        body: None,
        max_response: 200_000,
        follow_redirects: false,
    };
    let response = InProcess(world.anchor.router()).send(request).await.unwrap();
    String::from_utf8(response.body).unwrap()
}

// S01-05, S01-09, S01-20, S01-21, S01-23, S01-26 to S01-30, S01-36, S01-37
#[tokio::test]
async fn root_keys_match_the_served_protocols_and_come_first() {
    let world = World::new().await;
    let text = text(&world).await;
    assert!(text.len() <= MAX_PUBLISHED_BYTES);
    let (root, tables) = text.split_once("\n[").unwrap();
    let keys: Vec<_> = root.lines().filter_map(|line| line.split_once(" = ")).collect();
    let url = |path: &str| format!("\"{}\"", world.config.endpoint(path));
    let signing_key = world.wallet().await.signing_key().unwrap();
    let expected = [
        ("VERSION", "\"2.7.0\"".to_owned()),
        ("NETWORK_PASSPHRASE", format!("\"{}\"", Network::STANDALONE)),
        ("KYC_SERVER", url("/kyc")),
        ("WEB_AUTH_ENDPOINT", url("/auth")),
        ("SIGNING_KEY", format!("\"{signing_key}\"")),
    ];
    assert_eq!(keys, expected.each_ref().map(|(key, value)| (*key, value.as_str())));
    assert!(!text.contains("/\"\n"), "no URL ends in a slash: {text}");
    assert!(tables.starts_with("DOCUMENTATION]\nORG_NAME = "), "{tables}");
    assert!(tables.contains("\nORG_URL = "), "{tables}");
}

// S01-42: the published key is the one that signs.
#[tokio::test]
async fn published_signing_key_signs_challenges() {
    let world = World::new().await;
    let wallet = world.wallet().await;
    wallet.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    assert_eq!(wallet.network().passphrase(), world.config.network.passphrase);
}

// S01-09, S01-32, S01-50, S01-51, S01-54 to S01-63, S01-67
#[tokio::test]
async fn all_configured_information_is_published() {
    let issuer = key("issuer").public();
    let sample = format!(
        r#"
        [organization]
        name = "Harbour Example Ltd."
        dba = "Harbour"
        url = "https://harbour.example"
        logo = "https://harbour.example/logo.png"
        description = "Deposits for examples."
        physical_address = "1 Quay Street"
        physical_address_attestation = "https://harbour.example/address.jpg"
        phone_number = "+14155552671"
        phone_number_attestation = "https://harbour.example/phone.jpg"
        keybase = "harbour"
        twitter = "harbour"
        github = "harbour"
        official_email = "office@harbour.example"
        support_email = "help@harbour.example"
        licensing_authority = "Example Authority"
        license_type = "Money transmission"
        license_number = "EX-0042"
        accounts = ["{issuer}"]
        [[principals]]
        name = "Ana Example"
        email = "ana@harbour.example"
        keybase = "ana"
        telegram = "ana"
        twitter = "ana"
        github = "ana"
        id_photo_hash = "9f86"
        verification_photo_hash = "6030"
        [[currencies]]
        code = "HUSD"
        issuer = "{issuer}"
        status = "live"
        display_decimals = 2
        name = "harbour dollar"
        desc = "A dollar at Harbour."
        conditions = "For examples only."
        image = "https://harbour.example/husd.png"
        max_number = 21000000
        anchor_asset_type = "fiat"
        anchor_asset = "USD"
        attestation_of_reserve = "https://harbour.example/reserve"
        redemption_instructions = "Withdraw with any wallet."
        collateral_addresses = ["2C1m", "19Zh"]
        collateral_address_messages = ["The first.", "The second."]
        collateral_address_signatures = ["MQ==", "Mg=="]
        [[currencies]]
        code = "POINT"
        issuer = "{issuer}"
        desc = "Anchored to nothing."
        "#
    );
    let Config { organization, principals, currencies, .. } = toml::from_str(&sample).unwrap();
    let world = World::with(|config| {
        (config.organization, config.principals, config.currencies) =
            (organization, principals, currencies);
    })
    .await;
    let file = StellarToml::parse(&text(&world).await).unwrap();
    assert_eq!(file.problems(true), []);
    let published = serde_json::to_value(&file).unwrap();
    assert_eq!(published["ACCOUNTS"], json!([issuer]));

    // Each key as it was configured, under the name that SEP-1 gives it.
    let configured: toml::Table = sample.parse().unwrap();
    let configured = serde_json::to_value(configured).unwrap();
    let organization = configured["organization"].as_object().unwrap();
    for (name, value) in organization.iter().filter(|(name, _)| *name != "accounts") {
        let key = format!("ORG_{}", name.to_uppercase());
        assert_eq!(&published["DOCUMENTATION"][&key], value, "{key}");
    }
    assert_eq!(published["PRINCIPALS"], configured["principals"]);
    let mut currencies = configured["currencies"].clone();
    currencies[0]["is_asset_anchored"] = json!(true);
    for (name, value) in [
        ("status", json!("test")),
        ("is_asset_anchored", json!(false)),
        ("anchor_asset_type", json!("other")),
    ] {
        currencies[1][name] = value;
    }
    assert_eq!(published["CURRENCIES"], currencies);
}

// S01-05, S01-42
#[tokio::test]
async fn anchor_with_an_invalid_stellar_toml_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let config = |change: fn(&mut Config)| {
        let mut config = Config { data_dir: folder.path().to_owned(), ..Config::default() };
        change(&mut config);
        config
    };
    let too_long =
        |config: &mut Config| config.organization.description = Some("x".repeat(100_001));
    let long_code = |config: &mut Config| {
        let issuer = key("issuer").public();
        let currency = format!("code = 'THIRTEENCHARS'\nissuer = '{issuer}'\ndesc = 'x'");
        config.currencies = vec![toml::from_str(&currency).unwrap()];
    };
    for (change, word) in [(too_long as fn(&mut Config), "100000"), (long_code, "code")] {
        let builder = Anchor::builder(config(change)).notifier(Arc::new(Sent::default()));
        let error = builder.open().await.map(drop).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

// S01-08: a page that is not for other origins has no CORS headers.
#[tokio::test]
async fn only_public_paths_have_cors_headers() {
    let world = World::new().await;
    for path in ["/health", "/nothing"] {
        let request = axum::http::Request::builder()
            .uri(path)
            .header("Origin", "https://wallet.example")
            .body(axum::body::Body::empty());
        let (_, headers, _) = world.send(request.unwrap()).await;
        assert!(!headers.contains_key("access-control-allow-origin"), "{path}");
    }
}
