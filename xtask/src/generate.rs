//! Committed files that are derived from the Rust sources, so that a change of them is seen in review.

use std::fs;

use anyhow::{Context as _, bail};
use xshell::cmd;

use crate::{
    npm,
    setup::{self, Need},
    sh::Sh,
};

mod declarations;
mod sep9;

/// A derived file.
struct Derived {
    /// Where it is committed.
    path: &'static str,
    /// Makes its text.
    make: fn(&Sh) -> anyhow::Result<String>,
}

/// Every derived file; one that is read for another comes before it.
const DERIVED: [Derived; 8] = [
    Derived { path: "tests/vectors/expected.json", make: results },
    Derived { path: "sdk/wasm/sep9.js", make: sep9::script },
    Derived { path: "sdk/wasm/sep9.d.ts", make: sep9::declarations },
    Derived { path: "sdk/wasm/windlass.d.ts", make: declarations::whole },
    Derived { path: "sdk/wasm/sign-in.d.ts", make: declarations::sign_in },
    Derived { path: "sdk/wasm/server.d.ts", make: declarations::server },
    Derived { path: "tests/CONFORMANCE.md", make: conformance },
    Derived { path: "docs/troubleshooting.md", make: troubleshooting },
];

/// Rewrites the derived files; with `check`, only compares them. Then builds the API reference, `docs/api`, which is
/// not committed: a broken link or an undocumented export is an error.
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
    setup::ensure(sh, &[Need::Npm])?;
    sh.run("building the API reference", "seconds", npm::script(sh, "docs", "api"))?;
    Ok(())
}

/// What the golden vectors give natively, to which every other runtime is held.
fn results(sh: &Sh) -> anyhow::Result<String> {
    printed(sh, "vectors", "building the golden vectors")
}

/// What is proved of every SEP, for users.
fn conformance(sh: &Sh) -> anyhow::Result<String> {
    printed(sh, "conformance", "building the page of conformance")
}

/// What to do about each error code, for users.
fn troubleshooting(sh: &Sh) -> anyhow::Result<String> {
    printed(sh, "troubleshooting", "building the page of error codes")
}

/// What a program of the tests prints.
fn printed(sh: &Sh, program: &str, step: &str) -> anyhow::Result<String> {
    let build = cmd!(sh, "cargo build -p windlass-tests --bin {program}");
    sh.run(step, "seconds, about 1 min the first time", build)?;
    let program = sh.target().join("debug").join(program);
    let text = sh.read(cmd!(sh, "{program}"));
    let text = text.with_context(|| format!("{} failed", program.display()))?;
    Ok(text + "\n")
}
