//! Signing in with the SDK: a second home domain, a signing service, an anchor that requires signed
//! requests.

use serde_json::json;
use windlass_anchor::{
    clock::Clock,
    signing_service::{SignerConfig, SigningService, router},
    throttle::Throttle,
};
use windlass_client::{Anchor, Credentials, RemoteSigner};
use windlass_core::{account::Account, problem::Code};

use super::{applications::Site, network};
use crate::world::{InProcess, NOW, World, key, secrets};

// S10-15, S10-17, S10-84: a wallet that discovers the second domain signs in to the second domain.
#[tokio::test]
async fn wallet_signs_in_to_the_discovered_home_domain() {
    let world = World::with(|config| {
        config.sep10.home_domains = vec![config.public_host(), "second.example".to_owned()];
    })
    .await;
    let ada = key("ada");
    for domain in ["second.example".to_owned(), world.home_domain()] {
        let transport = InProcess(world.anchor.router());
        let wallet = Anchor::discover(transport, &domain, world.options()).await.unwrap();
        let session = wallet.sign_in(&ada.public().into(), &ada).await.unwrap();
        assert_eq!(session.claims().home_domain, Some(domain));
    }
}

const BEARER: &str = "a token between wallet and backend";

/// A signing service for the challenges of this world's anchor, whose signing key is `anchor`.
fn service(world: &World, site: &Site) -> RemoteSigner<InProcess> {
    let config: SignerConfig = serde_json::from_value(json!({
        "client_domain": site.domain,
        "signing_seed": key("app").reveal().as_str(),
        "bearer_token": BEARER,
        "anchors": [{
            "home_domain": world.home_domain(),
            "signing_key": key("anchor").public(),
            "passphrase": network().passphrase(),
        }],
    }))
    .unwrap();
    let service = SigningService::new(config, Clock::manual(NOW).0);
    let transport = InProcess(router(service, Throttle::NONE));
    RemoteSigner::new(transport, "https://backend.wallet.example/", key("app").public(), false)
        .unwrap()
}

// S10-67, S10-68, S10-98, S10-107, S10-109, S10-118: the domain's key never leaves the wallet's
// backend.
#[tokio::test]
async fn a_signing_service_proves_the_wallets_domain() {
    let world = World::with(|config| config.secrets = Some(secrets(&key("anchor")))).await;
    let site = Site::of(&key("app")).await;
    let ada = key("ada");
    let wallet = world.wallet().await;
    let credentials =
        |remote| Credentials::new(ada.clone()).from_domain(site.domain.clone(), remote);
    for account in [
        Account::Key(ada.public()),
        Account::Shared { key: ada.public(), memo: u64::MAX },
        Account::Muxed { key: ada.public(), id: u64::MAX },
    ] {
        let remote = service(&world, &site).authorized_by(format!("Bearer {BEARER}"));
        let session = wallet.sign_in_with(&account, &credentials(remote)).await.unwrap();
        assert_eq!(session.account(), &account);
        assert_eq!(session.claims().client_domain.as_ref(), Some(&site.domain));
    }
    // The service knows its wallets.
    let stranger = service(&world, &site);
    let error =
        wallet.sign_in_with(&ada.public().into(), &credentials(stranger)).await.unwrap_err();
    assert_eq!(error.code(), Code::SignerFailed);
}

// S10-24, S10-26, S10-27, S10-32: the SDK gets 401 and then signs its request.
#[tokio::test]
async fn wallet_signs_its_request_if_the_anchor_requires_it() {
    let world = World::with(|config| config.sep10.authorization_required = true).await;
    let (ada, app) = (key("ada"), key("app"));
    let site = Site::of(&app).await;
    let wallet = world.wallet().await;
    for account in [
        Account::Key(ada.public()),
        Account::Shared { key: ada.public(), memo: 1 << 63 },
        Account::Muxed { key: ada.public(), id: 7 },
    ] {
        let session = wallet.sign_in(&account, &ada).await.unwrap();
        assert_eq!(session.claims().client_domain, None);
        let credentials = Credentials::new(&ada).from_domain(site.domain.clone(), &app);
        let session = wallet.sign_in_with(&account, &credentials).await.unwrap();
        assert_eq!(session.claims().client_domain.as_ref(), Some(&site.domain));
    }
}

// S10-18, S10-63, S10-108: an anchor that ignores the domain needs no signature for it.
#[tokio::test]
async fn wallet_signs_in_where_its_client_domain_is_ignored() {
    let world = World::with(|config| {
        config.sep10.allowed_client_domains = vec!["other.example".to_owned()];
    })
    .await;
    let site = Site::of(&key("app")).await;
    let ada = key("ada");
    let credentials =
        Credentials::new(&ada).from_domain(site.domain.clone(), service(&world, &site));
    let session =
        world.wallet().await.sign_in_with(&ada.public().into(), &credentials).await.unwrap();
    assert_eq!(session.claims().client_domain, None);
}
