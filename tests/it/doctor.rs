//! The checks of `windlass doctor` on the ledger and on proxies.

use serde_json::json;
use windlass_anchor::{
    config::Currency,
    doctor::{Severity, examine},
};

use crate::{
    sign_in::signers::{Change, account},
    world::{World, key},
};

// S01-10: account and file name each other.
#[tokio::test]
async fn issuer_with_another_home_domain_is_reported() {
    let world = World::new().await;
    let [right, wrong, silent, missing] = ["right", "wrong", "silent", "missing"].map(key);
    account(&world, &right, &[Change::HomeDomain("Anchor.example.com")]).await;
    account(&world, &wrong, &[Change::HomeDomain("evil.example.com")]).await;
    world.ledger.fund(&silent.public().to_string()).unwrap();

    let mut config = world.config.clone();
    config.public_url = Some("https://anchor.example.com".parse().unwrap());
    config.network.horizon_url = Some(world.horizon.clone());
    config.currencies = [&right, &wrong, &silent, &missing]
        .map(|issuer| {
            let text = json!({ "code": "USDC", "issuer": issuer.public(), "desc": "Dollars" });
            serde_json::from_value::<Currency>(text).unwrap()
        })
        .to_vec();
    let findings = examine(&config).await;
    for (issuer, severity, text) in [
        (&right, Severity::Good, "names anchor.example.com on the ledger"),
        (&wrong, Severity::Warning, "names \"evil.example.com\" on the ledger"),
        (&silent, Severity::Warning, "names no home domain on the ledger"),
        (&missing, Severity::Warning, "is not on the ledger"),
    ] {
        let id = issuer.public().to_string();
        let found: Vec<_> = findings
            .iter()
            .filter(|finding| finding.subject == "currencies" && finding.text.contains(&id))
            .collect();
        let [found] = found[..] else { panic!("{id}: {findings:?}") };
        assert_eq!(found.severity, severity, "{}", found.text);
        assert!(found.text.contains(text), "{}", found.text);
    }
}

#[tokio::test]
async fn https_without_a_proxy_is_reported() {
    let world = World::new().await;
    let mut config = world.config.clone();
    config.public_url = Some("https://anchor.example.com".parse().unwrap());
    for (proxies, warnings) in [(0, 1), (1, 0)] {
        config.rates.proxies = proxies;
        let findings = examine(&config).await;
        let found = findings.iter().filter(|finding| finding.subject == "rates.proxies").count();
        assert_eq!(found, warnings, "{proxies}");
    }
}
