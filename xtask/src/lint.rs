//! Formatting, clippy and documentation, as CI demands them.

use std::process::Command;

use anyhow::bail;

use crate::{
    cargo::{self, WASM},
    fuzz, setup,
    setup::Need,
    sh::Sh,
    signals,
};

/// What a page runs that uses the package. By itself: others would add features to what it depends on.
const PAGE: [&str; 4] = ["-p", "windlass-wasm", "-p", "windlass-ed25519"];
/// The same for pages that only sign in: without features, other code may be dead.
const SIGN_IN: [&str; 3] = ["-p", "windlass-wasm", "--no-default-features"];
/// What else is compiled for a browser.
const BROWSER: [&str; 8] = [
    "-p",
    "windlass-anchor",
    "-p",
    "windlass-client",
    "-p",
    "windlass-core",
    "-p",
    "windlass-testing",
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
    let browser = |packages: &[&str]| {
        let mut browser = sh.command("cargo");
        browser.args(["clippy", "--lib"]).args(packages).args(["--target", WASM]);
        browser
    };
    let mut own = sh.command("cargo");
    own.args(["clippy", "-p", "xtask", "--all-targets"]);
    let mut doc = cargo::product(sh, &["doc", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    // The fuzz targets are built too seldom to notice by themselves.
    let mut lock = sh.command("cargo");
    lock.args(["tree", "--locked", "--depth", "0", "--manifest-path"]);
    lock.arg(sh.path(fuzz::FOLDER).join("Cargo.toml"));

    // All of them, so that one run shows all there is to repair.
    let mut failed = Vec::new();
    for (what, about, command) in [
        ("checking the format", "seconds", &mut format),
        ("clippy", "about 2 min the first time", strict(&mut native)),
        ("clippy for the browser", "about 30 s the first time", strict(&mut browser(&PAGE))),
        ("clippy for pages that only sign in", "about 10 s", strict(&mut browser(&SIGN_IN))),
        ("clippy for tests in pages", "about 1 min the first time", strict(&mut browser(&BROWSER))),
        ("clippy on xtask", "about 10 s the first time", strict(&mut own)),
        ("documentation", "about 30 s the first time", &mut doc),
        ("checking the lock file of the fuzz targets", "seconds", &mut lock),
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
