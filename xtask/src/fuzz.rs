//! Fuzzing with cargo-fuzz, on the stable toolchain.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow, bail};
use data_encoding::BASE64;
use xshell::{Cmd, cmd};

use crate::{
    setup::{self, Need},
    sh::{Failed, Sh, heading},
    table,
};

/// The workspace of the fuzz targets.
pub(crate) const FOLDER: &str = "tests/fuzz/libfuzzer";

/// The committed corpus.
const CORPUS: &str = "tests/fuzz/corpus";

/// What to fuzz, and how long.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Targets, as in `tests/fuzz/libfuzzer/targets`; all of them if none is named
    targets: Vec<String>,
    /// For how long, each
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Then put what was worth keeping into the committed corpus, and make that as small as it can be
    #[arg(long)]
    keep: bool,
}

/// Fuzzes the targets one after the other and prints how many inputs each was given.
///
/// # Errors
///
/// A target does not exist or does not build, or an input was found with which it fails.
pub(crate) fn run(sh: &Sh, args: &Args) -> anyhow::Result<()> {
    let all = targets(&sh.path(FOLDER))?;
    if let Some(unknown) = args.targets.iter().find(|target| !all.contains(target)) {
        bail!("there is no target {unknown}; there are {}", all.join(", "));
    }
    let targets = if args.targets.is_empty() { &all } else { &args.targets };
    setup::ensure(sh, &[Need::Fuzz])?;
    sh.run("building the fuzz targets", "about 10 min the first time", fuzz(sh, "build"))?;

    let mut rows =
        vec![["target", "inputs", "per second", "edges", "kept inputs"].map(str::to_owned)];
    for target in targets {
        heading(target);
        rows.push(one(sh, target, args)?);
    }
    let text = table::render(&rows);
    heading("summary");
    print!("{text}");
    let file = sh.target().join("artefacts/fuzz.txt");
    fs::create_dir_all(sh.target().join("artefacts"))?;
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}

fn one(sh: &Sh, target: &str, args: &Args) -> anyhow::Result<[String; 5]> {
    let corpus = corpus(sh, target);
    let found = sh.target().join("fuzz/corpus").join(target);
    let kept = sh.target().join("fuzz/kept").join(target);
    fs::create_dir_all(&found)?;
    unpack(&corpus, &kept)?;
    // libFuzzer writes new inputs to the first folder.
    let run = fuzz(sh, "run").arg(target).args([&found, &kept]).arg("--");
    let run = run.arg(format!("-max_total_time={}", args.seconds));
    let run = run.args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]);
    let about = format!("{} s", args.seconds);
    let output = match sh.attempt(&format!("fuzzing {target}"), &about, run)? {
        Ok(output) => output,
        Err(Failed { output, .. }) => bail!(
            "{}\n{target} fails: add the input named above to {}, as one line of base64, and fix the cause",
            last_lines(&output),
            corpus.display()
        ),
    };
    if args.keep {
        for input in fs::read_dir(&found)? {
            let input = input?;
            fs::copy(input.path(), kept.join(input.file_name()))?;
        }
        // An input for each edge, not one for each number of times that it is passed.
        let options = ["--", "-use_counters=0", "-set_cover_merge=1", "-max_len=3000"];
        let smaller = fuzz(sh, "cmin").arg(target).arg(&kept).args(options);
        sh.run("making the corpus smaller", "about 1 min", smaller)?;
        pack(&kept, &corpus)?;
    }
    let Stats { executed, per_second, edges } =
        Stats::read(&output).with_context(|| format!("{target} printed no figures"))?;
    let inputs = fs::read_dir(&kept)?.count().to_string();
    Ok([target.to_owned(), executed, per_second, edges, inputs])
}

/// The committed corpus of a target: one input per line, in base64.
fn corpus(sh: &Sh, target: &str) -> PathBuf {
    sh.path(CORPUS).join(format!("{target}.txt"))
}

