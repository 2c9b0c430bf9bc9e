use windlass_core::{network::Network, problem::Code};

use crate::{
    Anchor, ErrorKind, Options, TransportError,
    testing::{DOMAIN, NOW, Scripted, client, discover, jwt, options, server, token, toml},
};

async fn refused(scripted: Scripted) -> Code {
    Anchor::discover(scripted, DOMAIN, options()).await.unwrap_err().code()
}

#[tokio::test]
async fn anchor_is_found_at_its_well_known_url() {
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    let (asked, body) = scripted.last();
    assert_eq!(
        (asked.as_str(), body.as_str()),
        ("GET https://anchor.example.com/.well-known/stellar.toml", "")
    );
    assert_eq!(anchor.home_domain(), DOMAIN);
    assert_eq!(anchor.network().passphrase(), Network::TESTNET);
    assert_eq!(anchor.signing_key().unwrap(), server().public());
    assert_eq!(anchor.kyc_server().unwrap().as_str(), "https://anchor.example.com/kyc/");
    assert_eq!(
        anchor.web_auth_endpoint().unwrap().as_str(),
        "https://auth.anchor.example.com:8443/auth"
    );
}

#[tokio::test]
async fn malformed_domain_is_an_error_before_any_request() {
    for bad in
        ["", "https://anchor.example.com", "anchor.example.com/", "user@anchor.example.com", "a b"]
    {
        let scripted = Scripted::default();
        let error = Anchor::discover(scripted.clone(), bad, options()).await.unwrap_err();
        assert_eq!((error.code(), scripted.count()), (Code::InvalidHomeDomain, 0), "{bad:?}");
    }
}

#[tokio::test]
async fn missing_or_malformed_toml_is_refused_with_its_code() {
    assert_eq!(refused(Scripted::default().then(404, "Not Found")).await, Code::NotFound);
    assert_eq!(refused(Scripted::default().then(500, "<html>")).await, Code::Internal);
    assert_eq!(refused(Scripted::default().then(302, "")).await, Code::UnexpectedResponse);
    assert_eq!(refused(Scripted::default().then(200, "<!doctype html>")).await, Code::InvalidToml);
    assert_eq!(refused(Scripted::default().then(200, [0xff, 0xfe])).await, Code::InvalidToml);
    assert_eq!(
        refused(Scripted::default().fail(TransportError::TooLong(102_400))).await,
        Code::InvalidToml
    );
    assert_eq!(
        refused(Scripted::default().fail(TransportError::TimedOut(30))).await,
        Code::Network
    );
    assert_eq!(refused(Scripted::default()).await, Code::Network);
}

#[tokio::test]
async fn network_is_the_wallets_and_must_be_the_anchors() {
    let on = |passphrase: &str| Options { network: Some(Network::new(passphrase)), ..options() };
    let find = |toml: String, options| {
        Anchor::discover(Scripted::default().then(200, toml), DOMAIN, options)
    };
    let anchor = find(toml(), on(Network::TESTNET)).await.unwrap();
    assert_eq!(anchor.network().passphrase(), Network::TESTNET);
    let error = find(toml(), on(Network::PUBLIC)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WrongNetwork { .. }), "{error}");

    let silent = String::from("VERSION = '2.7.0'");
    assert_eq!(
        find(silent.clone(), on(Network::TESTNET)).await.unwrap().network().passphrase(),
        Network::TESTNET
    );
    assert!(
        find(silent, options()).await.unwrap().network().is_public(),
        "an anchor that does not say is taken for public"
    );
    let number = find(String::from("NETWORK_PASSPHRASE = 5"), options()).await.unwrap_err();
    assert_eq!(number.code(), Code::InvalidTomlValue);
}

#[tokio::test]
async fn missing_and_malformed_toml_values_are_different_errors() {
    let scripted = Scripted::default();
    let anchor =
        discover(&scripted, "TRANSFER_SERVER = 'https://anchor.example.com/sep6'").await.unwrap();
    assert_eq!(anchor.signing_key().unwrap_err().code(), Code::NotOffered);
    assert_eq!(anchor.web_auth_endpoint().unwrap_err().code(), Code::NotOffered);
    assert_eq!(
        anchor.kyc_server().unwrap().as_str(),
        "https://anchor.example.com/sep6",
        "the fallback of S01-39"
    );
    let anchor = discover(
        &scripted,
        "SIGNING_KEY = 5\nWEB_AUTH_ENDPOINT = 'http://anchor.example.com/auth'",
    )
    .await
    .unwrap();
    assert_eq!(anchor.signing_key().unwrap_err().code(), Code::InvalidTomlValue);
    assert_eq!(anchor.web_auth_endpoint().unwrap_err().code(), Code::InvalidTomlValue);
    assert_eq!(anchor.kyc_server().unwrap_err().code(), Code::NotOffered);
}

