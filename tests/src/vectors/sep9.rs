//! Values and files of SEP-9, checked.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use windlass_core::{
    map::Map,
    sep9::{self, Name, Rules, check_file, field},
    time::{Date, rfc3339},
    wire,
};

use super::{by_name, outcome};

#[derive(Deserialize)]
struct Values {
    today: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    row: u8,
    values: Map<sep9::Value>,
    #[serde(default)]
    choices: Map<Vec<String>>,
    #[serde(default)]
    known: Map<String>,
    accepted: Option<BTreeMap<String, String>>,
    refused: Option<BTreeMap<String, String>>,
}

/// The result of each case, compared with the stated one.
pub(super) fn values() -> Value {
    let Values { today, cases } = super::read(include_str!("../../vectors/sep9/values.json"));
    let today: Date = today.parse().unwrap_or_else(|error| panic!("{today}: {error}"));
    cases.iter().map(|case| judge(case, today)).collect()
}

fn judge(case: &Case, today: Date) -> Value {
    let rules = Rules { choices: &case.choices, known: &case.known, ..Rules::on(today) };
    let (result, as_said) = match rules.check(&case.values) {
        Ok(good) => {
            let accepted: BTreeMap<String, String> =
                good.into_iter().map(|good| (good.field.canonical.into(), good.value)).collect();
            (json!({ "accepted": accepted }), case.accepted.as_ref() == Some(&accepted))
        }
        Err(errors) => {
            let codes: BTreeMap<String, String> = errors
                .iter()
                .map(|error| (error.field.clone(), error.error.code().into()))
                .collect();
            let refused: Vec<Value> = errors
                .iter()
                .map(|error| {
                    json!({ "field": error.field, "code": error.error.code(), "message": error.to_string() })
                })
                .collect();
            (json!({ "refused": refused }), case.refused.as_ref() == Some(&codes))
        }
    };
    json!({ "row": case.row, "result": result, "as_said": as_said })
}

#[derive(Deserialize)]
struct Files {
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    name: String,
    field: String,
    /// Its first bytes, in base64.
    bytes: String,
}

/// The type of each file, or why its field refuses it.
pub(super) fn files() -> Value {
    let Files { files } = super::read(include_str!("../../vectors/sep9/files.json"));
    by_name(files.into_iter().map(|File { name, field: to, bytes }| {
        let field = field(&to).unwrap_or_else(|| panic!("there is no field {to}"));
        let bytes = wire::from_base64(&bytes).unwrap_or_else(|| panic!("{name}: not base64"));
        let result = match check_file(field, &bytes) {
            Ok(media) => json!({ "accepted": media.as_str() }),
            Err(error) => json!({ "code": error.code(), "refused": format!("{to} {error}") }),
        };
        (name, result)
    }))
}

#[derive(Deserialize)]
struct Names {
    names: Vec<String>,
}

/// What each name means.
pub(super) fn names() -> Value {
    let Names { names } = super::read(include_str!("../../vectors/sep9/names.json"));
    by_name(names.into_iter().map(|name| {
        let parsed = Name::parse(&name);
        let meaning = match parsed {
            Name::Field(_) => "field",
            Name::Verification(_) => "verification",
            Name::FileId(_) => "file_id",
            Name::Unknown => "unknown",
        };
        let field = parsed.field();
        let result = json!({
            "meaning": meaning,
            "field": field.map(|field| field.name),
            "canonical": field.map(|field| field.canonical),
        });
        (name, result)
    }))
}

#[derive(Deserialize)]
struct Dates {
    dates: Vec<String>,
    seconds: Vec<u64>,
}

/// Valid and invalid dates; seconds as dates and times.
pub(super) fn dates() -> Value {
    let Dates { dates, seconds } = super::read(include_str!("../../vectors/sep9/dates.json"));
    let dates = dates.into_iter().map(|text| {
        let result = outcome(text.parse().map(|date: Date| date.to_string()));
        (text, result)
    });
    let seconds = seconds.into_iter().map(|seconds| {
        let date = Date::from_unix(seconds).to_string();
        (seconds.to_string(), json!({ "date": date, "time": rfc3339(seconds) }))
    });
    json!({ "dates": by_name(dates), "seconds": by_name(seconds) })
}
