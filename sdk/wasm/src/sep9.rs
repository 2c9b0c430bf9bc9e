//! The catalogue of SEP-9, and its rules for a form.

use js_sys::Array;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;
use windlass_client::Clock;
use windlass_core::{
    sep9::{self, Field, ValueError},
    time::Date,
};

use crate::{
    Error,
    input::Input,
    output::{list, output},
    types::{CheckOptions, FieldTexts},
};

/// A value that is wrong.
#[derive(Clone, Debug, Serialize, Tsify)]
pub struct FieldError {
    /// The field, as it was named.
    pub field: String,
    /// The stable code of what is wrong, such as `not_a_date`.
    pub code: &'static str,
    /// What the value must be, in English: it continues the field's name or label.
    pub message: String,
}

impl FieldError {
    fn new(field: &str, error: &ValueError) -> Self {
        Self { field: field.to_owned(), code: error.code(), message: error.to_string() }
    }
}

/// The field of this name, if SEP-9 has it.
#[wasm_bindgen(js_name = sep9Field)]
pub fn sep9_field(name: &str) -> Result<Option<Ts<Field>>, Error> {
    sep9::field(name).map(output).transpose()
}

/// Every field of SEP-9, under each of its names.
#[wasm_bindgen(js_name = sep9Fields, unchecked_return_type = "Sep9Field[]")]
pub fn sep9_fields() -> Result<Array, Error> {
    list(&sep9::FIELDS)
}

/// Everything that is wrong with the values of a form; nothing, if all are good. Names that are not of SEP-9 are passed over.
#[wasm_bindgen(js_name = checkFields, unchecked_return_type = "FieldError[]")]
pub fn check_fields(values: FieldTexts, options: Option<CheckOptions>) -> Result<Array, Error> {
    let (values, options) = (Input::new(values)?.values(), Input::new(options)?);
    let today = match options.text("today")? {
        Some(day) => {
            day.parse::<Date>().map_err(|error| Error::request(format!("today {error}")))?
        }
        None => Date::from_unix(Clock::default().now()),
    };
    let choices = options.object("choices")?.map(|choices| choices.lists()).unwrap_or_default();
    let errors = windlass_client::check_fields(&values, &choices, today).err().unwrap_or_default();
    let errors: Vec<_> =
        errors.iter().map(|error| FieldError::new(&error.field, &error.error)).collect();
    list(&errors)
}

/// What is wrong with the bytes of a file for a binary field; nothing, if it is good.
#[wasm_bindgen(js_name = checkFile)]
pub fn check_file(name: &str, bytes: &[u8]) -> Result<Option<Ts<FieldError>>, Error> {
    let result = sep9::field(name)
        .ok_or(ValueError::UnknownField)
        .and_then(|field| sep9::check_file(field, bytes));
    result.err().map(|error| output(&FieldError::new(name, &error))).transpose()
}
