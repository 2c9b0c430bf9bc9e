//! How many tests a test runner says have passed.

/// Sums what cargo-nextest, `cargo test`, wasm-bindgen's runner, vitest and `node --test` print.
///
/// A part that ran no test must not be called passed; this is how it is noticed.
pub(crate) fn passed(output: &str) -> usize {
    output.lines().filter_map(|line| line_count(line.trim())).sum()
}

fn line_count(line: &str) -> Option<usize> {
    let counts = if let Some(libtest) = line.strip_prefix("test result: ") {
        libtest.split_once(". ")?.1
    } else if let Some(nextest) = line.strip_prefix("Summary [") {
        nextest.split_once(" run: ")?.1
    } else if let Some(vitest) = line.strip_prefix("Tests ") {
        vitest.rsplit(" | ").find(|count| count.contains(" passed"))?
    } else {
        // node --test: `# pass 3` (tap) or `ℹ pass 3` (spec)
        let count = line.strip_prefix("# pass ").or_else(|| line.strip_prefix("ℹ pass "))?;
        return count.parse().ok();
    };
    let (count, _) = counts.trim().split_once(" passed")?;
    count.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libtest_and_wasm_bindgen_are_summed() {
        let output = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\n\n\
                      test result: ok. 40 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.03s\n\
                      test result: FAILED. 1 passed; 1 failed\n";
        assert_eq!(passed(output), 43);
    }

    #[test]
    fn nextest_counts_its_summary() {
        let output = "     Summary [   0.431s] 17 tests run: 16 passed (1 slow), 1 skipped\n";
        assert_eq!(passed(output), 16);
        assert_eq!(
            passed("     Summary [   0.4s] 3/17 tests run: 2 passed, 1 failed, 0 skipped\n"),
            2
        );
    }

    #[test]
    fn vitest_counts_tests_and_not_files() {
        let output = " Test Files  3 passed (3)\n      Tests  21 passed (21)\n";
        assert_eq!(passed(output), 21);
        assert_eq!(passed("      Tests  1 failed | 4 passed (5)\n"), 4);
        assert_eq!(passed("      Tests  1 failed (1)\n"), 0);
    }

    #[test]
    fn node_counts_both_reporters() {
        assert_eq!(passed("# tests 4\n# pass 3\n# fail 1\n"), 3);
        assert_eq!(passed("ℹ tests 4\nℹ pass 4\n"), 4);
    }

    #[test]
    fn other_output_counts_nothing() {
        assert_eq!(
            passed("no tests to run!\nthis test suite is only configured to run in a browser\n"),
            0
        );
    }
}
