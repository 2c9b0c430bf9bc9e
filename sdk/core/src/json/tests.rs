use serde::{Deserialize, Serialize};

use super::{Lenient, from_slice, from_slice_leniently, to_string};
use crate::{
    endpoint::FromAnchor,
    map::Map,
    problem::Problem,
    sep9,
    sep10::ChallengeResponse,
    sep12::{self, Customer},
};

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
}

/// So many members with a value, as the text between the braces of an object.
fn members(count: usize, value: &str) -> String {
    (0..count).map(|i| format!(r#""{i}":{value}"#)).collect::<Vec<_>>().join(",")
}

#[test]
fn at_most_100_members_are_left_out() {
    for (bad, readable) in [(1, true), (99, true), (100, true), (101, false), (5000, false)] {
        for text in [
            format!(r#"{{"status":"x","parts":{{{}}}}}"#, members(bad, "5")),
            format!(r#"{{"status":"x","parts":{{{}}}}}"#, members(bad, r#"{"optional":5}"#)),
        ] {
            let read = from_slice_leniently::<Answer>(text.as_bytes());
            assert_eq!(read.map(|read| read.odd.len()).ok(), readable.then_some(bad));
        }
    }
    // Members of the right type do not count.
    let text = format!(r#"{{"status":"x","count":"7","parts":{{{}}}}}"#, members(5000, "{}"));
    let read = from_slice_leniently::<Answer>(text.as_bytes()).unwrap();
    assert_eq!((read.odd, read.value.parts.len()), (["count".to_owned()].into(), 5000));
}

#[derive(Debug, Deserialize)]
struct Flattened {
    #[serde(default)]
    whole: Map<Whole>,
}

#[derive(Debug, Deserialize)]
struct Whole {
    #[serde(flatten)]
    part: Part,
}

#[test]
fn members_of_a_flattened_type_are_tried_one_by_one_up_to_100() {
    for (members, odd) in [
        (members(99, "1"), "whole.a.optional"),
        // Each try reads the whole text, so a larger object is left out as a whole.
        (members(100, "1"), "whole.a"),
        (members(5000, "1"), "whole.a"),
    ] {
        let text = format!(r#"{{"whole":{{"a":{{"optional":"yes",{members}}},"b":{{}}}}}}"#);
        let read = from_slice_leniently::<Flattened>(text.as_bytes()).unwrap();
        assert_eq!(read.odd, [odd]);
        assert!(!read.value.whole["b"].part.optional);
    }
}

/// Every answer of an anchor, with all its members.
const ANSWERS: [&str; 4] = [
    r#"{"id":"c1","status":"NEEDS_INFO","message":"m","fields":{"a":{"type":"string",
        "description":"d","choices":["x"],"optional":true}},"provided_fields":{"b":{"type":"date",
        "description":"d","choices":["x"],"optional":true,"status":"REJECTED","error":"e"}}}"#,
    r#"{"transaction":"AAAA","network_passphrase":"n"}"#,
    r#"{"file_id":"f","content_type":"image/png","size":1,"expires_at":"e","customer_id":"c"}"#,
    r#"{"error":"e","code":"c","field":"f"}"#,
];

/// What each answer means to a wallet.
fn meaning(answer: usize, json: &serde_json::Value) -> Option<String> {
    fn read<T: FromAnchor + Serialize>(json: &[u8]) -> Option<String> {
        T::read(json).ok().map(|answer| to_string(&answer))
    }
    let bytes = json.to_string();
    match answer {
        0 => read::<Customer>(bytes.as_bytes()),
        1 => read::<ChallengeResponse>(bytes.as_bytes()),
        2 => read::<sep12::File>(bytes.as_bytes()),
        _ => from_slice::<Problem>(bytes.as_bytes()).ok().map(|problem| to_string(&problem)),
    }
}

#[test]
fn null_counts_as_absent_where_absence_is_allowed() {
    let mut optional = 0;
    for (answer, text) in ANSWERS.iter().enumerate() {
        let whole: serde_json::Value = serde_json::from_str(text).unwrap();
        for path in paths(&whole) {
            let (parent, name) = path.rsplit_once('/').unwrap();
            let mut without = whole.clone();
            without.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
            let Some(absent) = meaning(answer, &without) else { continue };
            // A field is a member of a map: without its description it is still asked for.
            if ["/fields", "/provided_fields"].contains(&parent) {
                continue;
            }
            let mut null = whole.clone();
            *null.pointer_mut(&path).unwrap() = serde_json::Value::Null;
            assert_eq!(meaning(answer, &null), Some(absent), "{path}");
            optional += 1;
        }
    }
    assert_eq!(optional, 19);
}

/// The path of each member, at every depth.
fn paths(value: &serde_json::Value) -> Vec<String> {
    let members = value.as_object().into_iter().flatten();
    members
        .flat_map(|(name, value)| {
            let inner = paths(value).into_iter().map(move |path| format!("/{name}{path}"));
            core::iter::once(format!("/{name}")).chain(inner)
        })
        .collect()
}
