//! Scripts: the states of a customer, step by step.

use std::collections::{BTreeMap, BTreeSet};

use assign::assign;
use serde::Deserialize;
use windlass_core::{
    map::Map,
    sep9::{self, Name},
    sep12::{Customer, Field, FieldStatus, ProvidedField, Status},
};

/// The default confirmation code.
const CODE: &str = "123456";

/// One state of a customer: the answer to `GET /customer` until the customer has sent the required
/// fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, Field>,
    #[serde(default)]
    pub(crate) provided_fields: BTreeMap<String, ProvidedField>,
    #[serde(default)]
    pub(crate) message: Option<String>,
    /// The confirmation code for each field that needs one.
    #[serde(default = "code")]
    pub(crate) code: String,
    /// The number of `GET`s after which the next step begins. If absent, a `NEEDS_INFO` step ends
    /// when all required fields were sent.
    #[serde(default)]
    pub(crate) says: Option<u32>,
}

fn code() -> String {
    CODE.to_owned()
}

impl Step {
    /// Validates a step and completes its fields from SEP-9's catalogue.
    ///
    /// # Errors
    ///
    /// The name of an unknown field or status.
    pub(crate) fn complete(mut self) -> Result<Self, String> {
        if let Status::Other(status) = &self.status {
            return Err(format!("{status} is not a status of SEP-12"));
        }
        let provided = self.provided_fields.iter_mut();
        let provided = provided.map(|(name, provided)| (name, &mut provided.field));
        for (name, field) in self.fields.iter_mut().chain(provided) {
            let known =
                sep9::field(name).ok_or_else(|| format!("{name} is not a field of SEP-9"))?;
            field.kind = field.kind.or(Some(known.kind));
            field.description.get_or_insert_with(|| known.description.to_owned());
        }
        if self.status == Status::Rejected {
            self.message.get_or_insert_with(|| "This anchor cannot serve you.".to_owned());
        }
        Ok(self)
    }

    /// Whether a customer in this state is registered.
    pub(crate) fn is_known(&self) -> bool {
        self.status != Status::NeedsInfo || !self.provided_fields.is_empty()
    }

    /// The choices of the step's fields.
    pub(crate) fn choices(&self) -> Map<Vec<String>> {
        let provided = self.provided_fields.iter().map(|(name, provided)| (name, &provided.field));
        let all = self.fields.iter().chain(provided);
        all.filter_map(|(name, field)| Some((name.clone(), field.choices.clone()?))).collect()
    }

    /// Whether the field with this canonical name waits for its code.
    pub(crate) fn verifies(&self, canonical: &str) -> bool {
        self.provided_fields.iter().any(|(name, provided)| {
            is(name, canonical) && provided.status == Some(FieldStatus::VerificationRequired)
        })
    }

    /// Whether all required fields are sent, given the canonical names of the sent ones.
    pub(crate) fn is_done(&self, sent: &BTreeSet<&'static str>) -> bool {
        let open = |name: &String| !sent.iter().any(|canonical| is(name, canonical));
        let wanted = self.fields.iter().any(|(name, field)| !field.optional && open(name));
        let again = self.provided_fields.iter().any(|(name, provided)| {
            use FieldStatus::{Rejected, VerificationRequired};
            matches!(provided.status, Some(Rejected | VerificationRequired)) && open(name)
        });
        !wanted && !again
    }

    /// The step's name and description of the field with this canonical name; `None` if the step
    /// does not ask for it.
    pub(crate) fn named(&self, canonical: &str) -> Option<(&String, &Field)> {
        let provided = self.provided_fields.iter().map(|(name, provided)| (name, &provided.field));
        self.fields.iter().chain(provided).find(|(name, _)| is(name, canonical))
    }

    /// The answer, given the canonical names of the fields sent during this step and earlier ones.
    pub(crate) fn answer(
        &self,
        id: Option<String>,
        sent: &BTreeSet<&'static str>,
        earlier: &BTreeMap<&'static str, (String, Field)>,
    ) -> Customer {
        let mut fields = self.fields.clone();
        fields.retain(|name, _| !sent.iter().any(|canonical| is(name, canonical)));
        let mut provided = self.provided_fields.clone();
        let mut accept = |name: &String, field: &Field| {
            let (field, status) = (field.clone(), Some(FieldStatus::Accepted));
            provided.insert(name.clone(), assign!(ProvidedField::new(), { field, status }));
        };
        for (canonical, (name, field)) in earlier {
            // A field in this step overrides the same field of earlier steps.
            if self.named(canonical).is_none() {
                accept(name, field);
            }
        }
        for (name, field) in sent.iter().filter_map(|canonical| self.named(canonical)) {
            accept(name, field);
        }
        let needs_info = self.status == Status::NeedsInfo;
        assign!(Customer::new(self.status.clone()), {
            fields: (needs_info || !fields.is_empty()).then(|| fields.into_iter().collect()),
            provided_fields: (id.is_some() && !provided.is_empty())
                .then(|| provided.into_iter().collect()),
            message: self.message.clone(),
            id,
        })
    }
}

/// Whether `name` is a name of the field with this canonical name.
fn is(name: &str, canonical: &str) -> bool {
    matches!(Name::parse(name), Name::Field(field) if field.canonical == canonical)
}
