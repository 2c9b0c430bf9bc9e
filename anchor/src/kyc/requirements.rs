//! The `[kyc]` section of the configuration: which fields each customer type asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use windlass_core::sep9;

use super::{catalogue::RequirementsError, conditions::Condition};
use crate::locale::Texts;

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

/// Who accepts a customer that has provided all required fields.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Review {
    /// The server accepts the customer at once.
    #[default]
    Automatic,
    /// An operator decides. Until then the customer is `PROCESSING`.
    Manual,
    /// The [`Reviewer`](crate::hooks::Reviewer), such as a KYC provider, decides. Until then the
    /// customer is `PROCESSING`.
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
struct Unchecked {
    default: String,
    types: BTreeMap<String, CustomerType>,
    fields: BTreeMap<String, FieldSettings>,
}

impl Default for Unchecked {
    fn default() -> Self {
        let Requirements { default, types, fields } = Requirements::default();
        Self { default, types, fields }
    }
}

impl TryFrom<Unchecked> for Requirements {
    type Error = RequirementsError;

    fn try_from(
        Unchecked { default, types, fields }: Unchecked,
    ) -> Result<Self, RequirementsError> {
        let requirements = Self { default, types, fields };
        requirements.check()?;
        Ok(requirements)
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

    /// Whether any type is reviewed by the [`Reviewer`](crate::hooks::Reviewer).
    pub fn needs_reviewer(&self) -> bool {
        self.types.values().any(|kind| kind.review == Review::Provider)
    }

    /// Validates the requirements: fields exist, can be stored, and occur once.
    ///
    /// # Errors
    ///
    /// The first error, with its key under `[kyc]`.
    pub fn check(&self) -> Result<(), RequirementsError> {
        self.compile().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use windlass_core::language::Language;

    use super::*;
    use crate::hooks::Channel;

    fn read(text: &str) -> Result<Requirements, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn built_in_types_are_valid() {
        let requirements = Requirements::default();
        let catalogue = requirements.compile().unwrap();
        assert!(requirements.verifies());
        let person = catalogue.kind(None).unwrap();
        assert_eq!(person.asked("given_name").unwrap().field.name, "first_name");
        assert_eq!(person.asked("mobile_number").unwrap().verify, Some(Channel::Sms));
        assert_eq!(person.asked("email_address").unwrap().verify, None);
        assert_eq!(
            person.asked("id_type").unwrap().choices,
            ["passport", "drivers_license", "id_card"]
        );
        for kind in ["sep6", "sep24", "sep31-sender", "sep31-receiver"] {
            assert!(catalogue.kind(Some(kind)).is_some(), "{kind}");
        }
        assert!(catalogue.kind(Some("sep38")).is_none());
    }

    #[test]
    fn empty_section_means_the_built_in_requirements() {
        assert_eq!(read("").unwrap(), Requirements::default());
        let settings = read("[fields.email_address]\nverify = true").unwrap();
        assert_eq!(settings.types, Requirements::default().types);
        let text = toml::to_string(&settings).unwrap();
        assert_eq!(read(&text).unwrap(), settings);
    }

    #[test]
    fn codes_are_needed_only_if_a_type_asks_for_a_verified_field() {
        assert!(!read("[fields.mobile_number]\nverify = false").unwrap().verifies());
        assert!(
            !read("default = \"a\"\n[types.a]\nrequired = [\"email_address\"]").unwrap().verifies()
        );
        assert!(read("[fields.mobile_number]\ndescription = \"Call me\"").unwrap().verifies());
    }

    #[test]
    fn settings_apply_under_each_name_of_a_field() {
        let text = "default = \"a\"\n[types.a]\nrequired = [\"first_name\"]\n[fields.given_name]\ndescription = \"X\"";
        let catalogue = read(text).unwrap().compile().unwrap();
        assert_eq!(catalogue.asked("given_name").unwrap().description(Language::FR), "X");
    }

    // W-11, W-12
    #[test]
    fn errors_in_requirements_name_the_key() {
        let when = |text: &str| {
            let kind = "[types.person]\nrequired = [\"first_name\", \"address_country_code\"]";
            format!("{kind}\n[[types.person.when]]\n{text}")
        };
        for (text, message) in [
            (
                "[types.person]\nrequired = [\"frist_name\"]",
                "kyc.types.person.required: \"frist_name\" is not a field of SEP-9",
            ),
            (
                "[types.person]\noptional = [\"crypto_memo\"]",
                "\"crypto_memo\" is deprecated, ask for external_transfer_memo",
            ),
            ("[types.person]\nrequired = [\"card.cvc\"]", "may never be stored"),
            (
                "[types.person]\nrequired = [\"first_name\"]\noptional = [\"given_name\"]",
                "kyc.types.person: \"given_name\" and \"first_name\" are the same field",
            ),
            (
                "[types.person]\nrequired = [\"city\", \"city\"]",
                "\"city\" and \"city\" are the same field",
            ),
            (
                "[types.other]\nrequired = [\"city\"]",
                "kyc.default is \"person\", which is not one of the types: other",
            ),
            ("[fields.city]\nverify = true", "kyc.fields.city.verify: only mobile_number"),
            ("[fields.town]\nverify = false", "kyc.fields.town: \"town\" is not a field"),
            ("[fields.id_type]\nchoices = []", "kyc.fields.id_type.choices"),
            ("[fields.city]\ndescription = \"\"", "kyc.fields.city.description"),
            ("[fields.city]\ndescription = {}", "kyc.fields.city.description"),
            ("[fields.city]\ndescription = { english = \"City\" }", "kyc.fields.city.description"),
            ("[fields.city]\ndescription = 5", "must be a text, or a table of texts by language"),
            ("[fields.photo_id_front]\nchoices = [\"a\"]", "kyc.fields.photo_id_front.choices"),
            (
                "[fields.first_name]\n[fields.given_name]",
                "kyc.fields: \"first_name\" and \"given_name\" are the same field",
            ),
            ("[types.person]\nrequires = []", "unknown field `requires`"),
            (
                &when("required = [\"tax_id\"]"),
                "kyc.types.person.when[0]: needs country or amount_over",
            ),
            (&when("country = [\"BRA\"]"), "kyc.types.person.when[0]: must ask for something"),
            (
                &when("country = [\"BR\"]\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].country: \"BR\" is not a three-letter country code",
            ),
            (
                &when("country = [\"BRA\"]\ncountry_field = \"city\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].country_field: \"city\" is not a country field",
            ),
            (
                &when(
                    "country = [\"BRA\"]\ncountry_field = \"id_country_code\"\nrequired = [\"tax_id\"]",
                ),
                "kyc.types.person.when[0].country: the type must also ask for id_country_code",
            ),
            (
                &when("country_field = \"id_country_code\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].country_field: needs country as well",
            ),
            (
                &when("amount_over = \"1000\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].amount_over: needs asset as well",
            ),
            (
                &when("asset = \"iso4217:USD\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].asset: needs amount_over as well",
            ),
            (
                &when("amount_over = \"1e3\"\nasset = \"iso4217:USD\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].amount_over: \"1e3\": must be a decimal",
            ),
            (
                &when("amount_over = \"1\"\nasset = \"USD\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].asset: \"USD\" must be an asset",
            ),
            (
                &when("country = [\"BRA\"]\nrequired = [\"cpf\"]"),
                "kyc.types.person.when[0].required: \"cpf\" is not a field of SEP-9",
            ),
            (
                &when("country = [\"BRA\"]\nrequired = [\"given_name\"]"),
                "kyc.types.person.when[0]: \"given_name\" and \"first_name\" are the same field",
            ),
            (
                &when("country = [\"BRA\"]\nrequired = [\"first_name\"]"),
                "kyc.types.person.when[0]: \"first_name\" and \"first_name\" are the same field",
            ),
            (
                &when("country = [\"BRA\"]\namount = \"1\"\nrequired = [\"tax_id\"]"),
                "unknown field `amount`",
            ),
            ("[types.person]\nreview = \"never\"", "unknown variant `never`"),
            ("colour = 1", "unknown field `colour`"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
