//! The contents of a challenge, for people to read.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_with::skip_serializing_none;

use crate::{
    account::Account,
    memo::Memo,
    wire,
    xdr::{DecoratedSignature, Envelope, ManageData, MuxedAccount, Operation, TimeBounds},
};

/// The contents of a transaction that was received as a challenge, unverified.
///
/// Bytes are shown as text if they are printable ASCII, and otherwise as `0x` and hexadecimal
/// digits, so that nothing is misleading.
#[skip_serializing_none]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ChallengeContents {
    /// The source account: `G…` or `M…`.
    pub source: String,
    /// The sequence number, in decimal digits.
    pub sequence: String,
    /// The time bounds; if absent, it never expires.
    pub bounds: Option<ChallengeBounds>,
    /// The memo, if there is one.
    pub memo: Option<ChallengeMemo>,
    /// The operations, in order.
    pub operations: Vec<ChallengeOperation>,
    /// The hint of each signature: the last four bytes of the alleged key, in hexadecimal digits.
    pub hints: Vec<String>,
}

/// The time bounds of a transaction, in Unix seconds.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ChallengeBounds {
    /// The first second.
    #[serde(serialize_with = "as_double")]
    pub min: u64,
    /// The last second; 0 means no end.
    #[serde(serialize_with = "as_double")]
    pub max: u64,
}

/// The memo of a transaction.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ChallengeMemo {
    /// The type.
    #[serde(rename = "type")]
    pub kind: ChallengeMemoType,
    /// The number in decimal digits, the text, or the hash in hexadecimal digits.
    pub value: String,
}

/// The type of a memo. A valid challenge has no memo, or one of type id.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ChallengeMemoType {
    /// Up to 28 bytes.
    Text,
    /// An unsigned 64-bit number.
    Id,
    /// 32 bytes.
    Hash,
    /// The hash of a transaction that is being refunded.
    Return,
}

/// The word on the wire.
impl fmt::Display for ChallengeMemoType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// A ManageData operation. Challenges contain no other operations.
#[skip_serializing_none]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ChallengeOperation {
    /// The account that has the data entry, `G…` or `M…`; the transaction's source if absent.
    pub source: Option<String>,
    /// The name of the entry.
    pub name: String,
    /// The value of the entry; absent if the operation removes the entry.
    pub value: Option<String>,
}

impl From<&Envelope> for ChallengeContents {
    fn from(Envelope { transaction, signatures }: &Envelope) -> Self {
        let hint = |signature: &DecoratedSignature| wire::hex(&signature.hint);
        let bounds = |TimeBounds { min, max }| ChallengeBounds { min, max };
        Self {
            source: address(&transaction.source),
            sequence: transaction.sequence.to_string(),
            bounds: transaction.time_bounds.map(bounds),
            memo: ChallengeMemo::of(&transaction.memo),
            operations: transaction
                .operations
                .iter()
                .filter_map(Operation::data)
                .map(ChallengeOperation::from)
                .collect(),
            hints: signatures.iter().map(hint).collect(),
        }
    }
}

impl ChallengeMemo {
    fn of(memo: &Memo) -> Option<Self> {
        use ChallengeMemoType as Type;
        let (kind, value) = match memo {
            Memo::None => return None,
            Memo::Text(bytes) => (Type::Text, printed(bytes)),
            Memo::Id(id) => (Type::Id, id.to_string()),
            Memo::Hash(hash) => (Type::Hash, wire::hex(hash)),
            Memo::Return(hash) => (Type::Return, wire::hex(hash)),
        };
        Some(Self { kind, value })
    }
}

impl From<&ManageData> for ChallengeOperation {
    fn from(ManageData { source, name, value }: &ManageData) -> Self {
        Self {
            source: source.as_ref().map(address),
            name: printed(name),
            value: value.as_deref().map(printed),
        }
    }
}

fn address(account: &MuxedAccount) -> String {
    Account::from(*account).to_string()
}

fn printed(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) => text.into(),
        _ => format!("0x{}", wire::hex(bytes)),
    }
}

/// Numbers beyond [`wire::MAX_SAFE_INTEGER`] are rounded to a double, because a JavaScript number
/// cannot represent them.
fn as_double<S: Serializer>(seconds: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    if *seconds <= wire::MAX_SAFE_INTEGER {
        serializer.serialize_u64(*seconds)
    } else {
        serializer.serialize_f64(*seconds as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{account::PublicKey, xdr::Transaction};

    const KEY: PublicKey = PublicKey::from_bytes([7; 32]);

    fn contents(change: impl FnOnce(&mut Transaction)) -> ChallengeContents {
        let mut transaction = Transaction {
            source: KEY.into(),
            fee: 100,
            sequence: 0,
            time_bounds: Some(TimeBounds { min: 1, max: u64::MAX }),
            memo: Memo::None,
            operations: Vec::new(),
        };
        change(&mut transaction);
        let signature =
            |last| DecoratedSignature { hint: [0, 1, 0xab, last], signature: [].into() };
        ChallengeContents::from(&Envelope {
            transaction,
            signatures: [signature(2), signature(3)].into(),
        })
    }

    #[test]
    fn all_parts_of_a_challenge_are_shown() {
        let found = contents(|transaction| {
            transaction.sequence = i64::MIN;
            let muxed = MuxedAccount { key: KEY, id: Some(420) };
            transaction.operations = [
                ManageData {
                    source: Some(muxed),
                    name: b"a auth".into(),
                    value: Some(b"x".into()),
                },
                ManageData { source: None, name: b"b".into(), value: None },
            ]
            .map(Operation::from)
            .into();
        });
        let muxed = Account::Muxed { key: KEY, id: 420 };
        assert_eq!(
            serde_json::to_value(&found).unwrap(),
            serde_json::json!({
                "source": KEY.to_string(),
                "sequence": "-9223372036854775808",
                "bounds": { "min": 1, "max": u64::MAX as f64 },
                "operations": [
                    { "source": muxed.to_string(), "name": "a auth", "value": "x" },
                    { "name": "b" },
                ],
                "hints": ["0001ab02", "0001ab03"],
            })
        );
        assert_eq!(contents(|transaction| transaction.time_bounds = None).bounds, None);
    }

    #[test]
    fn memos_of_every_type_are_shown() {
        let digits = "07".repeat(32);
        for (memo, kind, value) in [
            (Memo::Text(b"to Ada".into()), "text", "to Ada"),
            (Memo::Id(u64::MAX), "id", "18446744073709551615"),
            (Memo::Hash([7; 32]), "hash", &digits),
            (Memo::Return([7; 32]), "return", &digits),
        ] {
            let found = contents(|transaction| transaction.memo = memo).memo.unwrap();
            assert_eq!((&*found.kind.to_string(), &*found.value), (kind, value));
        }
    }

    #[test]
    fn unprintable_bytes_are_shown_in_hexadecimal() {
        for (bytes, shown) in [
            (&b""[..], ""),
            (b" ~", " ~"),
            ("\u{430}nchor".as_bytes(), "0xd0b06e63686f72"),
            ("\u{202e}x".as_bytes(), "0xe280ae78"),
            (b"a\nb", "0x610a62"),
            (&[0, 255], "0x00ff"),
            (&[127], "0x7f"),
        ] {
            assert_eq!(printed(bytes), shown);
        }
    }
}
