//! Every test, part by part.

use anyhow::{Context as _, bail};
use clap::ValueEnum;
use serde_json::Value;
use xshell::cmd;

use crate::{
    cargo::{self, WASM},
    generate, lint, npm, one_member, pack, package,
    postgres::{self, Server},
    setup::{self, Need},
    sh::{Interrupted, Sh, check_interrupt, heading, now, spell},
    table, testing,
    wasm::{self, Engine},
};

/// The crates whose tests use a database.
const WITH_DATABASE: [&str; 2] = ["windlass-anchor", "windlass-tests"];

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Parts to run, in this order; all of them if none is named
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// Stop at the first part that fails
    #[arg(long)]
    fail_fast: bool,
    /// Only tests whose name contains this (parts `native` and `postgres`)
    #[arg(long)]
    filter: Option<String>,
}

/// A part of the tests.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Part {
    /// Format, clippy, documentation
    Lint,
    /// The tests of these tasks themselves
    Xtask,
    /// Rust tests on SQLite, and the examples in the documentation: each crate alone
    Native,
    /// The tests that use a database, on PostgreSQL
    Postgres,
    /// The core compiled for the browser alone
    Core,
    /// Tests compiled to WebAssembly, in Node
    WasmNode,
    /// Tests compiled to WebAssembly, in Chromium
    WasmChromium,
    /// The npm package builds, is within its budget, and its declarations are up to date
    Package,
    /// A message is stated once: one member more is a change of its own file alone
    OneMember,
    /// Tests written in TypeScript, and the types themselves
    Typescript,
    /// The packed package in projects of other people, in Chromium, Firefox and WebKit
    Packaging,
    /// A user's story in a real browser
    Browser,
    /// The servers' logs of all of that hold no personal data, token, code or secret
    Logs,
}

/// Runs the parts; all of them even if one fails, unless `--fail-fast` is set.
pub(crate) fn run(sh: &Sh, args: &Args) -> anyhow::Result<()> {
    let parts = if args.parts.is_empty() { Part::value_variants() } else { &args.parts };
    let started = now();
    let mut needs: Vec<_> = parts.iter().flat_map(|part| part.needs()).copied().collect();
    needs.sort_unstable();
    needs.dedup();
    heading("set-up");
    setup::ensure(sh, &needs)?;
    if parts != [Part::Logs] {
        clear_logs(sh)?;
    }

    let mut rows = vec![["part", "result", "time"].map(str::to_owned)];
    let mut failed = Vec::new();
    for part in parts {
        let name = part.name();
        heading(&name);
        let begun = now();
        let result = part.run(sh, args.filter.as_deref());
        check_interrupt()?;
        let took = spell(begun.elapsed());
        let word = match result {
            Ok(()) => "ok",
            Err(error) if error.is::<Interrupted>() => return Err(error),
            Err(error) => {
                println!("{name} failed: {error:#}");
                failed.push(name.clone());
                "FAILED"
            }
        };
        println!("{name}: {word} in {took}");
        rows.push([name, word.to_owned(), took]);
        if args.fail_fast && !failed.is_empty() {
            break;
        }
    }
    heading("summary");
    print!("{}", table::render(&rows));
    println!("all in {}", spell(started.elapsed()));
    if !failed.is_empty() {
        bail!("failed: {}; run one again with `cargo xtask test {}`", failed.join(", "), failed[0]);
    }
    Ok(())
}

