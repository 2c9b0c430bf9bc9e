//! Results that are already there: a stamp beside a result says what it was made from.

use std::{
    collections::BTreeSet,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

/// Folders that hold results, never sources.
const RESULTS: [&str; 4] = ["node_modules", "target", "pkg", "dist"];

/// What a result is made from: a hash of files, and of the words that say how.
pub(crate) struct Stamp {
    file: PathBuf,
    text: String,
}

impl Stamp {
    /// The stamp kept in `file` for a result made in the way `how` from `sources` (files, and folders with all that is
    /// in them save results). A source that is missing counts as such.
    ///
    /// # Errors
    ///
    /// A source cannot be read.
    pub(crate) fn new(file: PathBuf, how: &str, sources: &[PathBuf]) -> anyhow::Result<Self> {
        let mut files = BTreeSet::new();
        for source in sources {
            collect(source, &mut files)
                .with_context(|| format!("cannot read {}", source.display()))?;
        }
        let mut hasher = DefaultHasher::new();
        how.hash(&mut hasher);
        for path in &files {
            path.hash(&mut hasher);
            fs::read(path)
                .with_context(|| format!("cannot read {}", path.display()))?
                .hash(&mut hasher);
        }
        Ok(Self { file, text: format!("{:016x}\n", hasher.finish()) })
    }

    /// Whether the result was made from just these sources.
    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.text)
    }

    /// Notes that the result has been made. Call it last.
    ///
    /// # Errors
    ///
    /// The stamp cannot be written.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        fs::write(&self.file, &self.text)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}

fn collect(source: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    let kind = match fs::metadata(source) {
        Ok(kind) => kind,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if kind.is_file() {
        files.insert(source.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        if !RESULTS.iter().any(|name| entry.file_name() == *name) {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(dir: &Path, how: &str) -> Stamp {
        Stamp::new(dir.join("stamp"), how, &[dir.join("src"), dir.join("absent")]).unwrap()
    }

    #[test]
    fn result_is_fresh_until_a_source_or_the_recipe_changes() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        fs::create_dir_all(dir.join("src/deep/dist")).unwrap();
        fs::write(dir.join("src/deep/a"), "1").unwrap();
        assert!(!stamp(dir, "-O").is_fresh(), "nothing was made yet");

        stamp(dir, "-O").write().unwrap();
        fs::write(dir.join("src/deep/dist/out"), "a result").unwrap();
        assert!(stamp(dir, "-O").is_fresh());
        assert!(!stamp(dir, "-Oz").is_fresh());

        fs::write(dir.join("src/deep/a"), "2").unwrap();
        assert!(!stamp(dir, "-O").is_fresh(), "a file changed");
        stamp(dir, "-O").write().unwrap();
        fs::rename(dir.join("src/deep/a"), dir.join("src/deep/b")).unwrap();
        assert!(!stamp(dir, "-O").is_fresh(), "a file was renamed");
    }
}
