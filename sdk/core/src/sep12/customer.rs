//! What an anchor says of a customer.

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{IntoDeserializer, value::Error},
};
use serde_with::skip_serializing_none;

use crate::{
    map::Map,
    sep9::Kind,
    wire::{map_or_null, null_is_default},
};

/// A customer as the anchor sees it: the answer to `GET /customer`, and the body of its callbacks (S12-50 to S12-54).
///
/// It never holds a value that was submitted (S12-61).
#[skip_serializing_none]
#[cfg_attr(
    feature = "wasm",
    derive(tsify::Tsify),
    tsify(rename = "AnyCustomer", hashmap_as_object)
)]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Customer {
    /// The customer's id; absent until one was created.
    pub id: Option<String>,
    /// Where the customer stands for the `type` that was asked about.
    pub status: Status,
    /// What the anchor has not received yet, by field name.
    #[serde(default, deserialize_with = "map_or_null")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, Field>"))]
    pub fields: Option<Map<Field>>,
    /// What it has received, by field name.
    #[serde(default, deserialize_with = "map_or_null")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, ProvidedField>"))]
    pub provided_fields: Option<Map<ProvidedField>>,
    /// The state in words; always there when rejected.
    pub message: Option<String>,
}

impl Customer {
    /// A customer of whom nothing but the status is said.
    pub const fn new(status: Status) -> Self {
        Self { id: None, status, fields: None, provided_fields: None, message: None }
    }
}

/// A closed set of words on the wire, open to those that a newer anchor may use (S12-64).
macro_rules! status {
    ($(#[$doc:meta])* $name:ident, $ts:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(type = $ts))]
        #[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// The word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text),
                }
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.as_str().into()
            }
        }
    };
}

status! {
    /// Where a customer stands: the four words of SEP-12. A word that it does not have is given as it came.
    Status, r#""ACCEPTED" | "PROCESSING" | "NEEDS_INFO" | "REJECTED""# {
        /// All that is required was accepted.
        Accepted = "ACCEPTED",
        /// Being looked at; ask again later.
        Processing = "PROCESSING",
        /// More is needed: see [`Customer::todo`].
        NeedsInfo = "NEEDS_INFO",
        /// For good; the message says why.
        Rejected = "REJECTED",
    }
}

status! {
    /// Where a provided field stands: the four words of SEP-12. A word that it does not have is given as it came.
    FieldStatus, r#""ACCEPTED" | "PROCESSING" | "REJECTED" | "VERIFICATION_REQUIRED""# {
        /// It is good.
        Accepted = "ACCEPTED",
        /// Being looked at.
        Processing = "PROCESSING",
        /// It is not; send another value if the customer still `NEEDS_INFO`.
        Rejected = "REJECTED",
        /// A code was sent to it and has to be returned.
        VerificationRequired = "VERIFICATION_REQUIRED",
    }
}

/// A field that the anchor wants (S12-55 to S12-58).
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Field {
    /// The type of its value.
    #[serde(rename = "type", default, deserialize_with = "known_kind")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "FieldKind"))]
    pub kind: Option<Kind>,
    /// What it is, in the language asked for.
    pub description: Option<String>,
    /// The values that are allowed, if not any.
    pub choices: Option<Vec<String>>,
    /// Whether it may be left out; absent means it may not.
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "core::ops::Not::not"
    )]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub optional: bool,
}

impl Field {
    /// A field that is required, of which nothing else is said.
    pub fn new() -> Self {
        Self::default()
    }
}

/// A field that the anchor has received (S12-55 to S12-60).
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "AnyProvidedField"))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ProvidedField {
    /// What is also said of a field that is still wanted.
    #[serde(flatten)]
    pub field: Field,
    /// Where it stands, if the anchor wants to tell.
    pub status: Option<FieldStatus>,
    /// Why it was rejected.
    pub error: Option<String>,
}

impl ProvidedField {
    /// A field that was received, of which nothing else is said.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Reads a type that SEP-12 does not know as absent: an anchor may invent one (S12-64).
fn known_kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Kind>, D::Error> {
    let word = Option::<String>::deserialize(deserializer)?;
    let known =
        |word: String| Kind::deserialize(IntoDeserializer::<Error>::into_deserializer(word));
    Ok(word.and_then(|word| known(word).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anchors_leave_out_or_invent_is_tolerated() {
        let customer: Customer = serde_json::from_str(
            r#"{"status":"ON_HOLD","message":null,"extra":1,"fields":{"x":{"optional":null,"type":"iris"},"y":{}},"provided_fields":null}"#,
        )
        .unwrap();
        assert_eq!(customer.status, Status::Other("ON_HOLD".into()));
        assert_eq!(customer.fields.unwrap()["x"], Field::new());
    }
}
