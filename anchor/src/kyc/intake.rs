//! The members of a request, sorted by kind and checked before anything is stored.

use std::collections::BTreeMap;

use windlass_core::{
    map::Map,
    sep9::{self, FieldError, Name, Rules, Value, ValueError},
    time::Date,
};
use zeroize::Zeroizing;

use super::{
    catalogue::{Catalogue, Kind},
    record::Record,
};
use crate::{
    hooks::{Given, HookError, SubmittedFields, Upload, Uploads, wrong_field},
    locale::{self, LocalizedText, MessageId},
};

const MOBILE: &str = "mobile_number";
const MOBILE_FORMAT: &str = "mobile_number_format";

/// The members and files of a request, sorted by kind.
pub(super) struct Intake<'a> {
    /// Values by the names in the request.
    texts: Map<Value>,
    /// Files by the name of their field. Binary fields have only one name.
    pub(super) files: BTreeMap<&'static str, Incoming<'a>>,
    /// Codes by the canonical name of their field.
    pub(super) codes: BTreeMap<&'static str, Given>,
}

/// A file that the request provides for a field.
pub(super) enum Incoming<'a> {
    /// The request contains the file.
    Upload(&'a Upload),
    /// The request refers to an earlier upload.
    Reference { file_id: Zeroizing<String> },
}

/// A text value to store.
pub(super) struct Text {
    pub(super) canonical: &'static str,
    pub(super) value: Zeroizing<String>,
}

impl<'a> Intake<'a> {
    /// Sorts the members of a request, and makes the checks that do not need the stored customer.
    pub(super) fn sort(values: Map<Value>, uploads: &'a Uploads) -> Result<Self, HookError> {
        let SubmittedFields { values: texts, codes, file_ids } = SubmittedFields::sort(values)?;
        // Binary fields have only one name.
        let mut files: BTreeMap<_, _> = file_ids
            .into_iter()
            .map(|(field, given)| (field, Incoming::Reference { file_id: given.text }))
            .collect();
        for (name, upload) in uploads {
            let Name::Field(field) = Name::parse(name) else { continue };
            if !field.accepts(upload.media()) {
                let error = ValueError::WrongFile(field.media);
                return Err(vec![FieldError { field: name.clone(), error }].into());
            }
            if files.insert(field.canonical, Incoming::Upload(upload)).is_some() {
                return Err(wrong_field(name, LocalizedText::from(MessageId::FileOrId)));
            }
        }
        Ok(Self { texts, files, codes })
    }

    /// Checks all values together with the stored ones. Returns them in canonical form under their
    /// canonical names, each once.
    pub(super) fn judge(
        &self,
        record: &Record,
        catalogue: &Catalogue,
        today: Date,
    ) -> Result<Vec<Text>, HookError> {
        let known = record.texts()?;
        let choices = catalogue.kinds().flat_map(Kind::all);
        let choices = choices.filter(|asked| !asked.choices.is_empty());
        // By canonical name, so that choices apply to each name of the field.
        let choices = choices
            .map(|asked| (asked.field.canonical.to_owned(), asked.choices.clone()))
            .collect();
        self.check_mobile_format(catalogue)?;
        let rules = Rules { choices: &choices, known: &known, ..Rules::on(today) };
        let accepted = rules.check(&self.untranslated(&choices))?;
        let mut texts: Vec<Text> = Vec::new();
        for value in accepted {
            // The rules refuse two names of one field with different values, so these are equal.
            if !texts.iter().any(|text| text.canonical == value.field.canonical) {
                texts.push(Text {
                    canonical: value.field.canonical,
                    value: Zeroizing::new(value.value),
                });
            }
        }
        Ok(texts)
    }

    /// The values, with each translated choice replaced by the value that it stands for (S12-36).
    fn untranslated(&self, choices: &Map<Vec<String>>) -> Map<Value> {
        let untranslated = |(name, value): (&String, &Value)| {
            let own = match (sep9::field(name), value) {
                (Some(field), Value::Text(text)) => choices
                    .get(field.canonical)
                    .and_then(|offered| locale::value_called(field, offered, text)),
                _ => None,
            };
            (name.clone(), own.map_or_else(|| value.clone(), |own| own.as_str().into()))
        };
        self.texts.iter().map(untranslated).collect()
    }

    /// Requires E.164 as the format of a mobile number, unless the format is stored. A number in an
    /// unknown format could not be interpreted later, and no code can be sent to a hashed number.
    fn check_mobile_format(&self, catalogue: &Catalogue) -> Result<(), HookError> {
        let Some(Value::Text(format)) = self.texts.get(MOBILE_FORMAT) else { return Ok(()) };
        let verified = catalogue.asked(MOBILE).is_some_and(|asked| asked.verify.is_some());
        if format == "E.164" || (catalogue.asked(MOBILE_FORMAT).is_some() && !verified) {
            return Ok(());
        }
        let phrase = LocalizedText::from(MessageId::ValueMobileFormat).with("format", "E.164");
        Err(wrong_field(MOBILE_FORMAT, phrase))
    }
}
