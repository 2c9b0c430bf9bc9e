use super::*;
use crate::{
    account::{Account, SecretKey},
    network::Network,
};

fn seed(text: &str) -> SecretKey {
    let mut bytes = [0; 32];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    SecretKey::from_seed(&bytes)
}

const NOW: u64 = 1_700_000_000;

struct Scene {
    server: SecretKey,
    client: SecretKey,
    network: Network,
    home_domains: Vec<String>,
    web_auth_domains: Vec<String>,
}

impl Scene {
    fn new() -> Self {
        Self {
            server: seed("server"),
            client: seed("client"),
            network: Network::new(Network::TESTNET),
            home_domains: std::vec!["example.com".into(), "example.org".into()],
            web_auth_domains: std::vec!["auth.example.com".into()],
        }
    }

    fn expect<'a>(&'a self, role: Role<'a>) -> Expect<'a> {
        Expect {
            server: self.server.public(),
            network: &self.network,
            home_domains: &self.home_domains,
            web_auth_domains: &self.web_auth_domains,
            now: NOW,
            tolerance: Tolerance::ANCHOR,
            role,
        }
    }

    fn challenge(&self, account: &Account, home_domain: &str) -> String {
        let new = NewChallenge {
            account,
            home_domain,
            web_auth_domain: "auth.example.com",
            client_domain: None,
            nonce: &[7; 48],
            now: NOW,
        };
        new.build(&self.server, &self.network).unwrap().to_base64()
    }

    /// The challenge as the anchor gets it back, signed by these keys.
    fn returned(&self, signers: &[&SecretKey]) -> Challenge {
        let account = Account::Key(self.client.public());
        let xdr = self.challenge(&account, "example.com");
        let mut challenge = Challenge::open(
            &xdr,
            &self.expect(Role::Wallet { account: &account, client_domain: None }),
        )
        .unwrap();
        signers.iter().for_each(|key| challenge.sign(key));
        Challenge::open(&challenge.to_base64(), &self.expect(Role::Anchor)).unwrap()
    }
}

#[test]
fn built_challenge_opens_at_wallet_and_anchor() {
    let scene = Scene::new();
    let key = scene.client.public();
    for account in
        [Account::Key(key), Account::Shared { key, memo: u64::MAX }, Account::Muxed { key, id: 0 }]
    {
        let xdr = scene.challenge(&account, "example.org");
        let mut challenge = Challenge::open(
            &xdr,
            &scene.expect(Role::Wallet { account: &account, client_domain: None }),
        )
        .unwrap();
        challenge.sign(&scene.client);
        let back = Challenge::open(&challenge.to_base64(), &scene.expect(Role::Anchor)).unwrap();
        assert_eq!(
            (back.account(), back.home_domain(), back.expires_at()),
            (&account, "example.org", NOW + 900)
        );
        assert_eq!(back.authorize(&OnLedger::Missing, Level::Medium), Ok(()));
    }
}

#[test]
fn wallet_refuses_another_account_or_memo() {
    let scene = Scene::new();
    let key = scene.client.public();
    let asked = Account::Shared { key, memo: 1 };
    for (other, error) in [
        (Account::Shared { key, memo: 2 }, ChallengeError::OtherMemo),
        (Account::Key(key), ChallengeError::OtherMemo),
        (Account::Muxed { key, id: 1 }, ChallengeError::OtherAccount),
        (Account::Shared { key: seed("x").public(), memo: 1 }, ChallengeError::OtherAccount),
    ] {
        let xdr = scene.challenge(&other, "example.com");
        let result = Challenge::open(
            &xdr,
            &scene.expect(Role::Wallet { account: &asked, client_domain: None }),
        );
        assert_eq!(result.unwrap_err(), error);
    }
}

#[test]
fn challenge_for_the_anchors_own_key_is_refused() {
    let scene = Scene::new();
    let xdr = scene.challenge(&Account::Key(scene.server.public()), "example.com");
    assert_eq!(
        Challenge::open(&xdr, &scene.expect(Role::Anchor)).unwrap_err(),
        ChallengeError::OtherAccount
    );
}

#[test]
fn weight_is_counted_once_per_signer() {
    let scene = Scene::new();
    let (a, b, stranger) = (seed("a"), seed("b"), seed("stranger"));
    let medium = |medium| Thresholds { low: 0, medium, high: 9 };
    let ledger = |signers: &[(&SecretKey, u32)], thresholds| OnLedger::Exists {
        signers: signers.iter().map(|(key, weight)| (key.public(), *weight)).collect(),
        thresholds,
    };
    let master = &scene.client;
    let below = |weight, threshold| Err(ChallengeError::BelowThreshold { weight, threshold });
    let foreign = Err(ChallengeError::ForeignSignature);
    for (row, (signed_by, on_ledger, expected)) in [
        (std::vec![master], ledger(&[(master, 1)], medium(0)), Ok(())),
        (std::vec![], ledger(&[(master, 1)], medium(0)), Err(ChallengeError::NotSigned)),
        (std::vec![master], ledger(&[(master, 1)], medium(2)), below(1, 2)),
        (std::vec![&a], ledger(&[(master, 1), (&a, 2)], medium(2)), Ok(())),
        (std::vec![&a, &b], ledger(&[(master, 0), (&a, 1), (&b, 1)], medium(2)), Ok(())),
        (std::vec![&a, &a], ledger(&[(master, 1), (&a, 1)], medium(2)), foreign.clone()),
        (std::vec![&a, &a], ledger(&[(&a, 1), (&a, 1), (&a, 1)], medium(2)), foreign.clone()),
        (std::vec![&a], ledger(&[(&a, 1), (&a, 1), (&a, 1)], medium(2)), below(1, 2)),
        (std::vec![master], ledger(&[(master, 0)], medium(0)), foreign.clone()),
        (std::vec![master, &stranger], ledger(&[(master, 5)], medium(2)), foreign.clone()),
        (std::vec![master], ledger(&[(master, 1), (&scene.server, 5)], medium(2)), below(1, 2)),
        (std::vec![&a], OnLedger::Missing, foreign.clone()),
        (std::vec![master, &a], OnLedger::Missing, foreign.clone()),
        (std::vec![master, master], OnLedger::Missing, foreign),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(
            scene.returned(&signed_by).authorize(&on_ledger, Level::Medium),
            expected,
            "row {row}"
        );
    }
}

