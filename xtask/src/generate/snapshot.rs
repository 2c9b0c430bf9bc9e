//! The public API of the npm package alone: what a reviewer reads to see which version a change needs.

use std::{fmt::Write as _, fs};

use anyhow::Context as _;

use super::entry;
use crate::sh::Sh;

const HEAD: &str = "\
// The public API of the npm package, without its documentation and by name. Derived by `cargo xtask generate`: do not edit.
//
// A change of this file needs a version. To remove or rename something, to take less than before or to answer with more cases than before
// is a breaking change: a new major version (before 1.0.0, a minor one) and an entry under \"Breaking\" in CHANGELOG.md. To add something is
// a new minor version. Codes, statuses and names of fields are API as well.
";

/// The declarations of every entry.
pub(super) fn make(sh: &Sh) -> anyhow::Result<String> {
    let mut text = HEAD.to_owned();
    for entry in entry::all(sh)? {
        let declared = fs::read_to_string(sh.path(&entry.types))
            .with_context(|| format!("cannot read {}", entry.types))?;
        write!(text, "\ndeclare module \"{}\" {{\n", entry.name)?;
        for line in declarations(&declared).iter().flat_map(|declaration| declaration.lines()) {
            writeln!(text, "    {line}")?;
        }
        text += "}\n";
    }
    Ok(text)
}

/// The declarations without comments, each from its first line to its last, by name.
fn declarations(text: &str) -> Vec<String> {
    let mut declarations: Vec<String> = Vec::new();
    let mut in_comment = false;
    for line in text.lines() {
        let trimmed = line.trim();
        in_comment |= trimmed.starts_with("/*");
        if !in_comment && !trimmed.is_empty() && !trimmed.starts_with("//") {
            if line.starts_with("export ") || line.starts_with("import ") {
                declarations.push(String::new());
            }
            if let Some(declaration) = declarations.last_mut() {
                *declaration += line;
                declaration.push('\n');
            }
        }
        in_comment &= !trimmed.ends_with("*/");
    }
    declarations.sort_by(|a, b| name(a).cmp(name(b)).then_with(|| a.cmp(b)));
    declarations
}

/// The name of a declaration: `export class Anchor {` is `Anchor`.
fn name(declaration: &str) -> &str {
    let rest = declaration.split_whitespace().nth(2).unwrap_or_default();
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_lose_comments_and_are_sorted() {
        let text = "/* a */\n// b\n\n/**\n * export x\n */\nexport class B {\n    /** One. */\n    a(): void;\n}\nexport type A =\n    | \"x\";\n";
        assert_eq!(
            declarations(text),
            ["export type A =\n    | \"x\";\n", "export class B {\n    a(): void;\n}\n"]
        );
    }
}
