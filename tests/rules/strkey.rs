//! Strkeys: one text for each key, and a key for no other text.

use proptest::{collection::vec, prelude::*};
use serde::Deserialize;
use windlass_core::{
    account::{Account, Kind, PublicKey, SecretKey, Strkey, StrkeyError},
    sep1::ContractId,
};

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Encodes version byte and payload as SEP-23 says, without code of the core.
fn encode(version: u8, payload: &[u8]) -> String {
    let mut bytes = [&[version][..], payload].concat();
    let mut crc = 0_u16;
    for byte in &bytes {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
        }
    }
    bytes.extend(crc.to_le_bytes());
    let bit = |i: usize| bytes.get(i / 8).map_or(0, |byte| byte >> (7 - i % 8) & 1);
    (0..bytes.len() * 8)
        .step_by(5)
        .map(|at| {
            let value = (0..5).fold(0, |value, i| value << 1 | bit(at + i));
            char::from(ALPHABET[usize::from(value)])
        })
        .collect()
}

/// Every kind with its version byte and valid payloads.
fn payloads() -> impl Strategy<Value = (Kind, u8, Vec<u8>)> {
    let bytes = |count| vec(any::<u8>(), count);
    let of = |kind, version, count| bytes(count).prop_map(move |payload| (kind, version, payload));
    prop_oneof![
        of(Kind::Account, 6 << 3, 32),
        of(Kind::Muxed, 12 << 3, 40),
        of(Kind::Secret, 18 << 3, 32),
        of(Kind::PreAuthTx, 19 << 3, 32),
        of(Kind::HashX, 23 << 3, 32),
        of(Kind::Contract, 2 << 3, 32),
        of(Kind::LiquidityPool, 11 << 3, 32),
        of(Kind::MuxedContract, 22 << 3, 40),
        bytes(32).prop_map(|hash| (Kind::ClaimableBalance, 1 << 3, [vec![0], hash].concat())),
        (bytes(32), (1..=64_usize).prop_flat_map(bytes)).prop_map(|(key, signed)| {
            let length = u32::try_from(signed.len()).unwrap().to_be_bytes();
            let padding = vec![0; (4 - signed.len() % 4) % 4];
            (Kind::SignedPayload, 15 << 3, [key, length.into(), signed, padding].concat())
        }),
    ]
}

proptest! {
    #[test]
    fn every_kind_is_read_and_written_back((kind, version, payload) in payloads()) {
        let text = encode(version, &payload);
        let strkey = Strkey::parse(&text).unwrap();
        prop_assert_eq!(strkey.kind(), kind);
        match strkey {
            Strkey::Secret(secret) => {
                let shown = format!("{secret:?} {}", Strkey::Secret(secret.clone()));
                prop_assert_eq!(shown, "SecretKey S...");
                prop_assert_eq!(written(&Strkey::Secret(secret)), text);
            }
            other => prop_assert_eq!(other.to_string(), text),
        }
    }

    #[test]
    fn parsers_of_one_kind_tell_wrong_kinds_from_invalid_text((kind, version, payload) in payloads()) {
        let text = encode(version, &payload);
        let wrong = |expected| StrkeyError::WrongKind { expected, found: kind };
        match text.parse::<PublicKey>() {
            Ok(key) => prop_assert_eq!((kind, &key.as_bytes()[..]), (Kind::Account, &payload[..])),
            Err(error) => prop_assert_eq!(error, wrong(Kind::Account)),
        }
        match text.parse::<SecretKey>() {
            Ok(_) => prop_assert_eq!(kind, Kind::Secret),
            Err(error) => prop_assert_eq!(error, wrong(Kind::Secret)),
        }
        match text.parse::<Account>() {
            Ok(account) => {
                prop_assert!(matches!(kind, Kind::Account | Kind::Muxed));
                prop_assert_eq!(account.to_string(), text);
                let id = (kind == Kind::Muxed).then(|| u64::from_be_bytes(payload[32..].try_into().unwrap()));
                prop_assert_eq!(account.user(), id);
            }
            Err(_) => prop_assert!(!matches!(kind, Kind::Account | Kind::Muxed)),
        }
    }

    /// For any payload, version and length: what is decoded encodes to the same text.
    #[test]
    fn decoded_strkeys_encode_to_the_same_text(version in any::<u8>(), payload in vec(any::<u8>(), 0..110), base in 0..32_u8) {
        for version in [version, base << 3] {
            let text = encode(version, &payload);
            if let Ok(strkey) = Strkey::parse(&text) {
                prop_assert_eq!(version % 8, 0);
                prop_assert_eq!(written(&strkey), text);
            }
        }
    }

    // S23-25
    #[test]
    fn muxed_contract_holds_contract_and_id(contract in any::<[u8; 32]>(), id in any::<u64>()) {
        let text = encode(22 << 3, &[&contract[..], &id.to_be_bytes()].concat());
        prop_assert_eq!(text.len(), 69);
        match Strkey::parse(&text) {
            Ok(Strkey::MuxedContract { contract: read, id: number }) => {
                prop_assert_eq!((read, number), (contract, id));
            }
            other => prop_assert!(false, "{:?}", other),
        }
        prop_assert_eq!(Strkey::MuxedContract { contract, id }.to_string(), text);
    }

    #[test]
    fn random_text_is_refused_without_panic(text in "\\PC{0,200}|[A-Z2-7]{0,170}|[GMSTXPCLBW][A-Z2-7]{55,68}") {
        prop_assert_eq!(Strkey::parse(&text).unwrap_err(), StrkeyError::Malformed);
    }

    #[test]
    fn text_around_a_strkey_is_not_trimmed((_, version, payload) in payloads(), around in "[ \\t\\r\\n\0=]") {
        let text = encode(version, &payload);
        for text in [format!("{around}{text}"), format!("{text}{around}"), text.to_lowercase()] {
            prop_assert!(Strkey::parse(&text).is_err(), "{:?}", text);
        }
    }
}

