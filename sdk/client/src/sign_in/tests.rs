use std::cell::Cell;

use windlass_core::{
    account::{Account, PublicKey, SecretKey},
    memo::Memo,
    network::Network,
    problem::Code,
    sep10::ClientDomain,
    xdr::{DecoratedSignature, Envelope},
};

use crate::{
    ErrorKind, SignRequest, Signed, Signer, SignerError, TransportError,
    testing::{
        NOW, Scripted, challenge, challenge_answer, client, discover, server, token, token_answer,
        toml,
    },
};

fn account() -> Account {
    client().public().into()
}

/// Changes the transaction with `before`, then signs it with the client's key. Counts its calls.
struct Device<F> {
    asked: Cell<usize>,
    before: F,
}

impl<F: Fn(&mut Envelope) -> Result<SecretKey, SignerError>> Signer for Device<F> {
    fn public_key(&self) -> PublicKey {
        client().public()
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        self.asked.set(self.asked.get() + 1);
        assert_eq!(
            (request.network_passphrase.as_str(), request.address),
            (Network::TESTNET, client().public())
        );
        let mut envelope = Envelope::from_base64(&request.xdr).unwrap();
        let key = (self.before)(&mut envelope)?;
        let hash = envelope.transaction.hash(&Network::new(request.network_passphrase.clone()));
        envelope.signatures.push(DecoratedSignature::by(&key, &hash));
        Ok(Signed::Transaction(envelope.to_base64()))
    }
}

fn device<F: Fn(&mut Envelope) -> Result<SecretKey, SignerError>>(before: F) -> Device<F> {
    Device { asked: Cell::new(0), before }
}

/// Signs in at an anchor whose challenge is `answer`. Returns the error and how often the signer
/// was called.
async fn attempt(status: u16, answer: &str) -> (Code, usize) {
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    scripted.push(status, answer);
    let signer = device(|_| Ok(client()));
    let error = anchor.sign_in(&account(), &signer).await.unwrap_err();
    // After a challenge by another key the stellar.toml is read again (S01-18).
    let by_another = matches!(error.code(), Code::ChallengeSource | Code::ChallengeServerSignature);
    let asked = if by_another { 3 } else { 2 };
    assert_eq!(scripted.count(), asked, "nothing was sent back: {error}");
    (error.code(), signer.asked.get())
}

// S10-01, S10-07, S10-69 to S10-72
#[tokio::test]
async fn account_signs_in_with_its_key() {
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    scripted.push(200, challenge_answer(&challenge(&account(), None)));
    let token = token(&account().to_string(), NOW + 60);
    scripted.push(200, token_answer(&token));
    let session = anchor.sign_in(&account(), &client()).await.unwrap();
    assert_eq!(
        (session.account(), session.token().as_str(), session.expires_at()),
        (&account(), token.as_str(), NOW + 60)
    );

    let (asked, body) = scripted.last();
    assert_eq!(asked, "POST https://auth.anchor.example.com:8443/auth");
    assert_eq!(scripted.last_header("Content-Type").as_deref(), Some("application/json"));
    assert_eq!(scripted.last_header("Authorization"), None);
    let sent: serde_json::Value = serde_json::from_str(&body).unwrap();
    let signed = Envelope::from_base64(sent["transaction"].as_str().unwrap()).unwrap();
    let hash = signed.transaction.hash(&Network::new(Network::TESTNET));
    let by = |key: SecretKey| {
        signed.signatures.iter().filter(|signature| signature.is_by(&key.public(), &hash)).count()
    };
    assert_eq!((signed.signatures.len(), by(server()), by(client())), (2, 1, 1));
}

// S10-11, S10-13, S10-14, S10-17
#[tokio::test]
async fn request_names_account_memo_and_domains() {
    let key = client().public();
    let domain_key = SecretKey::from_seed(&[3; 32]).public();
    let muxed = Account::Muxed { key, id: 7 };
    let rows = [
        (Account::Key(key), None, format!("account={key}&home_domain=anchor.example.com")),
        (
            Account::Shared { key, memo: u64::MAX },
            None,
            format!("account={key}&memo=18446744073709551615&home_domain=anchor.example.com"),
        ),
        (muxed, None, format!("account={muxed}&home_domain=anchor.example.com")),
        (
            Account::Key(key),
            Some("wallet.example.org"),
            format!(
                "account={key}&home_domain=anchor.example.com&client_domain=wallet.example.org"
            ),
        ),
    ];
    for (account, domain, query) in rows {
        let scripted = Scripted::default();
        let anchor = discover(&scripted, &toml()).await.unwrap();
        let claim = domain.map(|domain| ClientDomain { domain, key: domain_key });
        scripted.push(200, challenge_answer(&challenge(&account, claim)));
        let sign_in = anchor.challenge(&account, claim).await.unwrap();
        assert_eq!(
            scripted.last().0,
            format!("GET https://auth.anchor.example.com:8443/auth?{query}")
        );
        assert_eq!(
            (sign_in.challenge().account(), sign_in.challenge().client_domain()),
            (&account, claim)
        );
    }
}

