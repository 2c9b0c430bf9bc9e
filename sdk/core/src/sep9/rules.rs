//! The rules for all values of a request together.

use core::fmt;
use std::sync::LazyLock;

use super::{
    Context, Field, FieldError, Kind, Severity, Value, ValueError, check,
    check::{check_asked, is_e164},
    field,
};
use crate::{map::Map, time::Date};

const ISSUE: &str = "id_issue_date";
const EXPIRATION: &str = "id_expiration_date";
const MOBILE: &str = "mobile_number";
const MOBILE_FORMAT: &str = "mobile_number_format";

/// The context for checking the values of a request.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// The current day.
    pub today: Date,
    /// The anchor's choices, by the name of the field.
    pub choices: &'a Map<Vec<String>>,
    /// The anchor's types, by the name of the field.
    pub kinds: &'a Map<Kind>,
    /// The stored values by canonical name, because some rules concern two values.
    pub known: &'a Map<String>,
}

impl Rules<'_> {
    /// A context without stored values, choices and types.
    pub fn on(today: Date) -> Self {
        static NO_CHOICES: LazyLock<Map<Vec<String>>> = LazyLock::new(Map::new);
        static NO_KINDS: LazyLock<Map<Kind>> = LazyLock::new(Map::new);
        static NOTHING_KNOWN: LazyLock<Map<String>> = LazyLock::new(Map::new);
        Self { today, choices: &NO_CHOICES, kinds: &NO_KINDS, known: &NOTHING_KNOWN }
    }

    /// Checks all values of a request, by their names in the request.
    ///
    /// In addition to the rules of [`check`]: two names of one field must agree (S09-07);
    /// `mobile_number_format` applies to `mobile_number` and to no other phone number; a document
    /// must not expire before it was issued.
    ///
    /// # Errors
    ///
    /// All errors, not only the first one. A name that SEP-9 does not have is an error as well:
    /// first remove the derived names and the anchor's own fields with
    /// [`Name::parse`](super::Name::parse).
    pub fn check(&self, values: &Map<Value>) -> Result<Vec<Accepted>, Vec<FieldError>> {
        let (accepted, errors) = self.judge(values, true);
        if errors.is_empty() { Ok(accepted) } else { Err(errors) }
    }

    /// Checks the values that a wallet is about to send, and returns the valid ones and the
    /// problems of the others, which may be warnings.
    ///
    /// Of names outside SEP-9, only what the anchor says of them is checked: its choices and types.
    pub fn check_fields(&self, values: &Map<Value>) -> (Vec<Accepted>, Vec<FieldError>) {
        self.judge(values, false)
    }

    fn judge(&self, values: &Map<Value>, all: bool) -> (Vec<Accepted>, Vec<FieldError>) {
        let mut accepted = Vec::with_capacity(values.len());
        let mut errors = Vec::new();
        let format = match values.get(MOBILE_FORMAT) {
            Some(Value::Text(format)) => Some(format.as_str()),
            _ => self.known.get(MOBILE_FORMAT).map(String::as_str),
        };
        for (name, value) in values {
            let result = match field(name) {
                Some(field) => self.check_one(field, value, format),
                None if all => Err(ValueError::UnknownField),
                None => match self.check_own(name, value) {
                    Ok(()) => continue,
                    Err(error) => Err(error),
                },
            };
            match result {
                Ok(value) => accepted.push(value),
                Err(error) => errors.push(FieldError { field: name.clone(), error }),
            }
        }
        self.check_together(&accepted, format, &mut errors);
        (accepted, errors)
    }

    /// Checks a field of the anchor's own.
    fn check_own(&self, name: &str, value: &Value) -> Result<(), ValueError> {
        let choices = self.choices.get(name).map_or(&[][..], Vec::as_slice);
        check_asked(self.kinds.get(name).copied(), choices, value)
    }

    fn check_one(
        &self,
        field: &'static Field,
        value: &Value,
        mobile_number_format: Option<&str>,
    ) -> Result<Accepted, ValueError> {
        let choices = self.choices.get(field.name).or_else(|| self.choices.get(field.canonical));
        let context = Context {
            today: self.today,
            choices: choices.map_or(&[], Vec::as_slice),
            mobile_number_format,
        };
        let checked = check(field, value, &context);
        // Numbers of SEP-9 may be JSON numbers, even where the anchor declares text (S09-14).
        let kind = self.kinds.get(field.name).filter(|k| **k != Kind::String && **k != field.kind);
        let is_wrong = matches!(&checked, Err(error) if error.severity() == Severity::Error);
        if context.choices.is_empty() && !is_wrong {
            check_asked(kind.copied(), &[], value)?;
        }
        Ok(Accepted { field, value: checked? })
    }

    fn check_together(
        &self,
        accepted: &[Accepted],
        format: Option<&str>,
        errors: &mut Vec<FieldError>,
    ) {
        let mut refuse =
            |field: &Field, error| errors.push(FieldError { field: field.name.into(), error });

        for alias in accepted.iter().filter(|value| value.field.name != value.field.canonical) {
            let same = |other: &&Accepted| {
                other.field.name == alias.field.canonical && other.value != alias.value
            };
            if let Some(other) = accepted.iter().find(same) {
                refuse(alias.field, ValueError::Conflict { with: other.field.name });
            }
        }

        let sent = |name: &str| accepted.iter().find(|value| value.field.name == name);
        let date = |name: &str| {
            let text = sent(name).map(|value| &value.value).or_else(|| self.known.get(name));
            text.and_then(|text| text.parse::<Date>().ok())
        };
        if let Some(at_fault) = sent(EXPIRATION).or_else(|| sent(ISSUE))
            && let (Some(issue), Some(expiration)) = (date(ISSUE), date(EXPIRATION))
            && expiration < issue
        {
            refuse(at_fault.field, ValueError::ExpiresBeforeIssue);
        }

        // The stored number was checked against its own format.
        if let (Some(new_format), None, Some(number)) =
            (sent(MOBILE_FORMAT), sent(MOBILE), self.known.get(MOBILE))
            && format == Some("E.164")
            && !is_e164(number)
        {
            refuse(new_format.field, ValueError::Conflict { with: MOBILE });
        }
    }
}

