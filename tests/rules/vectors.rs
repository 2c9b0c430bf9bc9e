//! The golden vectors, in the runtime of these tests.

use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use windlass_tests::vectors::{canonical, run_all};

const EXPECTED: &str = include_str!("../vectors/expected.json");

#[test]
fn vector_results_equal_the_committed_file() {
    let results = canonical(run_all());
    let differs = results.lines().zip(EXPECTED.lines()).enumerate().find(|(_, (a, b))| a != b);
    assert_eq!(differs, None, "run `cargo xtask generate` if that is meant");
    assert_eq!(results.len(), EXPECTED.len());
}

/// Regenerating the results must not hide that a vector lacks its stated outcome.
#[test]
fn every_vector_has_its_stated_outcome() {
    let results = run_all();
    let mut said = 0;
    let mut pending = vec![(String::new(), &results)];
    while let Some((path, value)) = pending.pop() {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let path = format!("{path}/{name}");
                    if ["as_said", "from_payload", "read_again", "same", "same_in_general"]
                        .contains(&name.as_str())
                    {
                        assert!(value.is_null() || *value == true, "{path}");
                        said += usize::from(*value == true);
                    }
                    pending.push((path, value));
                }
            }
            Value::Array(items) => {
                pending
                    .extend(items.iter().enumerate().map(|(i, it)| (format!("{path}[{i}]"), it)));
            }
            _ => {}
        }
    }
    assert!(said > 250, "only {said} results say so");
}

/// A browser reads JSON by `JSON.parse`: its numbers are doubles.
#[cfg(target_arch = "wasm32")]
#[test]
fn amounts_are_read_by_javascript_as_they_are_natively() {
    use windlass_tests::vectors::{AmountMessage, AmountRow, amounts};

    let read = |row: &AmountRow| {
        let value = js_sys::JSON::parse(&row.message()).unwrap();
        serde_wasm_bindgen::from_value::<AmountMessage>(value)
            .map(|message| message.amount.to_string())
    };
    let amounts = amounts();
    for row in &amounts.accepted {
        assert_eq!(read(row).ok(), row.is, "{}", row.text);
    }
    for row in &amounts.refused {
        assert!(read(row).is_err(), "{}", row.text);
    }
}

#[test]
fn odd_documents_have_their_stated_outcome() {
    let messages = &run_all()["messages"];
    let refused = |result: &Value| result["refused"] == true;
    assert!(of_all(&messages["tolerated"]).all(|result| !refused(result)));
    assert!(of_all(&messages["refused"]).all(refused));
}

#[test]
fn strkeys_have_their_stated_validity() {
    let strkeys = &run_all()["sep23/strkeys.json"];
    let accepted = |result: &Value| result["any"].get("accepted").is_some();
    assert!(of_all(&strkeys["valid"]).all(accepted));
    assert!(of_all(&strkeys["invalid"]).all(|result| !accepted(result)));
}

fn of_all(results: &Value) -> impl Iterator<Item = &Value> {
    let Value::Object(results) = results else { panic!("no results") };
    assert!(results.len() > 10, "only {} results", results.len());
    results.values()
}

#[test]
fn challenges_have_their_stated_outcome() {
    let results = &run_all()["sep10/challenges.json"];
    for vector in &windlass_tests::challenges::vectors().challenges {
        let result = &results[&vector.name];
        if let Some(hash) = &vector.hash {
            assert_eq!(result["hash"]["accepted"], **hash, "{}", vector.name);
        }
        match &vector.refused {
            Some(code) => {
                for at in ["opened", "returned", "authorized"] {
                    assert_eq!(result[at]["code"], **code, "{} {at}", vector.name);
                }
            }
            None => {
                let subject = vector.subject.to_string();
                for at in ["opened", "returned"] {
                    assert_eq!(result[at]["accepted"]["account"], *subject, "{}", vector.name);
                }
                assert!(result["authorized"].get("accepted").is_some(), "{}", vector.name);
            }
        }
    }
}

/// A file that is not run would look like a test.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_document_in_the_folders_is_run() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    for folder in ["sep10/messages", "sep12/messages"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = format!("{folder}/{}", entry.unwrap().file_name().display());
            let known = windlass_tests::vectors::DOCUMENTS.iter().any(|it| it.path == path);
            assert!(known, "{path} is not in tests/src/vectors/messages.rs");
        }
    }
}
