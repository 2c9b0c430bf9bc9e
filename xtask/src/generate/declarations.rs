//! The declarations of the npm package, as wasm-bindgen derives them from the Rust types.

use std::fs;

use anyhow::Context as _;

use super::sep9;
use crate::{sh::Sh, wasm};

/// Classes can be given up by `using`, which the libraries of most projects do not declare yet.
const DISPOSABLE: &str = "/// <reference lib=\"esnext.disposable\" />";

/// The words on the whole.
const MODULE: &str = "
/**
 * Stellar anchors for wallets: find an anchor, sign in (SEP-10), complete KYC (SEP-12, SEP-9).
 *
 * @module windlass
 */

";

/// What wasm-bindgen adds to every class, without a word.
const UNTOLD: [(&str, &str); 2] = [
    (
        "    free(): void;",
        "    /** Gives its memory back now; it happens by itself as well. It cannot be used afterwards. */",
    ),
    ("    [Symbol.dispose](): void;", "    /** The same as `free`, for `using`. */"),
];

/// The package's TypeScript declarations.
pub(super) fn make(sh: &Sh) -> anyhow::Result<String> {
    wasm::build(sh)?;
    let file = sh.path(wasm::PKG).join(wasm::DECLARATIONS);
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = tidy(public(&text));
    let names = sep9::names(sh)?;
    Ok(format!(
        "// Derived from the Rust types by `cargo xtask generate`: do not edit.\n{DISPOSABLE}\n{MODULE}{text}{names}"
    ))
}

/// The declarations without those of the raw module, whose names change with every build and which the package hides.
fn public(text: &str) -> &str {
    text.split_once("export type InitInput").map_or(text, |(public, _)| public)
}

/// wasm-bindgen indents with tabs in places, leaves space at line ends and some members without a word; documentation of Rust has
/// links and the numbers of requirements.
fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    for line in text.lines() {
        let line = line.trim_end().replace('\t', "    ");
        if let Some((_, told)) = UNTOLD.iter().find(|(member, _)| *member == line) {
            tidy += told;
            tidy.push('\n');
        }
        if line.trim_start().starts_with("| ") {
            tidy += "    "; // a further line of a union, which wasm-bindgen aligns with the first
        }
        let in_comment = line.trim_start().starts_with(['*', '/']);
        tidy += &if in_comment { plain(&line) } else { line };
        tidy.push('\n');
    }
    tidy.truncate(tidy.trim_end().len());
    tidy + "\n"
}

/// A line of documentation without links to Rust, and without requirements such as `(S12-50 to S12-54)`.
fn plain(line: &str) -> String {
    let line = line.replace("[`", "`").replace("`]", "`").replace("::", ".");
    match line.split_once(" (S").and_then(|(before, rest)| Some((before, rest.split_once(')')?))) {
        Some((before, (clause, after))) if clause.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{before}{after}")
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_module_is_not_declared() {
        assert_eq!(
            public("export class A {}\nexport type InitInput = URL;\nx"),
            "export class A {}\n"
        );
    }

    #[test]
    fn tidy_text_has_no_tabs_and_one_end() {
        assert_eq!(tidy("a  \n\tb\n| c\n\n\n"), "a\n    b\n    | c\n");
    }

    #[test]
    fn what_wasm_bindgen_adds_is_told() {
        assert!(tidy("    free(): void;\n").starts_with("    /** Gives its memory back"));
    }

    #[test]
    fn documentation_is_of_typescript() {
        assert_eq!(
            plain(" * The answer to [`Put::Customer`] (S12-50 to S12-54) in `a` (SEP-10)."),
            " * The answer to `Put.Customer` in `a` (SEP-10)."
        );
    }
}
