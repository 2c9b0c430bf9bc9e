use alloc::{
    format,
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use proptest::prelude::*;
use serde_json::Value;

use super::{self as json, JsonError, Object, ToJson, from_slice, message, to_string};
use crate::{map::Map, sep9};

/// What the general library would have read.
fn general(value: json::Value) -> Value {
    match value {
        json::Value::Null => Value::Null,
        json::Value::Boolean(flag) => flag.into(),
        json::Value::Number(number) => number.into(),
        json::Value::OtherNumber => panic!("not in these messages"),
        json::Value::Text(text) => text.into(),
        json::Value::List(items) => items.into_iter().map(general).collect(),
        json::Value::Object(Object(members)) => {
            members.into_iter().map(|(name, value)| (name, general(value))).collect()
        }
    }
}

fn read(text: &[u8]) -> Result<Value, JsonError> {
    from_slice(text).map(general)
}

fn is_read(text: &[u8]) -> bool {
    from_slice::<json::Value>(text).is_ok()
}

/// A value as the general library has it, written by this one.
struct Written(Value);

impl ToJson for Written {
    fn to_json(&self, out: &mut String) {
        match &self.0 {
            Value::Null => None::<String>.to_json(out),
            Value::Bool(flag) => flag.to_json(out),
            Value::Number(number) => number.as_u64().unwrap().to_json(out),
            Value::String(text) => text.to_json(out),
            Value::Array(items) => {
                items.iter().cloned().map(Written).collect::<Vec<_>>().to_json(out);
            }
            Value::Object(members) => {
                let members = members.clone().into_iter().map(|(name, value)| (name, Kept(value)));
                members.collect::<Map<_>>().to_json(out);
            }
        }
    }
}

/// In a map, too, no value is left out of these.
struct Kept(Value);

impl ToJson for Kept {
    fn to_json(&self, out: &mut String) {
        Written(self.0.clone()).to_json(out);
    }
}

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
            prop_assert_eq!(read(&text), Ok(value.clone()));
        }
    }

    #[test]
    fn messages_are_written_as_the_general_library_writes_them(value in message()) {
        prop_assert_eq!(to_string(&Written(value.clone())), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn what_the_general_library_refuses_is_refused(text in "[\\[\\]{},:\"\\\\/u0-9a-fDE+\\-. \t\ntrls]{0,14}") {
        let theirs = serde_json::from_str::<Value>(&text);
        // A number that is too large for a float is JSON all the same.
        prop_assume!(!theirs.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range")));
        prop_assert_eq!(is_read(text.as_bytes()), theirs.is_ok());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let theirs = serde_json::from_slice::<Value>(&bytes).is_ok();
        prop_assert_eq!(is_read(&bytes), theirs);
    }

    #[test]
    fn what_is_cut_short_is_refused(value in message(), cut in any::<prop::sample::Index>()) {
        let text = serde_json::to_vec(&vec![value]).unwrap();
        prop_assert!(!is_read(&text[..cut.index(text.len())]));
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
    assert!(is_read(nested(127).as_bytes()));
    assert!(!is_read(nested(128).as_bytes()));
    assert!(!is_read("{\"a\":".repeat(100_000).as_bytes()));
}

#[test]
fn types_are_read_from_nothing_else() {
    type Map = crate::map::Map<String>;
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
    let error = from_slice::<Map<bool>>(br#"{"a":"secret"}"#).unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
    let missing = from_slice::<crate::problem::Problem>(b"{}").unwrap_err();
    assert_eq!(missing.to_string(), "error is missing");
}

#[derive(Debug, PartialEq)]
struct Inner {
    inner: u64,
}

message!(Inner { inner });

#[derive(Debug, PartialEq)]
struct Outer {
    flag: bool,
    kind: Option<Vec<String>>,
    inner: Inner,
    uploads: u8,
}

message!(write Outer { flag, kind as "type", inner as flat, uploads as skip });

#[test]
fn messages_leave_out_what_is_not_there() {
    let outer = |flag, kind| Outer { flag, kind, inner: Inner { inner: 7 }, uploads: 1 };
    assert_eq!(to_string(&outer(false, None)), r#"{"inner":7}"#);
    let kind = Some(vec!["a".into(), "\u{1}".into()]);
    assert_eq!(to_string(&outer(true, kind)), r#"{"flag":true,"type":["a","\u0001"],"inner":7}"#);
}

#[test]
fn members_are_taken_by_name_and_once() {
    let read = |text: &str| from_slice::<Inner>(text.as_bytes()).map_err(|error| error.to_string());
    assert_eq!(read(r#"{"a":1,"inner":7,"a":[]}"#), Ok(Inner { inner: 7 }));
    for (text, error) in [
        (r#"{"inner":1,"inner":1}"#, "inner is there twice"),
        (r#"{"Inner":1}"#, "inner is missing"),
        (r#"{"inner":null}"#, "inner must be a whole number"),
        ("[1]", "must be an object"),
    ] {
        assert_eq!(read(text), Err(error.into()), "{text}");
    }
}

#[test]
fn words_and_what_a_page_is_shown_are_written_as_the_general_library_writes_them() {
    fn alike<T: ToJson + serde::Serialize>(value: &T) -> String {
        let text = to_string(value);
        assert_eq!(text, serde_json::to_string(value).unwrap());
        text
    }
    for code in crate::problem::Code::ALL {
        alike(code);
    }
    for field in &sep9::FIELDS {
        alike(field);
    }
    let customer = |status: &str| {
        let text = format!(
            r#"{{"status":"{status}","fields":{{"sex":{{}},"tax_id":{{"optional":true}}}},"provided_fields":{{
                "email_address":{{"status":"VERIFICATION_REQUIRED"}},"city":{{"status":"PROCESSING"}},
                "photo_id_front":{{"type":"binary","status":"REJECTED","error":"blurred"}}}}}}"#
        );
        from_slice::<crate::sep12::Customer>(text.as_bytes()).unwrap().next_step()
    };
    let actions = ["NEEDS_INFO", "ACCEPTED", "REJECTED"].map(|status| alike(&customer(status)));
    assert!(actions[0].contains(r#""again":true"#), "{}", actions[0]);
    let waiting = r#"{"status":"PROCESSING"}"#;
    alike(&from_slice::<crate::sep12::Customer>(waiting.as_bytes()).unwrap().next_step());
}
