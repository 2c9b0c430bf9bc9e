//! Compares the npm package with other wallet SDKs, and with code written by hand.

use std::path::PathBuf;

use anyhow::bail;
use clap::ValueEnum;
use xshell::cmd;

use super::{keep, machine};
use crate::{
    npm, package,
    setup::{self, Need},
    sh::Sh,
};

/// The measuring scripts. Only this task installs their packages.
const FOLDER: &str = "tests/bench/wallet";

/// What of it to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Parts to measure, in this order; all of them if none is named
    #[arg(value_enum)]
    parts: Vec<Part>,
}

/// A part of it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Part {
    /// Bytes of the same small wallet on each SDK, bundled and minified
    Sizes,
    /// Challenges per second: opened and verified, signed, both, and whole sign-ins
    Speed,
    /// From import to the first signed challenge
    Cold,
    /// Memory after the import, and after a thousand challenges
    Memory,
}

/// Builds the package, installs the others, measures, and prints tables.
pub(crate) fn run(sh: &Sh, args: &Args) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Browser])?;
    package::build(sh)?;
    let others = "installing the packages to compare with";
    setup::npm::install_in(sh, &sh.path(FOLDER), others, &["--ignore-scripts"])?;
    let machine = machine(sh, "cores for everything");
    let parts = if args.parts.is_empty() { Part::value_variants() } else { &args.parts };
    let mut files = Vec::new();
    for part in parts {
        for engine in part.engines() {
            files.push(measure(sh, *part, engine)?);
        }
    }
    let report = sh.path(FOLDER).join("report.js");
    let tables = cmd!(sh, "node {report} {files...}");
    let tables = sh.run("comparing", "seconds", tables)?;
    keep(sh, "wallet", &(machine + &tables))
}

impl Part {
    /// The script that measures this, with one function for each engine.
    fn script(self) -> &'static str {
        match self {
            Self::Sizes => "sizes",
            Self::Speed => "speed",
            Self::Cold => "cold",
            Self::Memory => "memory",
        }
    }

    fn engines(self) -> &'static [&'static str] {
        match self {
            Self::Sizes => &["chromium"],
            Self::Speed | Self::Cold | Self::Memory => &["node", "chromium"],
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Sizes => "about 20 s",
            Self::Speed => "about 3 min",
            Self::Cold | Self::Memory => "about 1 min",
        }
    }
}

/// Returns the file that has the measurements.
fn measure(sh: &Sh, part: Part, engine: &str) -> anyhow::Result<PathBuf> {
    let (script, main) = (part.script(), sh.path(FOLDER).join("main.js"));
    let node = cmd!(sh, "node {main} {script} {engine}").envs(npm::environment(sh));
    let output = sh.run(&format!("measuring {script} in {engine}"), part.about(), node)?;
    if !output.contains("\n{") && !output.starts_with('{') {
        bail!("{FOLDER} has measured nothing");
    }
    let file = sh.target().join(format!("artefacts/bench/wallet-{script}-{engine}.jsonl"));
    sh.write_file(&file, output)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_scripts_of_their_name() {
        for part in Part::value_variants() {
            assert_eq!(part.to_possible_value().unwrap().get_name(), part.script());
            let script = format!("{FOLDER}/parts/{}.js", part.script());
            let text = Sh::new(false).read_file(script).unwrap();
            for engine in part.engines() {
                assert!(text.contains(&format!("function {engine}(")), "{engine}");
            }
        }
    }
}
