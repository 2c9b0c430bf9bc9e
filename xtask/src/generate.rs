//! Committed files that are derived from the Rust sources, so that a change of them is seen in
//! review.

use anyhow::{Context as _, bail};
use xshell::cmd;

use crate::{
    npm,
    setup::{self, Need},
    sh::Sh,
};

mod declarations;

/// How the text of a derived file is made.
enum Source {
    /// A program of the tests prints it.
    Program(&'static [&'static str]),
    /// From what wasm-bindgen declares.
    Declarations(fn(&Sh) -> anyhow::Result<String>),
}

use Source::{Declarations, Program};

/// Every derived file. One that another is made from comes before it.
const DERIVED: [(&str, Source); 8] = [
    ("tests/vectors/expected.json", Program(&["vectors"])),
    ("sdk/wasm/sep9.js", Program(&["sep9", "script"])),
    ("sdk/wasm/sep9.d.ts", Program(&["sep9", "declarations"])),
    ("sdk/wasm/windlass.d.ts", Declarations(declarations::whole)),
    ("sdk/wasm/sign-in.d.ts", Declarations(declarations::sign_in)),
    ("sdk/wasm/server.d.ts", Declarations(declarations::server)),
    ("tests/CONFORMANCE.md", Program(&["conformance"])),
    ("docs/troubleshooting.md", Program(&["troubleshooting"])),
];

/// Rewrites the derived files; with `check`, only compares them. Then builds the API reference,
/// `docs/api`, which is not committed: a broken link or an undocumented export is an error.
pub(crate) fn run(sh: &Sh, check: bool) -> anyhow::Result<()> {
    let mut stale = Vec::new();
    let build = cmd!(sh, "cargo build -p windlass-tests --bins");
    sh.run("building the programs that write files", "about 1 min the first time", build)?;
    for (path, source) in DERIVED {
        let text = match source {
            Program(command) => output(sh, command)?,
            Declarations(make) => make(sh)?,
        };
        if sh.read_file(path).is_ok_and(|committed| committed == text) {
            println!("{path} is up to date");
        } else if check {
            stale.push(path);
        } else {
            sh.write_file(path, text)?;
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

/// What one of the programs prints, with one end of line at the end; the command has its name and
/// arguments.
fn output(sh: &Sh, command: &[&str]) -> anyhow::Result<String> {
    let program = sh.target().join("debug").join(command[0]);
    let args = &command[1..];
    let text = sh.read(cmd!(sh, "{program} {args...}"));
    Ok(text.with_context(|| format!("`{}` failed", command.join(" ")))? + "\n")
}
