//! Checks the conformance register: no requirement is missing, and every test that it names exists.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use windlass_tests::conformance::{
    Document, FILES, Row, Standing, documents, page, sources as found,
};

mod imports;
mod sources;
mod troubleshooting;

/// Prefix, first and last of rows that are counted.
type Range = (&'static str, u32, u32);

/// The rows that must exist, file by file.
const ROWS: [(&str, &[Range]); 8] = [
    (
        "sep-01.toml",
        &[("S01-", 1, 18), ("S01-", 20, 42), ("S01-", 50, 67), ("S01-V", 1, 11), ("S01-I", 1, 10)],
    ),
    ("sep-09.toml", &[("S09-", 1, 18), ("S09-F", 1, 76), ("S09-C", 1, 26)]),
    ("sep-10.toml", &[("S10-", 1, 123), ("S10-G", 1, 18), ("S10-P", 1, 26)]),
    (
        "sep-12.toml",
        &[
            ("S12-", 1, 36),
            ("S12-", 40, 45),
            ("S12-", 50, 67),
            ("S12-", 70, 87),
            ("S12-", 90, 107),
            ("S12-", 110, 118),
            ("S12-", 120, 128),
            ("S12-", 130, 139),
            ("S12-A", 1, 13),
            ("S12-B", 1, 19),
            ("S12-C", 1, 8),
            ("S12-D", 1, 10),
            ("S12-E", 1, 5),
        ],
    ),
    ("sep-23.toml", &[("S23-", 1, 27), ("S23-V", 1, 8), ("S23-N", 1, 15), ("S23-A", 1, 25)]),
    ("sep-43.toml", &[("S43-", 1, 22), ("S53-", 1, 7)]),
    ("polaris.toml", &[("P-", 1, 40)]),
    ("fixes.toml", &[("R-", 1, 21)]),
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn all() -> Vec<Document> {
    documents(&workspace()).unwrap()
}

fn standings(row: &Row) -> impl Iterator<Item = &Standing> {
    [&row.anchor, &row.wallet].into_iter().flatten()
}

#[test]
fn every_row_exists_once_and_in_order() {
    assert_eq!(FILES, ROWS.map(|(file, _)| file));
    for ((file, ranges), document) in ROWS.iter().zip(all()) {
        let wanted: Vec<_> = ranges
            .iter()
            .flat_map(|(prefix, first, last)| {
                (*first..=*last).map(move |n| format!("{prefix}{n:02}"))
            })
            .collect();
        let there: Vec<_> = document.rows.into_iter().map(|row| row.id).collect();
        assert_eq!(there, wanted, "{file}");
    }
}

#[test]
fn every_row_has_a_rule_and_tests_or_a_reason() {
    for row in all().iter().flat_map(|document| &document.rows) {
        assert!(row.rule.len() > 10, "{} has no rule", row.id);
        assert!(row.anchor.is_some() || row.wallet.is_some(), "{} concerns neither side", row.id);
        for standing in standings(row) {
            match standing {
                Standing::Proved(tests) => {
                    assert!(!tests.is_empty(), "{}: proved by nothing", row.id);
                }
                Standing::Open { open: reason, .. } | Standing::Not { not: reason } => {
                    assert!(reason.len() > 10, "{} has no reason", row.id);
                    // A reason must be final.
                    assert!(!reason.contains("pending"), "{} is pending", row.id);
                }
            }
        }
    }
}

#[test]
fn every_test_of_the_register_exists_once() {
    let tests = found::index(&workspace()).unwrap();
    let mut wrong = BTreeSet::new();
    for row in all().iter().flat_map(|document| &document.rows) {
        for name in standings(row).flat_map(Standing::tests) {
            match tests.get(name).map_or(&[][..], Vec::as_slice) {
                [_] => {}
                [] => drop(wrong.insert(format!("{}: there is no test \"{name}\"", row.id))),
                files => drop(wrong.insert(format!("{}: \"{name}\" is in {files:?}", row.id))),
            }
        }
        let twice = standings(row).any(|standing| {
            standing.tests().iter().collect::<BTreeSet<_>>().len() != standing.tests().len()
        });
        assert!(!twice, "{} names a test twice", row.id);
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Whether or not the register names them yet: a second test of the same name would make an entry
/// ambiguous.
#[test]
fn no_two_tests_have_the_same_name() {
    let tests = found::index(&workspace()).unwrap();
    assert!(tests.len() > 900, "only {} tests are found", tests.len());
    let twice: Vec<_> = tests.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn page_is_up_to_date() {
    let committed = fs::read_to_string(workspace().join("tests/CONFORMANCE.md")).unwrap();
    let page = page::render(&all(), &found::index(&workspace()).unwrap());
    let differs = committed.lines().zip(page.lines()).find(|(a, b)| a != b);
    assert_eq!(differs, None, "run `cargo xtask generate` and commit the result");
    assert_eq!(committed.len(), page.len());
}
