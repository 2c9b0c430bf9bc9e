//! The answer to `GET /customer`, computed from the record and the requirements.

use assign::assign;
use windlass_core::{
    amount::Amount,
    language::Language,
    map::Map,
    sep12::{Customer, Field, FieldStatus, Progress, ProvidedField, Status, derive_status},
    time::rfc3339,
};

use super::{asked::Asked, catalogue::Kind, record::Record, requirements::Review};
use crate::{
    locale::{LocalizedText, MessageId},
    vault::VaultError,
};

/// The language of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wording {
    pub(super) language: Language,
    /// Whether `choices` are translated as well.
    pub(super) choices: bool,
}

/// The answer for a customer type, in English.
pub(super) fn customer(kind: &Kind, record: Option<&Record>) -> Result<Customer, VaultError> {
    customer_for(kind, record, None)
}

/// The answer for a customer type and, if there is one, for a transaction of this amount: larger
/// ones may require more fields (W-12).
pub(super) fn customer_for(
    kind: &Kind,
    record: Option<&Record>,
    amount: Option<&Amount>,
) -> Result<Customer, VaultError> {
    worded(kind, record, amount, Wording { language: Language::EN, choices: false })
}

/// The answer for a customer type. Without a record, it lists the fields to provide (S12-41).
pub(super) fn worded(
    kind: &Kind,
    record: Option<&Record>,
    amount: Option<&Amount>,
    wording: Wording,
) -> Result<Customer, VaultError> {
    let asked_for = kind.fields(record, amount)?;
    let Some(record) = record else {
        let fields = asked_for
            .into_iter()
            .map(|asked| (asked.field.name.to_owned(), describe(asked, wording)))
            .collect();
        return Ok(assign!(Customer::new(Status::NeedsInfo), { fields: Some(fields) }));
    };
    let under_review = kind.review != Review::Automatic && record.outcome(&kind.name).is_none();
    let mut wanted = Map::new();
    let mut provided = Map::new();
    for asked in &asked_for {
        let (name, field) = (asked.field.name.to_owned(), describe(asked, wording));
        match field_status(asked, record, under_review) {
            None => drop(wanted.insert(name, field)),
            Some(status) => {
                let error = match status {
                    FieldStatus::VerificationRequired => {
                        delay(record, asked.field.canonical, wording.language)
                    }
                    _ => record.error(asked.field.canonical)?,
                };
                let status = Some(status);
                provided.insert(name, assign!(ProvidedField::new(), { field, status, error }));
            }
        }
    }
    let progress = asked_for.iter().map(|asked| Progress {
        required: asked.required,
        status: provided
            .get(asked.field.name)
            .and_then(|field: &ProvidedField| field.status.as_ref()),
    });
    let status = derive_status(progress, under_review, record.is_rejected(&kind.name));
    let message = message(&status, kind, record, wording.language)?;
    // S12-63: `fields` is present even if the customer has provided everything and only a code or a
    // corrected value is missing.
    let fields = (status == Status::NeedsInfo || !wanted.is_empty()).then_some(wanted);
    let provided_fields = (!provided.is_empty()).then_some(provided);
    Ok(assign!(Customer::new(status), {
        id: Some(record.id.clone()),
        fields,
        provided_fields,
        message,
    }))
}

/// Until the review ends, no value counts as accepted.
fn field_status(asked: &Asked, record: &Record, under_review: bool) -> Option<FieldStatus> {
    match record.status(asked.field.canonical)? {
        FieldStatus::Accepted if under_review => Some(FieldStatus::Processing),
        status => Some(status),
    }
}

/// The message of a decision, or else the built-in message of the status.
fn message(
    status: &Status,
    kind: &Kind,
    record: &Record,
    language: Language,
) -> Result<Option<String>, VaultError> {
    let built_in = match status {
        Status::Rejected => MessageId::StatusRejected,
        Status::Processing => MessageId::StatusProcessing,
        _ => return Ok(None),
    };
    let decided = match status {
        Status::Rejected => record.message(&kind.name)?,
        _ => None,
    };
    Ok(Some(decided.unwrap_or_else(|| LocalizedText::from(built_in).in_language(language))))
}

/// Tells that the code of a field waits for a limit.
fn delay(record: &Record, canonical: &str, language: Language) -> Option<String> {
    let until = record.code(canonical)?.delayed_until()?;
    // `2026-11-30T14:05:00Z`
    let time = rfc3339(until).get(11..16)?.to_owned();
    Some(LocalizedText::from(MessageId::CodeDelayed).with("time", time).in_language(language))
}

fn describe(asked: &Asked, Wording { language, choices }: Wording) -> Field {
    let choices = if choices { asked.choices_in(language) } else { asked.choices.clone() };
    assign!(Field::new(), {
        kind: Some(asked.field.kind),
        description: Some(asked.description(language)),
        choices: (!choices.is_empty()).then_some(choices),
        optional: !asked.required,
    })
}
