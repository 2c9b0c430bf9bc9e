//! Wallets that an anchor verifies: by their domain, and by signed requests.

use axum::{Router, routing::get};
use windlass_anchor::{
    clock::Clock,
    signing_service::{self, SignerConfig, SigningService},
    throttle::Throttle,
};
use windlass_client::{Credentials, Http, RemoteSigner, SignRequest, Signed, Signer, SignerError};
use windlass_core::{
    account::{Account, PublicKey, SecretKey},
    problem::Code,
};

use crate::world::{NOW, World, key, serve};

/// Serves the wallet's stellar.toml on this machine, and returns its domain.
async fn published(key: &SecretKey) -> String {
    let toml = format!("SIGNING_KEY = '{}'", key.public());
    let router = Router::new().route("/.well-known/stellar.toml", get(async move || toml));
    format!("localhost:{}", serve(router).await.port().unwrap())
}

/// Starts the signing service of the wallet's backend, for this anchor only, and returns its URL.
async fn service(world: &World, domain: &str) -> String {
    let wallet = world.wallet().await;
    let toml = format!(
        "client_domain = '{domain}'\nsigning_seed = '{}'\nbearer_token = 'a token of the wallet'\n\
         [[anchors]]\nhome_domain = '{}'\nweb_auth_endpoint = '{}'\nsigning_key = '{}'\npassphrase = '{}'\n",
        *key("wallet").reveal(),
        wallet.home_domain(),
        wallet.web_auth_endpoint().unwrap(),
        wallet.signing_key().unwrap(),
        wallet.network(),
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signer.toml");
    std::fs::write(&file, toml).unwrap();
    let (clock, _) = Clock::manual(NOW);
    let service = SigningService::new(SignerConfig::load(Some(&file), []).unwrap(), clock);
    serve(signing_service::router(service, Throttle::NONE)).await.to_string()
}

// S10-67, S10-68: the domain's key is on the wallet's server, which signs only for its users.
#[tokio::test]
async fn wallet_proves_its_domain_by_its_own_signing_service() {
    let world = World::new().await;
    let domain = published(&key("wallet")).await;
    let url = service(&world, &domain).await;
    let remote =
        || RemoteSigner::new(Http::new().unwrap(), &url, key("wallet").public(), true).unwrap();
    let account = key("ada").public().into();
    let wallet = world.wallet().await;

    let credentials = Credentials::new(key("ada"))
        .from_domain(&domain, remote().authorized_by("Bearer a token of the wallet"));
    let session = wallet.sign_in_with(&account, &credentials).await.unwrap();
    assert_eq!(session.claims().client_domain, Some(domain.clone()));

    let stranger = Credentials::new(key("ada")).from_domain(&domain, remote());
    let error = wallet.sign_in_with(&account, &stranger).await.unwrap_err();
    assert_eq!(error.code(), Code::SignerFailed);
    assert!(error.to_string().contains("Authorization: Bearer"), "{error}");
}

// S10-24, S10-27, S10-28, S10-68: the server also signs the `Authorization` for an anchor that
// requires the application's identity.
#[tokio::test]
async fn signing_service_signs_authorization_for_its_wallet() {
    let world = World::with(|config| config.sep10.authorization_required = true).await;
    let domain = published(&key("wallet")).await;
    let url = service(&world, &domain).await;
    let remote = RemoteSigner::new(Http::new().unwrap(), &url, key("wallet").public(), true);
    let remote = remote.unwrap().authorized_by("Bearer a token of the wallet");
    let credentials = Credentials::new(key("ada")).from_domain(&domain, remote);
    let wallet = world.wallet().await;
    let account = key("ada").public().into();
    let session = wallet.sign_in_with(&account, &credentials).await.unwrap();
    assert_eq!(session.claims().client_domain, Some(domain));
}

/// Signs transactions, and nothing else.
struct TransactionsOnly(SecretKey);

impl Signer for TransactionsOnly {
    fn public_key(&self) -> PublicKey {
        self.0.public()
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        Signer::sign(&self.0, request).await
    }
}

// S10-24 to S10-32, S10-36
#[tokio::test]
async fn anchor_that_requires_signed_requests_gets_one() {
    let world = World::with(|config| config.sep10.authorization_required = true).await;
    let wallet = world.wallet().await;
    let ada = key("ada").public();
    for account in [
        ada.into(),
        Account::Shared { key: ada, memo: u64::MAX },
        Account::Muxed { key: ada, id: 7 },
    ] {
        let session = wallet.sign_in(&account, &key("ada")).await.unwrap();
        assert_eq!(session.account(), &account);
    }
    let domain = published(&key("wallet")).await;
    let credentials = Credentials::new(key("ada")).from_domain(&domain, key("wallet"));
    let session = wallet.sign_in_with(&ada.into(), &credentials).await.unwrap();
    assert_eq!(session.claims().client_domain, Some(domain.clone()));

    let error = wallet.sign_in(&ada.into(), &TransactionsOnly(key("ada"))).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Code::ProofRequired, Some(401)));
    let forged = Credentials::new(key("ada")).from_domain(&domain, key("eve"));
    let error = wallet.sign_in_with(&ada.into(), &forged).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Code::ProofInvalid, Some(400)));
}
