//! The definition of a field.

use serde::{Deserialize, Serialize};

use super::MediaType;

/// A field of the catalogue, under one of its names.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "Sep9Field"))]
pub struct Field {
    /// The name on the wire, dots and case included.
    pub name: &'static str,
    /// The name to store under. Differs from `name` for an alias such as `last_name`.
    pub canonical: &'static str,
    /// What the field describes: a person, an account, an organization or a card.
    #[cfg_attr(feature = "wasm", tsify(type = "Sep9Group"))]
    pub group: Group,
    /// The type in SEP-12 messages.
    #[cfg_attr(feature = "wasm", tsify(type = "FieldKind"))]
    pub kind: Kind,
    /// The format of values.
    #[cfg_attr(feature = "wasm", tsify(type = "Sep9Format"))]
    pub format: Format,
    /// The label in a form, in English.
    #[cfg(feature = "texts")]
    pub label: &'static str,
    /// One sentence on what to enter, in English.
    #[cfg(feature = "texts")]
    pub description: &'static str,
    /// The listed values: closed for [`Format::Enum`], suggestions for [`Format::OpenEnum`],
    /// otherwise empty.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "readonly string[]"))]
    pub choices: &'static [&'static str],
    /// The smallest and largest number of digits, if values are digits only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "readonly [number, number]"))]
    pub digits: Option<(u8, u8)>,
    /// The accepted media types. Empty unless the field is binary.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "readonly MediaType[]"))]
    pub media: &'static [MediaType],
    /// Whether anchors should not ask for the field any more. It is still accepted.
    pub deprecated: bool,
}

impl Field {
    /// Whether the value is a file and not text.
    pub fn is_binary(&self) -> bool {
        self.kind == Kind::Binary
    }

    /// Whether the value may be stored. The security code of a card may not (S09-18).
    pub fn storable(&self) -> bool {
        self.canonical != "card.cvc"
    }

    /// Whether the field accepts files of this media type (S09-17).
    pub fn accepts(&self, media: MediaType) -> bool {
        self.media.contains(&media)
    }
}

/// What a field describes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "Sep9Group"))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// A person.
    NaturalPerson,
    /// A person's account at a bank, a mobile money provider or on another ledger.
    FinancialAccount,
    /// A company, association or other legal entity.
    Organization,
    /// An organization's account; the fields are those of [`Self::FinancialAccount`].
    OrganizationFinancialAccount,
    /// A payment card.
    Card,
}

/// The type of a value in SEP-12 messages (S09-13).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "FieldKind"))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text.
    String,
    /// A whole number: a JSON number, or text in an encoding that has only text.
    Number,
    /// A day, as text.
    Date,
    /// The bytes of a file.
    Binary,
}

/// The format of a value.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "Sep9Format"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Any text, one line in a form.
    Text,
    /// Any text, several lines in a form. Line breaks must be kept.
    Multiline,
    /// A language of ISO 639-1: `en`.
    #[serde(rename = "iso639_1")]
    Language,
    /// A country of ISO 3166-1 in three letters: `DEU`.
    #[serde(rename = "iso3166_alpha3")]
    CountryAlpha3,
    /// A country of ISO 3166-1 in two letters: `DE`.
    #[serde(rename = "iso3166_alpha2")]
    CountryAlpha2,
    /// A part of a country, of ISO 3166-2: `US-CA`.
    #[serde(rename = "iso3166_2")]
    Subdivision,
    /// A day: `1990-04-21`.
    #[serde(rename = "iso8601_date")]
    Date,
    /// A month, year first: `29-11`.
    #[serde(rename = "yy_mm")]
    YearMonth,
    /// A phone number with country code: `+14155552671`.
    E164,
    /// As [`Self::E164`], unless the field `mobile_number_format` says otherwise.
    Phone,
    /// How `mobile_number` is written: `E.164`, `hash` or another agreement.
    PhoneFormat,
    /// An e-mail address.
    Email,
    /// An occupation: a minor group of ISCO-08, three digits: `251`.
    #[serde(rename = "isco08_3")]
    Isco08,
    /// A whole number of 0 or more.
    Integer,
    /// An IPv4 or IPv6 address.
    Ip,
    /// One of the listed values.
    Enum,
    /// One of the listed values, or another one: the anchor's own choices decide.
    OpenEnum,
    /// The number of a payment card, digits only.
    CardNumber,
    /// A photo or a scan.
    Image,
    /// A photo or a video.
    ImageOrVideo,
}
