//! The rows of the register about required signatures. The ledger's answer is passed in directly.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use windlass_core::{
    account::SecretKey,
    sep10::{Challenge, ChallengeError, Level, OnLedger, Role, Thresholds},
};
use windlass_tests::challenges::{key, vector};

use crate::challenge::signed_anew;

type Outcome = Result<(), ChallengeError>;

const FOREIGN: Outcome = Err(ChallengeError::ForeignSignature);
const NOT_SIGNED: Outcome = Err(ChallengeError::NotSigned);

const fn below(weight: u32, threshold: u32) -> Outcome {
    Err(ChallengeError::BelowThreshold { weight, threshold })
}

struct Keys {
    server: SecretKey,
    master: SecretKey,
    other: SecretKey,
    third: SecretKey,
    stranger: SecretKey,
    domain: SecretKey,
}

impl Keys {
    fn new() -> Self {
        Self {
            server: key("server"),
            master: key("client"),
            other: key("second_client_signer"),
            third: SecretKey::from_seed(&[3; 32]),
            stranger: SecretKey::from_seed(&[4; 32]),
            domain: key("client_domain"),
        }
    }
}

/// Opens the vector with these signatures as the anchor does when it returns, and applies the
/// ledger's answer.
fn decide(of: &str, signers: &[&SecretKey], ledger: &OnLedger, level: Level) -> Outcome {
    let vector = vector(of);
    let xdr = signed_anew(vector, |_| {}, signers);
    let opened = vector.expecting(Role::Anchor, |expect| Challenge::open(&xdr, expect))?;
    opened.authorize(ledger, level)
}

fn exists(signers: &[(&SecretKey, u32)], medium: u32) -> OnLedger {
    OnLedger::Exists {
        signers: signers.iter().map(|(key, weight)| (key.public(), *weight)).collect(),
        thresholds: Thresholds { low: 1, medium, high: 9 },
    }
}

#[test]
fn account_that_does_not_exist_is_its_own_key() {
    let Keys { server, master, other, stranger, .. } = &Keys::new();
    let rows: &[(&str, &[&SecretKey], Outcome)] = &[
        ("P1 the master key", &[server, master], Ok(())),
        ("the master key before the anchor", &[master, server], Ok(())),
        ("P12 as received", &[server], NOT_SIGNED),
        ("P12 the anchor's signature removed", &[master], NO_SERVER),
        ("P12 the anchor's signature twice", &[server, server], SERVER_TWICE),
        (
            "P12 the anchor's signature twice, and the master",
            &[server, master, server],
            SERVER_TWICE,
        ),
        ("P12 nobody", &[], NO_SERVER),
        ("P11 one more", &[server, master, other], FOREIGN),
        ("the master key twice", &[server, master, master], FOREIGN),
        ("an unknown key", &[server, stranger], FOREIGN),
    ];
    for (name, signers, expected) in rows {
        for level in [Level::Low, Level::Medium, Level::High] {
            let decided = decide("C1", signers, &OnLedger::Missing, level);
            assert_eq!(decided, *expected, "{name} at {level:?}");
        }
    }
}

const NO_SERVER: Outcome = Err(ChallengeError::NoServerSignature);
const SERVER_TWICE: Outcome = Err(ChallengeError::ServerSignatureTwice);
const NO_DOMAIN: Outcome = Err(ChallengeError::NoClientDomainSignature);

#[test]
fn existing_account_signs_in_with_its_signers() {
    let keys = Keys::new();
    let Keys { server, master, other, third, stranger, .. } = &keys;
    let rows: &[(&str, &[&SecretKey], OnLedger, Outcome)] = &[
        ("master at medium", &[server, master], exists(&[(master, 2)], 2), Ok(())),
        ("P7 master below medium", &[server, master], exists(&[(master, 1)], 2), below(1, 2)),
        ("P7 one other at medium", &[server, other], exists(&[(master, 1), (other, 2)], 2), Ok(())),
        (
            "P7 two others together",
            &[server, third, other],
            exists(&[(master, 0), (other, 1), (third, 1)], 2),
            Ok(()),
        ),
        (
            "P7 two others, one short",
            &[server, third, other],
            exists(&[(master, 5), (other, 1), (third, 1)], 3),
            below(2, 3),
        ),
        (
            "P7 one signer twice",
            &[server, other, other],
            exists(&[(master, 1), (other, 1)], 2),
            FOREIGN,
        ),
        ("P8 master without weight", &[server, master], exists(&[(master, 0)], 0), FOREIGN),
        (
            "P8 master without weight beside one who has",
            &[server, master, other],
            exists(&[(master, 0), (other, 5)], 2),
            FOREIGN,
        ),
        ("master no signer at all", &[server, master], exists(&[(other, 5)], 2), FOREIGN),
        ("no threshold, one signer", &[server, master], exists(&[(master, 1)], 0), Ok(())),
        ("no threshold, no signature", &[server], exists(&[(master, 1)], 0), NOT_SIGNED),
        ("no signer left", &[server, master], exists(&[], 0), FOREIGN),
        (
            "P9 the anchor as a signer does not count",
            &[server, master],
            exists(&[(master, 1), (server, 5)], 2),
            below(1, 2),
        ),
        ("P9 the anchor as the only signer", &[server], exists(&[(server, 5)], 2), NOT_SIGNED),
        (
            "P9 the anchor as a signer, signing twice",
            &[server, server],
            exists(&[(server, 5)], 2),
            SERVER_TWICE,
        ),
        (
            "P10 a stranger beside enough weight",
            &[server, master, stranger],
            exists(&[(master, 5)], 2),
            FOREIGN,
        ),
        ("P10 a stranger alone", &[server, stranger], exists(&[(master, 5)], 0), FOREIGN),
        (
            "weights over 255 count as 255",
            &[server, master],
            exists(&[(master, u32::MAX)], 256),
            below(255, 256),
        ),
        (
            "weights are added beyond 255",
            &[server, master, other],
            exists(&[(master, 255), (other, 255)], 255),
            Ok(()),
        ),
    ];
    for (name, signers, ledger, expected) in rows {
        assert_eq!(decide("C1", signers, ledger, Level::Medium), *expected, "{name}");
    }
}