impl Part {
    /// Its name on the command line.
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// What must be installed for it.
    fn needs(self) -> &'static [Need] {
        match self {
            Self::Lint => &[Need::Linters, Need::WasmTarget],
            Self::Logs => &[],
            Self::Native => &[Need::Python],
            Self::Postgres if std::env::var_os(postgres::URL).is_some() => &[Need::Python],
            Self::Postgres => &[Need::Postgres, Need::Python],
            Self::Xtask => &[Need::Postgres],
            Self::Core => &[Need::WasmTarget],
            Self::OneMember | Self::WasmNode => &[Need::WasmTarget, Need::WasmTools],
            Self::WasmChromium => &[Need::WasmTarget, Need::WasmTools, Need::Browser],
            Self::Package | Self::Typescript => &[Need::WasmTarget, Need::WasmTools, Need::Npm],
            Self::Packaging => {
                &[Need::WasmTarget, Need::WasmTools, Need::Npm, Need::Browser, Need::Engines]
            }
            Self::Browser => &[Need::WasmTarget, Need::WasmTools, Need::Npm, Need::Browser],
        }
    }

    fn run(self, sh: &Sh, filter: Option<&str>) -> anyhow::Result<()> {
        match self {
            Self::Lint => lint::run(sh, false),
            Self::Xtask => {
                let test = cmd!(sh, "cargo test -p xtask");
                sh.run("running the tests of xtask", "about 20 s", test).map(drop)
            }
            Self::Native => rust_tests(sh, &crates(sh)?, filter, None),
            Self::Postgres => {
                let server = Server::for_tests(sh)?;
                let crates = WITH_DATABASE.map(str::to_owned);
                rust_tests(sh, &crates, filter, Some(&server.url))
            }
            Self::Core => {
                let check =
                    cmd!(sh, "cargo check -p windlass-core --no-default-features --target {WASM}");
                sh.run("checking the core for the browser alone", "seconds", check).map(drop)
            }
            Self::WasmNode => wasm::test(sh, Engine::Node),
            Self::WasmChromium => wasm::test(sh, Engine::Chromium),
            Self::Package => {
                package::size(sh)?;
                generate::run(sh, true)
            }
            Self::OneMember => one_member::run(sh),
            Self::Typescript => {
                prepare(sh)?;
                sh.run("running the TypeScript tests", "about 1 min", npm::test(sh)).map(drop)
            }
            Self::Packaging => {
                prepare(sh)?;
                let tarball = pack::packed(sh)?;
                let test = npm::script(sh, "tests", "test:packaging");
                let test = test.env("WINDLASS_TARBALL", tarball);
                sh.run("trying the packed package", "about 2 min", test).map(drop)
            }
            Self::Browser => {
                prepare(sh)?;
                npm::build_www(sh)?;
                script(sh, "test:browser", "playing the story in Chromium", "about 1 min")
            }
            Self::Logs => {
                let artefacts = sh.target().join("artefacts");
                let search = cmd!(sh, "cargo run -p windlass-tests --bin logs -- {artefacts}");
                sh.run("searching the servers' logs", "seconds", search).map(drop)
            }
        }
    }
}

/// Runs the tests of each crate alone; on SQLite, or on PostgreSQL if there is a `database`,
/// without the documentation's examples.
///
/// A test of the whole workspace would unite the features that its crates ask of a dependency, so
/// that a crate which forgets one compiles only beside the others. Testing alone costs little: the
/// dependencies of the large crates have the same features, and are compiled once.
fn rust_tests(
    sh: &Sh,
    crates: &[String],
    filter: Option<&str>,
    database: Option<&str>,
) -> anyhow::Result<()> {
    let (mut passed, mut failed) = (0, Vec::new());
    let targets: &[&str] = if database.is_some() { &["--lib", "--bins", "--tests"] } else { &[] };
    for name in crates {
        let test = cmd!(sh, "cargo test -p {name} --no-fail-fast {targets...} {filter...}");
        let test = match database {
            Some(url) => test.env(postgres::URL, url),
            None => test.env_remove(postgres::URL),
        };
        let what = format!("running the tests of {name}");
        match sh.run(&what, "about 1 min, some more the first time", test) {
            Ok(output) => passed += tests_passed(&output),
            Err(error) => {
                check_interrupt()?;
                println!("{error:#}");
                failed.push(name.as_str());
            }
        }
    }
    if !failed.is_empty() {
        bail!("tests of {} failed", failed.join(", "));
    }
    // cargo itself calls it a success when no test was run.
    filter.filter(|_| passed == 0).map_or(Ok(()), |filter| bail!("no test is named {filter}"))
}

/// Every crate of the workspace but this one, which has a part of its own.
fn crates(sh: &Sh) -> anyhow::Result<Vec<String>> {
    let metadata = sh.read(cmd!(sh, "cargo metadata --no-deps --format-version 1"));
    let metadata = metadata.context("`cargo metadata` failed")?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let names = packages.filter_map(|package| package["name"].as_str().map(str::to_owned));
    Ok(names.filter(|name| name != "xtask").collect())
}

/// How many tests libtest and wasm-bindgen's test runner say have passed.
pub(crate) fn tests_passed(output: &str) -> usize {
    let results = output.lines().filter_map(|line| line.trim().strip_prefix("test result: ok. "));
    results.filter_map(|counts| counts.split(' ').next()?.parse::<usize>().ok()).sum()
}

/// Builds the package and the server, for the tests that use them from outside.
fn prepare(sh: &Sh) -> anyhow::Result<()> {
    package::build(sh)?;
    testing::build(sh)?;
    cargo::build_windlass(sh)?;
    sh.create_dir(sh.target().join("artefacts"))?;
    Ok(())
}

fn script(sh: &Sh, script: &str, what: &str, about: &str) -> anyhow::Result<()> {
    sh.run(what, about, npm::script(sh, "tests", script)).map(drop)
}

/// Removes the logs of earlier runs, and the secrets to search them for.
fn clear_logs(sh: &Sh) -> anyhow::Result<()> {
    for name in ["logs", "secrets"] {
        sh.remove_path(sh.target().join("artefacts").join(name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed_tests_are_summed() {
        let output = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\n\n\
                      test result: ok. 40 passed; 0 failed; 0 ignored; finished in 0.03s\n\
                      test result: FAILED. 1 passed; 1 failed\n";
        assert_eq!(tests_passed(output), 42);
        assert_eq!(tests_passed("no tests to run!\n"), 0);
    }
}
