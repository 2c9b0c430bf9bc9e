//! Every test, part by part.

use std::fs;

use anyhow::bail;
use clap::ValueEnum;

use crate::{
    cargo, counts, generate, lint, logs, npm,
    postgres::{self, Server},
    setup::{self, Need},
    sh::{Sh, heading, now, spell},
    signals::{self, Interrupted},
    size, table, testing,
    wasm::{self, Engine},
};

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
    /// Rust tests on this machine, on SQLite, and the examples in the documentation
    Native,
    /// The same on PostgreSQL
    Postgres,
    /// The core compiled for the browser alone
    Core,
    /// Tests compiled to WebAssembly, in Node
    WasmNode,
    /// Tests compiled to WebAssembly, in Chromium
    WasmChromium,
    /// The npm package: it builds, is within its budget, and its committed declarations are up to date
    Package,
    /// Tests written in TypeScript, and the types themselves
    Typescript,
    /// The packed package in projects of other people, in Chromium, Firefox and WebKit
    Packaging,
    /// A person's story in a real browser
    Browser,
    /// What the servers have logged in all of that: nothing personal, no token, no code, no secret
    Logs,
}

/// Runs the parts; all of them even if one fails, unless told otherwise.
///
/// # Errors
///
/// The set-up fails, a part fails, or the person asked to stop.
pub(crate) fn run(sh: &Sh, args: &Args) -> anyhow::Result<()> {
    let parts = if args.parts.is_empty() { Part::value_variants() } else { &args.parts };
    let started = now();
    let mut needs: Vec<_> = parts.iter().flat_map(|part| part.needs()).copied().collect();
    needs.sort_unstable();
    needs.dedup();
    heading("set-up");
    setup::ensure(sh, &needs)?;

    if parts != [Part::Logs] {
        logs::clear(sh)?;
    }

    let mut rows = vec![["part", "result", "tests", "time"].map(str::to_owned)];
    let mut failed = Vec::new();
    for part in parts {
        heading(part.name());
        let begun = now();
        let result = part.run(sh, args.filter.as_deref());
        let took = spell(begun.elapsed());
        let (word, tests) = match &result {
            Ok(tests) => ("ok", tests.map(|tests| tests.to_string()).unwrap_or_default()),
            Err(error) if error.is::<Interrupted>() => return Err(Interrupted.into()),
            Err(error) => {
                println!("{} failed: {error:#}", part.name());
                failed.push(part.name());
                ("FAILED", String::new())
            }
        };
        println!("{}: {word} in {took}", part.name());
        rows.push([part.name().to_owned(), word.to_owned(), tests, took]);
        signals::check()?;
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
    /// The name it has on the command line.
    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Xtask => "xtask",
            Self::Native => "native",
            Self::Postgres => "postgres",
            Self::Core => "core",
            Self::WasmNode => "wasm-node",
            Self::WasmChromium => "wasm-chromium",
            Self::Package => "package",
            Self::Typescript => "typescript",
            Self::Packaging => "packaging",
            Self::Browser => "browser",
            Self::Logs => "logs",
        }
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
            Self::WasmNode => &[Need::WasmTarget, Need::WasmTools],
            Self::WasmChromium => &[Need::WasmTarget, Need::WasmTools, Need::Browser],
            Self::Package | Self::Typescript => &[Need::WasmTarget, Need::WasmTools, Need::Npm],
            Self::Packaging => {
                &[Need::WasmTarget, Need::WasmTools, Need::Npm, Need::Browser, Need::Engines]
            }
            Self::Browser => &[Need::WasmTarget, Need::WasmTools, Need::Npm, Need::Browser],
        }
    }

    /// Runs it; answers with the number of tests that passed, if it is made of tests.
    fn run(self, sh: &Sh, filter: Option<&str>) -> anyhow::Result<Option<usize>> {
        let output = match self {
            Self::Lint => return lint::run(sh, false).map(|()| None),
            Self::Xtask => {
                let mut command = sh.command("cargo");
                sh.step(
                    "running the tests of xtask",
                    "about 20 s",
                    command.args(["test", "-p", "xtask"]),
                )?
            }
            Self::Native => native(sh, filter)?,
            Self::Postgres => on_postgres(sh, filter)?,
            Self::Core => {
                sh.step(
                    "checking the core for the browser alone",
                    "seconds",
                    &mut wasm::check_core(sh),
                )?;
                return Ok(None);
            }
            Self::WasmNode => wasm::test(sh, Engine::Node)?,
            Self::WasmChromium => wasm::test(sh, Engine::Chromium)?,
            Self::Package => {
                size::run(sh)?;
                return generate::run(sh, true).map(|()| None);
            }
            Self::Typescript => {
                prepare(sh)?;
                sh.step("running the TypeScript tests", "about 1 min", &mut npm::test(sh))?
            }
            Self::Packaging => {
                prepare(sh)?;
                script(sh, "test:packaging", "trying the packed package", "about 2 min")?
            }
            Self::Browser => {
                prepare(sh)?;
                npm::build_www(sh)?;
                script(sh, "test:browser", "playing the story in Chromium", "about 1 min")?
            }
            Self::Logs => return logs::check(sh).map(|()| None),
        };
        match counts::passed(&output) {
            0 => bail!("no test was run"),
            tests => Ok(Some(tests)),
        }
    }
}

fn native(sh: &Sh, filter: Option<&str>) -> anyhow::Result<String> {
    let mut output = rust_tests(sh, filter, None)?;
    if filter.is_none() {
        let mut examples = cargo::product(sh, &["test", "--doc"]);
        output += &sh.step("running the documentation's examples", "about 1 min", &mut examples)?;
    }
    Ok(output)
}

fn on_postgres(sh: &Sh, filter: Option<&str>) -> anyhow::Result<String> {
    let server = Server::ready(sh)?;
    rust_tests(sh, filter, Some(&server.url()))
}

/// The product's Rust tests, by cargo-nextest where it is installed; on PostgreSQL if there is a `database`.
fn rust_tests(sh: &Sh, filter: Option<&str>, database: Option<&str>) -> anyhow::Result<String> {
    let nextest = sh.read(sh.command("cargo").args(["nextest", "--version"])).is_some();
    let subcommand: &[&str] =
        if nextest { &["nextest", "run"] } else { &["test", "--all-targets"] };
    let mut command = cargo::product(sh, subcommand);
    command.arg("--no-fail-fast");
    command.args(filter).env_remove(postgres::URL);
    let (what, about) = match database {
        Some(url) => {
            command.env(postgres::URL, url);
            ("running the Rust tests on PostgreSQL", "about 1 min")
        }
        None => ("running the Rust tests", "about 1 min, 8 min the first time"),
    };
    sh.step(what, about, &mut command)
}

/// What the tests from outside run against: the package, the server, and a place for what they leave to look at.
fn prepare(sh: &Sh) -> anyhow::Result<()> {
    wasm::build(sh)?;
    testing::build(sh)?;
    cargo::build_windlass(sh)?;
    fs::create_dir_all(sh.target().join("artefacts"))?;
    Ok(())
}

fn script(sh: &Sh, script: &str, what: &str, about: &str) -> anyhow::Result<String> {
    sh.step(what, about, &mut npm::script(sh, "tests", script)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_as_on_the_command_line() {
        for part in Part::value_variants() {
            assert_eq!(part.to_possible_value().unwrap().get_name(), part.name());
        }
    }
}
