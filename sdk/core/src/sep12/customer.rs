//! The state of a customer at an anchor.

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{IgnoredAny, IntoDeserializer, value::Error},
};
use serde_with::skip_serializing_none;

use crate::{
    endpoint::FromAnchor,
    map::Map,
    sep9::Kind,
    wire::{map_or_null, null_is_default},
};

/// A customer at an anchor: the answer to `GET /customer`, and the body of callbacks (S12-50 to
/// S12-54).
///
/// It never contains a submitted value (S12-61).
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
    /// The status for the requested `type`.
    pub status: Status,
    /// The fields that the anchor has not received yet, by name.
    #[serde(default, deserialize_with = "map_or_null")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, Field>"))]
    pub fields: Option<Map<Field>>,
    /// The fields that the anchor has received, by name.
    #[serde(default, deserialize_with = "map_or_null")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, ProvidedField>"))]
    pub provided_fields: Option<Map<ProvidedField>>,
    /// The status in words; always present for rejected customers.
    pub message: Option<String>,
    /// Members of the answer that were left out because the anchor sent a value of the wrong type, such as
    /// `fields.birth_date.choices`. What this package reads, never what an anchor sends.
    #[serde(default, deserialize_with = "not_read", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub odd: Vec<String>,
}

impl FromAnchor for Customer {
    fn note_odd(&mut self, odd: Vec<String>) {
        self.odd = odd;
    }
}

impl Customer {
    /// A customer with this status and no other members.
    pub const fn new(status: Status) -> Self {
        Self {
            id: None,
            status,
            fields: None,
            provided_fields: None,
            message: None,
            odd: Vec::new(),
        }
    }
}

/// Defines an enum of words on the wire that keeps unknown words of newer anchors (S12-64).
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
    /// The status of a customer. A word that SEP-12 does not have is kept as received.
    Status, r#""ACCEPTED" | "PROCESSING" | "NEEDS_INFO" | "REJECTED""# {
        /// All required fields are accepted.
        Accepted = "ACCEPTED",
        /// The anchor is reviewing the customer; ask again later.
        Processing = "PROCESSING",
        /// The anchor needs more information: see [`Customer::todo`].
        NeedsInfo = "NEEDS_INFO",
        /// The customer is rejected. This is final; the message says why.
        Rejected = "REJECTED",
    }
}

status! {
    /// The status of a provided field. A word that SEP-12 does not have is kept as received.
    FieldStatus, r#""ACCEPTED" | "PROCESSING" | "REJECTED" | "VERIFICATION_REQUIRED""# {
        /// The value is accepted.
        Accepted = "ACCEPTED",
        /// The anchor is reviewing the value.
        Processing = "PROCESSING",
        /// The value is rejected; send another one if the customer's status is `NEEDS_INFO`.
        Rejected = "REJECTED",
        /// The anchor has sent a code to this number or address, and waits for it.
        VerificationRequired = "VERIFICATION_REQUIRED",
    }
}

/// A field that the anchor asks for (S12-55 to S12-58).
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Field {
    /// The type of its value.
    #[serde(rename = "type", default, deserialize_with = "known_kind")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "FieldKind"))]
    pub kind: Option<Kind>,
    /// The description, in the requested language.
    pub description: Option<String>,
    /// The allowed values; absent if any value is allowed.
    pub choices: Option<Vec<String>>,
    /// Whether the field is optional; absent means required.
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
    /// The members that fields to provide have as well.
    #[serde(flatten)]
    pub field: Field,
    /// The status, if the anchor reports one.
    pub status: Option<FieldStatus>,
    /// The reason for a rejection.
    pub error: Option<String>,
}

impl ProvidedField {
    /// A provided field without any members.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Passes over a member that an anchor must not send.
fn not_read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    IgnoredAny::deserialize(deserializer)?;
    Ok(Vec::new())
}

/// Reads an unknown type as absent, because an anchor may invent one (S12-64).
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
    fn missing_and_unknown_members_of_anchors_are_tolerated() {
        let customer: Customer = serde_json::from_str(
            r#"{"status":"ON_HOLD","message":null,"extra":1,"fields":{"x":{"optional":null,"type":"iris"},"y":{}},"provided_fields":null}"#,
        )
        .unwrap();
        assert_eq!(customer.status, Status::Other("ON_HOLD".into()));
        assert_eq!(customer.fields.unwrap()["x"], Field::new());
    }

    #[test]
    fn odd_value_costs_only_its_own_member() {
        for (json, odd, wire) in [
            (
                r#"{"status":"ACCEPTED","id":7,"fields":[],"provided_fields":[]}"#,
                &["id"][..],
                r#"{"status":"ACCEPTED","fields":{},"provided_fields":{},"odd":["id"]}"#,
            ),
            (
                r#"{"status":"NEEDS_INFO","fields":{"z":{"choices":[1,2,3],"description":"Z"},"a":{"optional":"true"}}}"#,
                &["fields.z.choices", "fields.a.optional"],
                r#"{"status":"NEEDS_INFO","fields":{"z":{"description":"Z"},"a":{}},"odd":["fields.z.choices","fields.a.optional"]}"#,
            ),
            (
                r#"{"status":"NEEDS_INFO","provided_fields":{"b":{"status":"REJECTED","choices":[1],"optional":"no","description":"B"},"a":5}}"#,
                &["provided_fields.b.choices", "provided_fields.b.optional", "provided_fields.a"],
                r#"{"status":"NEEDS_INFO","provided_fields":{"b":{"description":"B","status":"REJECTED"}},"odd":["provided_fields.b.choices","provided_fields.b.optional","provided_fields.a"]}"#,
            ),
            (
                r#"{"status":"ACCEPTED","message":["x"],"odd":["y"]}"#,
                &["message"],
                r#"{"status":"ACCEPTED","odd":["message"]}"#,
            ),
        ] {
            let customer = Customer::read(json.as_bytes()).unwrap();
            assert_eq!(customer.odd, odd, "{json}");
            assert_eq!(serde_json::to_string(&customer).unwrap(), wire);
        }
        for bad in [r#"{"status":7}"#, r#"{"id":"1"}"#, "[]", "5", ""] {
            assert!(Customer::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