#[test]
fn external_signer_may_only_add_its_signature() {
    let scene = Scene::new();
    let account = Account::Key(scene.client.public());
    let xdr = scene.challenge(&account, "example.com");
    let expect = scene.expect(Role::Wallet { account: &account, client_domain: None });
    let signed_by = |key: &SecretKey, xdr: &str| {
        let mut envelope = crate::xdr::Envelope::from_base64(xdr).unwrap();
        let hash = envelope.transaction.hash(&scene.network);
        envelope.signatures = std::vec![crate::xdr::DecoratedSignature::by(key, &hash)];
        envelope.to_base64()
    };
    let mut challenge = Challenge::open(&xdr, &expect).unwrap();
    let key = scene.client.public();
    assert_eq!(
        challenge.accept("AAAA", &key),
        Err(SignatureError::NotReadable(crate::xdr::XdrError::Truncated))
    );
    assert_eq!(challenge.accept(&xdr, &key), Err(SignatureError::Missing(key)));
    assert_eq!(
        challenge.accept(&signed_by(&seed("other"), &xdr), &key),
        Err(SignatureError::Missing(key))
    );
    let other = scene.challenge(&account, "example.org");
    assert_eq!(
        challenge.accept(&signed_by(&scene.client, &other), &key),
        Err(SignatureError::Changed)
    );
    // The external signer dropped the anchor's signature, which this challenge keeps.
    challenge.accept(&signed_by(&scene.client, &xdr), &key).unwrap();
    Challenge::open(&challenge.to_base64(), &scene.expect(Role::Anchor))
        .unwrap()
        .authorize(&OnLedger::Missing, Level::High)
        .unwrap();
}

#[test]
fn report_contains_every_check() {
    let scene = Scene::new();
    let account = Account::Key(scene.client.public());
    let xdr = scene.challenge(&account, "example.com");
    let expect = scene.expect(Role::Wallet { account: &account, client_domain: None });
    assert!(Report::on(&xdr, &expect).passed());

    let other = Network::new(Network::PUBLIC);
    let report = Report::on(&xdr, &Expect { network: &other, now: NOW + 901, ..expect });
    let failed: Vec<_> = report
        .checks
        .iter()
        .filter(|check| check.outcome == Outcome::Failed)
        .map(|check| check.check)
        .collect();
    assert_eq!(failed, [Check::Clock, Check::ServerSignature]);
    // Both JSON writers give the same text.
    assert_eq!(crate::json::to_string(&report), serde_json::to_string(&report).unwrap());

    let report = Report::on("AAAA", &expect);
    assert_eq!(
        report.checks.iter().filter(|check| check.outcome == Outcome::Skipped).count(),
        report.checks.len() - 1
    );
}

#[test]
fn too_long_domains_are_refused_when_building() {
    let scene = Scene::new();
    let account = Account::Key(scene.client.public());
    let domain = "x".repeat(60);
    let new = NewChallenge {
        account: &account,
        home_domain: &domain,
        web_auth_domain: "a",
        client_domain: None,
        nonce: &[0; 48],
        now: NOW,
    };
    assert_eq!(
        new.build(&scene.server, &scene.network).unwrap_err(),
        BuildError::Length { what: "home domain", max: 59, length: 60 }
    );
    let client_domain = Some(ClientDomain { domain: "wallet.example", key: scene.server.public() });
    let new = NewChallenge { home_domain: "example.com", client_domain, ..new };
    assert_eq!(new.build(&scene.server, &scene.network).unwrap_err(), BuildError::ClientDomainKey);
}

// S10-67: the wallet's server signs for any account, but only challenges that contain its own key.
#[test]
fn client_domain_signer_needs_its_own_key_in_the_challenge() {
    let scene = Scene::new();
    let (domain_key, account) = (seed("domain"), Account::Key(scene.client.public()));
    let challenge = |client_domain| {
        let new = NewChallenge {
            account: &account,
            home_domain: "example.org",
            web_auth_domain: "auth.example.com",
            client_domain,
            nonce: &[7; 48],
            now: NOW,
        };
        new.build(&scene.server, &scene.network).unwrap().to_base64()
    };
    let named = ClientDomain { domain: "wallet.example.org", key: domain_key.public() };
    let role = Role::ClientDomain(named);
    let open = |xdr: &str| Challenge::open(xdr, &scene.expect(role));

    let mut opened = open(&challenge(Some(named))).unwrap();
    opened.sign(&domain_key);
    opened.sign(&scene.client);
    // Wallet and server may sign in either order.
    assert!(open(&opened.to_base64()).is_ok());
    let returned = Challenge::open(&opened.to_base64(), &scene.expect(Role::Anchor)).unwrap();
    assert_eq!(returned.authorize(&OnLedger::Missing, Level::Medium), Ok(()));

    let other = ClientDomain { key: seed("other").public(), ..named };
    let elsewhere = ClientDomain { domain: "rival.example.org", ..named };
    for refused in [challenge(None), challenge(Some(other)), challenge(Some(elsewhere))] {
        assert!(matches!(open(&refused), Err(ChallengeError::ClientDomain(_))));
    }
}
