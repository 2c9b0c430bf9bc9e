//! What an anchor says of a customer.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    json::{self, Fault, FromJson, ToJson, message},
    map::Map,
    sep9::Kind,
    wire::null_is_default,
};

/// A customer as the anchor sees it: the answer to `GET /customer`, and the body of its callbacks (S12-50 to S12-54).
///
/// It never holds a value that was submitted (S12-61).
#[cfg_attr(
    feature = "wasm",
    derive(tsify::Tsify),
    tsify(rename = "AnyCustomer", hashmap_as_object)
)]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Customer {
    /// The customer's id; absent until one was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where the customer stands for the `type` that was asked about.
    pub status: Status,
    /// What the anchor has not received yet, by field name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, Field>"))]
    pub fields: Option<Map<Field>>,
    /// What it has received, by field name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, ProvidedField>"))]
    pub provided_fields: Option<Map<ProvidedField>>,
    /// The state in words; always there when rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

message!(Customer { id, status, fields, provided_fields, message });

/// A closed set of words on the wire, open to those that a newer anchor may use (S12-64).
macro_rules! status {
    ($(#[$doc:meta])* $name:ident, $ts:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(type = $ts))]
        #[derive(Clone, Debug, Eq, PartialEq)]
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

        impl FromJson for $name {
            fn from_json(value: json::Value, fault: &mut Fault) -> Self {
                String::from_json(value, fault).into()
            }
        }

        impl ToJson for $name {
            fn to_json(&self, out: &mut String) {
                self.as_str().to_json(out);
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
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
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Field {
    /// The type of its value.
    #[serde(
        rename = "type",
        default,
        deserialize_with = "known_kind",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "FieldKind"))]
    pub kind: Option<Kind>,
    /// What it is, in the language asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The values that are allowed, if not any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

message!(Field { kind as "type", description, choices, optional });

/// A field that the anchor has received (S12-55 to S12-60).
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "AnyProvidedField"))]
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(from = "Provided")]
pub struct ProvidedField {
    /// What is also said of a field that is still wanted.
    #[serde(flatten)]
    pub field: Field,
    /// Where it stands, if the anchor wants to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<FieldStatus>,
    /// Why it was rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

message!(ProvidedField { field as flat, status, error });

/// A [`ProvidedField`] as servers read it. Not by `flatten`, which keeps every value until it knows what it is for.
#[derive(Deserialize)]
struct Provided {
    #[serde(rename = "type", default, deserialize_with = "known_kind")]
    kind: Option<Kind>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    choices: Option<Vec<String>>,
    #[serde(default, deserialize_with = "null_is_default")]
    optional: bool,
    #[serde(default)]
    status: Option<FieldStatus>,
    #[serde(default)]
    error: Option<String>,
}

impl From<Provided> for ProvidedField {
    fn from(provided: Provided) -> Self {
        let Provided { kind, description, choices, optional, status, error } = provided;
        Self { field: Field { kind, description, choices, optional }, status, error }
    }
}

/// An anchor may invent a type; it is then taken as untold.
fn known_kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Kind>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.and_then(|word| Kind::of(&word)))
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
        assert_eq!(customer.fields.unwrap()["x"], Field::default());
    }
}
