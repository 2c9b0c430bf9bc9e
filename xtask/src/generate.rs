//! Committed files that are derived from the Rust sources, so that a change of them is seen in
//! review.

use anyhow::{Context as _, bail};
use xshell::{Cmd, cmd};

use crate::{
    module::Module,
    npm, package,
    setup::{self, Need},
    sh::Sh,
};

mod environments;

/// How the text of a derived file is made.
enum Source {
    /// A program of the tests prints it; with its arguments.
    Program(&'static [&'static str]),
    /// From what wasm-bindgen declares of these modules, the first one being the entry's.
    Declarations(&'static str, &'static [Module]),
    /// The file itself, with a new table of the environments in it.
    Environments,
}

use Source::{Declarations, Environments, Program};

/// Every derived file. One that another is made from comes before it.
const DERIVED: [(&str, Source); 15] = [
    ("tests/vectors/expected.json", Program(&["vectors"])),
    ("sdk/wasm/sep9.js", Program(&["sep9", "script"])),
    ("sdk/wasm/sep9.d.ts", Program(&["sep9", "declarations"])),
    ("sdk/wasm/forms/ar.js", Program(&["forms", "ar"])),
    ("sdk/wasm/forms/en.js", Program(&["forms", "en"])),
    ("sdk/wasm/forms/es.js", Program(&["forms", "es"])),
    ("sdk/wasm/forms/fr.js", Program(&["forms", "fr"])),
    ("sdk/wasm/forms/limits.js", Program(&["forms", "limits"])),
    ("sdk/wasm/forms/pt.js", Program(&["forms", "pt"])),
    ("sdk/wasm/windlass.d.ts", Declarations("windlass", &[Module::WHOLE])),
    ("sdk/wasm/sign-in.d.ts", Declarations("sign-in", &[Module::SIGN_IN])),
    ("sdk/wasm/server.d.ts", Declarations("server", &[Module::SERVER, Module::WHOLE])),
    ("sdk/wasm/README.md", Environments),
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
            Program(command) => program(sh, command)?,
            Declarations(entry, modules) => declarations(sh, entry, modules)?,
            Environments => environments::within(&sh.read_file(path)?, &register(sh)?)?,
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

fn register(sh: &Sh) -> anyhow::Result<String> {
    Ok(sh.read_file("tests/packaging/environments.json")?)
}

fn program(sh: &Sh, command: &[&str]) -> anyhow::Result<String> {
    let program = sh.target().join("debug").join(command[0]);
    let args = &command[1..];
    output(sh, cmd!(sh, "{program} {args...}"))
}

/// The declarations of an entry of the npm package. Those of `windlass` end with the names of
/// SEP-9's fields.
fn declarations(sh: &Sh, entry: &str, modules: &[Module]) -> anyhow::Result<String> {
    package::build(sh)?;
    let (script, files) = ("docs/declarations.js", modules.iter().map(|it| it.declarations(sh)));
    let text = output(sh, cmd!(sh, "node {script} {entry} {files...}"))?;
    match entry {
        "windlass" => Ok(text + "\n" + &program(sh, &["sep9", "names"])?),
        _ => Ok(text),
    }
}

/// What a command prints, with one end of line at the end.
fn output(sh: &Sh, command: Cmd<'_>) -> anyhow::Result<String> {
    let line = command.to_string();
    Ok(sh.read(command).with_context(|| format!("`{line}` failed"))? + "\n")
}
