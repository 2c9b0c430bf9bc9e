//! Fuzzing with cargo-fuzz, on the stable toolchain.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow, bail};
use data_encoding::BASE64;
use xshell::{Cmd, cmd};

use crate::{
    setup::{self, Need},
    sh::{Failed, Sh, heading, tail},
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
    /// Then add new inputs to the committed corpus, and minimise it
    #[arg(long)]
    keep: bool,
}

/// Fuzzes the targets one after the other, and prints how many inputs each was given.
pub(crate) fn run(sh: &Sh, args: &Args) -> anyhow::Result<()> {
    let all = targets(sh)?;
    if let Some(unknown) = args.targets.iter().find(|target| !all.contains(target)) {
        bail!("there is no target {unknown}; there are {}", all.join(", "));
    }
    let targets = if args.targets.is_empty() { &all } else { &args.targets };
    setup::ensure(sh, &[Need::Fuzz])?;
    sh.run("building the fuzz targets", "about 10 min the first time", fuzz(sh, "build"))?;

    let mut summary = String::new();
    for target in targets {
        heading(target);
        summary += &format!("{target}: {}\n", one(sh, target, args)?);
    }
    heading("summary");
    print!("{summary}");
    Ok(sh.write_file(sh.target().join("artefacts/fuzz.txt"), summary)?)
}

/// Returns libFuzzer's last line: the number of inputs, the edges that they cover, and the corpus.
fn one(sh: &Sh, target: &str, args: &Args) -> anyhow::Result<String> {
    let corpus = corpus(sh, target);
    let found = sh.target().join("fuzz/corpus").join(target);
    let kept = sh.target().join("fuzz/kept").join(target);
    sh.create_dir(&found)?;
    unpack(sh, &corpus, &kept)?;
    // libFuzzer writes new inputs to the first folder.
    let run = fuzz(sh, "run").arg(target).args([&found, &kept]).arg("--");
    let run = run.arg(format!("-max_total_time={}", args.seconds));
    let run = run.args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]);
    let about = format!("{} s", args.seconds);
    let output = match sh.attempt(&format!("fuzzing {target}"), &about, run)? {
        Ok(output) => output,
        Err(Failed { output, .. }) => bail!(
            "{}\n{target} fails: add the input named above to {}, as one line of base64, and fix the \
             cause",
            tail(&output, 40),
            corpus.display()
        ),
    };
    if args.keep {
        for input in sh.read_dir(&found)? {
            sh.copy_file(input, &kept)?;
        }
        // An input for each edge, not one for each number of times that it is passed.
        let options = ["--", "-use_counters=0", "-set_cover_merge=1", "-max_len=3000"];
        let smaller = fuzz(sh, "cmin").arg(target).arg(&kept).args(options);
        sh.run("making the corpus smaller", "about 1 min", smaller)?;
        pack(sh, &kept, &corpus)?;
    }
    let done = output.lines().rev().find(|line| line.contains("\tDONE "));
    let done = done.with_context(|| format!("{target} printed no figures"))?;
    Ok(done.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The committed corpus of a target: one input per line, in base64.
fn corpus(sh: &Sh, target: &str) -> PathBuf {
    sh.path(CORPUS).join(format!("{target}.txt"))
}

/// Writes each input of the corpus to a file of its own, as libFuzzer reads them, and removes what
/// else is in the folder.
fn unpack(sh: &Sh, corpus: &Path, folder: &Path) -> anyhow::Result<()> {
    sh.remove_path(folder)?;
    for (n, line) in sh.read_file(corpus)?.lines().enumerate() {
        let input = BASE64
            .decode(line.as_bytes())
            .map_err(|error| anyhow!("line {} of {}: {error}", n + 1, corpus.display()))?;
        sh.write_file(folder.join(format!("{n:05}")), input)?;
    }
    Ok(())
}

/// Writes the inputs in the folder to the corpus: short ones first, so that the order is stable.
fn pack(sh: &Sh, folder: &Path, corpus: &Path) -> anyhow::Result<()> {
    let mut inputs = Vec::new();
    for file in sh.read_dir(folder)? {
        inputs.push(sh.read_binary_file(file)?);
    }
    inputs.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    inputs.dedup();
    let lines: String = inputs.iter().map(|input| BASE64.encode(input) + "\n").collect();
    Ok(sh.write_file(corpus, lines)?)
}

/// `cargo fuzz <subcommand>`. The stable compiler takes its unstable coverage flags with this
/// environment variable.
fn fuzz<'a>(sh: &'a Sh, subcommand: &str) -> Cmd<'a> {
    let target = sh.target().join("fuzz");
    let options = ["--fuzz-dir", FOLDER, "--sanitizer", "none"];
    cmd!(sh, "cargo fuzz {subcommand} {options...} --target-dir {target}")
        .env("RUSTC_BOOTSTRAP", "1")
}

fn targets(sh: &Sh) -> anyhow::Result<Vec<String>> {
    let files = sh.read_dir(sh.path(FOLDER).join("targets"))?;
    let stem = |path: &PathBuf| path.file_stem().and_then(OsStr::to_str).map(str::to_owned);
    Ok(files.iter().filter_map(stem).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_an_unpacked_corpus_gives_the_same_file() {
        let (sh, folder) = (Sh::new(false), tempfile::tempdir().unwrap());
        let corpus = corpus(&sh, "form");
        let copy = folder.path().join("form.txt");
        unpack(&sh, &corpus, &folder.path().join("form")).unwrap();
        pack(&sh, &folder.path().join("form"), &copy).unwrap();
        assert_eq!(sh.read_file(copy).unwrap(), sh.read_file(corpus).unwrap());
    }
}