#[tokio::test]
async fn plain_http_is_allowed_only_for_an_anchor_on_this_machine() {
    let dev = Options { allow_http: true, ..options() };
    let scripted =
        Scripted::default().then(200, "WEB_AUTH_ENDPOINT = 'http://localhost:8000/auth'");
    let anchor = Anchor::discover(scripted.clone(), "localhost:8000", dev.clone()).await.unwrap();
    assert_eq!(scripted.last().0, "GET http://localhost:8000/.well-known/stellar.toml");
    assert!(anchor.web_auth_endpoint().is_ok());

    let scripted =
        Scripted::default().then(200, "WEB_AUTH_ENDPOINT = 'http://anchor.example.com/auth'");
    let anchor = Anchor::discover(scripted.clone(), DOMAIN, dev).await.unwrap();
    assert_eq!(scripted.last().0, "GET https://anchor.example.com/.well-known/stellar.toml");
    assert!(anchor.web_auth_endpoint().is_err(), "another machine's http stays refused");
}

#[tokio::test]
async fn session_is_resumed_until_it_expires() {
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    let account = client().public().to_string();
    let resume = |text: &str| anchor.resume(text);

    let session = resume(&token(&account, NOW + 1)).unwrap();
    assert_eq!(
        (session.account().to_string(), session.expires_at(), session.is_expired()),
        (account.clone(), NOW + 1, false)
    );
    assert_eq!(resume(&token(&account, NOW)).unwrap_err().code(), Code::TokenExpired);
    for bad in ["", "a.b", "a.b.c", "x.y.z.w", &token("somebody", NOW + 1), &jwt("{}"), &jwt("5")] {
        assert_eq!(resume(bad).unwrap_err().code(), Code::TokenInvalid, "{bad:?}");
    }
    let elsewhere = format!(
        r#"{{"iss":"i","sub":"{account}","iat":1,"exp":{},"home_domain":"other.example"}}"#,
        NOW + 1
    );
    assert_eq!(resume(&jwt(&elsewhere)).unwrap_err().code(), Code::TokenInvalid);
    assert_eq!(scripted.count(), 1, "none of this asks the anchor");
}

// A NumericDate may have a fraction (RFC 7519, section 2); claims that a wallet does not need may be odd.
#[tokio::test]
async fn claims_of_other_anchors_are_read() {
    let anchor = discover(&Scripted::default(), &toml()).await.unwrap();
    let account = client().public().to_string();
    let soon = NOW + 60;
    for claims in [
        format!(r#"{{"iss":"i","sub":"{account}","iat":{NOW}.5,"exp":{soon}.9}}"#),
        format!(r#"{{"sub":"{account}","exp":{soon}}}"#),
        format!(
            r#"{{"iss":5,"sub":"{account}","iat":"now","exp":{soon},"jti":7,"home_domain":null}}"#
        ),
    ] {
        let session = anchor.resume(&jwt(&claims)).unwrap();
        assert_eq!(session.expires_at(), soon, "{claims}");
    }
    for (claims, reason) in [
        (format!(r#"{{"sub":"{account}"}}"#), "missing field `exp`"),
        (format!(r#"{{"sub":"{account}","exp":-1}}"#), "exp must be Unix seconds"),
        (format!(r#"{{"sub":"{account}","exp":"{soon}"}}"#), "exp must be Unix seconds"),
        (format!(r#"{{"exp":{soon}}}"#), "missing field `sub`"),
        (format!(r#"{{"sub":5,"exp":{soon}}}"#), "sub must be"),
    ] {
        let error = anchor.resume(&jwt(&claims)).unwrap_err();
        assert_eq!(error.code(), Code::TokenInvalid, "{claims}");
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[tokio::test]
async fn debug_of_a_session_does_not_show_its_token() {
    let anchor = discover(&Scripted::default(), &toml()).await.unwrap();
    let token = token(&client().public().to_string(), NOW + 1);
    assert!(!format!("{:?}", anchor.resume(&token).unwrap()).contains(&token));
}