/// Leaves out the stored values, which are personal data.
impl fmt::Debug for Rules<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules").field("today", &self.today).finish_non_exhaustive()
    }
}

/// A valid value.
///
/// Store it under `field.canonical`. Send it under `field.name`, which is the name in the request.
#[derive(Clone, Eq, PartialEq)]
pub struct Accepted {
    /// The field, under its name in the request.
    pub field: &'static Field,
    /// The value in canonical form.
    pub value: String,
}

/// Leaves out the value, which is personal data.
impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Accepted").field(&self.field.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::{format, string::ToString, vec};

    use super::*;

    fn rules() -> Rules<'static> {
        Rules::on(Date::new(2026, 1, 2).unwrap())
    }

    fn values<const N: usize>(values: [(&str, &str); N]) -> Map<Value> {
        values.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    fn texts<const N: usize>(values: [(&str, &str); N]) -> Map<String> {
        values.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    fn refusals(result: Result<Vec<Accepted>, Vec<FieldError>>) -> Vec<(String, &'static str)> {
        result.unwrap_err().into_iter().map(|e| (e.field, e.error.code())).collect()
    }

    #[test]
    fn all_errors_are_returned() {
        let result = rules().check(&values([
            ("birth_date", "x"),
            ("city", "Roma"),
            ("favourite_colour", "red"),
            ("sex", "F"),
        ]));
        assert_eq!(
            refusals(result),
            [
                ("birth_date".into(), "not_a_date"),
                ("favourite_colour".into(), "unknown_field"),
                ("sex".into(), "not_a_choice")
            ]
        );
    }

    #[test]
    fn two_names_of_one_field_must_agree() {
        let result = rules().check(&values([("last_name", "A"), ("family_name", "A")]));
        assert_eq!(
            result.unwrap().iter().map(|a| a.field.canonical).collect::<Vec<_>>(),
            ["family_name", "family_name"]
        );
        for (canonical, alias) in [
            ("family_name", "last_name"),
            ("given_name", "first_name"),
            ("external_transfer_memo", "crypto_memo"),
            ("organization.external_transfer_memo", "organization.crypto_memo"),
        ] {
            let error = rules().check(&values([(alias, "A"), (canonical, "B")])).unwrap_err();
            assert_eq!(error[0].to_string(), format!("{alias} must agree with {canonical}"));
        }
        assert!(
            rules()
                .check(&values([
                    ("organization.crypto_memo", "A"),
                    ("external_transfer_memo", "B")
                ]))
                .is_ok()
        );
    }

    #[test]
    fn format_of_the_mobile_number_may_be_stored_before_or_change_after() {
        let hash = texts([(MOBILE_FORMAT, "hash")]);
        assert!(Rules { known: &hash, ..rules() }.check(&values([(MOBILE, "9f86d0")])).is_ok());
        assert!(
            Rules { known: &hash, ..rules() }
                .check(&values([(MOBILE, "9f86d0"), (MOBILE_FORMAT, "E.164")]))
                .is_err()
        );
        let hashed = texts([(MOBILE_FORMAT, "hash"), (MOBILE, "9f86d0")]);
        let result = Rules { known: &hashed, ..rules() }.check(&values([(MOBILE_FORMAT, "E.164")]));
        assert_eq!(refusals(result), [(MOBILE_FORMAT.into(), "conflict")]);
        assert!(
            Rules { known: &hashed, ..rules() }
                .check(&values([(MOBILE_FORMAT, "E.164"), (MOBILE, "+14155552671")]))
                .is_ok()
        );
    }

    #[test]
    fn document_must_not_expire_before_it_was_issued() {
        let check = |known: &Map<String>, sent| Rules { known, ..rules() }.check(&sent);
        let none = Map::new();
        assert!(check(&none, values([(ISSUE, "2020-01-01"), (EXPIRATION, "2020-01-01")])).is_ok());
        assert_eq!(
            refusals(check(&none, values([(ISSUE, "2020-01-02"), (EXPIRATION, "2020-01-01")]))),
            [(EXPIRATION.into(), "expires_before_issue")]
        );
        let issued = texts([(ISSUE, "2020-01-02")]);
        assert_eq!(
            refusals(check(&issued, values([(EXPIRATION, "2020-01-01")]))),
            [(EXPIRATION.into(), "expires_before_issue")]
        );
        let expiring = texts([(EXPIRATION, "2020-01-01")]);
        assert_eq!(
            refusals(check(&expiring, values([(ISSUE, "2020-01-02")]))),
            [(ISSUE.into(), "expires_before_issue")]
        );
        let wrong_both = texts([(ISSUE, "2020-01-02"), (EXPIRATION, "2020-01-01")]);
        assert!(
            check(&wrong_both, values([("city", "Roma")])).is_ok(),
            "fields that are not sent are not checked"
        );
    }

    #[test]
    fn choices_apply_under_each_name_of_a_field() {
        let choices = Map::from([("external_transfer_memo".into(), vec!["1".into()])]);
        let rules = Rules { choices: &choices, ..rules() };
        assert!(rules.check(&values([("crypto_memo", "1")])).is_ok());
        assert_eq!(
            refusals(rules.check(&values([("crypto_memo", "2")]))),
            [("crypto_memo".into(), "not_a_choice")]
        );
    }

    #[test]
    fn debug_of_rules_shows_no_value() {
        let known = texts([("city", "Roma")]);
        let accepted =
            Rules { known: &known, ..rules() }.check(&values([("city", "Roma")])).unwrap();
        assert_eq!(format!("{accepted:?}"), r#"[Accepted("city")]"#);
        assert!(!format!("{:?}", Rules { known: &known, ..rules() }).contains("Roma"));
    }
}
