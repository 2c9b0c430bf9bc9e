//! The `[kyc]` section of the configuration: which fields each customer type asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use windlass_core::sep9::{self, Field};

use crate::{hooks::Channel, locale::Texts};

mod error;

pub use error::RequirementsError;

/// The fields that each customer type asks for.
///
/// ```
/// use windlass_anchor::kyc::Requirements;
///
/// let requirements: Requirements = toml::from_str(
///     r#"
///     default = "person"                      # the type of requests that name none
///
///     [types.person]
///     required = ["first_name", "last_name", "email_address", "mobile_number", "photo_id_front"]
///     optional = ["address", "address_country_code"]
///     review = "manual"                       # or "automatic", the default
///
///     [[types.person.when]]                   # asked for in some countries only,
///     country = ["BRA", "ARG"]
///     required = ["tax_id"]
///
///     [[types.person.when]]                   # or for large transactions only
///     amount_over = "1000"
///     asset = "iso4217:USD"
///     required = ["proof_of_income"]
///
///     [types.sep31-receiver]
///     required = ["first_name", "last_name", "bank_account_number", "bank_number"]
///
///     [fields.mobile_number]
///     verify = true                           # by a code; the default for mobile_number
///
///     [fields.photo_id_front]
///     description = "A photo of the page of your passport that has your picture."
///
///     [fields.id_type]
///     choices = ["passport", "id_card"]
///     "#,
/// )?;
/// assert!(requirements.verifies());
/// # Ok::<(), toml::de::Error>(())
/// ```
///
/// Without `types`, the built-in types apply. Each setting of `fields` has its own default.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Unchecked")]
pub struct Requirements {
    /// The type of requests that name none.
    pub default: String,
    /// The customer types by name. Other names are refused (S12-33).
    pub types: BTreeMap<String, CustomerType>,
    /// Settings of fields by SEP-9 name, for all types.
    pub fields: BTreeMap<String, FieldSettings>,
}

/// A customer type.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct CustomerType {
    /// SEP-9 names of the required fields. If a field has two names, answers use the one given
    /// here.
    pub required: Vec<String>,
    /// SEP-9 names of the optional fields.
    pub optional: Vec<String>,
    /// How customers of this type are accepted.
    pub review: Review,
    /// Fields that the type asks for only in some countries, or only above some amount.
    pub when: Vec<Condition>,
}

/// Fields that a type asks for under a condition: `[[kyc.types.<type>.when]]`. All members that are
/// set must match.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// The customer's country is one of these, as three-letter codes of ISO 3166-1: `BRA`. Empty:
    /// any country.
    pub country: Vec<String>,
    /// The field that contains the country; by default `address_country_code`. The type must ask
    /// for it.
    pub country_field: Option<String>,
    /// The transaction moves more than this decimal amount. Absent: any amount.
    pub amount_over: Option<String>,
    /// The asset of `amount_over`, in SEP-38's format: `stellar:USDC:G…`, `stellar:native` or
    /// `iso4217:USD`.
    pub asset: Option<String>,
    /// SEP-9 names of the fields that are required under this condition.
    pub required: Vec<String>,
    /// SEP-9 names of the fields that are optional under this condition.
    pub optional: Vec<String>,
}

/// Who accepts a customer that has provided all required fields.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Review {
    /// The server accepts the customer at once.
    #[default]
    Automatic,
    /// An operator decides. Until then the customer is `PROCESSING`.
    Manual,
    /// The [`ReviewProvider`](crate::hooks::ReviewProvider) decides. Until then the customer is
    /// `PROCESSING`.
    Provider,
}

/// Settings of a field: `[kyc.fields.<field>]`.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct FieldSettings {
    /// The description that customers read in place of the built-in one: one text, or one for each
    /// language.
    pub description: Option<Texts>,
    /// The values that customers choose from, in place of SEP-9's.
    pub choices: Option<Vec<String>>,
    /// Whether the customer must confirm the value with a code. Possible for `mobile_number` (by
    /// SMS), `email_address` and `organization.email` (by e-mail). By default only `mobile_number`.
    pub verify: Option<bool>,
}

/// The requirements before validation.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Unchecked {
    pub(super) default: String,
    pub(super) types: BTreeMap<String, CustomerType>,
    pub(super) fields: BTreeMap<String, FieldSettings>,
}

impl Default for Unchecked {
    fn default() -> Self {
        let Requirements { default, types, fields } = Requirements::default();
        Self { default, types, fields }
    }
}

impl Default for Requirements {
    /// The type `person` (names, contact, birth date, country, photo of an ID) and types for SEP-6,
    /// SEP-24 and SEP-31.
    fn default() -> Self {
        let names = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let kind = |required, optional| CustomerType {
            required: names(required),
            optional: names(optional),
            review: Review::Automatic,
            when: Vec::new(),
        };
        let person = kind(
            "first_name last_name email_address mobile_number birth_date address_country_code id_type photo_id_front",
            "address photo_id_back",
        );
        let simple = kind(
            "first_name last_name email_address mobile_number birth_date address_country_code",
            "address bank_account_number bank_number",
        );
        let sender = kind(
            "first_name last_name birth_date address_country_code address id_type id_number",
            "email_address",
        );
        let receiver =
            kind("first_name last_name bank_account_number bank_number", "email_address bank_name");
        let types = [
            ("person", person.clone()),
            ("sep6", simple),
            ("sep24", person),
            ("sep31-sender", sender),
            ("sep31-receiver", receiver),
        ];
        Self {
            default: "person".to_owned(),
            types: types.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect(),
            fields: BTreeMap::new(),
        }
    }
}

impl Requirements {
    /// Whether any type asks for a field that is confirmed by a code.
    pub fn verifies(&self) -> bool {
        let mut names = self.types.values().flat_map(|kind| {
            let when = kind.when.iter().flat_map(|when| when.required.iter().chain(&when.optional));
            kind.required.iter().chain(&kind.optional).chain(when)
        });
        names.any(|name| sep9::field(name).is_some_and(|field| self.channel(field).is_some()))
    }

    /// Whether any type is reviewed by the [`ReviewProvider`](crate::hooks::ReviewProvider).
    pub fn needs_review_provider(&self) -> bool {
        self.types.values().any(|kind| kind.review == Review::Provider)
    }

    /// The settings of a field, which the configuration may list under any of its names.
    pub(super) fn settings(&self, field: &Field) -> Option<&FieldSettings> {
        let same = |(name, _): &(&String, _)| {
            sep9::field(name).is_some_and(|other| other.canonical == field.canonical)
        };
        self.fields.iter().find(same).map(|(_, settings)| settings)
    }

    pub(super) fn channel(&self, field: &Field) -> Option<Channel> {
        let said = self.settings(field).and_then(|settings| settings.verify);
        channel(field).filter(|_| said.unwrap_or(field.canonical == "mobile_number"))
    }
}

/// The channel that reaches the owner of a field's value.
pub(super) fn channel(field: &Field) -> Option<Channel> {
    match field.canonical {
        "mobile_number" => Some(Channel::Sms),
        "email_address" | "organization.email" => Some(Channel::Email),
        _ => None,
    }
}
