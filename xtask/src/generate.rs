//! Committed files that are derived from the Rust sources, so that a change of them is seen in review.

use std::fs;

use anyhow::{Context as _, bail};

use crate::{cargo, sh::Sh, wasm};

/// A derived file.
struct Derived {
    /// Where it is committed.
    path: &'static str,
    /// Makes its text.
    make: fn(&Sh) -> anyhow::Result<String>,
}

/// Every derived file.
const DERIVED: [Derived; 3] = [
    Derived { path: "sdk/wasm/windlass.d.ts", make: declarations },
    Derived { path: "tests/vectors/expected.json", make: results },
    Derived { path: "tests/CONFORMANCE.md", make: conformance },
];

/// Rewrites the derived files; with `check`, only compares them.
///
/// # Errors
///
/// A file cannot be made, or, with `check`, the committed one differs.
pub(crate) fn run(sh: &Sh, check: bool) -> anyhow::Result<()> {
    let mut stale = Vec::new();
    for Derived { path, make } in DERIVED {
        let text = make(sh)?;
        let file = sh.path(path);
        if fs::read_to_string(&file).is_ok_and(|committed| committed == text) {
            println!("{path} is up to date");
        } else if check {
            stale.push(path);
        } else {
            fs::write(&file, text).with_context(|| format!("cannot write {path}"))?;
            println!("{path} rewritten");
        }
    }
    if !stale.is_empty() {
        bail!(
            "out of date: {}; run `cargo xtask generate` and commit the result",
            stale.join(", ")
        );
    }
    Ok(())
}

/// Classes can be given up by `using`, which the libraries of most projects do not declare yet.
const DISPOSABLE: &str = "/// <reference lib=\"esnext.disposable\" />";

/// The package's TypeScript declarations, as wasm-bindgen derives them from the Rust types.
fn declarations(sh: &Sh) -> anyhow::Result<String> {
    wasm::build(sh)?;
    let file = sh.path(wasm::PKG).join(wasm::DECLARATIONS);
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(format!(
        "// Derived from the Rust types by `cargo xtask generate`: do not edit.\n{DISPOSABLE}\n{}",
        tidy(public(&text))
    ))
}

/// What the golden vectors give natively, to which every other runtime is held.
fn results(sh: &Sh) -> anyhow::Result<String> {
    printed(sh, "vectors", "building the golden vectors")
}

/// What is proved of every SEP, for users.
fn conformance(sh: &Sh) -> anyhow::Result<String> {
    printed(sh, "conformance", "building the page of conformance")
}

/// What a program of the tests prints.
fn printed(sh: &Sh, program: &str, step: &str) -> anyhow::Result<String> {
    let mut build = cargo::product(sh, &["build", "--bin", program]);
    sh.step(step, "seconds, about 1 min the first time", &mut build)?;
    let program = sh.target().join("debug").join(program);
    let text = sh.read(&mut sh.command(&program));
    let text = text.with_context(|| format!("{} failed", program.display()))?;
    Ok(text + "\n")
}

/// The declarations without those of the raw module, whose names change with every build and which the package hides.
fn public(text: &str) -> &str {
    text.split_once("export type InitInput").map_or(text, |(public, _)| public)
}

/// wasm-bindgen indents with tabs in places and leaves space at line ends.
fn tidy(text: &str) -> String {
    let mut tidy: String =
        text.lines().map(|line| format!("{}\n", line.trim_end().replace('\t', "    "))).collect();
    tidy.truncate(tidy.trim_end().len());
    tidy + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_module_is_not_declared() {
        assert_eq!(
            public("export class A {}\nexport type InitInput = URL;\nx"),
            "export class A {}\n"
        );
    }

    #[test]
    fn tidy_text_has_no_tabs_and_one_end() {
        assert_eq!(tidy("a  \n\tb\n\n\n"), "a\n    b\n");
    }
}
