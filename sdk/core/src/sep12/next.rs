//! What a wallet does next about a customer.

use serde::Serialize;
use serde_with::skip_serializing_none;

use super::{Customer, Field, FieldStatus, ProvidedField, Status};
use crate::sep9::{self, Format, Kind};

/// What a wallet does next about a customer.
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "AnyNextStep"))]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NextStep {
    /// What to do.
    pub action: Action,
    /// What is still to be submitted; optional fields are among them, marked so.
    pub todo: Vec<Todo>,
    /// Fields that the anchor is looking at, by name.
    pub waiting: Vec<String>,
    /// Fields that were rejected, whether or not they may be sent again.
    pub rejected: Vec<RejectedField>,
}

/// What to do about a customer: submit what is asked for, wait, nothing more (done), or give up (stop).
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Submit what [`NextStep::todo`] lists: the anchor waits for it.
    Submit,
    /// Wait: the anchor is at work.
    Wait,
    /// Nothing: the customer is accepted.
    Done,
    /// Give up: the customer was rejected for good, and the message says why.
    Stop,
}

/// A field whose value was not good.
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RejectedField {
    /// Its name.
    pub name: String,
    /// Why, in the anchor's words.
    pub error: Option<String>,
}

/// Something to be submitted next.
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "AnyTodo"))]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Todo {
    /// The name to submit it under: a field's, or `<field>_verification`.
    pub name: String,
    /// What the anchor says of the field. Type and closed choices that it leaves out are those of SEP-9.
    #[serde(flatten)]
    pub field: Field,
    /// Why the value that was sent before is not good.
    pub error: Option<String>,
    /// The field that a code is for, when this is a confirmation.
    pub verifies: Option<String>,
    /// Whether a value was sent before and rejected.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub again: bool,
}

impl Todo {
    const fn new(name: String, field: Field) -> Self {
        Self { name, field, error: None, verifies: None, again: false }
    }

    /// What SEP-9 knows of the field: its format, its digits, the files that it takes. Nothing, if the name is the anchor's own.
    pub fn sep9(&self) -> Option<&'static sep9::Field> {
        sep9::field(&self.name)
    }
}

impl Customer {
    /// What is still to be submitted (S12-65): fields wanted, fields rejected that may be sent again, codes to return.
    ///
    /// Optional fields are among them, marked so. Empty for a customer who was rejected for good.
    pub fn todo(&self) -> Vec<Todo> {
        if self.status == Status::Rejected {
            return Vec::new();
        }
        let mut todo = Vec::new();
        for (name, field) in self.fields.iter().flatten() {
            todo.push(Todo::new(name.clone(), told(name, field)));
        }
        for (name, provided) in self.provided_fields.iter().flatten() {
            let ProvidedField { field, error, .. } = provided;
            let more = match provided.status {
                Some(FieldStatus::Rejected) if self.status == Status::NeedsInfo => {
                    Todo { again: true, ..Todo::new(name.clone(), told(name, field)) }
                }
                Some(FieldStatus::VerificationRequired) => {
                    let field = Field {
                        kind: Some(Kind::String),
                        description: field.description.clone(),
                        ..Field::new()
                    };
                    let code = Todo::new(format!("{name}_verification"), field);
                    Todo { verifies: Some(name.clone()), ..code }
                }
                _ => continue,
            };
            let more = Todo { error: error.clone(), ..more };
            // An anchor may ask for the same in both lists: what it wants is then what it says of a field that is wanted.
            match todo.iter_mut().find(|known| known.name == more.name) {
                Some(known) => *known = Todo { field: known.field.clone(), ..more },
                None => todo.push(more),
            }
        }
        todo
    }

    /// What to do next: submit something, wait, or nothing more.
    ///
    /// Something optional alone keeps nobody from waiting.
    pub fn next_step(&self) -> NextStep {
        let todo = self.todo();
        let (mut waiting, mut rejected) = (Vec::new(), Vec::new());
        for (name, provided) in self.provided_fields.iter().flatten() {
            match provided.status {
                Some(FieldStatus::Processing) => waiting.push(name.clone()),
                Some(FieldStatus::Rejected) => rejected
                    .push(RejectedField { name: name.clone(), error: provided.error.clone() }),
                _ => {}
            }
        }
        let action = match self.status {
            Status::Rejected => Action::Stop,
            Status::Accepted => Action::Done,
            _ if todo.iter().any(|todo| !todo.field.optional) => Action::Submit,
            // Whoever has submitted nothing yet is not waited for (S12-41).
            Status::NeedsInfo if waiting.is_empty() && !todo.is_empty() => Action::Submit,
            _ => Action::Wait,
        };
        NextStep { action, todo, waiting, rejected }
    }
}

