//! The search of the servers' logs finds personal data and secrets, and nothing else.

use std::fs;

use windlass_tests::log_search::{Report, Wanted, search};

fn wanted() -> Wanted {
    Wanted::new("# names\nAda\nada@example.com\n\n+14155552671\n", "123456\na-long-made-up-token\n")
}

#[test]
fn personal_data_and_secrets_are_found() {
    let seed = format!("signing_seed = \"S{}\"", "A".repeat(55));
    let transaction = format!("transaction: AAAAAg{}", "A".repeat(300));
    for line in [
        "INFO request{method=PUT}: put first_name=Ada",
        "to=\"ada@example.com\"",
        "sms to +14155552671.",
        "the code is 123456",
        "code=\"123456\"",
        "code: 123456.",
        "authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.x",
        "x a-long-made-up-token x",
        "to +14155551001,",
        seed.as_str(),
        transaction.as_str(),
    ] {
        assert!(wanted().within(line).is_some(), "{line}");
    }
}

#[test]
fn similar_numbers_and_words_are_not_found() {
    for line in [
        "2026-11-21T05:12:33.123456Z  INFO ready",
        "elapsed=1.123456s 1234567 Adam adaptive",
        "tracing at GBO7VLDNAENRYKKBEZOG7OTKWG72AMICATTW33EA7YVIKEXCVRWZ3Y7Q",
    ] {
        assert_eq!(wanted().within(line), None, "{line}");
    }
}

#[test]
fn search_reports_each_line_of_each_log() {
    let folder = tempfile::tempdir().unwrap();
    let artefacts = folder.path();
    for name in ["logs", "secrets"] {
        fs::create_dir(artefacts.join(name)).unwrap();
    }
    fs::write(artefacts.join("secrets/1.txt"), "123456\n").unwrap();
    fs::write(artefacts.join("logs/1.log"), "route=/auth\nput Ada\ncode 123456\n").unwrap();
    let markers = concat!(env!("CARGO_MANIFEST_DIR"), "/markers.txt");
    let markers = fs::read_to_string(markers).unwrap();
    let Report { files, lines, requests, leaks } = search(artefacts, &markers).unwrap();
    assert_eq!((files, lines, requests), (1, 3, 1));
    assert!(leaks[0].ends_with("1.log:2: the value Ada..."), "{leaks:?}");
    assert!(leaks[1].ends_with("1.log:3: a code"), "{leaks:?}");
}
