use serde::{Deserialize, Serialize};

use super::{Lenient, from_slice, from_slice_leniently, to_string};
use crate::{map::Map, problem::Problem, sep9, sep12::Customer};

#[test]
fn escapes_are_decoded_and_lone_surrogates_refused() {
    let read = |json: &str| from_slice::<String>(json.as_bytes()).ok();
    assert_eq!(
        read(r#""\"\\\/\b\f\n\r\t\u0000\u00e9\ud83d\ude00""#).unwrap(),
        "\"\\/\u{8}\u{c}\n\r\t\0é😀"
    );
    for bad in [
        r#""\ud83d""#,
        r#""\ud83d\n""#,
        r#""\ud83d\ud83d""#,
        r#""\ud83d\ue000""#,
        r#""\ude00""#,
        r#""\x""#,
        r#""\u00g0""#,
        r#""\u""#,
        "\"\n\"",
        "\"\u{1}\"",
        "\"",
        "'a'",
    ] {
        assert_eq!(read(bad), None, "{bad}");
    }
    assert!(from_slice::<String>(b"\"\xff\"").is_err());
}

#[test]
fn fractions_and_negative_numbers_become_other() {
    let read = |json: &str| from_slice::<sep9::Value>(json.as_bytes());
    assert_eq!(read("18446744073709551615"), Ok(u64::MAX.into()));
    for other in ["-1", "1.5", "7.0", "1e300", "18446744073709551616", "-0"] {
        assert_eq!(read(other), Ok(sep9::Value::Other), "{other}");
        assert!(from_slice::<u64>(other.as_bytes()).is_err(), "{other}");
    }
    for bad in ["01", "+1", ".5", "1.", "1e", "-", "0x1", "1 2", "NaN", "Infinity"] {
        assert!(read(bad).is_err(), "{bad}");
    }
}

#[test]
fn depth_does_not_exhaust_the_stack() {
    let read = |text: String| from_slice::<sep9::Value>(text.as_bytes());
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(read(nested(100_000)), Ok(sep9::Value::Other));
    assert!(read("{\"a\":".repeat(100_000)).is_err());
}

#[test]
fn values_of_other_types_are_refused() {
    type Texts = Map<String>;
    assert!(from_slice::<Texts>(br#" { "a" : "b" , "c":"" } "#).is_ok_and(|map| map.len() == 2));
    for bad in [
        "[]",
        "null",
        "\"a\"",
        r#"{"a":1}"#,
        r#"{"a":"b",}"#,
        r#"{a:"b"}"#,
        r#"{"a" "b"}"#,
        r#"{"a":"b"}x"#,
        "",
    ] {
        assert!(from_slice::<Texts>(bad.as_bytes()).is_err(), "{bad}");
    }
    assert_eq!(from_slice::<Option<bool>>(b"null"), Ok(None));
    assert_eq!(from_slice::<Option<bool>>(b"true"), Ok(Some(true)));
    assert!(from_slice::<bool>(b"tru").is_err());
}

#[test]
fn errors_name_the_member_and_show_no_values() {
    let error = |text: &str| from_slice::<Map<bool>>(text.as_bytes()).unwrap_err().to_string();
    for (text, expected) in [
        (r#"{"a":"secret"}"#, "a must be a boolean"),
        (r#"{"a":"secret, expected secret"}"#, "a must be a boolean"),
        (r#"{"a":[1]}"#, "a must be a boolean"),
        ("7", "must be an object"),
        ("{\"a\":true} secret", "not JSON: "),
        ("secret", "expected value"),
    ] {
        let error = error(text);
        assert!(error.starts_with(expected) && !error.contains("secret"), "{error}");
    }
    let nested = br#"{"status":"ACCEPTED","fields":{"city":{"choices":["Roma",7]}}}"#;
    let error = from_slice::<Customer>(nested).unwrap_err().to_string();
    assert!(error.starts_with("fields.city.choices[1] must be a string"), "{error}");
    let missing = from_slice::<Problem>(b"{}").unwrap_err().to_string();
    assert!(missing.starts_with("missing field `error`"), "{missing}");
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Inner {
    inner: u64,
}

#[test]
fn members_match_by_exact_name_and_occur_once() {
    let read = |text: &str| from_slice::<Inner>(text.as_bytes()).map_err(|error| error.to_string());
    assert_eq!(read(r#"{"a":1,"inner":7,"a":[]}"#), Ok(Inner { inner: 7 }));
    assert_eq!(to_string(&Inner { inner: 7 }), r#"{"inner":7}"#);
    for (text, expected) in [
        (r#"{"inner":1,"inner":1}"#, "duplicate field `inner`"),
        (r#"{"Inner":1}"#, "missing field `inner`"),
        (r#"{"inner":null}"#, "inner must be u64"),
        ("7", "must be an object"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.starts_with(expected), "{text}: {error}");
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Answer {
    status: String,
    #[serde(default)]
    count: Option<u64>,
    #[serde(default)]
    parts: Map<Part>,
    #[serde(default)]
    list: Vec<Part>,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
struct Part {
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    choices: Option<Vec<String>>,
}

#[test]
fn value_of_the_wrong_type_costs_only_its_own_member() {
    for (json, odd) in [
        (r#"{"status":"x","count":7}"#, &[][..]),
        (r#"{"status":"x","count":"7"}"#, &["count"]),
        (r#"{"status":"x","count":-1,"parts":[1],"list":{}}"#, &["count", "parts", "list"]),
        (
            r#"{"status":"x","parts":{"b":{},"a":5,"c":{"optional":"true"}}}"#,
            &["parts.a", "parts.c.optional"],
        ),
        (r#"{"status":"x","parts":{"b.c":{"choices":[1,2]},"a":{}}}"#, &["parts.b.c.choices"]),
        (r#"{"status":"x","list":[{},{"optional":1},{}]}"#, &["list[1].optional"]),
        (r#"{"status":"x","list":[{},null]}"#, &["list"]),
    ] {
        let Lenient { value, odd: found } =
            from_slice_leniently::<Answer>(json.as_bytes()).unwrap();
        assert_eq!(
            (value.status.as_str(), found),
            ("x", odd.iter().map(ToString::to_string).collect()),
            "{json}"
        );
    }
    let kept = br#"{"status":"x","parts":{"b":{},"a":5,"c":{"optional":"true","choices":["y"]}}}"#;
    let kept = from_slice_leniently::<Answer>(kept).unwrap().value;
    assert_eq!(kept.parts.keys().collect::<Vec<_>>(), ["b", "c"], "in the order of the text");
    assert_eq!(kept.parts["c"], Part { optional: false, choices: Some(["y".to_owned()].into()) });
}

#[test]
fn what_cannot_be_left_out_is_an_error_that_names_it() {
    for (json, error) in [
        ("{", "not JSON"),
        ("[]x", "not JSON"),
        (r#"{"count":7}"#, "missing field `status`"),
        (r#"{"status":5}"#, "status must be a string"),
    ] {
        let found = from_slice_leniently::<Answer>(json.as_bytes()).unwrap_err().to_string();
        assert!(found.contains(error), "{json}: {found}");
    }
    let many = (0..101).map(|i| format!(r#""{i}":5"#)).collect::<Vec<_>>().join(",");
    let many = format!(r#"{{"status":"x","parts":{{{many}}}}}"#);
    assert!(from_slice_leniently::<Answer>(many.as_bytes()).is_err());
}
