//! Tests against the vectors of `tests/vectors/sep9`, which tests in other languages use as well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FIELDS, Field, Kind, Rules, Value, field};
use crate::map::Map;

const CATALOGUE: &str = include_str!("../../../../tests/vectors/sep9/fields.csv");
const VALUES: &str = include_str!("../../../../tests/vectors/sep9/values.json");

#[derive(Deserialize)]
struct Vectors {
    today: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    row: u8,
    values: Map<Value>,
    #[serde(default)]
    accepted: BTreeMap<String, String>,
    #[serde(default)]
    refused: BTreeMap<String, String>,
}

#[test]
fn catalogue_equals_the_vectors() {
    let rows: Vec<String> = FIELDS
        .iter()
        .map(|f| {
            std::format!(
                "{},{},{},{},{},{}",
                f.name,
                word(f.group),
                word(f.kind),
                word(f.format),
                f.canonical,
                f.deprecated
            )
        })
        .collect();
    assert_eq!(rows, CATALOGUE.lines().skip(1).collect::<Vec<_>>());
}

/// The text that serde gives a word.
fn word(word: impl Serialize) -> String {
    serde_json::to_value(word).unwrap().as_str().unwrap().into()
}

#[test]
fn check_agrees_with_the_vectors() {
    let vectors: Vectors = serde_json::from_str(VALUES).unwrap();
    let rules = Rules::on(vectors.today.parse().unwrap());
    for Case { row, values, accepted, refused } in vectors.cases {
        assert_ne!(accepted.is_empty(), refused.is_empty(), "row {row}");
        match rules.check(&values) {
            Ok(got) => {
                let got: BTreeMap<String, String> =
                    got.into_iter().map(|a| (a.field.canonical.into(), a.value)).collect();
                assert_eq!(got, accepted, "row {row}");
            }
            Err(errors) => {
                let got: BTreeMap<String, String> =
                    errors.into_iter().map(|e| (e.field, e.error.code().into())).collect();
                assert_eq!(got, refused, "row {row}");
            }
        }
    }
}

#[test]
fn every_field_accepts_a_valid_value() {
    let rules = Rules::on("2026-01-02".parse().unwrap());
    for field in &FIELDS {
        let values = Map::from([(field.name.into(), Value::from(good(field)))]);
        match (field.kind, rules.check(&values)) {
            (Kind::Binary, Err(errors)) => assert_eq!(errors[0].error.code(), "file_expected"),
            (Kind::Binary, Ok(_)) => panic!("{} took text", field.name),
            (_, accepted) => assert_eq!(accepted.unwrap()[0].value, good(field), "{}", field.name),
        }
    }
}

/// A valid value for each format.
fn good(field: &Field) -> &'static str {
    use super::Format::*;
    match (field.digits, field.format) {
        (Some((3, 4)), _) => "123",
        (Some((18, 18)), _) => "032180000118359719",
        (Some((22, 22)), _) => "2850590940090418135201",
        (_, CardNumber) => "4242424242424242",
        (_, Text | Image | ImageOrVideo) => "Zürich",
        (_, Multiline) => "1 Main St\nSpringfield",
        (_, Language) => "en",
        (_, CountryAlpha3) => "DEU",
        (_, CountryAlpha2) => "US",
        (_, Subdivision) => "US-CA",
        (_, Date) => "2000-02-29",
        (_, YearMonth) => "29-11",
        (_, E164 | Phone) => "+14155552671",
        (_, PhoneFormat) => "E.164",
        (_, Email) => "a@b.example",
        (_, Isco08) => "011",
        (_, Integer) => "7",
        (_, Ip) => "2001:db8::1",
        (_, Enum | OpenEnum) => field.choices[0],
    }
}

#[test]
fn only_the_security_code_of_a_card_is_never_stored() {
    let transient: Vec<&str> =
        FIELDS.iter().filter(|field| !field.storable()).map(|field| field.name).collect();
    assert_eq!(transient, ["card.cvc"]);
}

#[test]
fn canonical_names_are_fields_of_the_same_kind() {
    for alias in &FIELDS {
        let canonical = field(alias.canonical).unwrap();
        assert_eq!(
            (canonical.canonical, canonical.kind, canonical.group),
            (alias.canonical, alias.kind, alias.group)
        );
        assert!(!alias.label.is_empty() && alias.description.ends_with('.'), "{}", alias.name);
        assert_eq!(alias.is_binary(), !alias.media.is_empty());
    }
}
