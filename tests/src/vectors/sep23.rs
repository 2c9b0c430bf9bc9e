//! Strkeys of every kind, decoded by the general parser and by those of one kind, and encoded
//! again.

use serde::Deserialize;
use serde_json::{Value, json};
use windlass_core::{
    account::{Account, PublicKey, SecretKey, Strkey},
    wire,
};

use super::{by_name, from_hex, outcome};

/// `tests/vectors/sep23/strkeys.json`.
#[derive(Debug, Deserialize)]
struct Strkeys {
    valid: Vec<Valid>,
    invalid: Vec<Invalid>,
}

#[derive(Debug, Deserialize)]
struct Valid {
    name: String,
    strkey: String,
    kind: String,
    /// The bytes between version byte and checksum, in hex.
    payload: String,
    id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Invalid {
    name: String,
    strkey: String,
}

/// The result of each parser for each text.
pub(super) fn strkeys() -> Value {
    let Strkeys { valid, invalid } = super::read(include_str!("../../vectors/sep23/strkeys.json"));
    let valid = valid.into_iter().map(|vector| {
        let result = json!({
            "any": outcome(Strkey::parse(&vector.strkey).map(|strkey| about(&strkey))),
            "narrow": narrow(&vector.strkey),
            "from_payload": from_payload(&vector) == vector.strkey,
        });
        (vector.name, result)
    });
    let invalid = invalid.into_iter().map(|vector| {
        let result = json!({
            "any": outcome(Strkey::parse(&vector.strkey).map(|strkey| about(&strkey))),
            "narrow": narrow(&vector.strkey),
        });
        (vector.name, result)
    });
    json!({ "valid": by_name(valid), "invalid": by_name(invalid) })
}

fn about(strkey: &Strkey) -> Value {
    json!({ "kind": strkey.kind().to_string(), "text": strkey.to_string(), "payload": payload(strkey) })
}

fn payload(strkey: &Strkey) -> Option<String> {
    Some(match strkey {
        Strkey::Account(key) => wire::hex(key.as_bytes()),
        Strkey::Muxed { key, id } => wire::hex(&[&key.as_bytes()[..], &id.to_be_bytes()].concat()),
        Strkey::PreAuthTx(hash)
        | Strkey::HashX(hash)
        | Strkey::Contract(hash)
        | Strkey::LiquidityPool(hash) => wire::hex(hash),
        Strkey::ClaimableBalance(hash) => format!("00{}", wire::hex(hash)),
        Strkey::MuxedContract { contract, id } => {
            wire::hex(&[&contract[..], &id.to_be_bytes()].concat())
        }
        // The bytes of a secret are not shown, and a signed payload is not taken apart here.
        _ => return None,
    })
}

/// The text of a payload. For signed payloads, which are nowhere made here, that of the text
/// itself.
fn from_payload(vector: &Valid) -> String {
    let hex = vector.payload.as_str();
    let key = || PublicKey::from_bytes(from_hex(&hex[..64]));
    let id = || {
        let id = vector.id.as_ref().and_then(|id| id.parse().ok());
        id.unwrap_or_else(|| panic!("{} has no id", vector.name))
    };
    match vector.kind.as_str() {
        "account" => key().to_string(),
        "muxed" => Account::Muxed { key: key(), id: id() }.to_string(),
        "muxed_contract" => {
            Strkey::MuxedContract { contract: from_hex(&hex[..64]), id: id() }.to_string()
        }
        "secret" => SecretKey::from_seed(&from_hex(hex)).reveal().to_string(),
        "pre_auth_tx" => Strkey::PreAuthTx(from_hex(hex)).to_string(),
        "hash_x" => Strkey::HashX(from_hex(hex)).to_string(),
        "contract" => Strkey::Contract(from_hex(hex)).to_string(),
        "liquidity_pool" => Strkey::LiquidityPool(from_hex(hex)).to_string(),
        "claimable_balance" => Strkey::ClaimableBalance(from_hex(&hex[2..])).to_string(),
        "signed_payload" => {
            Strkey::parse(&vector.strkey).map(|strkey| strkey.to_string()).unwrap_or_default()
        }
        other => panic!("{}: no kind is called {other}", vector.name),
    }
}

/// Parsers of one kind tell a strkey of another kind from an invalid text (S23-20).
fn narrow(text: &str) -> Value {
    json!({
        "public_key": outcome(text.parse::<PublicKey>()),
        "secret_key": outcome(text.parse::<SecretKey>().map(|secret| secret.public())),
        "account": outcome(text.parse::<Account>()),
    })
}
