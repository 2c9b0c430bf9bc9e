use assign::assign;
use windlass_core::{
    account::{PublicKey, SecretKey},
    problem::Code,
    sep10::GetChallenge,
    sep12::GetCustomer,
    xdr::Envelope,
};

use super::*;
use crate::{
    SignRequest, Signed, SignerError,
    testing::{
        DOMAIN, NOW, REQUIRED, Scripted, challenge, challenge_answer, client, discover, session,
        token, token_answer, toml,
    },
};

const ENDPOINT: &str = "https://auth.anchor.example.com:8443/auth";

fn domain_key() -> SecretKey {
    SecretKey::from_seed(&[3; 32])
}

/// Signs transactions, but no client tokens.
struct TransactionsOnly(SecretKey);

impl Signer for TransactionsOnly {
    fn public_key(&self) -> PublicKey {
        self.0.public()
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        Signer::sign(&self.0, request).await
    }
}

/// The token in the header of the last request for a challenge that is signed by `key`.
fn vouches(scripted: &Scripted, account: &Account, domain: Option<&str>, key: &PublicKey) -> bool {
    let request = assign!(GetChallenge::new(account.without_memo().to_string()), {
        memo: account.memo().map(|memo| memo.to_string()),
        home_domain: Some(DOMAIN.to_owned()),
        client_domain: domain.map(str::to_owned),
    });
    let header = scripted.last_header("Authorization").unwrap();
    let token = header.strip_prefix("Bearer ").unwrap();
    Proof { endpoint: ENDPOINT, request: &request, now: NOW }.verify(token, key).is_ok()
}

// S10-24 to S10-28, S10-36
#[tokio::test]
async fn anchor_that_requires_a_client_token_gets_one_of_the_accounts_key() {
    let key = client().public();
    for account in
        [key.into(), Account::Shared { key, memo: u64::MAX }, Account::Muxed { key, id: 7 }]
    {
        let scripted = Scripted::default();
        let anchor = discover(&scripted, &toml()).await.unwrap();
        scripted.push(401, REQUIRED);
        scripted.push(200, challenge_answer(&challenge(&account, None)));
        scripted.push(200, token_answer(&token(&account.to_string(), NOW + 60)));
        anchor.sign_in(&account, &client()).await.unwrap();
        assert_eq!(scripted.count(), 4);

        let scripted = Scripted::default();
        let anchor = discover(&scripted, &toml()).await.unwrap();
        scripted.push(401, REQUIRED);
        scripted.push(403, r#"{"error":"not you"}"#);
        let error = anchor.sign_in(&account, &client()).await.unwrap_err();
        assert_eq!((error.status(), scripted.count()), (Some(403), 3), "S10-35: once, no more");
        assert!(vouches(&scripted, &account, None, &key), "{account}");
    }
}

// S10-27: with a client domain, its key signs the token.
#[tokio::test]
async fn client_domains_key_signs_the_client_token() {
    let account: Account = client().public().into();
    let claim = ClientDomain { domain: "wallet.example.org", key: domain_key().public() };
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    scripted.push(401, REQUIRED);
    scripted.push(400, r#"{"error":"bad token","code":"proof_invalid"}"#);
    let credentials = Credentials::new(client()).from_domain("wallet.example.org", domain_key());
    let error = anchor.sign_in_with(&account, &credentials).await.unwrap_err();
    assert_eq!(error.code(), Code::ProofInvalid);
    assert!(vouches(&scripted, &account, Some("wallet.example.org"), &domain_key().public()));

    scripted.push(401, REQUIRED);
    scripted.push(200, challenge_answer(&challenge(&account, Some(claim))));
    scripted.push(200, token_answer(&token(&account.to_string(), NOW + 60)));
    anchor.sign_in_with(&account, &credentials).await.unwrap();
    assert_eq!(scripted.last_header("Authorization"), None, "the token has no place in the POST");
}

// S10-32: without such a token, the error is the anchor's own.
#[tokio::test]
async fn signer_of_transactions_only_cannot_sign_a_client_token() {
    let account: Account = client().public().into();
    let other = SecretKey::from_seed(&[5; 32]);
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    for expected in [2, 3, 4] {
        scripted.push(401, REQUIRED);
        let error = match expected {
            2 => anchor.sign_in(&account, &TransactionsOnly(client())).await,
            // Another signer of the account is not the account (S10-27).
            3 => anchor.sign_in(&account, &other).await,
            _ => {
                let domain = TransactionsOnly(domain_key());
                let credentials = Credentials::new(client()).from_domain("w.example.org", domain);
                anchor.sign_in_with(&account, &credentials).await
            }
        };
        assert_eq!((error.unwrap_err().code(), scripted.count()), (Code::ProofRequired, expected));
    }
}

// S10-73: some anchors, Polaris among them, answer 403 where SEP-12 says 401.
#[tokio::test]
async fn session_renews_a_token_that_is_refused_with_401_or_403() {
    for (status, body) in [
        (401, r#"{"error":"no"}"#),
        (403, r#"{"error":"unable to decode jwt"}"#),
        (403, r#"{"type":"authentication_required"}"#),
    ] {
        let scripted = Scripted::default();
        let session = session(&scripted).await.renewed_by(Credentials::new(client()));
        let account = Account::from(client().public());
        scripted.push(status, body);
        scripted.push(200, challenge_answer(&challenge(&account, None)));
        scripted.push(200, token_answer(&token(&account.to_string(), NOW + 600)));
        scripted.push(200, r#"{"status":"ACCEPTED"}"#);
        session.customer(&GetCustomer::default()).await.unwrap();
        assert_eq!(session.expires_at(), NOW + 600, "{status} {body}");
    }
}

// S10-69
#[tokio::test]
async fn every_signer_signs_in_turn() {
    let second = SecretKey::from_seed(&[8; 32]);
    let scripted = Scripted::default();
    let anchor = discover(&scripted, &toml()).await.unwrap();
    let account = Account::from(client().public());
    scripted.push(200, challenge_answer(&challenge(&account, None)));
    scripted.push(200, token_answer(&token(&account.to_string(), NOW + 600)));
    let credentials = Credentials::new(client()).and(second.clone());
    anchor.sign_in_with(&account, &credentials).await.unwrap();
    let sent: serde_json::Value = serde_json::from_str(&scripted.last().1).unwrap();
    let envelope = Envelope::from_base64(sent["transaction"].as_str().unwrap()).unwrap();
    let hash = envelope.transaction.hash(anchor.network());
    for key in [client().public(), second.public()] {
        assert!(envelope.signatures.iter().any(|signature| signature.is_by(&key, &hash)), "{key}");
    }
}
