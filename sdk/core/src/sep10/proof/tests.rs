use std::format;

use super::*;
use crate::{
    account::SecretKey,
    network::Network,
    sep10::{ClientDomain, DomainSigning, TrustedAnchor},
};

/// The SEP's own examples.
const T1: &str = "eyJhbGciOiJFZERTQSJ9.eyJpYXQiOjE3MTE2NDg0ODYsImV4cCI6MTcxMTY0OTM4NiwiYWNjb3VudCI6IkdDNlVDWFZUQU1ORzVKTE9NWkJTQ05ZWFZTTk5GSEwyM1NKUFlPT0ZKRTJBVllERFMyRkZUNDVDIiwiY2xpZW50X2RvbWFpbiI6ImV4YW1wbGUtd2FsbGV0LnN0ZWxsYXIub3JnIiwid2ViX2F1dGhfZW5kcG9pbnQiOiJodHRwczovL2V4YW1wbGUuY29tL3NlcDEwL2F1dGgifQ.UQt8FpUK-BlnFw35o8Ke4GDOoCrMe9ztEx4_TGQ06XhMgUbn_b7EMPMVLWJ8RRNgSk2dNhyGUgIbhKzKtWtBBw";
const T2: &str = "eyJhbGciOiJFZERTQSJ9.eyJpYXQiOjE3MTE2NDg0MjIsImV4cCI6MTcxMTY0OTMyMiwiYWNjb3VudCI6IkdDWFhINkFZSlVWVERHSUhUNDJPWk5NRjNMSENWNERPS0NYNkhIREtXRUNVWllYRFpTV1pONkhTIiwibWVtbyI6IjEyMzQ1NjciLCJ3ZWJfYXV0aF9lbmRwb2ludCI6Imh0dHBzOi8vZXhhbXBsZS5jb20vc2VwMTAvYXV0aCJ9.23TJFUWtadeNWW0N1mjk4gWUZJRTOnrxfs3gahNRuhrKHRbHonrksri6lzJdIvO71a_Ad851necSO6TTXB_IBw";
const ENDPOINT: &str = "https://example.com/sep10/auth";
const NOW: u64 = 1_711_648_500;

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn request() -> GetChallenge {
    GetChallenge {
        memo: Some("18446744073709551615".into()),
        home_domain: Some("example.com".into()),
        ..GetChallenge::new(key().public().to_string())
    }
}

fn proof(request: &GetChallenge) -> Proof<'_> {
    Proof { endpoint: ENDPOINT, request, now: NOW }
}

/// A token with this header and these claims, correctly signed.
fn signed(header: &str, claims: &str) -> String {
    let message =
        format!("{}.{}", wire::base64url(header.as_bytes()), wire::base64url(claims.as_bytes()));
    Proof::with_signature(&message, &key().sign(message.as_bytes()))
}

fn claims(changed: &str) -> String {
    format!(
        r#"{{"iat":{NOW},"exp":{},"web_auth_endpoint":"{ENDPOINT}","account":"{}","memo":"18446744073709551615","home_domain":"example.com"{changed}}}"#,
        NOW + 900,
        key().public(),
    )
}

// S10-25, S10-26, S10-27, S10-28, S10-30
#[test]
fn sep_examples_are_valid_until_they_expire() {
    let with_domain = GetChallenge {
        client_domain: Some("example-wallet.stellar.org".into()),
        ..GetChallenge::new("GC6UCXVTAMNG5JLOMZBSCNYXVSNNFHL23SJPYOOFJE2AVYDDS2FFT45C")
    };
    let domain_key = "GCADAIACE6CRWGOB3HJRXIOHMQEUKPNLAUIYFIE26F3OK72RSHGAMARK";
    let with_memo = GetChallenge {
        memo: Some("1234567".into()),
        ..GetChallenge::new("GCXXH6AYJUVTDGIHT42OZNMF3LHCV4DOKCX6HHDKWECUZYXDZSWZN6HS")
    };
    for (token, request, key, iat) in [
        (T1, &with_domain, domain_key, 1_711_648_486),
        (T2, &with_memo, with_memo.account.as_str(), 1_711_648_422),
    ] {
        let key = key.parse().unwrap();
        let at = |now| Proof { endpoint: ENDPOINT, request, now }.verify(token, &key);
        assert_eq!(at(iat), Ok(()));
        assert_eq!(at(iat + 899), Ok(()));
        assert_eq!(at(iat + 900), Err(ProofError::Expired { at: iat + 900, now: iat + 900 }));
        assert_eq!(at(iat - 60), Ok(()));
        assert_eq!(at(iat - 61), Err(ProofError::NotYetValid { from: iat, now: iat - 61 }));
    }
}

