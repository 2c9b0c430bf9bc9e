//! Formatting, clippy and documentation, as in CI.

use anyhow::bail;
use xshell::cmd;

use crate::{
    cargo::WASM,
    fuzz, setup,
    setup::Need,
    sh::{Sh, check_interrupt},
};

/// Checks everything; with `fix`, first repairs what the tools can repair.
pub(crate) fn run(sh: &Sh, fix: bool) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Linters, Need::WasmTarget])?;
    let all = ["--workspace", "--all-targets"];
    if fix {
        sh.run("formatting", "seconds", cmd!(sh, "cargo fmt --all"))?;
        let clippy = cmd!(sh, "cargo clippy {all...} --fix --allow-dirty --allow-staged");
        sh.run("repairing what clippy can", "about 2 min the first time", clippy)?;
    }
    let strict = ["--", "-D", "warnings"];
    let wasm = ["clippy", "--lib", "--target", WASM];
    let fuzz = sh.path(fuzz::FOLDER).join("Cargo.toml");
    let mut failed = Vec::new();
    for (what, about, command) in [
        ("checking the format", "seconds", cmd!(sh, "cargo fmt --all --check")),
        ("clippy", "about 2 min the first time", cmd!(sh, "cargo clippy {all...} {strict...}")),
        // The package's crates by themselves: others would add features to their dependencies.
        (
            "clippy for pages",
            "about 30 s the first time",
            cmd!(sh, "cargo {wasm...} -p windlass-wasm -p windlass-ed25519 {strict...}"),
        ),
        // Without the feature for KYC other code may be unused.
        (
            "clippy for pages that only sign in",
            "about 10 s",
            cmd!(sh, "cargo {wasm...} -p windlass-wasm --no-default-features {strict...}"),
        ),
        (
            "clippy for tests in pages",
            "about 1 min the first time",
            cmd!(
                sh,
                "cargo {wasm...} -p windlass-endpoints -p windlass-client -p windlass-core
                 -p windlass-test-anchor {strict...}"
            ),
        ),
        (
            "documentation",
            "about 30 s the first time",
            cmd!(sh, "cargo doc --no-deps --workspace").env("RUSTDOCFLAGS", "-D warnings"),
        ),
        // The fuzz targets are built too seldom to notice a stale lock file otherwise.
        (
            "checking the lock file of the fuzz targets",
            "seconds",
            cmd!(sh, "cargo tree --locked --depth 0 --manifest-path {fuzz}"),
        ),
    ] {
        if let Err(error) = sh.run(what, about, command) {
            check_interrupt()?;
            println!("{error:#}");
            failed.push(what);
        }
    }
    if !failed.is_empty() {
        let failed = failed.join(", ");
        bail!("{failed}: see above; `cargo xtask lint --fix` repairs what the tools can");
    }
    Ok(())
}
