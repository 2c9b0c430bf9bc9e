//! Skips a step whose result is up to date: a stamp beside the result has a hash of its sources.

use std::{
    collections::BTreeSet,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::PathBuf,
};

use anyhow::{Context as _, bail};
use walkdir::{DirEntry, WalkDir};

/// Folders that hold results, never sources.
const RESULTS: [&str; 7] =
    ["node_modules", "target", "pkg", "pkg-ed25519", "pkg-server", "pkg-sign-in", "dist"];

/// A hash of a result, its sources, and the options that it was made with.
pub(crate) struct Stamp {
    file: PathBuf,
    recipe: u64,
    results: Vec<PathBuf>,
}

impl Stamp {
    /// The stamp in `file` for `results`, made with the options `how` from `sources`: files, and
    /// folders with everything in them except the results of other steps. A source may be missing.
    pub(crate) fn new(
        file: PathBuf,
        how: &str,
        sources: &[PathBuf],
        results: &[PathBuf],
    ) -> anyhow::Result<Self> {
        let mut hasher = DefaultHasher::new();
        how.hash(&mut hasher);
        hash(sources, &mut hasher)?;
        Ok(Self { file, recipe: hasher.finish(), results: results.to_vec() })
    }

    /// Whether the results are there, were made from these sources, and were not changed since.
    pub(crate) fn is_fresh(&self) -> bool {
        let written = fs::read_to_string(&self.file);
        written.is_ok_and(|written| self.text().is_ok_and(|text| text == written))
    }

    /// Records that the results are complete. Call it last.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        if let Some(missing) = self.results.iter().find(|result| !result.exists()) {
            bail!("{} was not made, though nothing failed", missing.display());
        }
        fs::write(&self.file, self.text()?)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }

    fn text(&self) -> anyhow::Result<String> {
        let mut hasher = DefaultHasher::new();
        hash(&self.results, &mut hasher)?;
        Ok(format!("{:016x} {:016x}\n", self.recipe, hasher.finish()))
    }
}

fn hash(paths: &[PathBuf], hasher: &mut DefaultHasher) -> anyhow::Result<()> {
    let mut files = BTreeSet::new();
    for path in paths.iter().filter(|path| path.exists()) {
        let entries = WalkDir::new(path).min_depth(1).follow_links(true).into_iter();
        let is_source = |entry: &DirEntry| !RESULTS.iter().any(|name| entry.file_name() == *name);
        for entry in entries.filter_entry(is_source) {
            let entry = entry?;
            if entry.file_type().is_file() {
                files.insert(entry.into_path());
            }
        }
        files.extend(path.is_file().then(|| path.clone()));
    }
    for path in &files {
        path.hash(hasher);
        fs::read(path).with_context(|| format!("cannot read {}", path.display()))?.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn stamp(dir: &Path, how: &str) -> Stamp {
        let sources = [dir.join("src"), dir.join("absent")];
        Stamp::new(dir.join("stamp"), how, &sources, &[dir.join("out")]).unwrap()
    }

    #[test]
    fn result_is_fresh_until_a_source_or_the_recipe_changes() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        fs::create_dir_all(dir.join("src/deep/dist")).unwrap();
        fs::write(dir.join("src/deep/a"), "1").unwrap();
        assert!(!stamp(dir, "-O").is_fresh(), "nothing was made yet");
        let error = stamp(dir, "-O").write().unwrap_err().to_string();
        assert!(error.ends_with("out was not made, though nothing failed"), "{error}");

        fs::write(dir.join("out"), "made").unwrap();
        stamp(dir, "-O").write().unwrap();
        fs::write(dir.join("src/deep/dist/other"), "a result of another step").unwrap();
        assert!(stamp(dir, "-O").is_fresh());
        assert!(!stamp(dir, "-Oz").is_fresh());

        fs::write(dir.join("src/deep/a"), "2").unwrap();
        assert!(!stamp(dir, "-O").is_fresh(), "a file changed");
        stamp(dir, "-O").write().unwrap();
        fs::rename(dir.join("src/deep/a"), dir.join("src/deep/b")).unwrap();
        assert!(!stamp(dir, "-O").is_fresh(), "a file was renamed");
    }

    #[test]
    fn changed_result_is_not_fresh() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        fs::write(dir.join("out"), "made").unwrap();
        stamp(dir, "-O").write().unwrap();
        assert!(stamp(dir, "-O").is_fresh());
        fs::write(dir.join("out"), "edited").unwrap();
        assert!(!stamp(dir, "-O").is_fresh());
        fs::remove_file(dir.join("out")).unwrap();
        assert!(!stamp(dir, "-O").is_fresh());
    }
}