// S10-67, S10-69
#[tokio::test]
async fn client_domain_and_several_signers_sign_in_turn() {
    let (domain, second) = (SecretKey::from_seed(&[3; 32]), SecretKey::from_seed(&[4; 32]));
    let claim = ClientDomain { domain: "wallet.example.org", key: domain.public() };
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    scripted.push(200, challenge_answer(&challenge(&account(), Some(claim))));
    scripted.push(200, token_answer(&token(&account().to_string(), NOW + 60)));
    let mut sign_in = anchor.challenge(&account(), Some(claim)).await.unwrap();
    for signer in [&domain, &client(), &second] {
        sign_in.sign(signer).await.unwrap();
    }
    assert_eq!(
        Envelope::from_base64(&sign_in.challenge().to_base64()).unwrap().signatures.len(),
        4
    );
    sign_in.finish().await.unwrap();
}

// S10-63
#[tokio::test]
async fn anchor_may_ignore_the_client_domain() {
    let claim =
        ClientDomain { domain: "wallet.example.org", key: SecretKey::from_seed(&[3; 32]).public() };
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    scripted.push(200, challenge_answer(&challenge(&account(), None)));
    let sign_in = anchor.challenge(&account(), Some(claim)).await.unwrap();
    assert_eq!(sign_in.challenge().client_domain(), None);
}

// S10-57 to S10-65
#[tokio::test]
async fn challenge_that_breaks_a_rule_is_not_signed() {
    let with = |change: fn(&mut Envelope)| {
        let mut envelope = challenge(&account(), None);
        change(&mut envelope);
        let hash = envelope.transaction.hash(&Network::new(Network::TESTNET));
        envelope.signatures = vec![DecoratedSignature::by(&server(), &hash)];
        challenge_answer(&envelope)
    };
    type Change = fn(&mut Envelope);
    let rows: [(Change, Code); 10] = [
        (|e| e.transaction.sequence = 1, Code::ChallengeSequence),
        (|e| e.transaction.source = client().public().into(), Code::ChallengeSource),
        (|e| e.transaction.time_bounds = None, Code::ChallengeTimeBounds),
        (
            |e| e.transaction.time_bounds.as_mut().unwrap().max = NOW - 301,
            Code::ChallengeTimeBounds,
        ),
        (|e| e.transaction.memo = Memo::Id(5), Code::ChallengeMemo),
        (
            |e| {
                e.transaction.operations[0].data_mut().unwrap().source =
                    Some(server().public().into());
            },
            Code::ChallengeAccount,
        ),
        (
            |e| {
                e.transaction.operations[0].data_mut().unwrap().name =
                    b"other.example auth".to_vec();
            },
            Code::ChallengeHomeDomain,
        ),
        (
            |e| e.transaction.operations[0].data_mut().unwrap().value = Some(b"short".to_vec()),
            Code::ChallengeNonce,
        ),
        (
            |e| {
                e.transaction.operations[1].data_mut().unwrap().value =
                    Some(b"other.example".to_vec());
            },
            Code::ChallengeWebAuthDomain,
        ),
        (
            |e| {
                e.transaction.operations[1].data_mut().unwrap().source =
                    Some(client().public().into());
            },
            Code::ChallengeOperation,
        ),
    ];
    for (change, code) in rows {
        assert_eq!(attempt(200, &with(change)).await, (code, 0));
    }
    // Signed by the right key, but for another network.
    let mut foreign = challenge(&account(), None);
    let hash = foreign.transaction.hash(&Network::new(Network::PUBLIC));
    foreign.signatures = vec![DecoratedSignature::by(&server(), &hash)];
    assert_eq!(
        attempt(200, &challenge_answer(&foreign)).await,
        (Code::ChallengeServerSignature, 0)
    );
}

