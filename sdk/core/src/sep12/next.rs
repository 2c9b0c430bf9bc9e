//! Computes a wallet's next step for a customer.

use serde::Serialize;
use serde_with::skip_serializing_none;

use super::{Customer, Field, FieldStatus, ProvidedField, Status};
use crate::sep9::{self, Format, Kind};

/// A wallet's next step for a customer.
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "AnyNextStep"))]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NextStep {
    /// What to do.
    pub action: Action,
    /// The fields and codes to submit, including optional ones, which are marked.
    pub todo: Vec<Todo>,
    /// Fields that the anchor is reviewing, by name.
    pub waiting: Vec<String>,
    /// Rejected fields, whether or not another value may be sent.
    pub rejected: Vec<RejectedField>,
}

/// The action for a customer: submit fields, wait, nothing more (done), or give up (stop).
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Submit the fields and codes in [`NextStep::todo`].
    Submit,
    /// Wait for the anchor.
    Wait,
    /// Nothing: the customer is accepted.
    Done,
    /// Give up: the customer is rejected, and the message says why.
    Stop,
}

/// A field whose value was rejected.
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RejectedField {
    /// The name of the field.
    pub name: String,
    /// The anchor's reason.
    pub error: Option<String>,
}

/// A field or code to submit.
#[skip_serializing_none]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "AnyTodo"))]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Todo {
    /// The name to submit it under: a field's, or `<field>_verification`.
    pub name: String,
    /// The anchor's description of the field. Missing type and closed choices are filled in from
    /// SEP-9.
    #[serde(flatten)]
    pub field: Field,
    /// Why the earlier value was rejected.
    pub error: Option<String>,
    /// The field that the code confirms, if this is a confirmation.
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

    /// The SEP-9 field: its format, digits and media types. `None` if the field is the anchor's
    /// own.
    pub fn sep9(&self) -> Option<&'static sep9::Field> {
        sep9::field(&self.name)
    }
}

impl Customer {
    /// The fields and codes to submit (S12-65): missing fields, rejected fields that may be sent
    /// again, and confirmation codes.
    ///
    /// Codes come first, then required fields, then optional ones, each in the anchor's order.
    /// Empty for a rejected customer.
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
            // An anchor may list a field in both maps; the entry in `fields` then describes it.
            match todo.iter_mut().find(|known| known.name == more.name) {
                Some(known) => *known = Todo { field: known.field.clone(), ..more },
                None => todo.push(more),
            }
        }
        let (mut codes, fields): (Vec<_>, Vec<_>) =
            todo.into_iter().partition(|todo| todo.verifies.is_some());
        let (optional, required): (Vec<_>, Vec<_>) =
            fields.into_iter().partition(|todo| todo.field.optional);
        codes.extend(required);
        codes.extend(optional);
        codes
    }

    /// What to do next: submit something, wait, or nothing more.
    ///
    /// Optional fields alone do not prevent waiting.
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
            // A customer that has submitted nothing yet has nothing to wait for (S12-41).
            Status::NeedsInfo if waiting.is_empty() && !todo.is_empty() => Action::Submit,
            _ => Action::Wait,
        };
        NextStep { action, todo, waiting, rejected }
    }
}

/// The anchor's description of a field, completed from SEP-9 (S12-64).
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
    fn field_in_both_maps_is_submitted_once() {
        let customer = customer(
            r#"{"status":"NEEDS_INFO",
                "fields":{"photo_id_front":{"type":"binary","description":"sharper","optional":true},"mobile_number_verification":{"type":"string"}},
                "provided_fields":{"photo_id_front":{"status":"REJECTED","error":"blurred"},"mobile_number":{"status":"VERIFICATION_REQUIRED"}}}"#,
        );
        let todo = customer.todo();
        let names: Vec<_> = todo.iter().map(|todo| todo.name.as_str()).collect();
        assert_eq!(names, ["mobile_number_verification", "photo_id_front"]);
        assert_eq!(todo[0].verifies.as_deref(), Some("mobile_number"));
        assert!(todo[1].again && todo[1].field.optional);
        assert_eq!(todo[1].error.as_deref(), Some("blurred"));
        assert_eq!(todo[1].field.description.as_deref(), Some("sharper"));
    }

    fn action(json: &str) -> Action {
        customer(json).next_step().action
    }

    // S12-65
    #[test]
    fn todo_contains_missing_and_rejected_fields_and_codes() {
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
                todo("mobile_number_verification", false, None, Some("mobile_number"), false),
                todo("birth_date", false, None, None, false),
                todo("photo_id_front", false, Some("blurred"), None, true),
                todo("tax_id", true, None, None, false),
            ]
        );
        assert!(Customer { status: Status::Rejected, ..customer }.todo().is_empty());
    }

    // S12-65
    #[test]
    fn todo_has_codes_first_then_required_fields_each_in_the_order_of_the_anchor() {
        let customer = customer(
            r#"{"status":"NEEDS_INFO","fields":{"z":{},"y":{"optional":true},"x":{},"b":{"optional":true}},
                "provided_fields":{"m":{"status":"VERIFICATION_REQUIRED"},"e":{"status":"VERIFICATION_REQUIRED"}}}"#,
        );
        let names: Vec<_> = customer.todo().into_iter().map(|todo| todo.name).collect();
        assert_eq!(names, ["m_verification", "e_verification", "z", "x", "y", "b"]);
    }

    // S12-64
    #[test]
    fn missing_descriptions_are_filled_in_from_sep9() {
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
        assert_eq!(photo.field.kind, Some(Kind::String), "the anchor's type overrides SEP-9's");
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
    fn next_step_lists_waiting_and_rejected_fields() {
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
