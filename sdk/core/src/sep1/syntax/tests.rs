use std::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use proptest::prelude::*;
use toml::de::{DeTable, DeValue};

use super::*;

/// The result of the `toml` crate in this module's terms; `None` if it refuses the text.
fn oracle(text: &str) -> Option<Vec<(String, String)>> {
    let table = DeTable::parse(text).ok()?;
    Some(
        table
            .get_ref()
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), theirs(value.get_ref())))
            .collect(),
    )
}

fn theirs(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix())
            .map_or("other".into(), |n| n.to_string()),
        DeValue::Float(_) | DeValue::Datetime(_) => "other".into(),
        DeValue::Array(items) => {
            format!("{:?}", items.iter().map(|item| theirs(item.get_ref())).collect::<Vec<_>>())
        }
        DeValue::Table(table) => format!(
            "{:?}",
            table
                .iter()
                .map(|(key, value)| (key.get_ref(), theirs(value.get_ref())))
                .collect::<Vec<_>>()
        ),
    }
}

fn read(text: &str) -> Option<Vec<(String, String)>> {
    Some(parse(text).ok()?.entries.iter().map(|(key, value)| (key.clone(), ours(value))).collect())
}

fn ours(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Boolean(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Other => "other".into(),
        Value::List(items) | Value::Tables(items) => {
            format!("{:?}", items.iter().map(ours).collect::<Vec<_>>())
        }
        Value::Table(table) => format!(
            "{:?}",
            table.entries.iter().map(|(key, value)| (key, ours(value))).collect::<Vec<_>>()
        ),
    }
}

#[test]
fn documents_are_read_like_the_toml_crate_does() {
    for text in [
        "",
        "\u{feff}a = 1",
        "a = 1\r\nb = 2 # c\r\n",
        "# only a comment",
        "a = 1 # \u{e9}",
        "a.b.c = 1\na.b.d = 2\n[x]\n",
        "\"a b\".'c' = 1\n'' = 2\n\"b\" . x = 1",
        " a  .  b  = 1",
        "[a.b]\nx = 1\n[a]\ny = 2",
        "[a]\n[a.b]\n[a.c]",
        "[a.b.c]\n[a]\nb.x = 1",
        "[a]\nb.c = 1\n[a.b.d]\nx = 1",
        "[[a]]\nx = 1\n[[a]]\n[a.b]\ny = 1\n[[a.c]]\n[[a.c]]",
        "[ a . 'b' ] # c\nx = 1",
        "a = [1, 2, # c\n\n 3,\n]\nb = []\nc = [[1], ['x', {y = 1}]]",
        "a = {b = 1, c.d = 2, c.e = 3}\nx = {}\ny = { }",
        "a = {\n b = 1, # c\n c = 2,\n}",
        "a = true\nb = false",
        "a = 0\nb = +1_000\nc = 0xDE_ad\nd = 0o17\ne = 0b101\nf = -5\ng = 9223372036854775807",
        "a = 1.5\nb = 1e6\nc = inf\nd = -nan\ne = +inf\nf = -0",
        "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 07:32:00.5-07:00\nc = 1979-05-27\nd = 07:32:00\ne = [1979-05-27, 1979-05-27 07:32:00]",
        r#"a = "x \b\t\n\f\r\e\"\\ \x41\u00e9\U0001F600""#,
        "a = \"\"\"\nx\n  y\"\"\"\nb = \"\"\"\\\n   x \\\n\n  y\\\n  \"\"\"\nc = \"\"\"\"\"\"\nd = \"\"\"a\"b\"\"c\"\"\"\"\"",
        "a = '''\nx\\n'y''z'''''\nb = ''''''\nc = '\\n'\nd = '''\n\n'''",
        "a = \"\"\"x\r\ny\\\r\n  z\"\"\"",
        "a = '\t'",
    ] {
        assert!(oracle(text).is_some(), "{text:?}");
        assert_eq!(read(text), oracle(text), "{text:?}");
    }
}