// S10-26, S10-36
#[test]
fn signed_token_is_verified() {
    let client = |domain: &str| GetChallenge { client_domain: Some(domain.into()), ..request() };
    for request in [
        request(),
        client("wallet.example.org"),
        GetChallenge { memo: None, home_domain: None, ..request() },
    ] {
        let token = proof(&request).sign(&key());
        assert_eq!(proof(&request).verify(&token, &key().public()), Ok(()));
        let payload = wire::from_base64url(token.split('.').nth(1).unwrap()).unwrap();
        let payload: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        let asked = serde_json::to_value(&request).unwrap();
        for name in ["account", "memo", "home_domain", "client_domain"] {
            assert_eq!(payload.get(name), asked.get(name), "{name}");
        }
        assert_eq!(payload["exp"], NOW + 900);
        assert_eq!(payload["web_auth_endpoint"], ENDPOINT);
    }
}

// S10-30: compared in both directions.
#[test]
fn token_covers_every_parameter() {
    let token = proof(&request()).sign(&key());
    let other =
        GetChallenge { account: std::format!("{}", PublicKey::from_bytes([1; 32])), ..request() };
    for (name, changed) in [
        ("account", other),
        ("memo", GetChallenge { memo: Some("1".into()), ..request() }),
        ("memo", GetChallenge { memo: None, ..request() }),
        ("home_domain", GetChallenge { home_domain: None, ..request() }),
        ("client_domain", GetChallenge { client_domain: Some("a.example".into()), ..request() }),
    ] {
        let verdict = proof(&changed).verify(&token, &key().public());
        assert_eq!(verdict, Err(ProofError::Parameter(name)));
    }
    let request = request();
    let elsewhere = Proof { endpoint: "https://example.com/sep10/auth/", ..proof(&request) };
    assert_eq!(elsewhere.verify(&token, &key().public()), Err(ProofError::Endpoint));
}

