//! What customers have to tell: the `[kyc]` section of the configuration, and what follows from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use windlass_core::sep9::{self, Field};

use crate::hooks::Channel;

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
///     optional = ["address"]
///     review = "manual"                       # or "automatic", which is what it is without this line
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
}

/// What is special about a field.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct FieldSettings {
    /// What customers are told about it, in place of the built-in text.
    pub description: Option<String>,
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
        let mut names =
            self.types.values().flat_map(|kind| kind.required.iter().chain(&kind.optional));
        names.any(|name| sep9::field(name).is_some_and(|field| self.channel(field).is_some()))
    }

    /// Whether they can be met and understood.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, by its place under `[kyc]`.
    pub fn check(&self) -> Result<(), RequirementsError> {
        self.compile().map(drop)
    }

    /// The same, field by field.
    pub(super) fn compile(&self) -> Result<Catalogue, RequirementsError> {
        self.check_settings()?;
        let types = self.types.iter().map(|(name, kind)| {
            let place = |list| format!("types.{name}.{list}");
            let required =
                kind.required.iter().map(|field| self.asked(field, true, place("required")));
            let optional =
                kind.optional.iter().map(|field| self.asked(field, false, place("optional")));
            let fields = required.chain(optional).collect::<Result<Vec<_>, _>>()?;
            for (i, asked) in fields.iter().enumerate() {
                if let Some(other) =
                    fields[..i].iter().find(|other| other.field.canonical == asked.field.canonical)
                {
                    return Err(RequirementsError::Twice {
                        place: format!("types.{name}"),
                        name: asked.field.name.to_owned(),
                        other: other.field.name.to_owned(),
                    });
                }
            }
            Ok((name.clone(), Kind { name: name.clone(), review: kind.review, fields }))
        });
        let types: BTreeMap<_, _> = types.collect::<Result<_, _>>()?;
        if !types.contains_key(&self.default) {
            let types = types.into_keys().collect::<Vec<_>>().join(", ");
            return Err(RequirementsError::Default { name: self.default.clone(), types });
        }
        Ok(Catalogue { default: self.default.clone(), types })
    }

    fn check_settings(&self) -> Result<(), RequirementsError> {
        for (name, settings) in &self.fields {
            let place = || format!("fields.{name}");
            let field = known(name, place())?;
            if field.name != field.canonical && self.fields.contains_key(field.canonical) {
                let (name, other) = (name.clone(), field.canonical.to_owned());
                return Err(RequirementsError::Twice { place: "fields".to_owned(), name, other });
            }
            if settings.verify == Some(true) && channel(field).is_none() {
                return Err(RequirementsError::NoContact { place: place() });
            }
            if let Some(choices) = &settings.choices {
                let empty = choices.is_empty() || choices.iter().any(String::is_empty);
                if field.is_binary() || empty {
                    return Err(RequirementsError::Choices { place: place() });
                }
            }
        }
        Ok(())
    }

    fn asked(&self, name: &str, required: bool, place: String) -> Result<Asked, RequirementsError> {
        let field = known(name, place.clone())?;
        if !field.storable() {
            return Err(RequirementsError::NotKept { place, name: name.to_owned() });
        }
        let settings = self.settings(field);
        let description = settings.and_then(|settings| settings.description.clone());
        let choices = settings.and_then(|settings| settings.choices.clone());
        Ok(Asked {
            field,
            required,
            description: description.unwrap_or_else(|| field.description.to_owned()),
            choices: choices
                .unwrap_or_else(|| field.choices.iter().copied().map(str::to_owned).collect()),
            verify: self.channel(field),
        })
    }

    /// What is special about a field, under whichever of its names.
    fn settings(&self, field: &Field) -> Option<&FieldSettings> {
        let same = |(name, _): &(&String, _)| {
            sep9::field(name).is_some_and(|other| other.canonical == field.canonical)
        };
        self.fields.iter().find(same).map(|(_, settings)| settings)
    }

    fn channel(&self, field: &Field) -> Option<Channel> {
        let said = self.settings(field).and_then(|settings| settings.verify);
        channel(field).filter(|_| said.unwrap_or(field.canonical == "mobile_number"))
    }
}

