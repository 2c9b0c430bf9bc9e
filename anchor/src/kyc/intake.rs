//! What a request brings, sorted and judged before anything is stored.

use std::collections::BTreeMap;

use windlass_core::{
    map::Map,
    problem::Code,
    sep9::{self, FieldError, Name, Rules, Value, ValueError},
    time::Date,
};
use zeroize::Zeroizing;

use super::{
    catalogue::{Catalogue, Kind},
    record::Record,
};
use crate::{
    hooks::{HookError, Upload, Uploads},
    locale::{self, Phrase, Saying},
};

const MOBILE: &str = "mobile_number";
const MOBILE_FORMAT: &str = "mobile_number_format";

/// The members of a request by what they are. Names that mean nothing here are left out (S12-82).
#[derive(Default)]
pub(super) struct Intake<'a> {
    /// Values by the name that they were given under.
    texts: Map<Value>,
    /// Files by the name of their field. No binary field has two names.
    pub(super) files: BTreeMap<&'static str, Incoming<'a>>,
    /// Codes by the canonical name of their field.
    pub(super) codes: BTreeMap<&'static str, GivenCode>,
}

/// A file for a field.
pub(super) enum Incoming<'a> {
    /// Sent along.
    Upload(&'a Upload),
    /// Uploaded before.
    Reference { file_id: String },
}

/// A confirmation code.
pub(super) struct GivenCode {
    /// The name that it was given under.
    pub(super) name: String,
    pub(super) text: Zeroizing<String>,
}

/// A value to be stored.
pub(super) struct Text {
    pub(super) canonical: &'static str,
    pub(super) value: Zeroizing<String>,
}

impl<'a> Intake<'a> {
    /// Sorts what came, and judges what can be judged without knowing the customer.
    pub(super) fn sort(values: Map<Value>, uploads: &'a Uploads) -> Result<Self, HookError> {
        let mut intake = Self::default();
        for (name, value) in values {
            match Name::parse(&name) {
                Name::Field(_) => drop(intake.texts.insert(name, value)),
                Name::FileId(field) => {
                    let Value::Text(file_id) = value else {
                        return Err(wrong_field(&name, Saying::FileIdNotText.into()));
                    };
                    intake.files.insert(field.name, Incoming::Reference { file_id });
                }
                Name::Verification(field) => intake.add_code(field.canonical, name, value)?,
                Name::Unknown => check_not_file_id(&name)?,
            }
        }
        for (name, upload) in uploads {
            let Name::Field(field) = Name::parse(name) else { continue };
            if !field.accepts(upload.media()) {
                let error = ValueError::WrongFile(field.media);
                return Err(vec![FieldError { field: name.clone(), error }].into());
            }
            if intake.files.insert(field.name, Incoming::Upload(upload)).is_some() {
                return Err(wrong_field(name, Phrase::from(Saying::FileOrId)));
            }
        }
        Ok(intake)
    }

    fn add_code(
        &mut self,
        canonical: &'static str,
        name: String,
        value: Value,
    ) -> Result<(), HookError> {
        let Value::Text(text) = value else {
            return Err(wrong_code(&name, Saying::CodeNotText));
        };
        let code = GivenCode { name: name.clone(), text: Zeroizing::new(text) };
        match self.codes.insert(canonical, code) {
            Some(other) if other.text != self.codes[canonical].text => {
                Err(wrong_code(&name, Saying::CodeConflict))
            }
            _ => Ok(()),
        }
    }

    /// Judges all values together with those that are stored, and returns them in their proper form under their
    /// canonical names, each once.
    pub(super) fn judge(
        &self,
        record: Option<&Record>,
        catalogue: &Catalogue,
        today: Date,
    ) -> Result<Vec<Text>, HookError> {
        let known = record.map(Record::texts).transpose()?.unwrap_or_default();
        let choices = catalogue.kinds().flat_map(Kind::all);
        let choices = choices.filter(|asked| !asked.choices.is_empty());
        // Under the canonical name: it is found whichever name a value comes under.
        let choices = choices
            .map(|asked| (asked.field.canonical.to_owned(), asked.choices.clone()))
            .collect();
        self.check_mobile_format(catalogue)?;
        let rules = Rules { today, choices: &choices, known: &known };
        let accepted = rules.check(&self.in_own_words(&choices))?;
        let mut texts: Vec<Text> = Vec::new();
        for value in accepted {
            // Two names of one field hold the same value, or they would have been refused.
            if !texts.iter().any(|text| text.canonical == value.field.canonical) {
                texts.push(Text {
                    canonical: value.field.canonical,
                    value: Zeroizing::new(value.value),
                });
            }
        }
        Ok(texts)
    }

    /// The values, with choices under their own names in place of those that they have in some language (S12-36).
    fn in_own_words(&self, choices: &Map<Vec<String>>) -> Map<Value> {
        let in_own_words = |(name, value): (&String, &Value)| {
            let own = match (sep9::field(name), value) {
                (Some(field), Value::Text(text)) => choices
                    .get(field.canonical)
                    .and_then(|offered| locale::value_called(field, offered, text)),
                _ => None,
            };
            (name.clone(), own.map_or_else(|| value.clone(), |own| own.as_str().into()))
        };
        self.texts.iter().map(in_own_words).collect()
    }

    /// A format that is not kept would leave a number that nobody can read, and no code reaches a hash.
    fn check_mobile_format(&self, catalogue: &Catalogue) -> Result<(), HookError> {
        let Some(Value::Text(format)) = self.texts.get(MOBILE_FORMAT) else { return Ok(()) };
        let verified = catalogue.asked(MOBILE).is_some_and(|asked| asked.verify.is_some());
        if format == "E.164" || (catalogue.asked(MOBILE_FORMAT).is_some() && !verified) {
            return Ok(());
        }
        let phrase = Phrase::from(Saying::ValueMobileFormat).with("format", "E.164");
        Err(wrong_field(MOBILE_FORMAT, phrase))
    }
}

/// The id of a file for a field that takes none is a mistake and no unknown name (S12-115).
fn check_not_file_id(name: &str) -> Result<(), HookError> {
    match name.strip_suffix("_file_id").and_then(sep9::field) {
        None => Ok(()),
        Some(_) => {
            Err(vec![FieldError { field: name.to_owned(), error: ValueError::NotAFileField }]
                .into())
        }
    }
}

/// A value that its field does not take here.
fn wrong_field(name: &str, message: Phrase) -> HookError {
    let message = message.with("field", name);
    HookError::Invalid { message, code: Code::InvalidField, field: Some(name.to_owned()) }
}

/// A code that cannot be the right one.
pub(super) fn wrong_code(name: &str, message: Saying) -> HookError {
    HookError::Invalid {
        message: Phrase::from(message).with("field", name),
        code: Code::InvalidCode,
        field: Some(name.to_owned()),
    }
}
