//! Shows that each message is stated once. In a copy of the sources, every message gets one more
//! member, in its own file alone; then every crate must compile, and TypeScript must have the member.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context as _, bail};
use walkdir::{DirEntry, WalkDir};
use xshell::cmd;

use crate::{cargo::WASM, module::Module, sh::Sh, wasm};

/// The copy, in the target folder. It uses the same target folder, where the crates that do not
/// change are compiled already.
const COPY: &str = "one-member";
/// The name of the npm package's module in the copy.
const MODULE: &str = "one_member";
/// What the copy has of this repository. Cargo finds the settings in `.cargo` above the copy.
const SOURCES: [&str; 6] = ["Cargo.toml", "Cargo.lock", "anchor", "sdk", "tests", "xtask"];

/// The member, as Rust and as TypeScript have it.
const RUST: &str =
    "    /// Added by `cargo xtask test one-member`.\n    pub one_more: Option<String>,\n";
const TYPESCRIPT: &str = "    one_more?: string";

/// The messages that have optional members: the file in `sdk/core/src`, the type, and the interface
/// that TypeScript has of it.
const MESSAGES: [(&str, &str, Option<&str>); 13] = [
    ("problem.rs", "Problem", None),
    ("sep10.rs", "ChallengeResponse", None),
    ("sep10.rs", "GetChallenge", None),
    ("sep10/token.rs", "Claims", None),
    ("sep12/customer.rs", "Customer", Some("AnyCustomer")),
    ("sep12/customer.rs", "Field", Some("Field")),
    ("sep12/customer.rs", "ProvidedField", Some("AnyProvidedField")),
    ("sep12/files.rs", "File", Some("CustomerFile")),
    ("sep12/files.rs", "GetFiles", Some("AnyGetFiles")),
    ("sep12/requests.rs", "DeleteCustomer", Some("DeleteCustomer")),
    ("sep12/requests.rs", "GetCustomer", Some("GetCustomer")),
    ("sep12/requests.rs", "PutCallback", Some("PutCallback")),
    ("sep12/requests.rs", "PutCustomer", Some("PutCustomer")),
];

/// Runs the test.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    let copy = sh.target().join(COPY);
    copy_sources(sh, &copy)?;
    let (manifest, target) = (copy.join("Cargo.toml"), sh.target());
    let check =
        || cmd!(sh, "cargo check --manifest-path {manifest}").env("CARGO_TARGET_DIR", &target);
    let all = ["--workspace", "--exclude", "xtask", "--all-targets"];
    sh.run("checking every crate with one member more", "about 1 min", check().args(all))?;
    let pages = ["--target", WASM, "--package", "windlass-test-anchor"];
    sh.run("checking the crates for pages", "about 30 s", check().args(pages))?;

    let (module, pkg) = (Module::WHOLE, copy.join(Module::WHOLE.pkg));
    wasm::pack(sh, &module, &copy.join(module.package), &pkg)?;
    let declarations = sh.read_file(pkg.join(format!("{MODULE}.d.ts")))?;
    let stated = MESSAGES.iter().filter_map(|(.., interface)| *interface);
    let missing: Vec<_> =
        stated.filter(|interface| !has_member(&declarations, interface)).collect();
    if !missing.is_empty() {
        bail!("stated once more, for TypeScript: {}", missing.join(", "));
    }
    Ok(())
}

/// Copies what has changed since the last time, so that Cargo compiles no more than that.
fn copy_sources(sh: &Sh, copy: &Path) -> anyhow::Result<()> {
    let mut copied = BTreeSet::new();
    for source in SOURCES {
        for entry in files(&sh.path(source)) {
            let path = entry?.into_path();
            let relative = path.strip_prefix(sh.path("")).context("a source is elsewhere")?;
            let bytes = match String::from_utf8(sh.read_binary_file(&path)?) {
                Ok(text) => changed(relative, text)?.into_bytes(),
                Err(error) => error.into_bytes(),
            };
            let to = copy.join(relative);
            if fs::read(&to).ok().as_ref() != Some(&bytes) {
                sh.write_file(&to, &bytes)?;
            }
            copied.insert(to);
        }
    }
    for entry in files(copy) {
        let path = entry?.into_path();
        if !copied.contains(&path) {
            sh.remove_path(&path)?;
        }
    }
    Ok(())
}