/// A field that may be asked for.
fn known(name: &str, place: String) -> Result<&'static Field, RequirementsError> {
    let field = sep9::field(name).ok_or_else(|| RequirementsError::Unknown {
        place: place.clone(),
        name: name.to_owned(),
    })?;
    if field.deprecated {
        let (name, instead) = (name.to_owned(), field.canonical);
        return Err(RequirementsError::Deprecated { place, name, instead });
    }
    Ok(field)
}

/// How the owner of a field's value is reached by it.
fn channel(field: &Field) -> Option<Channel> {
    match field.canonical {
        "mobile_number" => Some(Channel::Sms),
        "email_address" | "organization.email" => Some(Channel::Email),
        _ => None,
    }
}

/// All customer types, checked.
#[derive(Debug)]
pub(super) struct Catalogue {
    default: String,
    types: BTreeMap<String, Kind>,
}

impl Catalogue {
    /// The type of this name, or the default one; `None` if there is none of this name.
    pub(super) fn kind(&self, name: Option<&str>) -> Option<&Kind> {
        self.types.get(name.unwrap_or(&self.default))
    }

    /// Every type.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.types.values()
    }

    /// A field as some type asks for it, by its canonical name: what is special about it is the same in all of them.
    pub(super) fn asked(&self, canonical: &str) -> Option<&Asked> {
        self.kinds().find_map(|kind| kind.asked(canonical))
    }
}

/// A customer type, checked.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) name: String,
    pub(super) review: Review,
    pub(super) fields: Vec<Asked>,
}

impl Kind {
    /// The field of this canonical name, if the type asks for it.
    pub(super) fn asked(&self, canonical: &str) -> Option<&Asked> {
        self.fields.iter().find(|asked| asked.field.canonical == canonical)
    }
}

/// A field that a type asks for.
#[derive(Debug)]
pub(super) struct Asked {
    /// Under the name that is asked for.
    pub(super) field: &'static Field,
    pub(super) required: bool,
    pub(super) description: String,
    pub(super) choices: Vec<String>,
    /// How a code gets to its owner, if it is confirmed by one.
    pub(super) verify: Option<Channel>,
}

/// What is wrong with the requirements.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum RequirementsError {
    /// SEP-9 has no such field.
    #[error("kyc.{place}: \"{name}\" is not a field of SEP-9")]
    Unknown {
        /// Where it stands.
        place: String,
        /// What stands there.
        name: String,
    },
    /// The field is not to be asked for any more.
    #[error("kyc.{place}: \"{name}\" is deprecated, ask for {instead}")]
    Deprecated {
        /// Where it stands.
        place: String,
        /// What stands there.
        name: String,
        /// What to ask for.
        instead: &'static str,
    },
    /// The field's value may not be kept, so it would be asked for again and again.
    #[error("kyc.{place}: \"{name}\" may never be stored, so it cannot be asked for")]
    NotKept {
        /// Where it stands.
        place: String,
        /// What stands there.
        name: String,
    },
    /// One field twice, perhaps under two names.
    #[error("kyc.{place}: \"{name}\" and \"{other}\" are the same field")]
    Twice {
        /// Where it stands.
        place: String,
        /// Under one name.
        name: String,
        /// Under the other one.
        other: String,
    },
    /// No code can be sent to such a value.
    #[error(
        "kyc.{place}.verify: only mobile_number, email_address and organization.email can be verified by a code"
    )]
    NoContact {
        /// Where it stands.
        place: String,
    },
    /// Choices that nobody can choose from.
    #[error(
        "kyc.{place}.choices: must hold at least one text and no empty one, and is not for files"
    )]
    Choices {
        /// Where they stand.
        place: String,
    },
    /// The default type does not exist.
    #[error("kyc.default is \"{name}\", which is none of the types: {types}")]
    Default {
        /// What it is.
        name: String,
        /// What there is.
        types: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(catalogue.asked("given_name").unwrap().description, "X");
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
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
            ("[fields.photo_id_front]\nchoices = [\"a\"]", "kyc.fields.photo_id_front.choices"),
            (
                "[fields.first_name]\n[fields.given_name]",
                "kyc.fields: \"first_name\" and \"given_name\" are the same field",
            ),
            ("[types.person]\nrequires = []", "unknown field `requires`"),
            ("[types.person]\nreview = \"never\"", "unknown variant `never`"),
            ("colour = 1", "unknown field `colour`"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
