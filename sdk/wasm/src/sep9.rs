//! The rules of SEP-9, for a form. Its catalogue is in `sep9.js`.

use js_sys::Array;
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{Asked, Clock};
use windlass_core::{
    map::Map,
    sep9::{self, Checks, Severity, ValueError},
    sep12::Customer,
    time::Date,
};

use crate::{
    Error, files,
    files::Fields,
    options::{read, string},
    output::{list, output},
    types::FieldTexts,
};

/// Options of `checkFields`.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default)]
pub struct CheckOptions {
    /// The current day as `YYYY-MM-DD`. By default that of the system clock in UTC.
    pub today: Option<String>,
    /// The anchor's choices, by the name of the field.
    #[tsify(type = "{ readonly [name: string]: readonly string[] }")]
    pub choices: Option<Map<Vec<String>>>,
    /// An answer of `customer()`, in place of `choices`: its choices and types.
    pub customer: Option<Customer>,
    /// With `"strict"` every severity is `error`. By default `"sep9"`.
    pub checks: Checks,
}

/// Options of `checkFile`.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default)]
pub struct CheckFileOptions {
    /// With `"strict"` every severity is `error`. By default `"sep9"`.
    pub checks: Checks,
}

/// A problem of a value.
#[derive(Clone, Debug, Serialize, Tsify)]
pub struct FieldError {
    /// The name of the field in the values.
    pub field: String,
    /// The stable code of the error, such as `not_a_date`.
    #[tsify(type = "FieldErrorCode")]
    pub code: &'static str,
    /// `error` if SEP-9 or the anchor demands it: `putCustomer` refuses the value. `warning` if
    /// anchors may accept the value all the same.
    pub severity: Severity,
    /// What the value must be, in English. The text follows the field's name or label.
    pub message: String,
}

impl FieldError {
    fn new(field: &str, error: &ValueError, checks: Checks) -> Self {
        Self {
            field: field.to_owned(),
            code: error.code(),
            severity: checks.severity(error),
            message: error.to_string(),
        }
    }
}

/// The problems as an array.
pub(crate) fn problems(errors: &[sep9::FieldError], checks: Checks) -> Result<Array, Error> {
    let problems = errors.iter().map(|it| FieldError::new(&it.field, &it.error, checks));
    list(&problems.collect::<Vec<_>>())
}

/// All problems of the values of a form; empty if there are none. Names outside SEP-9 are checked
/// only by what the anchor says of them.
///
/// @example
/// ```ts
/// import { checkFields } from "windlass";
///
/// for (const { field, code } of checkFields({ first_name: "Ada", birth_date: "1990-04-31" })) {
///     console.log(field, code); // birth_date not_a_date
/// }
/// ```
#[wasm_bindgen(js_name = checkFields, unchecked_return_type = "FieldError[]")]
pub fn check_fields(values: FieldTexts, options: Option<Ts<CheckOptions>>) -> Result<Array, Error> {
    let values = Fields::of(&JsValue::from(values))?.values;
    let CheckOptions { today, choices, customer, checks } = read(options)?;
    let today = match today {
        Some(day) => {
            day.parse::<Date>().map_err(|error| Error::request(format!("today {error}")))?
        }
        None => Date::from_unix(Clock::default().now()),
    };
    let mut asked = customer.as_ref().map(Asked::by).unwrap_or_default();
    asked.choices.extend(choices.unwrap_or_default());
    let (_, found) = windlass_client::check_fields(&values, &asked, today);
    problems(&found, checks)
}

/// The problem of a file for a binary field, determined from its content; `undefined` if it is valid.
///
/// @example
/// ```ts
/// import { checkFile } from "windlass";
///
/// const text = new TextEncoder().encode("not a photo");
/// console.log(checkFile("photo_id_front", text)?.message); // must be a file of type image/jpeg or image/png
/// ```
#[wasm_bindgen(js_name = checkFile)]
pub fn check_file(
    #[wasm_bindgen(unchecked_param_type = "string")] name: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &JsValue,
    options: Option<Ts<CheckFileOptions>>,
) -> Result<Option<Ts<FieldError>>, Error> {
    let CheckFileOptions { checks } = read(options)?;
    let name = string(name, "name")?;
    let bytes = files::bytes(bytes).ok_or_else(|| Error::request("bytes must be a Uint8Array"))?;
    let result = sep9::field(&name)
        .ok_or(ValueError::UnknownField)
        .and_then(|field| sep9::check_file(field, &bytes));
    result.err().map(|error| output(&FieldError::new(&name, &error, checks))).transpose()
}