/// The stellar.toml before the key was rotated.
fn old_toml() -> String {
    toml().replace(
        &server().public().to_string(),
        &SecretKey::from_seed(&[8; 32]).public().to_string(),
    )
}

// S01-18
#[tokio::test]
async fn rotated_signing_key_is_read_again() {
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &old_toml()).await.unwrap();
    let answer = challenge_answer(&challenge(&account(), None));
    scripted.push(200, answer.clone());
    scripted.push(200, toml());
    scripted.push(200, answer);
    scripted.push(200, token_answer(&token(&account().to_string(), NOW + 60)));
    let signer = device(|_| Ok(client()));
    anchor.sign_in(&account(), &signer).await.unwrap();
    assert_eq!((scripted.count(), signer.asked.get()), (5, 1));
}

// S01-18: once, and only for a new key that the anchor itself publishes.
#[tokio::test]
async fn challenge_by_an_unpublished_key_is_refused() {
    let answer = challenge_answer(&challenge(&account(), None));
    type Then = fn(&Scripted, String);
    let rows: [(Then, usize); 3] = [
        (|scripted, _| scripted.push(200, old_toml()), 3),
        (|scripted, _| scripted.push(500, ""), 3),
        (
            |scripted, answer| {
                scripted.push(200, old_toml().replace("SIGNING_KEY = 'G", "SIGNING_KEY = 'X"));
                scripted.push(200, answer);
            },
            3,
        ),
    ];
    for (then, asked) in rows {
        let scripted = Scripted::default();
        let anchor = discover(&scripted, &old_toml()).await.unwrap();
        scripted.push(200, answer.clone());
        then(&scripted, answer.clone());
        let signer = device(|_| Ok(client()));
        let error = anchor.sign_in(&account(), &signer).await.unwrap_err();
        assert!(matches!(error.code(), Code::ChallengeSource | Code::InvalidTomlValue), "{error}");
        assert_eq!((scripted.count(), signer.asked.get()), (asked, 0));
    }

    // A third key: the stellar.toml is not read a second time.
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &old_toml()).await.unwrap();
    let third = toml().replace(
        &server().public().to_string(),
        &SecretKey::from_seed(&[9; 32]).public().to_string(),
    );
    for answer in [answer.clone(), third, answer] {
        scripted.push(200, answer);
    }
    let error = anchor.sign_in(&account(), &client()).await.unwrap_err();
    assert_eq!((error.code(), scripted.count()), (Code::ChallengeSource, 4));
}

// S10-55
#[tokio::test]
async fn answer_for_another_network_is_not_signed() {
    let answer =
        challenge_answer(&challenge(&account(), None)).replace(Network::TESTNET, Network::PUBLIC);
    assert_eq!(attempt(200, &answer).await, (Code::WrongNetwork, 0));
}

