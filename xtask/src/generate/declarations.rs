//! The declarations of the npm package, as wasm-bindgen derives them from the Rust types.

use std::{collections::BTreeSet, fs};

use anyhow::{Context as _, bail};

use super::program;
use crate::{module::Module, package, sh::Sh};

mod parts;
mod undefined;

use parts::{declarations, name, reachable, words};
use undefined::allow_undefined;

/// The first line of each.
const DERIVED: &str = "// Derived from the Rust types by `cargo xtask generate`: do not edit.";

/// Classes can be given up by `using`, which the libraries of most projects do not declare yet.
const DISPOSABLE: &str = "/// <reference lib=\"esnext.disposable\" />";

/// Where the error codes are, each with what it means and what to do.
const CODES: &str = "sdk/core/src/problem.rs";

/// What wasm-bindgen adds to every class, without a word.
const UNTOLD: [(&str, &str); 2] = [
    (
        "    free(): void;",
        "    /** Gives its memory back now; it happens by itself as well. It cannot be used afterwards. */",
    ),
    ("    [Symbol.dispose](): void;", "    /** The same as `free`, for `using`. */"),
];

/// What wasm-bindgen begins with. It would stay with whatever type happens to come first.
const FOR_LINTERS: [&str; 2] = ["/* tslint:disable */", "/* eslint-disable */"];

/// The declarations of `windlass`.
pub(super) fn whole(sh: &Sh) -> anyhow::Result<String> {
    let (all, names) = (declared(sh, &Module::WHOLE)?, program::output(sh, &["sep9", "names"])?);
    let text = reachable(&declarations(&all));
    let about = "Stellar anchors for wallets: find an anchor, sign in (SEP-10), complete KYC (SEP-12, SEP-9).";
    Ok(format!("{}{text}\n{names}", head("windlass", about), text = text.trim_start()))
}

/// The declarations of `windlass/sign-in`, whose classes are its own: types that they do not lead to are left out.
pub(super) fn sign_in(sh: &Sh) -> anyhow::Result<String> {
    let all = declared(sh, &Module::SIGN_IN)?;
    let about = "For pages that only sign in (SEP-10): half of what `windlass` weighs. Its classes are its own: use one of the two.";
    Ok(format!("{}{}\n", head("sign-in", about), reachable(&declarations(&all)).trim()))
}

/// The declarations of `windlass/server`: what `windlass` has not.
pub(super) fn server(sh: &Sh) -> anyhow::Result<String> {
    let (all, whole) = (declared(sh, &Module::SERVER)?, declared(sh, &Module::WHOLE)?);
    let whole = reachable(&declarations(&whole));
    let known: BTreeSet<_> = declarations(&whole).into_iter().filter_map(name).collect();
    let all = reachable(&declarations(&all));
    let own: String = declarations(&all)
        .into_iter()
        .filter(|declaration| name(declaration).is_some_and(|name| !known.contains(name)))
        .collect();
    let words = words(&own);
    let used: Vec<_> = known.intersection(&words).copied().collect();
    let about = "What a wallet's server needs, and whoever looks into challenges. In Node its classes are those of `windlass`.";
    Ok(format!(
        "{}import type {{ {} }} from \"./windlass.js\";\n\n{}\n",
        head("server", about),
        used.join(", "),
        own.trim()
    ))
}

/// How each begins.
fn head(module: &str, about: &str) -> String {
    format!("{DERIVED}\n{DISPOSABLE}\n\n/**\n * {about}\n *\n * @module {module}\n */\n\n")
}

/// What wasm-bindgen declares of a module.
fn declared(sh: &Sh, module: &Module) -> anyhow::Result<String> {
    package::build(sh)?;
    let file = module.declarations(sh);
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let source =
        fs::read_to_string(sh.path(CODES)).with_context(|| format!("cannot read {CODES}"))?;
    Ok(allow_undefined(&explained(&tidy(public(&text)), &codes(&source))?))
}

/// The error codes in the list of a Rust source, each with its documentation.
fn codes(source: &str) -> Vec<(&str, String)> {
    let mut codes = Vec::new();
    let mut told = String::new();
    let list = source.split_once("\ncodes! {\n").map_or("", |(_, rest)| rest);
    for line in list.lines().map(str::trim).take_while(|line| *line != "}") {
        if let Some(line) = line.strip_prefix("///") {
            told += line;
        } else if let Some((_, code)) = line.split_once(" = ") {
            codes.push((code.trim_matches(['"', ',']), std::mem::take(&mut told)));
        }
    }
    codes
}

/// The declarations with the documentation of each error code, which tsify leaves out.
fn explained(text: &str, codes: &[(&str, String)]) -> anyhow::Result<String> {
    let quoted: Vec<_> = codes.iter().map(|(code, _)| format!("\"{code}\"")).collect();
    let bare = format!("export type ErrorCode = {};", quoted.join(" | "));
    let members: String = codes
        .iter()
        .map(|(code, told)| format!("\n    /**{} */\n    | \"{code}\"", plain(told)))
        .collect();
    if !text.contains(&bare) {
        bail!("the codes in {CODES} are not those that wasm-bindgen declares");
    }
    Ok(text.replace(&bare, &format!("export type ErrorCode ={members};")))
}

/// The declarations without those of the raw module, whose names change with every build and which the package hides.
fn public(text: &str) -> &str {
    text.split_once("export type InitInput").map_or(text, |(public, _)| public)
}

/// wasm-bindgen indents with tabs in places, leaves space at line ends and some members without a word; documentation of Rust has
/// links and the numbers of requirements.
fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    for line in text.lines().filter(|line| !FOR_LINTERS.contains(line)) {
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
        assert_eq!(tidy("/* tslint:disable */\n/* eslint-disable */\na\n"), "a\n");
    }

    #[test]
    fn what_wasm_bindgen_adds_is_told() {
        assert!(tidy("    free(): void;\n").starts_with("    /** Gives its memory back"));
    }

    #[test]
    fn codes_are_explained() {
        let source = "\ncodes! {\n    // Group\n    /// No A:\n    /// try [`B`].\n    NoA = \"no_a\",\n    /// No B.\n    NoB = \"no_b\",\n}\n";
        let codes = codes(source);
        assert_eq!(
            codes,
            [("no_a", " No A: try [`B`].".to_owned()), ("no_b", " No B.".to_owned())]
        );
        assert_eq!(
            explained("export type ErrorCode = \"no_a\" | \"no_b\";\n", &codes).unwrap(),
            "export type ErrorCode =\n    /** No A: try `B`. */\n    | \"no_a\"\n    /** No B. */\n    | \"no_b\";\n"
        );
        assert!(explained("export type ErrorCode = \"no_a\";", &codes).is_err());
    }

    #[test]
    fn documentation_is_of_typescript() {
        assert_eq!(
            plain(" * The answer to [`Put::Customer`] (S12-50 to S12-54) in `a` (SEP-10)."),
            " * The answer to `Put.Customer` in `a` (SEP-10)."
        );
    }
}
