//! A session's token: an accepted token must be signed with the session key and not expired, as
//! computed here independently.

use std::sync::LazyLock;

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};
use windlass_anchor::{Sessions, clock::Clock, sessions::Tokens as _};
use windlass_core::sep10::Claims;

const NOW: u64 = 1_780_000_000;
const ISSUER: &str = "https://anchor.example.com/auth";
const KEYS: [(&str, [u8; 32]); 2] = [("new", [7; 32]), ("old", [8; 32])];

static SESSIONS: LazyLock<Sessions> = LazyLock::new(|| {
    let keys = KEYS.map(|(id, secret)| (id.to_owned(), secret.to_vec()));
    Sessions::new(ISSUER, &keys, Clock::new(|| NOW)).unwrap_or_else(|error| panic!("{error}"))
});

/// First byte: a whole token as it is (0), or header and payload with a line feed between them, to
/// be signed with the first key (1) or the second (2), or with an unknown key (3).
pub fn run(input: &[u8]) {
    let [how, rest @ ..] = input else { return };
    let Ok(text) = core::str::from_utf8(rest) else { return };
    let token = match how % 4 {
        0 => text.to_owned(),
        how => {
            let (header, payload) = text.split_once('\n').unwrap_or((text, ""));
            let secret = match how {
                1 => KEYS[0].1,
                2 => KEYS[1].1,
                _ => [9; 32],
            };
            signed(header, payload, &secret)
        }
    };
    let peeked = Claims::peek(&token);
    match SESSIONS.verify(&token) {
        Ok(claims) => {
            assert!(how % 4 != 3, "signed with an unknown key");
            assert!(claims.exp > NOW && claims.iss.as_deref() == Some(ISSUER));
            assert_eq!(peeked.as_ref(), Ok(&claims), "the wallet reads the same claims");
            assert!(is_signed(&token), "taken without a good signature");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn signed(header: &str, payload: &str, secret: &[u8]) -> String {
    let encode = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
    let message = format!("{}.{}", encode(header), encode(payload));
    let mac = BASE64URL_NOPAD.encode(&hmac(secret, message.as_bytes()));
    format!("{message}.{mac}")
}

/// HS256, by one of the two keys.
fn is_signed(token: &str) -> bool {
    let Some((message, signature)) = token.rsplit_once('.') else { return false };
    let header = message.split('.').next().unwrap_or_default();
    let header = BASE64URL_NOPAD.decode(header.as_bytes()).unwrap_or_default();
    let header: serde_json::Value = serde_json::from_slice(&header).unwrap_or_default();
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap_or_default();
    header["alg"] == "HS256"
        && KEYS.iter().any(|(id, secret)| {
            header["kid"].as_str().is_none_or(|kid| kid == *id)
                && hmac(secret, message.as_bytes()) == signature.as_slice()
        })
}

/// RFC 2104 over SHA-256, for secrets of 32 bytes.
fn hmac(secret: &[u8], message: &[u8]) -> [u8; 32] {
    let pad = |byte: u8| {
        let mut block = [byte; 64];
        block.iter_mut().zip(secret).for_each(|(block, secret)| *block ^= secret);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}
