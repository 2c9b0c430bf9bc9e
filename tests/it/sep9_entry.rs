//! The scripts of `windlass/sep9` name each field once.

use std::{collections::BTreeSet, fs};

use windlass_tests::sep9_entry::{fields, identifier, script};

#[test]
fn sep9_fields_have_different_identifiers() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/expected.json");
    let fields = fields(&fs::read(golden).unwrap()).unwrap();
    let identifiers: BTreeSet<_> = fields.iter().map(|field| identifier(&field.name)).collect();
    assert_eq!((fields.len(), identifiers.len()), (92, 92));
    let plain = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    assert!(identifiers.iter().all(plain), "{identifiers:?}");
}

#[test]
fn quotes_and_backslashes_in_sep9_texts_are_escaped() {
    let golden =
        br#"{"sep9/catalogue":[{"name":"a.b","canonical":"","group":"","kind":"","format":"",
        "label":"a \"b\" \\","description":"","deprecated":false}]}"#;
    let script = script(&fields(golden).unwrap());
    assert!(script.contains(r#"export const a_b = {"#), "{script}");
    assert!(script.contains(r#"label: "a \"b\" \\","#), "{script}");
}