/// The files of a folder, without what tools have made.
fn files(folder: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let is_source = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0
            || !(name == "node_modules" || name == "target" || name.starts_with("pkg"))
    };
    let entries = WalkDir::new(folder).into_iter().filter_entry(is_source);
    entries.filter(|entry| entry.as_ref().map_or(true, |entry| entry.file_type().is_file()))
}

/// A source of the copy, with what is different there.
fn changed(relative: &Path, mut text: String) -> anyhow::Result<String> {
    // Cargo names what it compiles by package and version, not by folder, and the module by its
    // name alone: it would later take the copy's crates for those of this repository.
    if relative == Path::new("Cargo.toml") {
        let version = "[workspace.package]\nversion = \"";
        text = replaced(&text, version, &format!("{version}0.0.0-{COPY}+"))?;
    }
    if relative == Path::new("sdk/wasm/Cargo.toml") {
        text = replaced(&text, "[lib]\n", &format!("[lib]\nname = \"{MODULE}\"\n"))?;
    }
    for (file, message, _) in MESSAGES {
        if relative == Path::new("sdk/core/src").join(file) {
            text = with_member(&text, message)?;
        }
    }
    Ok(text)
}

fn replaced(text: &str, from: &str, to: &str) -> anyhow::Result<String> {
    if !text.contains(from) {
        bail!("there is no {from:?}");
    }
    Ok(text.replacen(from, to, 1))
}

/// A source in which a message has the member. A constructor that has no default to start from
/// names it as well.
fn with_member(source: &str, message: &str) -> anyhow::Result<String> {
    let head = format!("pub struct {message} {{\n");
    let (before, after) =
        source.split_once(&head).with_context(|| format!("there is no {message}"))?;
    let body = format!("\nimpl {message} {{\n");
    let (between, methods) =
        after.split_once(&body).with_context(|| format!("{message} has no constructor"))?;
    let (methods, rest) = methods.split_once("\n}\n").context("a block has no end")?;
    let is_literal = |line: &str| line.contains(" Self { ") && !line.contains("..");
    let methods: Vec<_> = methods
        .lines()
        .map(|line| match line.trim() {
            "Self {" => format!("{line} one_more: None,"),
            _ if is_literal(line) => line.replace("Self { ", "Self { one_more: None, "),
            _ => line.to_owned(),
        })
        .collect();
    Ok(format!("{before}{head}{RUST}{between}{body}{}\n}}\n{rest}", methods.join("\n")))
}

/// Whether an interface has the member itself, not only by another one.
fn has_member(declarations: &str, interface: &str) -> bool {
    let head = ["{", "extends"].map(|next| format!("export interface {interface} {next}"));
    let declared = head.iter().find_map(|head| declarations.split_once(head));
    let body = declared.and_then(|(_, rest)| rest.split_once("\n}"));
    body.is_some_and(|(body, _)| body.contains(TYPESCRIPT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn member_is_added_to_its_message_alone() {
        let source = "pub struct A {\n    pub a: u8,\n}\n\nimpl A {\n    fn new(a: u8) -> Self {\n        Self { a, b: None }\n    }\n}\npub struct B {\n}\n\nimpl B {\n}\n";
        let changed = with_member(source, "A").unwrap();
        let added: Vec<_> = changed.lines().filter(|line| !source.contains(line)).collect();
        assert_eq!(
            added,
            [
                "    /// Added by `cargo xtask test one-member`.",
                "    pub one_more: Option<String>,",
                "        Self { one_more: None, a, b: None }",
            ]
        );
        assert!(with_member(source, "C").is_err());
    }

    #[test]
    fn copy_is_no_package_of_this_repository() {
        let changed = |path: &str, text: &str| changed(Path::new(path), text.to_owned()).unwrap();
        assert_eq!(
            changed("Cargo.toml", "[workspace.package]\nversion = \"1.2.3\"\n"),
            "[workspace.package]\nversion = \"0.0.0-one-member+1.2.3\"\n"
        );
        assert_eq!(changed("sdk/wasm/Cargo.toml", "[lib]\n"), "[lib]\nname = \"one_member\"\n");
        assert_eq!(changed("tests/Cargo.toml", "[lib]\n"), "[lib]\n");
    }

    #[test]
    fn member_of_another_interface_does_not_count() {
        let text = "export interface A extends B {\n    a: string;\n}\nexport interface B {\n    one_more?: string;\n}\n";
        assert!(!has_member(text, "A") && has_member(text, "B") && !has_member(text, "C"));
    }
}