/// The whole text, of a secret as well.
fn written(strkey: &Strkey) -> String {
    match strkey {
        Strkey::Secret(secret) => secret.reveal().to_string(),
        other => other.to_string(),
    }
}

#[derive(Deserialize)]
struct Vectors {
    valid: Vec<Valid>,
}

#[derive(Deserialize)]
struct Valid {
    strkey: String,
}

fn valid() -> impl Iterator<Item = String> {
    let text = include_str!("../vectors/sep23/strkeys.json");
    windlass_tests::vectors::read::<Vectors>(text).valid.into_iter().map(|it| it.strkey)
}

#[test]
fn changing_one_character_makes_it_invalid() {
    for good in valid() {
        for at in 0..good.len() {
            for letter in ALPHABET.iter().filter(|letter| **letter != good.as_bytes()[at]) {
                let mut text = good.clone().into_bytes();
                text[at] = *letter;
                let text = String::from_utf8(text).unwrap();
                assert!(Strkey::parse(&text).is_err(), "{text}");
            }
        }
    }
}

#[test]
fn swapping_two_characters_makes_it_invalid() {
    for good in valid() {
        for at in 1..good.len() {
            let mut text = good.clone().into_bytes();
            text.swap(at - 1, at);
            let text = String::from_utf8(text).unwrap();
            assert!(text == good || Strkey::parse(&text).is_err(), "{text}");
        }
    }
}

#[test]
fn shorter_and_longer_texts_are_invalid() {
    for good in valid() {
        for end in 0..good.len() {
            assert!(Strkey::parse(&good[..end]).is_err(), "{}", &good[..end]);
        }
        for more in ["A", "AA", "AAAAAAAA", "=", "======"] {
            assert!(Strkey::parse(&format!("{good}{more}")).is_err(), "{good}{more}");
        }
    }
    assert!(Strkey::parse(&"A".repeat(1_000_000)).is_err());
}

// S23-26
#[test]
fn muxed_contract_is_refused_as_account_and_signer() {
    let text = "WA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAAAWWC";
    let reason = "got a muxed contract (W...), which can only receive payments";
    let account = "expected an account (G...)";
    for (memo, found) in [(None, text.parse::<Account>()), (Some("7"), format!("{text}:7").parse())]
    {
        assert_eq!(found, Account::from_request(text, memo));
        assert_eq!(found.unwrap_err().to_string(), format!("{account}, {reason}"));
    }
    let key = text.parse::<PublicKey>().unwrap_err();
    assert_eq!(key.to_string(), format!("{account}, {reason}"));
    let secret = text.parse::<SecretKey>().unwrap_err();
    assert_eq!(secret.to_string(), format!("expected a secret key (S...), {reason}"));
    let contract = text.parse::<ContractId>().unwrap_err();
    assert_eq!(contract.to_string(), format!("expected a contract (C...), {reason}"));
}
