//! A search of the logs that the servers of the tests have written, for what no log may hold.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// What a search has found.
#[derive(Debug, Default)]
pub struct Report {
    /// Log files.
    pub files: usize,
    /// Lines in them.
    pub lines: usize,
    /// Lines about a request to a server.
    pub requests: usize,
    /// File, line and kind of each value that must not be there.
    pub leaks: Vec<String>,
}

/// Searches the logs in the folder `artefacts`, where the tests also write the codes and tokens
/// that they made up; `markers` has the personal data that they use, one value a line.
///
/// # Errors
///
/// A file cannot be read.
pub fn search(artefacts: &Path, markers: &str) -> io::Result<Report> {
    let secrets = read_all(&artefacts.join("secrets"))?;
    let wanted =
        Wanted::new(markers, &secrets.into_iter().map(|(_, text)| text).collect::<String>());
    let mut report = Report::default();
    for (path, text) in read_all(&artefacts.join("logs"))? {
        report.files += 1;
        for (number, line) in text.lines().enumerate() {
            report.lines += 1;
            report.requests += usize::from(line.contains("route="));
            if let Some(what) = wanted.within(line) {
                report.leaks.push(format!("{}:{}: {what}", path.display(), number + 1));
            }
        }
    }
    Ok(report)
}

fn read_all(folder: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let Ok(files) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let read = |file: io::Result<fs::DirEntry>| {
        let path = file?.path();
        let bytes = fs::read(&path)?;
        Ok((path, String::from_utf8_lossy(&bytes).into_owned()))
    };
    files.map(read).collect()
}

/// The values to search for.
#[derive(Debug)]
pub struct Wanted {
    /// Found anywhere in a line, but not in the middle of a word.
    texts: BTreeSet<String>,
    /// Short values such as codes of six digits, which longer numbers contain: found only as a
    /// word.
    words: BTreeSet<String>,
}

impl Wanted {
    /// The values of `tests/markers.txt`, and those that the tests made up, one a line. Empty lines
    /// and lines that begin with `#` are left out.
    #[must_use]
    pub fn new(markers: &str, made_up: &str) -> Self {
        let lines = |text: &str| -> BTreeSet<String> {
            let lines = text.lines().map(str::trim);
            lines
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .map(str::to_owned)
                .collect()
        };
        let (words, long): (BTreeSet<_>, _) =
            lines(made_up).into_iter().partition(|value| value.len() < 12);
        let mut texts = lines(markers);
        texts.extend::<BTreeSet<_>>(long);
        Self { texts, words }
    }

    /// What this line holds that it must not. The value itself is not printed: that is a log, too.
    #[must_use]
    pub fn within(&self, line: &str) -> Option<String> {
        if let Some(text) = self.texts.iter().find(|text| has_text(line, text)) {
            return Some(format!("the value {}...", text.chars().take(3).collect::<String>()));
        }
        let mut words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
        if words.any(|word| self.words.contains(word.trim_end_matches('.'))) {
            return Some("a code".to_owned());
        }
        if line
            .split('+')
            .skip(1)
            .any(|rest| (8..16).contains(&rest.bytes().take_while(u8::is_ascii_digit).count()))
        {
            return Some("a phone number".to_owned());
        }
        let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
        for word in line.split(|c: char| !is_base64(c)) {
            if word.starts_with("eyJ") && word.len() > 12 {
                return Some("a token".to_owned());
            }
            if word.starts_with("AAAAAg") && word.len() > 200 {
                return Some("a transaction".to_owned());
            }
            let is_strkey = |c: char| c.is_ascii_uppercase() || ('2'..='7').contains(&c);
            if word.len() == 56 && word.starts_with('S') && word.chars().all(is_strkey) {
                return Some("a secret key".to_owned());
            }
        }
        None
    }
}

/// Whether the line contains the text, not only as a part of a longer word.
fn has_text(line: &str, text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    line.match_indices(text).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + text.len()..]);
        let cuts = |outside: Option<char>, inside| is_word(outside) && is_word(inside);
        !cuts(before.chars().next_back(), text.chars().next())
            && !cuts(after.chars().next(), text.chars().next_back())
    })
}