/// Writes each input of the corpus to a file of its own, as libFuzzer reads them, in an otherwise empty folder.
fn unpack(corpus: &Path, folder: &Path) -> anyhow::Result<()> {
    let text =
        fs::read_to_string(corpus).with_context(|| format!("cannot read {}", corpus.display()))?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for (n, line) in text.lines().enumerate() {
        let input = BASE64
            .decode(line.as_bytes())
            .map_err(|error| anyhow!("line {} of {}: {error}", n + 1, corpus.display()))?;
        fs::write(folder.join(format!("{n:05}")), input)?;
    }
    Ok(())
}

/// Writes the inputs in the folder to the corpus: short ones first, so that the order is stable.
fn pack(folder: &Path, corpus: &Path) -> anyhow::Result<()> {
    let mut inputs = Vec::new();
    for file in fs::read_dir(folder)? {
        inputs.push(fs::read(file?.path())?);
    }
    inputs.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    inputs.dedup();
    let lines: String = inputs.iter().map(|input| BASE64.encode(input) + "\n").collect();
    fs::write(corpus, lines).with_context(|| format!("cannot write {}", corpus.display()))
}

/// `cargo fuzz <subcommand>`. The stable compiler takes its unstable coverage flags with this
/// environment variable.
fn fuzz<'a>(sh: &'a Sh, subcommand: &str) -> Cmd<'a> {
    let target = sh.target().join("fuzz");
    let options = ["--fuzz-dir", FOLDER, "--sanitizer", "none"];
    cmd!(sh, "cargo fuzz {subcommand} {options...} --target-dir {target}")
        .env("RUSTC_BOOTSTRAP", "1")
}

fn targets(folder: &Path) -> anyhow::Result<Vec<String>> {
    let folder = folder.join("targets");
    let files =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    let stem = |path: &PathBuf| path.file_stem().and_then(OsStr::to_str).map(str::to_owned);
    let mut targets: Vec<_> = paths.iter().filter_map(stem).collect();
    targets.sort();
    Ok(targets)
}

/// What libFuzzer prints at its end.
#[derive(Debug, PartialEq)]
struct Stats {
    executed: String,
    per_second: String,
    edges: String,
}

impl Stats {
    fn read(output: &str) -> Option<Self> {
        let stat = |name: &str| {
            let line = output.lines().find_map(|line| line.trim().strip_prefix(name));
            line.map(|line| line.trim().to_owned())
        };
        let done = output.lines().rev().find(|line| line.contains("\tDONE "))?;
        Some(Self {
            executed: stat("stat::number_of_executed_units:")?,
            per_second: stat("stat::average_exec_per_sec:")?,
            edges: done.split("cov: ").nth(1)?.split(' ').next()?.to_owned(),
        })
    }
}

fn last_lines(output: &str) -> String {
    let lines: Vec<_> = output.trim_end().lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_run_are_read() {
        let output = "#12\tNEW    cov: 2 ft: 3\n#11286579\tDONE   cov: 1857 ft: 4104 corp: 1108/456Kb lim: 4096\n\
                      Done 11286579 runs in 616 second(s)\nstat::number_of_executed_units: 11286579\n\
                      stat::average_exec_per_sec:     18322\n";
        let stats = Stats::read(output).unwrap();
        assert_eq!(
            (stats.executed.as_str(), stats.per_second.as_str(), stats.edges.as_str()),
            ("11286579", "18322", "1857")
        );
        assert_eq!(Stats::read("==1== ERROR: libFuzzer: deadly signal"), None);
    }

    #[test]
    fn every_target_has_a_corpus() {
        let sh = Sh::new(false);
        for target in targets(&sh.path(FOLDER)).unwrap() {
            assert!(corpus(&sh, &target).is_file(), "{target}");
        }
    }

    #[test]
    fn packing_an_unpacked_corpus_gives_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = corpus(&Sh::new(false), "form");
        let copy = folder.path().join("form.txt");
        unpack(&corpus, &folder.path().join("form")).unwrap();
        pack(&folder.path().join("form"), &copy).unwrap();
        assert_eq!(fs::read_to_string(copy).unwrap(), fs::read_to_string(corpus).unwrap());
    }
}
