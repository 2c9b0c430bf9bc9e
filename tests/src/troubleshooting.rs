//! The advice on each error code, `docs/troubleshooting.toml`, and the page that is generated from
//! it.

use std::{fmt::Write as _, fs, io, path::Path};

use serde::Deserialize;
use windlass_core::problem::Code;

/// The source with the meanings: the doc comments of the codes.
const CODES: &str = "sdk/core/src/problem.rs";
/// The file with the advice.
const ADVICE: &str = "docs/troubleshooting.toml";

/// The advice on one code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// The code, as in answers.
    pub code: String,
    /// The sides that use it.
    pub by: Vec<Speaker>,
    /// Its usual causes.
    pub causes: Vec<String>,
    /// What to do.
    pub todo: String,
    /// The clause of the SEP.
    pub clause: String,
    /// The rows of `tests/CONFORMANCE.md` that prove it.
    pub rows: Vec<String>,
}

/// A side that uses a code.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The package, on the user's device or on the wallet's server.
    Wallet,
    /// The anchor's server.
    Anchor,
}

#[derive(Deserialize)]
struct File {
    code: Vec<Advice>,
}

/// All advice, in the order of the file.
///
/// # Errors
///
/// The file cannot be read or parsed.
pub fn advice(workspace: &Path) -> io::Result<Vec<Advice>> {
    let text = fs::read_to_string(workspace.join(ADVICE))?;
    let file: File = toml::from_str(&text).map_err(io::Error::other)?;
    Ok(file.code)
}

/// The page: every code under the headings of the core's list.
///
/// # Errors
///
/// A file cannot be read, or a code has no advice.
pub fn page(workspace: &Path) -> io::Result<String> {
    let advice = advice(workspace)?;
    let source = fs::read_to_string(workspace.join(CODES))?;
    let mut page = String::from(HEAD);
    let mut meaning = Vec::new();
    for line in source.lines().skip_while(|line| *line != "codes! {").skip(1) {
        let line = line.trim();
        if line == "}" {
            break;
        } else if let Some(part) = line.strip_prefix("/// ") {
            meaning.push(part);
        } else if let Some(heading) = line.strip_prefix("// ") {
            let _ = write!(page, "\n## {heading}\n");
        } else if let Some((_, code)) = line.split_once(" = \"") {
            let code = code.trim_end_matches("\",");
            let found = advice.iter().find(|advice| advice.code == code);
            let found = found
                .ok_or_else(|| io::Error::other(format!("{ADVICE} has nothing on \"{code}\"")))?;
            entry(&mut page, found, &meaning.join(" "));
            meaning.clear();
        }
    }
    Ok(page)
}

/// Codes of the core without advice, and advice without a code.
pub fn unmatched(advice: &[Advice]) -> Vec<String> {
    let codes = Code::ALL.iter().map(|code| code.as_str());
    let missing = codes.clone().filter(|code| advice.iter().all(|advice| advice.code != *code));
    let unknown = advice.iter().map(|advice| advice.code.as_str());
    let unknown = unknown.filter(|code| !codes.clone().any(|known| known == *code));
    missing.chain(unknown).map(ToOwned::to_owned).collect()
}

const HEAD: &str = "\
<!-- Written by `cargo xtask generate` from docs/troubleshooting.toml and the codes of sdk/core/src/problem.rs. -->
# Troubleshooting by error code

Everything that the package throws is a `WindlassError`. Its `code` is one of these and is stable; its `message` is for
people and may change. The anchor sends the same codes in `{\"error\": …, \"code\": …}`.

*Wallet*: the package refused, before it sent anything or after it checked the answer. *Anchor*: the anchor's server refused.
Ids such as S10-57 are rows of [tests/CONFORMANCE.md](../tests/CONFORMANCE.md), with the tests of the rule.
";

fn entry(page: &mut String, advice: &Advice, meaning: &str) {
    let by: Vec<_> = advice
        .by
        .iter()
        .map(|speaker| match speaker {
            Speaker::Wallet => "wallet",
            Speaker::Anchor => "anchor",
        })
        .collect();
    let rows = if advice.rows.is_empty() {
        String::new()
    } else {
        format!(" ({})", advice.rows.join(", "))
    };
    let Advice { code, causes, todo, clause, .. } = advice;
    let _ = write!(page, "\n### `{code}`\n\n{meaning}\n\n- **Thrown by**: {}\n", by.join(" and "));
    let _ = writeln!(page, "- **Usual causes**: {}.", causes.join("; "));
    let _ = writeln!(page, "- **What to do**: {todo}");
    let _ = writeln!(page, "- **Rule**: {clause}{rows}.");
}