// S10-07, S10-09, S10-56
#[tokio::test]
async fn response_without_a_challenge_is_refused() {
    assert_eq!(attempt(200, r#"{"transaction":"AAAA"}"#).await, (Code::ChallengeNotReadable, 0));
    assert_eq!(attempt(200, "{}").await, (Code::UnexpectedResponse, 0));
    assert_eq!(attempt(200, "<html>").await, (Code::UnexpectedResponse, 0));
    assert_eq!(
        attempt(202, &challenge_answer(&challenge(&account(), None))).await,
        (Code::Refused, 0),
        "S10-07"
    );
    assert_eq!(
        attempt(400, r#"{"error":"no such domain","code":"unknown_home_domain"}"#).await,
        (Code::UnknownHomeDomain, 0)
    );
}

// S10-01
#[tokio::test]
async fn missing_web_auth_endpoint_is_an_error_before_any_request() {
    for (toml, code) in [
        (
            "SIGNING_KEY = 'GBNMMEXCAFUZYQXDHTTX3JVWGOXVJMNTXKLOHKBJ44KXCPKPMVDQHNEQ'",
            Code::NotOffered,
        ),
        ("WEB_AUTH_ENDPOINT = 'https://anchor.example.com/auth'", Code::NotOffered),
        (
            "SIGNING_KEY = 'G'\nWEB_AUTH_ENDPOINT = 'https://anchor.example.com/auth'",
            Code::InvalidTomlValue,
        ),
    ] {
        let scripted = Scripted::default();
        let anchor = discover(&scripted, toml).await.unwrap();
        assert_eq!(anchor.sign_in(&account(), &client()).await.unwrap_err().code(), code);
        assert_eq!(scripted.count(), 1);
    }
}

// S10-68, S43-06, S43-08, S43-19
#[tokio::test]
async fn signer_must_sign_the_given_transaction_with_its_key() {
    type Before = fn(&mut Envelope) -> Result<SecretKey, SignerError>;
    let rows: [(Before, Code); 5] = [
        (|_| Err(SignerError::Refused), Code::SignerRefused),
        (|_| Err(SignerError::Failed("no battery".to_owned().into())), Code::SignerFailed),
        (|_| Ok(SecretKey::from_seed(&[9; 32])), Code::SignerChangedTransaction),
        (
            |e| {
                e.transaction.fee += 1;
                Ok(client())
            },
            Code::SignerChangedTransaction,
        ),
        (
            |e| {
                e.transaction.operations.pop();
                Ok(client())
            },
            Code::SignerChangedTransaction,
        ),
    ];
    for (before, code) in rows {
        let scripted = Scripted::default();
        let anchor = discover(&scripted, &toml()).await.unwrap();
        scripted.push(200, challenge_answer(&challenge(&account(), None)));
        let signer = device(before);
        assert_eq!(anchor.sign_in(&account(), &signer).await.unwrap_err().code(), code);
        assert_eq!(
            (scripted.count(), signer.asked.get()),
            (2, 1),
            "nothing was sent, and the signer was called once"
        );
    }
}

// S43-19
#[tokio::test]
async fn signer_may_drop_the_other_signatures() {
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    scripted.push(200, challenge_answer(&challenge(&account(), None)));
    let mut sign_in = anchor.challenge(&account(), None).await.unwrap();
    let signer = device(|envelope| {
        envelope.signatures.clear();
        Ok(client())
    });
    sign_in.sign(&signer).await.unwrap();
    assert_eq!(
        Envelope::from_base64(&sign_in.challenge().to_base64()).unwrap().signatures.len(),
        2
    );
}

// S10-69: a wallet that holds several keys of the account signs with all of them at once.
#[tokio::test]
async fn every_signature_that_a_wallet_adds_is_sent() {
    let cosigner = SecretKey::from_seed(&[8; 32]);
    for first in [true, false] {
        let scripted = Scripted::default();
        let anchor = discover(&scripted, &toml()).await.unwrap();
        scripted.push(200, challenge_answer(&challenge(&account(), None)));
        let mut sign_in = anchor.challenge(&account(), None).await.unwrap();
        let hash = *sign_in.challenge().hash();
        let signer = device(|envelope| {
            let at = if first { 0 } else { envelope.signatures.len() };
            envelope.signatures.insert(at, DecoratedSignature::by(&cosigner, &hash));
            Ok(client())
        });
        sign_in.sign(&signer).await.unwrap();
        let signed = Envelope::from_base64(&sign_in.challenge().to_base64()).unwrap();
        let keys = [server().public(), cosigner.public(), client().public()];
        assert_eq!(signed.signatures.len(), keys.len());
        for key in keys {
            assert!(signed.signatures.iter().any(|signature| signature.is_by(&key, &hash)));
        }
    }
}

// S10-72
#[tokio::test]
async fn token_must_be_one_for_the_account() {
    let other = Account::Shared { key: client().public(), memo: 7 }.to_string();
    let rows = [
        (200, token_answer(&token(&other, NOW + 60)), Code::TokenInvalid),
        (200, token_answer("abc"), Code::TokenInvalid),
        (200, token_answer(""), Code::TokenInvalid),
        (200, "{}".to_owned(), Code::UnexpectedResponse),
        (400, r#"{"error":"used","code":"challenge_used"}"#.to_owned(), Code::ChallengeUsed),
        (503, r#"{"error":"ledger"}"#.to_owned(), Code::Internal),
    ];
    for (status, answer, code) in rows {
        let scripted = Scripted::default();
        let anchor = discover(&scripted, &toml()).await.unwrap();
        scripted.push(200, challenge_answer(&challenge(&account(), None)));
        scripted.push(status, answer);
        assert_eq!(anchor.sign_in(&account(), &client()).await.unwrap_err().code(), code);
    }
}

#[tokio::test]
async fn url_in_an_error_omits_the_query() {
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    let error = anchor.sign_in(&account(), &client()).await.unwrap_err();
    let ErrorKind::Transport { url, error: TransportError::Failed(_) } = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(url, "https://auth.anchor.example.com:8443/auth");
}
