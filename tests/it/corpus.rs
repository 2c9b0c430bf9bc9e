//! The fuzz targets on the inputs that fuzzing has found worth keeping: natively, in seconds, with every run of the tests.

use std::{fs, path::Path};

use crate::fuzz::TARGETS;

#[test]
fn every_kept_input_is_taken_or_refused_as_it_should_be() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (target, run) in TARGETS {
        let mut files: Vec<_> = fs::read_dir(corpus.join(target))
            .unwrap_or_else(|error| panic!("no corpus of {target}: {error}"))
            .map(|entry| entry.unwrap().path())
            .collect();
        assert!(files.len() > 10, "{target} has {} inputs", files.len());
        files.sort();
        for file in files {
            let input = fs::read(&file).unwrap();
            let ran = std::panic::catch_unwind(|| run(&input));
            assert!(ran.is_ok(), "{} does what it should not", file.display());
        }
    }
}

/// A list that has lost an entry would go unnoticed: each target is a program of its own, and each program in the list.
#[test]
fn every_fuzz_target_is_replayed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/targets");
    let mut programs: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    programs.sort();
    let mut replayed = TARGETS.map(|(name, _)| name);
    replayed.sort_unstable();
    assert_eq!(programs, replayed);
}
