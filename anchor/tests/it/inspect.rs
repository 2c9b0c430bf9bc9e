//! `windlass inspect` judges a challenge by the same rules as a wallet that signs in.

use std::process::Command;

use windlass_core::{
    account::{Account, SecretKey},
    network::Network,
    sep10::{Challenge, ClientDomain, Expect, NewChallenge, Role, Tolerance},
    xdr::DecoratedSignature,
};

const NOW: u64 = 1_700_000_000;

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

/// A challenge of the anchor with key 1 for the account with key 2, and for the client domain with
/// key 3 if `with_client_domain`.
fn challenge(with_client_domain: bool) -> String {
    signed_challenge(with_client_domain, &[])
}

/// The challenge with the signatures of further keys.
fn signed_challenge(with_client_domain: bool, signers: &[SecretKey]) -> String {
    let account = Account::from(key(2).public());
    let client = ClientDomain { domain: "wallet.example.org", key: key(3).public() };
    let new = NewChallenge {
        account: &account,
        home_domain: "example.com",
        web_auth_domain: "auth.example.com",
        client_domain: with_client_domain.then_some(client),
        nonce: &[7; 48],
        now: NOW,
    };
    let network = Network::new(Network::TESTNET);
    let mut challenge = new.build(&key(1), &network).unwrap();
    let hash = challenge.transaction.hash(&network);
    challenge.signatures.extend(signers.iter().map(|key| DecoratedSignature::by(key, &hash)));
    challenge.to_base64()
}

/// Whether every rule holds, and what is printed.
fn inspect(challenge: &str, options: &[&str]) -> (bool, String) {
    let (server, account) = (key(1).public().to_string(), key(2).public().to_string());
    let output = Command::new(env!("CARGO_BIN_EXE_windlass"))
        .args(["inspect", challenge, "--signing-key", &server, "--home-domain", "example.com"])
        .args(["--account", &account, "--now", &NOW.to_string()])
        .args(options)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.contains("Every rule holds."), output.status.success(), "{text}");
    (output.status.success(), text)
}

// S10-61: a port of the endpoint may be missing in the challenge.
#[test]
fn inspect_accepts_the_web_auth_domains_that_sign_in_accepts() {
    for (domain, good) in [
        ("auth.example.com", true),
        ("auth.example.com:8443", true),
        ("auth.example.org", false),
        ("example.com", false),
    ] {
        let (holds, text) = inspect(&challenge(false), &["--web-auth-domain", domain]);
        assert_eq!(holds, good, "{domain}: {text}");
    }
}

// S10-63
#[test]
fn inspect_can_expect_a_client_domain() {
    let (own, other) = (key(3).public().to_string(), key(4).public().to_string());
    for (with_client_domain, domain, key, good) in [
        (true, "wallet.example.org", &own, true),
        (true, "wallet.example.com", &own, false),
        (true, "wallet.example.org", &other, false),
        // An anchor may ignore the client domain.
        (false, "wallet.example.org", &own, true),
    ] {
        let options = ["--client-domain", domain, "--client-signing-key", key];
        let (holds, text) = inspect(&challenge(with_client_domain), &options);
        assert_eq!(holds, good, "{domain}: {text}");
    }
    assert!(!inspect(&challenge(true), &[]).0, "a client domain that was not requested");
}

// The rule by which a wallet opens a challenge, and the command, on the same texts.
#[test]
fn inspect_agrees_with_sign_in_about_signatures() {
    let network = Network::new(Network::TESTNET);
    let (anchor, account) = (key(1), Account::from(key(2).public()));
    for (signers, good) in [
        (&[][..], true),
        (&[key(2)], false),
        (&[key(2), key(4)], false),
        (&[key(3)], false),
        (&[key(4)], false),
    ] {
        for with_client_domain in [false, true] {
            let text = signed_challenge(with_client_domain, signers);
            let (domain, key) = ("wallet.example.org", key(3).public());
            let client_domain = with_client_domain.then_some(ClientDomain { domain, key });
            let opened = Challenge::open(
                &text,
                &Expect {
                    server: anchor.public(),
                    network: &network,
                    home_domains: &["example.com".to_owned()],
                    web_auth_domains: &["auth.example.com".to_owned()],
                    now: NOW,
                    tolerance: Tolerance::WALLET,
                    role: Role::Wallet { account: &account, client_domain },
                },
            );
            let key = key.to_string();
            let options = ["--client-domain", domain, "--client-signing-key", &key];
            let options = if with_client_domain { &options[..] } else { &[] };
            let (holds, printed) = inspect(&text, options);
            assert_eq!((opened.is_ok(), holds), (good, good), "{printed}");
            if let Err(error) = opened {
                assert!(printed.contains(&error.to_string()), "{error}: {printed}");
            }
        }
    }
}
