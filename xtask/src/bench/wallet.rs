//! The npm package beside other wallet SDKs, and beside what people write by hand.

use std::fs;

use anyhow::{Context as _, bail};
use clap::ValueEnum;

use super::keep;
use crate::{
    npm,
    setup::{self, Need},
    sh::Sh,
    stamp::Stamp,
    wasm,
};

mod report;

use report::Line;

/// Where the measuring is done; its packages are installed by this task alone.
const FOLDER: &str = "tests/bench/wallet";

/// How to read the tables.
const LEGEND: &str = "\
Medians; the spread is all that was seen. `Times as fast` is the median of what the runs say one by one, each beside
stellar-sdk's. Every contender has refused the challenge with a bit of its signature flipped, and what it signed was
accepted by stellar-sdk. A sign-in is each one's own: windlass also has a time limit on requests, compares what was
signed with what was to be signed, and reads the token. `By hand` are a few files without types, retries or texts.
Sizes are of the files that Chromium fetched; `if needed` is brotli of those that only other browsers fetch.
Memory in Node is process.memoryUsage() after a collection, WebAssembly being part of external; in Chromium
Runtime.getHeapUsage after a collection, WebAssembly being beside it.

";

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
    /// Bytes of the same little wallet on everybody, bundled and minified
    Sizes,
    /// Challenges per second: opened and verified, signed, both, and whole sign-ins
    Speed,
    /// From nothing to the first challenge that is signed
    Cold,
    /// Memory after the import, and after a thousand challenges
    Memory,
}

/// Builds the package, installs the others, measures, and prints tables.
///
/// # Errors
///
/// Something does not build or install, or somebody takes a challenge that is wrong or signs one wrongly.
pub(crate) fn run(sh: &Sh, args: &Args) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Browser])?;
    wasm::build(sh)?;
    install(sh)?;
    let parts = if args.parts.is_empty() { Part::value_variants() } else { &args.parts };
    let mut report = super::machine(sh, "cores for everything") + LEGEND;
    for part in parts {
        let mut lines = Vec::new();
        for engine in part.engines() {
            lines.extend(measure(sh, *part, engine)?);
        }
        report += &report::render(&lines);
    }
    keep(sh, "wallet", &report)
}

impl Part {
    /// The names of the module and of the functions in it that measure this.
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

/// Installs the packages that `package-lock.json` of the folder names, unless they are there.
fn install(sh: &Sh) -> anyhow::Result<()> {
    let folder = sh.path(FOLDER);
    let modules = folder.join("node_modules");
    let sources = ["package.json", "package-lock.json"].map(|file| folder.join(file));
    let results = [modules.join(".package-lock.json")];
    let stamp = Stamp::new(modules.join(".windlass-stamp"), "npm ci", &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    let mut command = sh.command("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    sh.step("installing what it is measured beside", "about 20 s", &mut command)?;
    stamp.write()
}

fn measure(sh: &Sh, part: Part, engine: &str) -> anyhow::Result<Vec<Line>> {
    let mut node = sh.command("node");
    node.args(["main.js", part.script(), engine]).current_dir(sh.path(FOLDER)).envs(npm::told(sh));
    let what = format!("measuring {} in {engine}", part.script());
    let output = sh.step(&what, part.about(), &mut node)?;
    let folder = sh.target().join("artefacts/bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("wallet-{}-{engine}.jsonl", part.script()));
    fs::write(&file, &output).with_context(|| format!("cannot write {}", file.display()))?;
    let lines = output
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| serde_json::from_str(line).with_context(|| format!("{FOLDER} printed {line}")));
    let lines = lines.collect::<anyhow::Result<Vec<_>>>()?;
    if lines.is_empty() {
        bail!("{FOLDER} has measured nothing");
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_scripts_of_their_name() {
        for part in Part::value_variants() {
            assert_eq!(part.to_possible_value().unwrap().get_name(), part.script());
            let script = format!("{FOLDER}/parts/{}.js", part.script());
            let text = fs::read_to_string(Sh::new(false).path(script)).unwrap();
            for engine in part.engines() {
                assert!(text.contains(&format!("function {engine}(")), "{engine}");
            }
        }
    }

    #[test]
    fn bench_lock_file_names_no_registry() {
        let file = Sh::new(false).path(FOLDER).join("package-lock.json");
        let text = fs::read_to_string(file).unwrap();
        assert!(text.contains("\"integrity\"") && !text.contains("\"resolved\": \"http"));
    }
}
