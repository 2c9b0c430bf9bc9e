//! Formatting, clippy and documentation, as CI demands them.

use std::process::Command;

use anyhow::bail;

use crate::{
    cargo::{self, WASM},
    setup,
    setup::Need,
    sh::Sh,
    signals,
};

/// The packages that a browser runs.
const BROWSER: [&str; 10] = [
    "-p",
    "windlass-anchor",
    "-p",
    "windlass-client",
    "-p",
    "windlass-core",
    "-p",
    "windlass-testing",
    "-p",
    "windlass-wasm",
];

/// Checks everything; with `fix`, first repairs what a machine can.
///
/// # Errors
///
/// A tool is missing or finds something.
pub(crate) fn run(sh: &Sh, fix: bool) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Linters, Need::WasmTarget])?;
    if fix {
        sh.step("formatting", "seconds", sh.command("cargo").args(["fmt", "--all"]))?;
        let mut clippy = sh.command("cargo");
        clippy.args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--fix",
            "--allow-dirty",
            "--allow-staged",
        ]);
        sh.step("repairing what clippy can", "about 2 min the first time", &mut clippy)?;
    }
    let mut format = sh.command("cargo");
    format.args(["fmt", "--all", "--check"]);
    let mut native = cargo::product(sh, &["clippy", "--all-targets"]);
    let mut browser = sh.command("cargo");
    browser.args(["clippy", "--lib"]).args(BROWSER).args(["--target", WASM]);
    let mut own = sh.command("cargo");
    own.args(["clippy", "-p", "xtask", "--all-targets"]);
    let mut doc = cargo::product(sh, &["doc", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");

    // All of them, so that one run shows all there is to repair.
    let mut failed = Vec::new();
    for (what, about, command) in [
        ("checking the format", "seconds", &mut format),
        ("clippy", "about 2 min the first time", strict(&mut native)),
        ("clippy for the browser", "about 30 s the first time", strict(&mut browser)),
        ("clippy on xtask", "about 10 s the first time", strict(&mut own)),
        ("documentation", "about 30 s the first time", &mut doc),
    ] {
        if let Err(error) = sh.step(what, about, command) {
            signals::check()?;
            println!("{error:#}");
            failed.push(what);
        }
    }
    if !failed.is_empty() {
        bail!(
            "{}: see above; `cargo xtask lint --fix` repairs what a machine can",
            failed.join(", ")
        );
    }
    Ok(())
}

fn strict(clippy: &mut Command) -> &mut Command {
    clippy.args(["--", "-D", "warnings"])
}
