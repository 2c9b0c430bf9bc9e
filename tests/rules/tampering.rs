//! A challenge whose signed bytes change anywhere is refused.

use proptest::{collection::vec, prelude::*};
use windlass_core::{
    sep10::{Challenge, ChallengeError, Level, OnLedger, Role},
    wire,
};
use windlass_tests::challenges::{Vector, vector};

const GOOD: [&str; 4] = ["C1", "C2", "C3", "C4"];

/// Bytes of one signature: hint, length, 64 bytes.
const SIGNATURE: usize = 72;

fn in_wallet(vector: &Vector, bytes: &[u8]) -> Result<Challenge, ChallengeError> {
    vector.expecting(vector.wallet(), |expect| Challenge::open(&wire::base64(bytes), expect))
}

/// What the anchor decides for an account that is not on the ledger.
fn in_anchor(vector: &Vector, bytes: &[u8]) -> Result<(), ChallengeError> {
    vector
        .expecting(Role::Anchor, |expect| Challenge::open(&wire::base64(bytes), expect))?
        .authorize(&OnLedger::Missing, Level::Medium)
}

fn received(vector: &Vector) -> Vec<u8> {
    wire::from_base64(vector.challenge.as_ref().unwrap()).unwrap()
}

fn returned(vector: &Vector) -> Vec<u8> {
    wire::from_base64(&vector.signed).unwrap()
}

#[test]
fn no_bit_of_a_challenge_can_change_before_the_wallet_sees_it() {
    for vector in GOOD.map(vector) {
        let good = received(vector);
        assert!(in_wallet(vector, &good).is_ok());
        for_each_bit(&good, |bytes, place| {
            assert!(in_wallet(vector, bytes).is_err(), "{} bit {place}", vector.name);
        });
    }
}

#[test]
fn no_bit_of_a_challenge_can_change_on_its_way_back() {
    for vector in GOOD.map(vector) {
        let good = returned(vector);
        assert_eq!(in_anchor(vector, &good), Ok(()));
        for_each_bit(&good, |bytes, place| {
            assert!(in_anchor(vector, bytes).is_err(), "{} bit {place}", vector.name);
        });
    }
}

#[test]
fn a_challenge_cut_anywhere_is_refused() {
    for vector in GOOD.map(vector) {
        let good = returned(vector);
        for end in 0..good.len() {
            assert!(in_anchor(vector, &good[..end]).is_err(), "{} at {end}", vector.name);
        }
    }
}

#[test]
fn signatures_are_valid_for_one_challenge_only() {
    for vector in GOOD.map(vector) {
        let good = returned(vector);
        for other in GOOD.map(windlass_tests::challenges::vector) {
            let (count, other_count) = (signatures(vector), signatures(other));
            if vector.name == other.name || count != other_count {
                continue;
            }
            let (own, of_other) = (good.len() - count * SIGNATURE, returned(other));
            let foreign = &of_other[of_other.len() - count * SIGNATURE..];
            let mixed = [&good[..own], foreign].concat();
            assert!(in_anchor(vector, &mixed).is_err(), "{} by {}", vector.name, other.name);
        }
    }
}

/// The same transaction, with the same signatures, in an envelope of version 0: this has neither the
/// discriminant of version 1 nor the type of the source's key.
fn as_version_0(envelope: &[u8]) -> Vec<u8> {
    [&[0; 4], &envelope[8..]].concat()
}

#[test]
fn challenge_in_an_envelope_of_version_0_is_the_same_challenge() {
    for vector in GOOD.map(vector) {
        assert!(in_anchor(vector, &as_version_0(&returned(vector))).is_ok(), "{}", vector.name);
    }
}

fn signatures(vector: &Vector) -> usize {
    if vector.client_domain.is_some() { 3 } else { 2 }
}

fn for_each_bit(good: &[u8], check: impl Fn(&[u8], usize)) {
    let mut bytes = good.to_vec();
    for place in 0..8 * good.len() {
        bytes[place / 8] ^= 1 << (place % 8);
        check(&bytes, place);
        bytes[place / 8] ^= 1 << (place % 8);
    }
}

proptest! {
    #[test]
    fn challenge_with_any_other_byte_is_refused(
        of in prop::sample::select(&GOOD),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let vector = vector(of);
        let good = returned(vector);
        let mut bytes = good.clone();
        for (at, byte) in changes {
            bytes[at.index(good.len())] = byte;
        }
        prop_assert_eq!(in_anchor(vector, &bytes).is_ok(), bytes == good);
    }

    #[test]
    fn challenge_with_inserted_or_removed_bytes_is_refused(
        of in prop::sample::select(&GOOD),
        at in any::<prop::sample::Index>(),
        inserted in vec(any::<u8>(), 0..9),
        removed in 0..9_usize,
    ) {
        let vector = vector(of);
        let good = returned(vector);
        let at = at.index(good.len() + 1);
        let rest = &good[(at + removed).min(good.len())..];
        let bytes = [&good[..at], &inserted, rest].concat();
        let same = bytes == good || bytes == as_version_0(&good);
        prop_assert_eq!(in_anchor(vector, &bytes).is_ok(), same);
    }
}

/// One base64 text for one challenge (S10-77), apart from line breaks and the blanks around it.
#[test]
fn other_base64_texts_of_a_challenge_are_refused() {
    let vector = vector("C1");
    let good = vector.challenge.as_ref().unwrap();
    let opens =
        |text: &str| vector.expecting(vector.wallet(), |it| Challenge::open(text, it).is_ok());
    assert!(opens(good));
    for at in 0..=good.len() {
        let around = at == 0 || at == good.len();
        for (inserted, harmless) in [
            ("\n", true),
            ("\r\n", true),
            (" ", around),
            ("\t", around),
            ("=", false),
            ("\0", false),
            ("%2B", false),
            ("A", false),
        ] {
            let text = format!("{}{inserted}{}", &good[..at], &good[at..]);
            assert_eq!(opens(&text), harmless, "{inserted:?} at {at}");
        }
    }
    for (at, letter) in good.char_indices() {
        for other in "ABCZabcz0189+/-_=.".chars().filter(|other| *other != letter) {
            let text = format!("{}{other}{}", &good[..at], &good[at + 1..]);
            assert!(!opens(&text), "{other:?} at {at}");
        }
    }
}

/// Every challenge that ends in padding has other texts that lenient decoders read as the same
/// bytes.
#[test]
fn bits_under_the_padding_are_zero() {
    let vector = vector("C2");
    let good = vector.challenge.as_ref().unwrap();
    let (body, last) = (&good[..good.len() - 2], &good[good.len() - 2..]);
    assert_eq!(last, "I=");
    for text in ["J=", "K=", "L="] {
        let xdr = format!("{body}{text}");
        let opened = vector.expecting(vector.wallet(), |expect| Challenge::open(&xdr, expect));
        assert_eq!(opened.unwrap_err().code().as_str(), "challenge_not_readable", "{text}");
    }
}
