//! The requirements, validated and resolved to SEP-9 fields.

use std::collections::BTreeMap;

use windlass_core::{
    amount::Amount,
    sep9::{self, Field},
};

use super::{
    asked::Asked,
    conditions::Rule,
    record::Record,
    requirements::{self, CustomerType, Requirements, RequirementsError, Review, Unchecked},
};
use crate::vault::VaultError;

/// All customer types, validated.
#[derive(Debug)]
pub(super) struct Catalogue {
    default: String,
    types: BTreeMap<String, Kind>,
}

impl Catalogue {
    /// The type with this name, or the default type if `name` is `None`. `None` if the name is
    /// unknown.
    pub(super) fn kind(&self, name: Option<&str>) -> Option<&Kind> {
        self.types.get(name.unwrap_or(&self.default))
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.types.values()
    }

    /// The settings of a field, by its canonical name; `None` if no type asks for it. Settings are
    /// the same for all types.
    pub(super) fn asked(&self, canonical: &str) -> Option<&Asked> {
        self.kinds().find_map(|kind| kind.asked(canonical))
    }
}

/// A customer type, validated.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) name: String,
    pub(super) review: Review,
    /// The fields that the type always asks for.
    fields: Vec<Asked>,
    /// The fields that it asks for under a condition.
    rules: Vec<Rule>,
}

impl Kind {
    /// The field with this canonical name, if the type asks for it, always or under a condition.
    pub(super) fn asked(&self, canonical: &str) -> Option<&Asked> {
        self.all().find(|asked| asked.field.canonical == canonical)
    }

    /// All fields that the type asks for, always or under a condition. A field may occur more than
    /// once.
    pub(super) fn all(&self) -> impl Iterator<Item = &Asked> {
        self.fields.iter().chain(self.rules.iter().flat_map(|rule| &rule.fields))
    }

    /// The fields that the type asks of this customer, for a transaction of this amount if there is
    /// one (W-11, W-12). Each field occurs once.
    pub(super) fn fields(
        &self,
        record: Option<&Record>,
        amount: Option<&Amount>,
    ) -> Result<Vec<&Asked>, VaultError> {
        let mut fields: Vec<&Asked> = self.fields.iter().collect();
        for rule in &self.rules {
            if !rule.holds(record, amount)? {
                continue;
            }
            for asked in &rule.fields {
                match fields.iter_mut().find(|other| other.field.canonical == asked.field.canonical)
                {
                    // A rule that requires the field wins over one that makes it optional.
                    Some(other) if asked.required => *other = asked,
                    Some(_) => {}
                    None => fields.push(asked),
                }
            }
        }
        Ok(fields)
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

impl Requirements {
    /// Validates the requirements: fields exist, can be stored, and occur once.
    ///
    /// # Errors
    ///
    /// The first error, with its key under `[kyc]`.
    pub fn check(&self) -> Result<(), RequirementsError> {
        self.compile().map(drop)
    }

    /// Validates the requirements and resolves their fields.
    pub(super) fn compile(&self) -> Result<Catalogue, RequirementsError> {
        self.check_settings()?;
        let types =
            self.types.iter().map(|(name, kind)| Ok((name.clone(), self.kind(name, kind)?)));
        let types: BTreeMap<_, _> = types.collect::<Result<_, _>>()?;
        if !types.contains_key(&self.default) {
            let types = types.into_keys().collect::<Vec<_>>().join(", ");
            return Err(RequirementsError::Default { name: self.default.clone(), types });
        }
        Ok(Catalogue { default: self.default.clone(), types })
    }

    fn kind(&self, name: &str, kind: &CustomerType) -> Result<Kind, RequirementsError> {
        let place = format!("types.{name}");
        let fields = self.list(&place, &kind.required, &kind.optional)?;
        let mut rules: Vec<Rule> = Vec::new();
        for (i, condition) in kind.when.iter().enumerate() {
            let place = format!("{place}.when[{i}]");
            let more = self.list(&place, &condition.required, &condition.optional)?;
            let others = rules.iter().flat_map(|rule| &rule.fields);
            for asked in &more {
                // A condition may require a field that is otherwise optional. Two conditions may
                // ask for the same field, but must use the same name.
                if let Some(other) = fields.iter().find(|other| {
                    same(asked, other)
                        && (other.required
                            || !asked.required
                            || asked.field.name != other.field.name)
                }) {
                    return Err(twice(&place, asked, other));
                }
                let mut others = others.clone();
                if let Some(other) =
                    others.find(|other| same(asked, other) && asked.field.name != other.field.name)
                {
                    return Err(twice(&place, asked, other));
                }
            }
            rules.push(Rule::new(condition, &place, &fields, more)?);
        }
        Ok(Kind { name: name.to_owned(), review: kind.review, fields, rules })
    }

    /// The fields of the lists `required` and `optional`. Refuses a field that occurs twice.
    fn list(
        &self,
        place: &str,
        required: &[String],
        optional: &[String],
    ) -> Result<Vec<Asked>, RequirementsError> {
        let mut fields: Vec<Asked> = Vec::new();
        for (names, list) in [(required, "required"), (optional, "optional")] {
            for name in names {
                let asked = self.asked(name, list == "required", format!("{place}.{list}"))?;
                if let Some(other) = fields.iter().find(|other| same(&asked, other)) {
                    return Err(twice(place, &asked, other));
                }
                fields.push(asked);
            }
        }
        Ok(fields)
    }

    fn check_settings(&self) -> Result<(), RequirementsError> {
        for (name, settings) in &self.fields {
            let place = || format!("fields.{name}");
            let field = known(name, place())?;
            if field.name != field.canonical && self.fields.contains_key(field.canonical) {
                let (name, other) = (name.clone(), field.canonical.to_owned());
                return Err(RequirementsError::Twice { place: "fields".to_owned(), name, other });
            }
            if settings.verify == Some(true) && requirements::channel(field).is_none() {
                return Err(RequirementsError::NoContact { place: place() });
            }
            if settings.description.as_ref().is_some_and(|texts| !texts.is_good()) {
                return Err(RequirementsError::Description { place: place() });
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
            description,
            choices: choices
                .unwrap_or_else(|| field.choices.iter().copied().map(str::to_owned).collect()),
            verify: self.channel(field),
        })
    }
}

fn same(asked: &Asked, other: &Asked) -> bool {
    asked.field.canonical == other.field.canonical
}

fn twice(place: &str, asked: &Asked, other: &Asked) -> RequirementsError {
    RequirementsError::Twice {
        place: place.to_owned(),
        name: asked.field.name.to_owned(),
        other: other.field.name.to_owned(),
    }
}

/// The field with this name, if customers can be asked for it.
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

#[cfg(test)]
mod tests;
