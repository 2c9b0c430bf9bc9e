//! Replays the committed fuzz corpus: runs each target natively on the inputs that fuzzing found
//! worth keeping.

use std::{fs, path::Path};

use data_encoding::BASE64;
use windlass_fuzz::TARGETS;

#[test]
fn every_corpus_input_passes_its_target() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (target, run) in TARGETS {
        let text = fs::read_to_string(corpus.join(format!("{target}.txt")))
            .unwrap_or_else(|error| panic!("no corpus of {target}: {error}"));
        assert!(text.lines().count() > 10, "{target} has {} inputs", text.lines().count());
        for line in text.lines() {
            let input = BASE64.decode(line.as_bytes()).unwrap();
            let ran = std::panic::catch_unwind(|| run(&input));
            assert!(ran.is_ok(), "target {target} fails on the input {line}");
        }
    }
}

/// Compares the list of targets with the programs, so that a missing entry is noticed.
#[test]
fn every_fuzz_target_is_replayed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/libfuzzer/targets");
    let mut programs: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    programs.sort();
    let mut replayed = TARGETS.map(|(name, _)| name);
    replayed.sort_unstable();
    assert_eq!(programs, replayed);
}
