//! What the servers of the tests have logged, searched for what must never be in a log.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use crate::sh::Sh;

/// Values that the tests use as somebody's own.
const MARKERS: &str = "tests/markers.txt";

/// Forgets the logs of earlier runs.
///
/// # Errors
///
/// They cannot be removed.
pub(crate) fn clear(sh: &Sh) -> anyhow::Result<()> {
    for folder in folders(sh) {
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
    }
    Ok(())
}

/// Searches every log that the tests of this run have left.
///
/// # Errors
///
/// One holds a personal value, a token, a code or a secret; or there is no log to search.
pub(crate) fn check(sh: &Sh) -> anyhow::Result<()> {
    let [logs, secrets] = folders(sh);
    let markers =
        fs::read_to_string(sh.path(MARKERS)).with_context(|| format!("cannot read {MARKERS}"))?;
    let made_up: String = read_all(&secrets)?.into_iter().map(|(_, text)| text).collect();
    let wanted = Wanted::new(&markers, &made_up);
    let (mut lines, mut requests, mut found) = (0, 0, Vec::new());
    let files = read_all(&logs)?;
    for (path, text) in &files {
        for (number, line) in text.lines().enumerate() {
            lines += 1;
            requests += usize::from(line.contains("route="));
            if let Some(what) = wanted.within(line) {
                found.push(format!("{}:{}: {what}", path.display(), number + 1));
            }
        }
    }
    if requests == 0 {
        bail!(
            "{} holds no log of a server: run `cargo xtask test native logs`, or all of the tests",
            logs.display()
        );
    }
    println!(
        "{lines} lines of {} logs searched for {} values, tokens, seeds and signed transactions",
        files.len(),
        wanted.texts.len() + wanted.words.len()
    );
    if !found.is_empty() {
        let more = found.len().saturating_sub(20);
        found.truncate(20);
        bail!("logs must not hold:\n{}\n(and {more} more)", found.join("\n"));
    }
    Ok(())
}

/// Where the tests write their logs, and what they have made up at run time.
fn folders(sh: &Sh) -> [PathBuf; 2] {
    ["logs", "secrets"].map(|name| sh.target().join("artefacts").join(name))
}

fn read_all(folder: &Path) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let Ok(files) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    files
        .map(|file| {
            let path = file?.path();
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            Ok((path, String::from_utf8_lossy(&bytes).into_owned()))
        })
        .collect()
}

/// What is searched for.
struct Wanted {
    /// Anywhere in a line, unless in the middle of a word.
    texts: BTreeSet<String>,
    /// Six digits and their like, which are a part of many a number: only as a word of their own.
    words: BTreeSet<String>,
}

impl Wanted {
    fn new(markers: &str, made_up: &str) -> Self {
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

    /// What of it is in this line. The value itself is not shown: this is a log as well.
    fn within(&self, line: &str) -> Option<String> {
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

/// Whether the text is there, and not only as a part of a longer word.
fn has_text(line: &str, text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    line.match_indices(text).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + text.len()..]);
        let cuts = |outside: Option<char>, inside| is_word(outside) && is_word(inside);
        !cuts(before.chars().next_back(), text.chars().next())
            && !cuts(after.chars().next(), text.chars().next_back())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Wanted {
        Wanted::new(
            "# names\nAda\nada@example.com\n\n+14155552671\n",
            "123456\na-long-made-up-token\n",
        )
    }

    #[test]
    fn whatever_must_not_be_logged_is_found() {
        let seed = format!("signing_seed = \"S{}\"", "A".repeat(55));
        let transaction = format!("transaction: AAAAAg{}", "A".repeat(300));
        for line in [
            "INFO request{method=PUT}: put first_name=Ada",
            "to=\"ada@example.com\"",
            "sms to +14155552671.",
            "the code is 123456",
            "code=\"123456\"",
            "code: 123456.",
            "authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.x",
            "x a-long-made-up-token x",
            "to +14155551001,",
            seed.as_str(),
            transaction.as_str(),
        ] {
            assert!(wanted().within(line).is_some(), "{line}");
        }
    }

    #[test]
    fn numbers_and_words_that_only_look_like_it_are_not() {
        for line in [
            "2026-11-21T05:12:33.123456Z  INFO ready",
            "elapsed=1.123456s 1234567 Adam adaptive",
            "tracing at GBO7VLDNAENRYKKBEZOG7OTKWG72AMICATTW33EA7YVIKEXCVRWZ3Y7Q",
        ] {
            assert_eq!(wanted().within(line), None, "{line}");
        }
    }

    #[test]
    fn markers_are_read() {
        let markers = fs::read_to_string(Sh::new(false).path(MARKERS)).unwrap();
        assert!(Wanted::new(&markers, "").texts.len() > 5);
    }
}
