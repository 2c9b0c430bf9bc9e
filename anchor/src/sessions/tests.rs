use serde_json::json;

use super::*;
use crate::Secret;

const NOW: u64 = 1_780_000_000;

fn key(id: &str, algorithm: SessionAlgorithm, byte: u8) -> SessionKey {
    SessionKey { id: id.to_owned(), algorithm, secret: Secret(vec![byte; 32]) }
}

fn sessions(keys: &[SessionKey]) -> Sessions {
    Sessions::with_keys("https://anchor.example/auth", keys, Clock::manual(NOW).0).unwrap()
}

fn claims() -> Claims {
    Claims::new(
        "https://anchor.example/auth",
        SecretKey::from_seed(&[1; 32]).public().into(),
        NOW,
        NOW + 60,
    )
}

/// A token with this header, signed with HS256 and the secret of `key("a", _, 1)`.
fn forged(header: Header) -> String {
    encode(&header, &claims(), &EncodingKey::from_secret(&[1; 32])).unwrap()
}

// S10-121
#[test]
fn both_algorithms_sign_and_verify() {
    for algorithm in [SessionAlgorithm::Hs256, SessionAlgorithm::EdDsa] {
        let sessions = sessions(&[key("a", algorithm, 1)]);
        let token = sessions.issue(&claims()).unwrap();
        assert_eq!(sessions.verify(&token), Ok(claims()));
        let header = decode_header(&token).unwrap();
        assert_eq!((header.kid.as_deref(), header.typ.as_deref()), (Some("a"), Some("JWT")));
        let changed = token.replace('.', ".e");
        assert_eq!(sessions.verify(&changed), Err(TokenError::Invalid));
    }
}

// S10-121: keys are rotated while sessions are valid and servers are at different steps.
#[test]
fn servers_at_different_steps_of_a_key_rotation_accept_each_others_tokens() {
    use SessionAlgorithm::{EdDsa, Hs256};
    for (old, new) in [(Hs256, Hs256), (Hs256, EdDsa), (EdDsa, Hs256), (EdDsa, EdDsa)] {
        let (old, new) = (key("old", old, 1), key("new", new, 2));
        let before = sessions(std::slice::from_ref(&old));
        let added = sessions(&[old.clone(), new.clone()]);
        let changed = sessions(&[new.clone(), old]);
        let after = sessions(&[new]);
        let verified = |from: &Sessions, by: &Sessions| by.verify(&from.issue(&claims()).unwrap());
        for (from, by) in [
            (&before, &added),
            (&added, &before),
            (&added, &changed),
            (&changed, &added),
            (&before, &changed),
            (&changed, &after),
            (&after, &changed),
        ] {
            assert_eq!(verified(from, by), Ok(claims()));
        }
        // Tokens of a removed key are refused.
        assert_eq!(verified(&added, &after), Err(TokenError::Invalid));
        assert_eq!(verified(&after, &before), Err(TokenError::Invalid));
    }
}

// S10-121
#[test]
fn tokens_of_another_kind_or_algorithm_are_refused() {
    let hs256 = sessions(&[key("a", SessionAlgorithm::Hs256, 1)]);
    let header = |kid: &str, typ: Option<&str>| Header {
        kid: Some(kid.to_owned()),
        typ: typ.map(str::to_owned),
        ..Header::new(Algorithm::HS256)
    };
    assert_eq!(hs256.verify(&forged(header("a", Some("JWT")))), Ok(claims()));
    assert_eq!(hs256.verify(&forged(header("a", None))), Ok(claims()));
    for other in ["interactive+jwt", "operator+jwt", "jwt", ""] {
        let token = forged(header("a", Some(other)));
        assert_eq!(hs256.verify(&token), Err(TokenError::Invalid), "{other}");
    }
    assert_eq!(hs256.verify(&forged(header("b", None))), Err(TokenError::Invalid));
    let hs384 = Header { kid: Some("a".to_owned()), ..Header::new(Algorithm::HS384) };
    assert_eq!(hs256.verify(&forged(hs384)), Err(TokenError::Invalid));

    // The public key of an EdDSA key must not work as a secret of HS256.
    let eddsa = sessions(&[key("a", SessionAlgorithm::EdDsa, 1)]);
    let public = SecretKey::from_seed(&[1; 32]).public();
    for secret in [&public.as_bytes()[..], &[1; 32]] {
        let token =
            encode(&header("a", None), &claims(), &EncodingKey::from_secret(secret)).unwrap();
        assert_eq!(eddsa.verify(&token), Err(TokenError::Invalid));
    }
    assert_eq!(hs256.verify(&eddsa.issue(&claims()).unwrap()), Err(TokenError::Invalid));
    let encoded =
        |value: serde_json::Value| windlass_core::wire::base64url(value.to_string().as_bytes());
    let payload = encoded(serde_json::to_value(claims()).unwrap());
    for alg in ["none", "None", "EdDSA"] {
        let token = format!("{}.{payload}.", encoded(json!({ "alg": alg, "kid": "a" })));
        assert_eq!(hs256.verify(&token), Err(TokenError::Invalid), "{alg}");
        assert_eq!(eddsa.verify(&token), Err(TokenError::Invalid), "{alg}");
    }
}

#[test]
fn weak_keys_are_refused_at_the_start() {
    use SessionAlgorithm::{EdDsa, Hs256};
    let with_keys = |keys: &[SessionKey]| {
        Sessions::with_keys("https://a.example", keys, Clock::manual(NOW).0).map(drop)
    };
    let of = |algorithm, length| SessionKey {
        id: "a".to_owned(),
        algorithm,
        secret: Secret(vec![1; length]),
    };
    assert_eq!(with_keys(&[]), Err(WeakSecret));
    assert_eq!(with_keys(&[of(Hs256, 31)]), Err(WeakSecret));
    assert_eq!(with_keys(&[of(EdDsa, 31)]), Err(WeakSecret));
    assert_eq!(with_keys(&[of(EdDsa, 33)]), Err(WeakSecret));
    assert_eq!(with_keys(&[of(Hs256, 33), of(EdDsa, 32)]), Err(WeakSecret), "two keys with one id");
    assert_eq!(with_keys(&[of(Hs256, 33)]), Ok(()));
}

#[test]
fn a_token_is_not_valid_before_its_time() {
    for (nbf, expected) in [
        (json!(NOW + 1), Err(TokenError::Invalid)),
        (json!(NOW as f64 + 0.5), Err(TokenError::Invalid)),
        (json!(NOW), Ok(claims())),
        (json!(0), Ok(claims())),
        (json!(null), Ok(claims())),
        (json!("soon"), Err(TokenError::Invalid)),
    ] {
        let mut body = serde_json::to_value(claims()).unwrap();
        body["nbf"] = nbf.clone();
        let token = encode(&Header::default(), &body, &EncodingKey::from_secret(&[1; 32])).unwrap();
        let sessions = sessions(&[key("a", SessionAlgorithm::Hs256, 1)]);
        assert_eq!(sessions.verify(&token), expected, "{nbf}");
    }
}
