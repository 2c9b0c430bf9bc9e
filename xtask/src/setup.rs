//! Installs what the tasks need, unless it is there.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use xshell::cmd;

use crate::{
    browser,
    cargo::{self, WASM},
    postgres,
    sh::Sh,
};

mod debian;
pub(crate) mod npm;
mod tool;

/// Builds the npm package and runs the tests in Node and in the browser.
const WASM_PACK: &str = "0.15.1";
/// Checks licences and duplicates.
const CARGO_DENY: &str = "0.20.2";
/// Builds and runs the fuzz targets.
const CARGO_FUZZ: &str = "0.13.2";

/// Something that a task needs.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Need {
    /// rustfmt and clippy.
    Linters,
    /// Rust's standard library for the browser.
    WasmTarget,
    /// wasm-bindgen (in the version of `Cargo.lock`) and wasm-pack.
    WasmTools,
    /// The npm packages of `package-lock.json`.
    Npm,
    /// Chromium and its WebDriver.
    Browser,
    /// Firefox and WebKit.
    Engines,
    /// The programs of a PostgreSQL server.
    Postgres,
    /// Python 3, for the example of a business server.
    Python,
    /// cargo-deny.
    Deny,
    /// cargo-fuzz.
    Fuzz,
}

/// Installs those of `needs` that are missing.
pub(crate) fn ensure(sh: &Sh, needs: &[Need]) -> anyhow::Result<()> {
    needs.iter().try_for_each(|need| match need {
        Need::Linters => linters(sh),
        Need::WasmTarget => wasm_target(sh),
        Need::WasmTools => {
            let bindgen = cargo::locked_version(sh, "wasm-bindgen")?;
            tool::install(sh, "wasm-bindgen-cli", "wasm-bindgen", &bindgen, "about 1 min")?;
            tool::install(sh, "wasm-pack", "wasm-pack", WASM_PACK, "about 1 min")?;
            tool::remove_build(sh)
        }
        Need::Npm => npm::install(sh),
        Need::Browser => {
            let there = || are_there(&[browser::CHROMIUM, browser::DRIVER]);
            debian::install(sh, &["chromium", "chromium-driver"], there, "about 1 min")
        }
        Need::Engines => {
            let there = || are_there(&browser::ENGINES);
            debian::install(sh, &browser::ENGINE_PACKAGES, there, "about 1 min")
        }
        Need::Postgres => {
            debian::install(sh, &["postgresql"], || postgres::binaries().is_some(), "about 30 s")
        }
        Need::Python => {
            let there = || sh.read(cmd!(sh, "python3 --version")).is_some();
            debian::install(sh, &["python3"], there, "about 20 s")
        }
        Need::Deny => tool::install(sh, "cargo-deny", "cargo-deny", CARGO_DENY, "about 2 min"),
        Need::Fuzz => tool::install(sh, "cargo-fuzz", "cargo-fuzz", CARGO_FUZZ, "about 1 min"),
    })
}

fn are_there(paths: &[&str]) -> bool {
    paths.iter().all(|path| Path::new(path).exists())
}

fn linters(sh: &Sh) -> anyhow::Result<()> {
    let there = |tool| sh.read(cmd!(sh, "cargo {tool} --version")).is_some();
    if there("fmt") && there("clippy") {
        return Ok(());
    }
    let add = cmd!(sh, "rustup component add rustfmt clippy");
    sh.run("adding rustfmt and clippy", "seconds", add).context(
        "rustfmt and clippy are missing: install them for your Rust toolchain, then run this again",
    )?;
    Ok(())
}

fn wasm_target(sh: &Sh) -> anyhow::Result<()> {
    let folder = sh.read(cmd!(sh, "rustc --print target-libdir --target {WASM}")).context(
        "`rustc` does not run: install Rust 1.95 or newer with rustup, then run this again",
    )?;
    if PathBuf::from(folder).read_dir().is_ok_and(|mut files| files.next().is_some()) {
        return Ok(());
    }
    let add = cmd!(sh, "rustup target add {WASM}");
    sh.run("adding Rust's wasm32 target", "seconds", add).with_context(|| {
        format!(
            "Rust's target {WASM} is missing: connect to the network and run \
             `rustup target add {WASM}`"
        )
    })?;
    Ok(())
}
