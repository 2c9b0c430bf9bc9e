use windlass_core::{
    account::{Account, SecretKey},
    network::Network,
    problem::Code,
    sep10::{ClientDomain, Proof},
    xdr::{DecoratedSignature, Envelope},
};

use super::*;
use crate::{
    Credentials, TransportError,
    testing::{
        NOW, REQUIRED, Scripted, challenge, challenge_answer, client, discover, token,
        token_answer, toml,
    },
};

const URL: &str = "https://wallet.example.org/sign?for=anchor";

fn domain_key() -> SecretKey {
    SecretKey::from_seed(&[3; 32])
}

fn account() -> Account {
    client().public().into()
}

/// An anchor's challenge for the wallet's domain.
fn made() -> Envelope {
    let claim = ClientDomain { domain: "wallet.example.org", key: domain_key().public() };
    challenge(&account(), Some(claim))
}

fn signed(mut envelope: Envelope, key: &SecretKey) -> String {
    let hash = envelope.transaction.hash(&Network::new(Network::TESTNET));
    envelope.signatures.push(DecoratedSignature::by(key, &hash));
    envelope.to_base64()
}

fn answer(transaction: &str) -> String {
    format!(r#"{{"transaction":"{transaction}","by":"us"}}"#)
}

fn service(scripted: &Scripted) -> RemoteSigner<Scripted> {
    RemoteSigner::new(scripted.clone(), URL, domain_key().public(), false).unwrap()
}

/// Signs in at an anchor with a signing service that answers like this.
async fn attempt(service_answers: impl FnOnce(Scripted) -> Scripted) -> (Result<(), Error>, usize) {
    let (anchors, services) = (Scripted::default(), service_answers(Scripted::default()));
    let anchor = discover(&anchors, &toml()).await.unwrap();
    anchors.push(200, challenge_answer(&made()));
    anchors.push(200, token_answer(&token(&account().to_string(), NOW + 60)));
    let credentials =
        Credentials::new(client()).from_domain("wallet.example.org", service(&services));
    let result = anchor.sign_in_with(&account(), &credentials).await.map(drop);
    (result, anchors.count())
}

// S10-67, S10-68
#[tokio::test]
async fn signing_service_signs_the_challenge() {
    let (anchors, services) = (Scripted::default(), Scripted::default());
    let anchor = discover(&anchors, &toml()).await.unwrap();
    anchors.push(200, challenge_answer(&made()));
    anchors.push(200, token_answer(&token(&account().to_string(), NOW + 60)));
    services.push(200, answer(&signed(made(), &domain_key())));
    let service = service(&services).authorized_by("Bearer user");
    let credentials = Credentials::new(client()).from_domain("wallet.example.org", service);
    anchor.sign_in_with(&account(), &credentials).await.unwrap();

    let (asked, body) = services.last();
    assert_eq!(asked, format!("POST {URL}"));
    assert_eq!(services.last_header("Authorization").as_deref(), Some("Bearer user"));
    assert_eq!(services.last_header("Content-Type").as_deref(), Some("application/json"));
    let sent: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(sent["network_passphrase"], Network::TESTNET);
    assert_eq!(sent["transaction"], made().to_base64());

    let (_, body) = anchors.last();
    let sent: serde_json::Value = serde_json::from_str(&body).unwrap();
    let envelope = Envelope::from_base64(sent["transaction"].as_str().unwrap()).unwrap();
    let hash = envelope.transaction.hash(&Network::new(Network::TESTNET));
    assert_eq!(envelope.signatures.len(), 3);
    assert!(envelope.signatures[1].is_by(&domain_key().public(), &hash));
    assert!(envelope.signatures[2].is_by(&client().public(), &hash));
}

// S10-68: the account signs only after the domain's key has.
#[tokio::test]
async fn signing_service_that_returns_something_else_is_refused() {
    let changed = || {
        let mut envelope = made();
        envelope.transaction.sequence = 7;
        envelope
    };
    let rows: [(u16, String, Code); 9] = [
        (200, answer(&made().to_base64()), Code::SignerChangedTransaction),
        (200, answer(&signed(made(), &client())), Code::SignerChangedTransaction),
        (200, answer(&signed(changed(), &domain_key())), Code::SignerChangedTransaction),
        (200, answer("AAAA"), Code::SignerChangedTransaction),
        (200, "{}".to_owned(), Code::SignerFailed),
        (200, String::new(), Code::SignerFailed),
        (202, answer(&signed(made(), &domain_key())), Code::SignerFailed),
        (403, r#"{"error":"no challenge of ours"}"#.to_owned(), Code::SignerFailed),
        (302, String::new(), Code::SignerFailed),
    ];
    for (status, body, code) in rows {
        let (result, asked) = attempt(|services| services.then(status, body.clone())).await;
        assert_eq!((result.unwrap_err().code(), asked), (code, 2), "{status} {body}");
    }
    let (result, asked) = attempt(|services| services.fail(TransportError::TimedOut(30))).await;
    let error = result.unwrap_err();
    assert_eq!((error.code(), asked), (Code::SignerFailed, 2));
    assert!(!error.to_string().contains("for=anchor"), "{error}");
}

// S10-24, S10-27, S10-28
#[tokio::test]
async fn signing_service_signs_the_client_token() {
    let (anchors, services) = (Scripted::default(), Scripted::default());
    let anchor = discover(&anchors, &toml()).await.unwrap();
    let claim = ClientDomain { domain: "wallet.example.org", key: domain_key().public() };
    let message = anchor.proof_message(&account(), Some(claim)).unwrap();
    let signature = domain_key().sign(message.as_bytes());
    let credentials =
        Credentials::new(client()).from_domain("wallet.example.org", service(&services));

    anchors.push(401, REQUIRED);
    services.push(200, format!(r#"{{"signature":"{}"}}"#, wire::base64(&signature)));
    // The next answer is not a challenge, so that this request is the last one.
    anchors.push(500, "");
    anchor.sign_in_with(&account(), &credentials).await.unwrap_err();
    let (asked, body) = services.last();
    assert_eq!(asked, format!("POST {URL}"));
    assert_eq!(body, format!(r#"{{"message":"{message}"}}"#));
    let header = anchors.last_header("Authorization");
    assert_eq!(header, Some(format!("Bearer {}", Proof::with_signature(&message, &signature))));

    for (status, body) in [
        (200, r#"{"signature":"AAAA"}"#),
        (200, r#"{"signature":7}"#),
        (200, "{}"),
        (400, r#"{"error":"for no anchor of ours","code":"proof_invalid"}"#),
    ] {
        anchors.push(401, REQUIRED);
        services.push(status, body);
        let error = anchor.sign_in_with(&account(), &credentials).await.unwrap_err();
        assert_eq!(error.code(), Code::SignerFailed, "{status} {body}");
        assert!(error.to_string().contains("signing service"), "{error}");
    }
}

// S10-18, S10-63: an anchor may ignore the domain, whose key then signs nothing.
#[tokio::test]
async fn signing_service_is_unused_where_the_anchor_ignores_the_domain() {
    let (anchors, services) = (Scripted::default(), Scripted::default());
    let anchor = discover(&anchors, &toml()).await.unwrap();
    anchors.push(200, challenge_answer(&challenge(&account(), None)));
    anchors.push(200, token_answer(&token(&account().to_string(), NOW + 60)));
    let credentials =
        Credentials::new(client()).from_domain("wallet.example.org", service(&services));
    let session = anchor.sign_in_with(&account(), &credentials).await.unwrap();
    assert_eq!((services.count(), session.claims().client_domain), (0, None));
}

#[test]
fn signing_service_needs_https() {
    let new = |url, dev| {
        let key = domain_key().public();
        RemoteSigner::new(Scripted::default(), url, key, dev).map(drop).map_err(|e| e.code())
    };
    assert_eq!(new("http://localhost:8001/sign", true), Ok(()));
    for bad in ["http://localhost:8001/sign", "http://wallet.example.org", "wallet.example.org", ""]
    {
        assert_eq!(new(bad, false), Err(Code::InvalidRequest), "{bad}");
    }
    let signer = service(&Scripted::default()).authorized_by("Bearer secret");
    assert!(!format!("{signer:?}").contains("secret"));
}
