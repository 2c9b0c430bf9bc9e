//! Every error code is in docs/troubleshooting.md, and the page is up to date.

use std::{collections::BTreeSet, fs};

use windlass_tests::troubleshooting::{advice, page, unmatched};

use crate::{all, workspace};

#[test]
fn every_code_has_advice_once() {
    let advice = advice(&workspace()).unwrap();
    assert_eq!(unmatched(&advice), Vec::<String>::new());
    let codes: BTreeSet<_> = advice.iter().map(|advice| &advice.code).collect();
    assert_eq!(codes.len(), advice.len(), "a code occurs twice");
    for entry in &advice {
        let told = !entry.by.is_empty() && !entry.causes.is_empty() && !entry.clause.is_empty();
        assert!(told && entry.todo.ends_with(['.', '`']), "{entry:?}");
    }
}

#[test]
fn rows_named_by_advice_exist() {
    let documents = all();
    let rows: BTreeSet<_> =
        documents.iter().flat_map(|document| &document.rows).map(|row| row.id.as_str()).collect();
    for entry in advice(&workspace()).unwrap() {
        for row in &entry.rows {
            assert!(rows.contains(row.as_str()), "{} names {row}", entry.code);
        }
    }
}

#[test]
fn the_page_of_troubleshooting_is_up_to_date() {
    let committed = fs::read_to_string(workspace().join("docs/troubleshooting.md")).unwrap();
    assert!(
        committed.trim_end() == page(&workspace()).unwrap().trim_end(),
        "run `cargo xtask generate`"
    );
}
