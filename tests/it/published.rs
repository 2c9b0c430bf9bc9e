//! What the anchor publishes about itself.

use windlass_anchor::{Anchor, Config, config::Currency};
use windlass_core::{
    network::Network,
    sep1::{AnchorAssetType, CurrencyStatus, MAX_PUBLISHED_BYTES, StellarToml},
};

use crate::world::{InProcess, World, key};

async fn text(world: &World) -> String {
    use windlass_client::Transport as _;
    let request = windlass_client::Request {
        method: windlass_core::endpoint::Method::Get,
        url: "/.well-known/stellar.toml".to_owned(),
        headers: Vec::new(),
        body: None,
        max_response: 200_000,
    };
    let response = InProcess(world.anchor.router()).send(request).await.unwrap();
    String::from_utf8(response.body).unwrap()
}

// S01-05, S01-09, S01-20, S01-21, S01-23, S01-26 to S01-30, S01-36, S01-37
#[tokio::test]
async fn root_keys_are_those_of_what_is_served_and_come_first() {
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

// S01-42: the key of the file is the one that signs.
#[tokio::test]
async fn the_published_key_is_the_one_that_signs() {
    let world = World::new().await;
    let wallet = world.wallet().await;
    wallet.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    assert_eq!(wallet.network().passphrase(), world.config.network.passphrase);
}

// S01-50, S01-51, S01-54, S01-57, S01-60, S01-61, S01-67
#[tokio::test]
async fn currencies_of_the_configuration_are_published_with_what_validators_want() {
    let currency = Currency {
        code: "HUSD".to_owned(),
        issuer: key("issuer").public(),
        status: CurrencyStatus::Live,
        desc: "A dollar at the harbour.".to_owned(),
        anchor_asset_type: Some(AnchorAssetType::Fiat),
        anchor_asset: Some("USD".to_owned()),
    };
    let world = World::with(|config| config.currencies = vec![currency]).await;
    let file = StellarToml::parse(&text(&world).await).unwrap();
    assert_eq!(file.problems(true), []);
    let [published] = &file.currencies.ok().unwrap()[..] else { panic!("one was configured") };
    assert_eq!(published.code.ok().map(String::as_str), Some("HUSD"));
    assert_eq!(published.issuer.ok(), Some(&key("issuer").public()));
    assert_eq!(published.status.ok(), Some(&CurrencyStatus::Live));
    assert_eq!(published.desc.ok().map(String::as_str), Some("A dollar at the harbour."));
    assert_eq!(published.is_asset_anchored.ok(), Some(&true));
    assert_eq!(published.anchor_asset_type.ok(), Some(&AnchorAssetType::Fiat));
    assert_eq!(published.anchor_asset.ok().map(String::as_str), Some("USD"));
}

// S01-05, S01-42
#[tokio::test]
async fn an_anchor_whose_file_may_not_be_published_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let config = |change: fn(&mut Config)| {
        let mut config = Config { data_dir: folder.path().to_owned(), ..Config::default() };
        change(&mut config);
        config
    };
    let too_long =
        |config: &mut Config| config.organization.description = Some("x".repeat(100_001));
    let long_code = |config: &mut Config| {
        config.currencies = vec![Currency {
            code: "THIRTEENCHARS".to_owned(),
            issuer: key("issuer").public(),
            status: CurrencyStatus::Test,
            desc: "x".to_owned(),
            anchor_asset_type: None,
            anchor_asset: None,
        }];
    };
    for (change, word) in [(too_long as fn(&mut Config), "100000"), (long_code, "code")] {
        let error = Anchor::builder(config(change)).open().await.map(drop).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

// S01-08: a page that is not for other origins does not say that it is.
#[tokio::test]
async fn what_is_not_for_other_origins_does_not_say_so() {
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