#[test]
fn level_decides_which_threshold_counts() {
    let Keys { server, master, .. } = &Keys::new();
    let on = |weight, level| {
        let ledger = OnLedger::Exists {
            signers: vec![(master.public(), weight)],
            thresholds: Thresholds { low: 1, medium: 2, high: 3 },
        };
        decide("C1", &[server, master], &ledger, level)
    };
    assert_eq!(on(1, Level::Low), Ok(()));
    assert_eq!(on(1, Level::Medium), below(1, 2));
    assert_eq!(on(2, Level::Medium), Ok(()));
    assert_eq!(on(2, Level::High), below(2, 3));
    assert_eq!(on(3, Level::High), Ok(()));
}

#[test]
fn muxed_account_and_memo_sign_in_with_the_underlying_account() {
    let Keys { server, master, other, .. } = &Keys::new();
    for of in ["C2", "C3"] {
        assert_eq!(decide(of, &[server, master], &OnLedger::Missing, Level::Medium), Ok(()));
        let ledger = exists(&[(other, 2)], 2);
        assert_eq!(decide(of, &[server, other], &ledger, Level::Medium), Ok(()), "{of}");
        assert_eq!(decide(of, &[server, master], &ledger, Level::Medium), FOREIGN, "{of}");
    }
}

#[test]
fn client_domain_signs_and_does_not_count() {
    let Keys { server, master, other, domain, stranger, .. } = &Keys::new();
    let both = exists(&[(master, 1), (other, 1)], 2);
    let rows: &[(&str, &[&SecretKey], OnLedger, Outcome)] = &[
        ("P4 missing account", &[server, domain, master], OnLedger::Missing, Ok(())),
        ("P4 in another order", &[master, server, domain], OnLedger::Missing, Ok(())),
        ("P5 it has not signed", &[server, master], OnLedger::Missing, NO_DOMAIN),
        (
            "P5 it has not signed, two others have",
            &[server, master, other],
            both.clone(),
            NO_DOMAIN,
        ),
        (
            "P6 client domain and two signers",
            &[server, domain, master, other],
            both.clone(),
            Ok(()),
        ),
        ("P6 client domain and one signer", &[server, domain, master], both, below(1, 2)),
        ("the client domain alone", &[server, domain], OnLedger::Missing, NOT_SIGNED),
        ("the client domain twice", &[server, domain, domain, master], OnLedger::Missing, FOREIGN),
        ("a stranger too", &[server, domain, master, stranger], OnLedger::Missing, FOREIGN),
        (
            "the client domain is a signer of the account",
            &[server, domain, master],
            exists(&[(master, 1), (domain, 5)], 2),
            below(1, 2),
        ),
        (
            "the client domain is the only signer of the account",
            &[server, domain],
            exists(&[(domain, 5)], 2),
            NOT_SIGNED,
        ),
    ];
    for (name, signers, ledger, expected) in rows {
        assert_eq!(decide("C4", signers, ledger, Level::Medium), *expected, "{name}");
    }
}

#[test]
fn signature_counts_only_with_its_hint_and_over_this_transaction() {
    let Keys { server, master, other, .. } = &Keys::new();
    let c1 = vector("C1");
    let mut envelope =
        windlass_core::xdr::Envelope::from_base64(&signed_anew(c1, |_| {}, &[server, master]))
            .unwrap();
    let decide = |envelope: &windlass_core::xdr::Envelope| {
        let xdr = envelope.to_base64();
        let opened = c1.expecting(Role::Anchor, |expect| Challenge::open(&xdr, expect));
        opened.and_then(|challenge| challenge.authorize(&OnLedger::Missing, Level::Medium))
    };
    let good = envelope.clone();
    assert_eq!(decide(&good), Ok(()));

    envelope.signatures[1].hint = other.public().hint();
    assert_eq!(decide(&envelope), FOREIGN);

    envelope.signatures[1] = good.signatures[1].clone();
    envelope.signatures[1].signature.truncate(63);
    assert_eq!(decide(&envelope), FOREIGN);

    envelope.signatures[1].signature.clear();
    assert_eq!(decide(&envelope), FOREIGN);

    // A signature of the same key over another challenge.
    let another = windlass_core::xdr::Envelope::from_base64(&vector("C2").signed).unwrap();
    envelope.signatures[1] = another.signatures[1].clone();
    assert_eq!(decide(&envelope), FOREIGN);
}