#[test]
fn documents_that_the_toml_crate_refuses_are_refused() {
    for text in [
        "a = .052-10-02 05:20:00",
        "a = t052-01-02 05:20:00",
        "a",
        "a =",
        "= 1",
        "a = 1 b = 2",
        "a = \n1",
        "a\n= 1",
        "a = b",
        "a = True",
        "a. = 1",
        ".a = 1",
        "a..b = 1",
        "a = 1,",
        "é = 1",
        "a b = 1",
        "a = 1\na = 2",
        "a = 1\na.b = 2",
        "a.b = 1\na = 2",
        "a = {b = 1}\na.c = 2",
        "a = {b = 1}\n[a.c]",
        "a = [{}]\n[[a]]",
        "a = [{}]\n[a.b]",
        "a = {b = 1, b = 2}",
        "a = {b.c = 1, b = 2}",
        "[a]\n[a]",
        "[a]\nb = 1\n[a.b]",
        "a.b = 1\n[a]",
        "[a.b.c]\n[a]\nb.c.d = 1",
        "[a.b]\n[a]\nb = 1",
        "[a.b.c]\n[a]\nb.x = 1\n[a.b]",
        "[a]\n[[a]]",
        "[[a]]\n[a]",
        "[[a.b]]\n[[a]]",
        "[[a.b]]\n[a]\nb.c = 1",
        "[a.b]\n[[a]]",
        "[]",
        "[a",
        "[a]]",
        "[[a]",
        "[[a] ]",
        "[a] b = 1",
        "[a.]",
        "[a\n]",
        "[[]]",
        "a = [1 2]",
        "a = [1,,2]",
        "a = [,]",
        "a = [1",
        "a = {b}",
        "a = {b = 1",
        "a = {,}",
        "a = {b = 1 c = 2}",
        "a = ]",
        "a = \"",
        "a = \"x\ny\"",
        "a = \"\\z\"",
        "a = \"\\u12\"",
        "a = \"\\uD800\"",
        "a = \"\\U00110000\"",
        "a = \"\\x\"",
        "a = \"\\",
        "a = '",
        "a = 'x\ny'",
        "a = '''x",
        "a = \"\"\"x",
        "a = \"\"\"x\"\"",
        "a = \"\"\"x\\ y\"\"\"",
        "a = \"\"\"x\"\"\"\"\"\"",
        "a = '''x''''''",
        "\"\"\"a\"\"\" = 1",
        "a = 'x'y",
        "a = \"\\u+123\"",
        "a = '\0'",
        "a = 'x\u{7f}'",
        "# \u{1}",
        "a = 1\r",
        "a = 'x\ry'",
        "\u{b}a = 1",
        "\u{a0}a = 1",
        "a = 1 \u{feff}",
    ] {
        assert_eq!(oracle(text), None, "{text:?}");
        assert_eq!(read(text), None, "{text:?}");
    }
}

#[test]
fn syntax_fault_has_its_line() {
    for (text, line) in [
        ("a = 1\nb = \n", 2),
        ("\n\na", 3),
        ("[a]\n[b]\n[a]\nx = 1\ny = 2\n", 3),
        ("a = 1\n\na = 1", 3),
        ("a = \"\"\"\n\n", 3),
        ("a = '\0'", 1),
    ] {
        assert_eq!(parse(text).unwrap_err().line, line, "{text:?}");
    }
}

/// Documents of TOML fragments, mostly almost valid.
fn document() -> impl Strategy<Value = String> {
    let key = || prop_oneof![4 => "[ab](\\.[ab]){0,2}", 1 => "(\"[a-c\\\\n]?\"|'[ab]'|[ab-]{1,2}| a . b )"];
    let leaf = prop_oneof![
        Just("1"),
        Just("true"),
        Just("'x'"),
        Just("\"x\\n\""),
        Just("\"\"\"\nx\\\n y\"\"\""),
        Just("'''x'y'''"),
        Just("1979-05-27"),
        Just("-1"),
        Just("1.5"),
        Just("0x1F"),
    ]
    .prop_map(String::from);
    let value = leaf.prop_recursive(3, 12, 3, move |inner| {
        let pair = (key(), inner.clone()).prop_map(|(key, value)| format!("{key}={value}"));
        prop_oneof![
            (proptest::collection::vec(inner, 0..3), "(,|, # c\n|\n)?")
                .prop_map(|(items, end)| format!("[{}{end}]", items.join(","))),
            (proptest::collection::vec(pair, 0..3), "[, \n]?")
                .prop_map(|(pairs, end)| format!("{{{}{end}}}", pairs.join(", "))),
        ]
    });
    let line = prop_oneof![
        6 => (key(), value).prop_map(|(key, value)| format!("{key} = {value}")),
        2 => key().prop_map(|key| format!("[{key}]")),
        2 => key().prop_map(|key| format!("[[{key}]]")),
        1 => "[\\[\\]{}=,.'\"\\\\# \t]{0,6}",
    ];
    (proptest::collection::vec(line, 0..8), "\r?\n").prop_map(|(lines, end)| lines.join(&end))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn documents_near_toml_are_read_or_refused_like_the_crate_does(text in document()) {
        // The crate allows a dotted key of several parts to continue in an array of tables. TOML
        // does not.
        if read(&text).is_some() || !text.contains("[[") {
            prop_assert_eq!(read(&text), oracle(&text));
        }
    }

    #[test]
    fn values_are_read_like_the_toml_crate_does(text in "[-+0-9a-fx:TZ.\"'\\[\\]{}=,# \n]{0,40}", value in "[-+0-9a-fxobTZ_:. ]{1,24}") {
        for text in [text, format!("a = {value}")] {
            if let Some(expected) = oracle(&text) {
                prop_assert_eq!(read(&text), Some(expected));
            }
        }
    }

    #[test]
    fn any_text_is_a_string(text in any::<String>()) {
        let mut quoted = String::from("a = ");
        crate::sep1::table::quote(&text, &mut quoted);
        let table = parse(&quoted).unwrap();
        prop_assert_eq!(table.get("a"), Some(&Value::Text(text)));
    }

    #[test]
    fn any_toml_is_read_or_refused_without_panic(text in any::<String>(), near in "\\PC{0,10}[\"'\\[{=\\\\]{0,6}\\PC{0,10}") {
        for text in [text, near] {
            if read(&text).is_none() {
                prop_assert_eq!(oracle(&text), None);
            }
        }
    }
}
