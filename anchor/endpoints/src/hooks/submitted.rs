//! The fields of a request, sorted by kind.

use std::collections::BTreeMap;

use windlass_core::{
    map::Map,
    problem::Code,
    sep9::{self, FieldError, Name, Value, ValueError},
};
use zeroize::Zeroizing;

use super::HookError;
use crate::locale::{LocalizedText, MessageId};

/// The fields of a `PUT /customer`: values, confirmation codes and ids of files.
///
/// An implementation of [`Customers`](super::Customers) calls [`Self::sort`] first. Unknown names
/// are dropped (S12-82).
#[derive(Default)]
pub struct SubmittedFields {
    /// Values by the name in the request. Check them with [`Rules`](sep9::Rules).
    pub values: Map<Value>,
    /// Confirmation codes by the canonical name of their field.
    pub codes: BTreeMap<&'static str, Given>,
    /// Ids of earlier uploads, by the canonical name of their field.
    pub file_ids: BTreeMap<&'static str, Given>,
}

/// A text and its name in the request.
pub struct Given {
    /// The name in the request, for error messages.
    pub name: String,
    /// The text.
    pub text: Zeroizing<String>,
}

impl SubmittedFields {
    /// Sorts the fields of a request.
    ///
    /// # Errors
    ///
    /// A code or file id is not a text, a field has two different codes, or a file id is for a
    /// field that accepts no file (S12-115).
    pub fn sort(members: Map<Value>) -> Result<Self, HookError> {
        let mut sorted = Self::default();
        for (name, value) in members {
            match (Name::parse(&name), value) {
                (Name::Field(_), value) => drop(sorted.values.insert(name, value)),
                (Name::FileId(field), Value::Text(text)) => {
                    let given = Given { name, text: Zeroizing::new(text) };
                    sorted.file_ids.insert(field.canonical, given);
                }
                (Name::FileId(_), _) => {
                    return Err(wrong_field(&name, MessageId::FileIdNotText.into()));
                }
                (Name::Verification(field), Value::Text(text)) => {
                    let given = Given { name: name.clone(), text: Zeroizing::new(text) };
                    let codes = &mut sorted.codes;
                    match codes.insert(field.canonical, given) {
                        Some(other) if other.text != codes[field.canonical].text => {
                            return Err(wrong_code(&name, MessageId::CodeConflict));
                        }
                        _ => {}
                    }
                }
                (Name::Verification(_), _) => {
                    return Err(wrong_code(&name, MessageId::CodeNotText));
                }
                (Name::Unknown, _) => check_not_file_id(name)?,
            }
        }
        Ok(sorted)
    }
}

/// Refuses the id of a file for a field that accepts no file. Otherwise it would be ignored as an
/// unknown name.
fn check_not_file_id(name: String) -> Result<(), HookError> {
    match name.strip_suffix("_file_id").and_then(sep9::field) {
        None => Ok(()),
        Some(_) => Err(vec![FieldError { field: name, error: ValueError::NotAFileField }].into()),
    }
}

/// The refusal of a value that the field does not accept.
pub fn wrong_field(name: &str, message: LocalizedText) -> HookError {
    let message = message.with("field", name);
    HookError::Invalid { message, code: Code::InvalidField, field: Some(name.to_owned()) }
}

/// The refusal of a confirmation code.
pub fn wrong_code(name: &str, message: MessageId) -> HookError {
    HookError::Invalid {
        message: LocalizedText::from(message).with("field", name),
        code: Code::InvalidCode,
        field: Some(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(members: &[(&str, Value)]) -> Result<SubmittedFields, (Code, String)> {
        let members = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        SubmittedFields::sort(members.collect()).map_err(|error| match error {
            HookError::Invalid { code, message, field } => {
                let message = message.to_string();
                assert!(message.starts_with(&field.unwrap()), "{message}");
                (code, message)
            }
            other => panic!("{other}"),
        })
    }

    #[test]
    fn members_are_sorted_into_values_codes_and_file_ids() {
        let sorted = sort(&[
            ("last_name", "Lovelace".into()),
            ("birth_date", Value::Other),
            ("phone_number", "7".into()),
            ("mobile_number_verification", "123456".into()),
            ("photo_id_front_file_id", "f1".into()),
        ])
        .unwrap();
        assert_eq!(sorted.values.iter().count(), 2);
        let told = |given: &BTreeMap<&'static str, Given>| {
            let told =
                given.iter().map(|(of, given)| format!("{of} {} {}", given.name, *given.text));
            told.collect::<Vec<_>>()
        };
        assert_eq!(told(&sorted.codes), ["mobile_number mobile_number_verification 123456"]);
        assert_eq!(told(&sorted.file_ids), ["photo_id_front photo_id_front_file_id f1"]);
    }

    #[test]
    fn codes_under_two_names_of_a_field_must_be_equal() {
        let both = |one: &str, other: &str| {
            sort(&[
                ("last_name_verification", one.into()),
                ("family_name_verification", other.into()),
            ])
        };
        assert_eq!(both("1", "1").unwrap().codes.len(), 1);
        assert_eq!(both("1", "2").err().unwrap().0, Code::InvalidCode);
    }

    #[test]
    fn codes_and_file_ids_that_are_not_text_are_refused_by_name() {
        for (name, value, code) in [
            ("mobile_number_verification", Value::Number(1), Code::InvalidCode),
            ("photo_id_front_file_id", Value::Number(1), Code::InvalidField),
            ("last_name_file_id", "f1".into(), Code::InvalidField),
        ] {
            let (found, message) = sort(&[(name, value)]).err().unwrap();
            assert_eq!(found, code, "{message}");
        }
    }
}
