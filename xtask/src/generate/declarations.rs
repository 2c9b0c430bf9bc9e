//! The declarations of the npm package, as wasm-bindgen derives them from the Rust types.

use std::collections::BTreeSet;

use super::output;
use crate::{module::Module, package, sh::Sh};

mod parts;
mod undefined;

use parts::{declarations, name, reachable, words};
use undefined::allow_undefined;

/// The first line of each.
const DERIVED: &str = "// Derived from the Rust types by `cargo xtask generate`: do not edit.";

/// Classes can be given up by `using`, which the libraries of most projects do not declare yet.
const DISPOSABLE: &str = "/// <reference lib=\"esnext.disposable\" />";

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
    let (all, names) = (declared(sh, &Module::WHOLE)?, output(sh, &["sep9", "names"])?);
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
    Ok(allow_undefined(&tidy(public(&sh.read_file(module.declarations(sh))?))))
}

/// The declarations without those of the raw module, whose names change with every build and which the package hides.
fn public(text: &str) -> &str {
    text.split_once("export type InitInput").map_or(text, |(public, _)| public)
}

/// wasm-bindgen indents with tabs in places, leaves space at line ends and some members without a word; documentation of Rust has
/// links and the numbers of requirements.
fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    let mut lines = text.lines().filter(|line| !FOR_LINTERS.contains(line)).peekable();
    let is_member = |line: &str| line.trim_start().starts_with("| ");
    while let Some(line) = lines.next() {
        let line = line.trim_end().replace('\t', "    ");
        if let Some((_, told)) = UNTOLD.iter().find(|(member, _)| *member == line) {
            tidy += told;
            tidy.push('\n');
        }
        let documents_member =
            line.starts_with("/**") && lines.peek().is_some_and(|it| is_member(it));
        if is_member(&line) || documents_member {
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
        assert_eq!(tidy("/** a */\n/** b */\n| c"), "/** a */\n    /** b */\n    | c\n");
        assert_eq!(tidy("/* tslint:disable */\n/* eslint-disable */\na\n"), "a\n");
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
