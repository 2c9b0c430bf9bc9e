//! Formatting, clippy and documentation, as CI demands them.

use std::process::Command;

use crate::{
    cargo::{self, WASM},
    setup,
    setup::Need,
    sh::Sh,
};

/// The packages that a browser runs.
const BROWSER: [&str; 6] = ["-p", "windlass-core", "-p", "windlass-client", "-p", "windlass-wasm"];

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
    sh.step(
        "checking the format",
        "seconds",
        sh.command("cargo").args(["fmt", "--all", "--check"]),
    )?;
    let mut native = cargo::product(sh, &["clippy", "--all-targets"]);
    sh.step("clippy", "about 2 min the first time", strict(&mut native))?;
    let mut browser = sh.command("cargo");
    browser.arg("clippy").args(BROWSER).args(["--target", WASM]);
    sh.step("clippy for the browser", "about 30 s the first time", strict(&mut browser))?;
    let mut own = sh.command("cargo");
    own.args(["clippy", "-p", "xtask", "--all-targets"]);
    sh.step("clippy on xtask", "about 10 s the first time", strict(&mut own))?;
    let mut doc = cargo::product(sh, &["doc", "--no-deps"]);
    sh.step("documentation", "about 30 s the first time", doc.env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(())
}

fn strict(clippy: &mut Command) -> &mut Command {
    clippy.args(["--", "-D", "warnings"])
}