/// What the anchor says of a field, with what it leaves out taken from SEP-9 (S12-64).
fn told(name: &str, field: &Field) -> Field {
    let mut field = field.clone();
    if let Some(known) = sep9::field(name) {
        field.kind = field.kind.or(Some(known.kind));
        if field.choices.is_none() && known.format == Format::Enum {
            field.choices = Some(known.choices.iter().map(|choice| (*choice).into()).collect());
        }
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customer(json: &str) -> Customer {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn what_is_in_both_lists_is_to_be_submitted_once() {
        let customer = customer(
            r#"{"status":"NEEDS_INFO",
                "fields":{"photo_id_front":{"type":"binary","description":"sharper","optional":true},"mobile_number_verification":{"type":"string"}},
                "provided_fields":{"photo_id_front":{"status":"REJECTED","error":"blurred"},"mobile_number":{"status":"VERIFICATION_REQUIRED"}}}"#,
        );
        let todo = customer.todo();
        let names: Vec<_> = todo.iter().map(|todo| todo.name.as_str()).collect();
        assert_eq!(names, ["photo_id_front", "mobile_number_verification"]);
        assert!(todo[0].again && todo[0].field.optional);
        assert_eq!(todo[0].error.as_deref(), Some("blurred"));
        assert_eq!(todo[0].field.description.as_deref(), Some("sharper"));
        assert_eq!(todo[1].verifies.as_deref(), Some("mobile_number"));
    }

    fn action(json: &str) -> Action {
        customer(json).next_step().action
    }

    // S12-65
    #[test]
    fn todo_is_what_is_wanted_rejected_or_waits_for_a_code() {
        let customer = customer(
            r#"{"id":"1","status":"NEEDS_INFO",
                "fields":{"birth_date":{"type":"date"},"tax_id":{"type":"string","optional":true}},
                "provided_fields":{"photo_id_front":{"type":"binary","status":"REJECTED","error":"blurred"},
                                   "mobile_number":{"type":"string","status":"VERIFICATION_REQUIRED"},
                                   "city":{"type":"string","status":"ACCEPTED"}}}"#,
        );
        let names: Vec<_> = customer
            .todo()
            .into_iter()
            .map(|todo| (todo.name, todo.field.optional, todo.error, todo.verifies, todo.again))
            .collect();
        let text = |text: Option<&str>| text.map(String::from);
        let todo = |name: &str, optional, error, verifies, again| {
            (String::from(name), optional, text(error), text(verifies), again)
        };
        assert_eq!(
            names,
            [
                todo("birth_date", false, None, None, false),
                todo("tax_id", true, None, None, false),
                todo("photo_id_front", false, Some("blurred"), None, true),
                todo("mobile_number_verification", false, None, Some("mobile_number"), false),
            ]
        );
        assert!(Customer { status: Status::Rejected, ..customer }.todo().is_empty());
    }

    // S12-64
    #[test]
    fn what_the_anchor_leaves_out_is_known_of_sep_9() {
        let customer = customer(
            r#"{"status":"NEEDS_INFO","fields":{"birth_date":{},"sex":{},"id_type":{},"shoe_size":{},
                "organization.photo_proof_address":{"type":"string"},"mobile_number":{"choices":["a"]}}}"#,
        );
        let todo = customer.todo();
        let [birth, sex, id, shoe, photo, mobile] = todo.as_slice() else { panic!("{todo:?}") };
        assert_eq!(birth.field.kind, Some(Kind::Date));
        assert_eq!(birth.sep9().unwrap().format, Format::Date);
        assert_eq!((id.field.kind, &id.field.choices), (Some(Kind::String), &None));
        assert_eq!(mobile.field.choices.as_deref(), Some(&["a".into()][..]));
        assert_eq!(photo.field.kind, Some(Kind::String), "the anchor's word counts");
        assert_eq!(sex.field.choices.as_ref().map(Vec::len), Some(3));
        assert_eq!((shoe.field.kind, shoe.sep9()), (None, None));
    }

    // S12-65
    #[test]
    fn next_step_follows_from_status_and_fields() {
        assert_eq!(action(r#"{"status":"ACCEPTED","fields":{"city":{}}}"#), Action::Done);
        assert_eq!(action(r#"{"status":"REJECTED","fields":{"city":{}}}"#), Action::Stop);
        assert_eq!(action(r#"{"status":"PROCESSING"}"#), Action::Wait);
        assert_eq!(
            action(r#"{"status":"PROCESSING","fields":{"city":{"optional":true}}}"#),
            Action::Wait
        );
        assert_eq!(
            action(
                r#"{"status":"PROCESSING","provided_fields":{"email_address":{"status":"VERIFICATION_REQUIRED"}}}"#
            ),
            Action::Submit
        );
        assert_eq!(action(r#"{"status":"NEEDS_INFO","fields":{"city":{}}}"#), Action::Submit);
        assert_eq!(
            action(r#"{"status":"NEEDS_INFO","fields":{"city":{"optional":true}}}"#),
            Action::Submit
        );
        assert_eq!(
            action(
                r#"{"status":"NEEDS_INFO","fields":{"tax_id":{"optional":true}},"provided_fields":{"city":{"status":"PROCESSING"}}}"#
            ),
            Action::Wait
        );
        assert_eq!(action(r#"{"status":"NEEDS_INFO"}"#), Action::Wait);
        assert_eq!(action(r#"{"status":"ON_HOLD"}"#), Action::Wait);
        assert_eq!(action(r#"{"status":"ON_HOLD","fields":{"city":{}}}"#), Action::Submit);
    }

    #[test]
    fn what_is_waited_for_and_what_was_rejected_is_named() {
        let next = customer(
            r#"{"status":"REJECTED","message":"no","provided_fields":{
                "city":{"status":"PROCESSING"},"photo_id_front":{"status":"REJECTED","error":"a copy"},
                "photo_id_back":{"status":"REJECTED"},"first_name":{"status":"ACCEPTED"}}}"#,
        )
        .next_step();
        assert_eq!(next.waiting, ["city"]);
        let rejected: Vec<_> = next
            .rejected
            .iter()
            .map(|field| (field.name.as_str(), field.error.as_deref()))
            .collect();
        assert_eq!(rejected, [("photo_id_front", Some("a copy")), ("photo_id_back", None)]);
        assert!(next.todo.is_empty());
    }
}
