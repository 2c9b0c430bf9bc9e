//! What customers have to tell: the `[kyc]` section of the configuration, and what follows from it.

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
///     default = "person"                      # meant when a wallet names no type
///
///     [types.person]
///     required = ["first_name", "last_name", "email_address", "mobile_number", "photo_id_front"]
///     optional = ["address", "address_country_code"]
///     review = "manual"                       # or "automatic", which is what it is without this line
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
///     verify = true                           # by a code; true for mobile_number if nothing is said
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
/// What is left out is built in: `types` as a whole, the settings of `fields` one by one.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Unchecked")]
pub struct Requirements {
    /// The type that is meant when a request names none.
    pub default: String,
    /// The customer types by name. Any other one is refused (S12-33).
    pub types: BTreeMap<String, CustomerType>,
    /// What is special about a field, whichever type asks for it.
    pub fields: BTreeMap<String, FieldSettings>,
}

/// A customer type.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct CustomerType {
    /// SEP-9 names of the fields that it must have. Of two names for one field, the one used here is used in answers.
    pub required: Vec<String>,
    /// SEP-9 names of the fields that it may have.
    pub optional: Vec<String>,
    /// Who accepts the customer.
    pub review: Review,
    /// What is asked for in some countries only, or above some amount only.
    pub when: Vec<Condition>,
}

/// Who accepts a customer that has provided everything.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Review {
    /// The server, at once.
    #[default]
    Automatic,
    /// A person: until then the customer is `PROCESSING`.
    Manual,
    /// The [`Reviewer`](crate::hooks::Reviewer), such as a KYC provider: until then the customer is `PROCESSING`.
    Provider,
}

/// What is special about a field.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct FieldSettings {
    /// What customers are told about it, in place of the built-in text: in one language, or in several.
    pub description: Option<Texts>,
    /// The values that are taken, in place of those of SEP-9.
    pub choices: Option<Vec<String>>,
    /// Whether it is confirmed by a code: `mobile_number` (by SMS), `email_address` and `organization.email` (by e-mail).
    /// If nothing is said, `mobile_number` is and the others are not.
    pub verify: Option<bool>,
}

/// As the configuration writes it.
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
    /// Persons with names, contact, birth date, country and photo of an ID, and the types that SEP-6, SEP-24 and SEP-31 use.
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

    /// Whether they can be met and understood.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, by its place under `[kyc]`.
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
    fn built_in_types_are_good() {
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
    fn nothing_said_is_what_is_built_in() {
        assert_eq!(read("").unwrap(), Requirements::default());
        let settings = read("[fields.email_address]\nverify = true").unwrap();
        assert_eq!(settings.types, Requirements::default().types);
        let text = toml::to_string(&settings).unwrap();
        assert_eq!(read(&text).unwrap(), settings);
    }

    #[test]
    fn verification_is_off_when_switched_off_or_not_asked_for() {
        assert!(!read("[fields.mobile_number]\nverify = false").unwrap().verifies());
        assert!(
            !read("default = \"a\"\n[types.a]\nrequired = [\"email_address\"]").unwrap().verifies()
        );
        assert!(read("[fields.mobile_number]\ndescription = \"Call me\"").unwrap().verifies());
    }

    #[test]
    fn settings_are_found_under_either_name() {
        let text = "default = \"a\"\n[types.a]\nrequired = [\"first_name\"]\n[fields.given_name]\ndescription = \"X\"";
        let catalogue = read(text).unwrap().compile().unwrap();
        assert_eq!(catalogue.asked("given_name").unwrap().description(Language::FR), "X");
    }

    // W-11, W-12
    #[test]
    fn mistakes_are_named_with_their_place() {
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
                "kyc.default is \"person\", which is none of the types: other",
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
                "kyc.types.person.when[0].country: \"BR\" is no country in three letters",
            ),
            (
                &when("country = [\"BRA\"]\ncountry_field = \"city\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].country_field: \"city\" tells no country",
            ),
            (
                &when(
                    "country = [\"BRA\"]\ncountry_field = \"id_country_code\"\nrequired = [\"tax_id\"]",
                ),
                "kyc.types.person.when[0].country: the type must ask for id_country_code",
            ),
            (
                &when("country_field = \"id_country_code\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].country_field: needs country beside it",
            ),
            (
                &when("amount_over = \"1000\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].amount_over: needs asset beside it",
            ),
            (
                &when("asset = \"iso4217:USD\"\nrequired = [\"tax_id\"]"),
                "kyc.types.person.when[0].asset: needs amount_over beside it",
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
