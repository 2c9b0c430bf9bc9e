use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString as _},
    vec,
};

use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{from_slice, to_string};
use crate::sep9;

/// Values as messages have them: without fractions and negative numbers.
fn message() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn messages_are_read_as_the_general_library_reads_them(value in message()) {
        for text in [serde_json::to_vec(&value).unwrap(), serde_json::to_vec_pretty(&value).unwrap()] {
            prop_assert_eq!(from_slice::<Value>(&text), Ok(value.clone()));
            prop_assert!(from_slice::<IgnoredAny>(&text).is_ok());
        }
    }

    #[test]
    fn messages_are_written_as_the_general_library_writes_them(value in message()) {
        prop_assert_eq!(to_string(&value).unwrap(), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn what_the_general_library_refuses_is_refused(text in "[\\[\\]{},:\"\\\\/u0-9a-fDE+\\-. \t\ntrls]{0,14}") {
        let theirs = serde_json::from_str::<Value>(&text);
        // A number that is too large for a float is JSON all the same.
        prop_assume!(!theirs.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range")));
        prop_assert_eq!(from_slice::<Value>(text.as_bytes()).is_ok(), theirs.is_ok());
        prop_assert_eq!(from_slice::<IgnoredAny>(text.as_bytes()).is_ok(), theirs.is_ok());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let theirs = serde_json::from_slice::<Value>(&bytes).is_ok();
        prop_assert_eq!(from_slice::<Value>(&bytes).is_ok(), theirs);
    }

    #[test]
    fn what_is_cut_short_is_refused(value in message(), cut in any::<prop::sample::Index>()) {
        let text = serde_json::to_vec(&vec![value]).unwrap();
        prop_assert!(from_slice::<IgnoredAny>(&text[..cut.index(text.len())]).is_err());
    }
}

#[test]
fn escapes_are_read_and_halves_refused() {
    let read = |json: &str| from_slice::<String>(json.as_bytes()).ok();
    assert_eq!(
        read(r#""\"\\\/\b\f\n\r\t\u0000\u00e9\ud83d\ude00""#).unwrap(),
        "\"\\/\u{8}\u{c}\n\r\t\0é😀"
    );
    for bad in [
        r#""\ud83d""#,
        r#""\ud83d\n""#,
        r#""\ud83d\ud83d""#,
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
fn other_numbers_are_some_other_value() {
    let read = |json: &str| from_slice::<sep9::Value>(json.as_bytes());
    assert_eq!(read("18446744073709551615"), Ok(u64::MAX.into()));
    for other in ["-1", "1.5", "7.0", "1e300", "1e999", "18446744073709551616", "-0"] {
        assert_eq!(read(other), Ok(sep9::Value::Other), "{other}");
        assert!(from_slice::<u64>(other.as_bytes()).is_err(), "{other}");
    }
    for bad in ["01", "+1", ".5", "1.", "1e", "-", "0x1", "1 2", "NaN", "Infinity"] {
        assert!(read(bad).is_err(), "{bad}");
    }
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(from_slice::<IgnoredAny>(nested(127).as_bytes()).is_ok());
    assert!(from_slice::<IgnoredAny>(nested(128).as_bytes()).is_err());
    assert!(from_slice::<Value>("{\"a\":".repeat(100_000).as_bytes()).is_err());
}

#[test]
fn types_are_read_from_nothing_else() {
    type Map = BTreeMap<String, String>;
    assert!(from_slice::<Map>(br#" { "a" : "b" , "c":"" } "#).is_ok_and(|map| map.len() == 2));
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
        assert!(from_slice::<Map>(bad.as_bytes()).is_err(), "{bad}");
    }
    assert_eq!(from_slice::<Option<bool>>(b"null"), Ok(None));
    assert_eq!(from_slice::<Option<bool>>(b"true"), Ok(Some(true)));
    assert!(from_slice::<bool>(b"tru").is_err());
}

#[test]
fn errors_show_no_values() {
    let error = from_slice::<BTreeMap<String, bool>>(br#"{"a":"secret"}"#).unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
    let missing = from_slice::<crate::problem::Problem>(b"{}").unwrap_err();
    assert_eq!(missing.to_string(), "error is missing");
}

#[test]
fn what_no_message_has_is_not_written() {
    assert!(to_string(&1.5).is_err() && to_string(&-1).is_err());
}