// S10-27, S10-30, S10-31, S10-33
#[test]
fn other_tokens_are_refused() {
    let request = request();
    let verify = |token: &str| proof(&request).verify(token, &key().public());
    let eddsa = r#"{"alg":"EdDSA"}"#;
    assert_eq!(verify(&signed(r#"{"alg":"EdDSA","typ":"JWT"}"#, &claims(""))), Ok(()));
    assert_eq!(verify(&signed(eddsa, &claims(r#","sub":"ignored","n":[1.5]"#))), Ok(()));

    for header in [
        r#"{"alg":"none"}"#,
        r#"{"alg":"HS256"}"#,
        r#"{"alg":"eddsa"}"#,
        r#"{"alg":"EdDSA","crit":["b64"]}"#,
    ] {
        assert_eq!(verify(&signed(header, &claims(""))), Err(ProofError::Algorithm), "{header}");
    }
    for (claims, why) in [
        (claims("").replace(r#""exp""#, r#""xp""#), "no exp"),
        (claims("").replace(r#""iat""#, r#""at""#), "no iat"),
        (claims("").replace(r#""web_auth_endpoint""#, r#""endpoint""#), "no endpoint"),
        (claims("").replace(r#""18446744073709551615""#, "18446744073709551615"), "memo as number"),
        (claims("").replace(r#""exp":"#, r#""exp":-"#), "negative exp"),
        ("[]".into(), "a list"),
        ("".into(), "nothing"),
    ] {
        assert_eq!(verify(&signed(eddsa, &claims)), Err(ProofError::Unreadable), "{why}");
    }

    let good = proof(&request).sign(&key());
    let (message, _) = good.rsplit_once('.').unwrap();
    let stranger = SecretKey::from_seed(&[8; 32]);
    for forged in [
        proof(&request).sign(&stranger),
        format!("{message}."),
        format!("{message}.{}", wire::base64url(&[0; 64])),
    ] {
        assert_eq!(verify(&forged), Err(ProofError::Signature(key().public())), "{forged}");
    }
    for garbage in
        ["", ".", "..", "...", "a.b.c", "garbage", &format!("{good}="), &"x".repeat(5000)]
    {
        assert_eq!(verify(garbage), Err(ProofError::Unreadable), "{garbage}");
    }
}

const WALLET: &str = "wallet.example.org";

fn vouch(message: &str) -> Result<(), VouchError> {
    let anchor = |home_domain: &str, endpoint: Option<&str>| TrustedAnchor {
        home_domain: home_domain.into(),
        signing_key: key().public(),
        network: Network::new(Network::TESTNET),
        web_auth_domain: home_domain.into(),
        endpoint: endpoint.map(Into::into),
    };
    let anchors = [
        anchor("other.example", Some("https://other.example/auth")),
        anchor("example.com", Some(ENDPOINT)),
        anchor("unknown.example", None),
    ];
    let own = ClientDomain { domain: WALLET, key: key().public() };
    DomainSigning { own, anchors: &anchors, now: NOW }.vouch(message)
}

/// A message of the wallet with these claims changed.
fn message(header: &str, changed: serde_json::Value) -> String {
    let changes = serde_json::json!({ "client_domain": WALLET });
    let mut claims: serde_json::Value = serde_json::from_str(&claims("")).unwrap();
    for (name, value) in changes.as_object().unwrap().iter().chain(changed.as_object().unwrap()) {
        claims[name] = value.clone();
    }
    format!(
        "{}.{}",
        wire::base64url(header.as_bytes()),
        wire::base64url(format!("{claims}").as_bytes())
    )
}

// S10-26, S10-36
#[test]
fn message_of_the_wallet_is_signed() {
    for memo in [None, Some("7".into())] {
        for home_domain in [None, Some("example.com".into())] {
            let client_domain = Some(WALLET.into());
            let request =
                GetChallenge { memo: memo.clone(), home_domain, client_domain, ..request() };
            assert_eq!(vouch(&proof(&request).message()), Ok(()), "{request:?}");
        }
    }
}

// S10-27, S10-31
#[test]
fn only_messages_for_known_anchors_and_the_own_domain_are_signed() {
    use VouchError as V;
    let eddsa = r#"{"alg":"EdDSA"}"#;
    let of = |changed| vouch(&message(eddsa, changed));
    let json = |name: &str, value: serde_json::Value| serde_json::json!({ name: value });
    let null = serde_json::Value::Null;

    for (at, value, verdict) in [
        ("client_domain", "rival.example".into(), V::ClientDomain),
        ("client_domain", null.clone(), V::ClientDomain),
        ("home_domain", "evil.example".into(), V::UnknownAnchor),
        // Each value is that of another known anchor.
        ("home_domain", "other.example".into(), V::UnknownAnchor),
        ("web_auth_endpoint", "https://other.example/auth".into(), V::UnknownAnchor),
        ("web_auth_endpoint", "https://example.com/sep10".into(), V::UnknownAnchor),
        ("exp", NOW.into(), ProofError::Expired { at: NOW, now: NOW }.into()),
        ("iat", (NOW + 61).into(), ProofError::NotYetValid { from: NOW + 61, now: NOW }.into()),
        ("exp", (NOW + 901).into(), V::Lifetime { from: NOW, to: NOW + 901 }),
        ("iat", (NOW - 1).into(), V::Lifetime { from: NOW - 1, to: NOW + 900 }),
        ("exp", u64::MAX.into(), V::Lifetime { from: NOW, to: u64::MAX }),
        ("exp", null.clone(), ProofError::Unreadable.into()),
        ("iat", null.clone(), ProofError::Unreadable.into()),
        ("pad", "x".repeat(5000).into(), ProofError::Unreadable.into()),
    ] {
        assert_eq!(of(json(at, value.clone())), Err(verdict), "{at} {value}");
    }
    for (at, value) in [
        ("account", "x".into()),
        ("account", null),
        ("account", key().reveal().as_str().into()),
        ("memo", "text".into()),
    ] {
        assert!(matches!(of(json(at, value)), Err(V::Account(_))), "{at}");
    }
    for header in [r#"{"alg":"none"}"#, r#"{"alg":"EdDSA","crit":["b64"]}"#] {
        let verdict = vouch(&message(header, serde_json::json!({})));
        assert_eq!(verdict, Err(ProofError::Algorithm.into()), "{header}");
    }
    let good = message(eddsa, serde_json::json!({}));
    assert_eq!(vouch(&good), Ok(()));
    let (header, claims) = good.split_once('.').unwrap();
    for garbage in ["", ".", "text.text", header, claims, &format!("{good}.{claims}")] {
        assert_eq!(vouch(garbage), Err(ProofError::Unreadable.into()), "{garbage}");
    }
}
