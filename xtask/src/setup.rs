//! What must be on the machine, each thing installed when it is missing and skipped when it is there.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};

use crate::{
    browser,
    cargo::{self, WASM},
    npm, postgres,
    sh::{Failed, Sh},
};

/// wasm-pack, which builds the npm package and runs the tests in Node and in the browser.
const WASM_PACK: (&str, &str) = ("wasm-pack", "0.15.1");

/// cargo-deny, which checks licences and duplicates.
const CARGO_DENY: (&str, &str) = ("cargo-deny", "0.20.2");

/// cargo-fuzz, which builds and runs the fuzz targets.
const CARGO_FUZZ: (&str, &str) = ("cargo-fuzz", "0.13.2");

/// Something that a task needs.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Need {
    /// rustfmt and clippy.
    Linters,
    /// Rust's standard library for the browser.
    WasmTarget,
    /// wasm-bindgen (as `Cargo.lock` has it) and wasm-pack.
    WasmTools,
    /// The npm packages of `package-lock.json`.
    Npm,
    /// Chromium and its WebDriver.
    Browser,
    /// Firefox and WebKit.
    Engines,
    /// A PostgreSQL server's programs.
    Postgres,
    /// Python 3, for the example of a business server.
    Python,
    /// cargo-deny.
    Deny,
    /// cargo-fuzz.
    Fuzz,
}

/// Installs what of `needs` is missing.
///
/// # Errors
///
/// Something cannot be installed; the message says what to do.
pub(crate) fn ensure(sh: &Sh, needs: &[Need]) -> anyhow::Result<()> {
    for need in needs {
        match need {
            Need::Linters => linters(sh)?,
            Need::WasmTarget => wasm_target(sh)?,
            Need::WasmTools => {
                let version = cargo::locked_version(sh, "wasm-bindgen")?;
                tool(sh, "wasm-bindgen-cli", "wasm-bindgen", &version, "about 2 min")?;
                tool(sh, WASM_PACK.0, WASM_PACK.0, WASM_PACK.1, "about 2 min")?;
            }
            Need::Npm => npm::install(sh)?,
            Need::Browser => debian(
                sh,
                &["chromium", "chromium-driver"],
                || are_there(&[browser::CHROMIUM, browser::DRIVER]),
                "about 1 min",
            )?,
            Need::Engines => debian(
                sh,
                &browser::ENGINE_PACKAGES,
                || are_there(&browser::ENGINES),
                "about 1 min",
            )?,
            Need::Postgres => {
                debian(sh, &["postgresql"], || postgres::binaries().is_some(), "about 30 s")?;
            }
            Need::Python => {
                let there = || sh.read(sh.command("python3").arg("--version")).is_some();
                debian(sh, &["python3"], there, "about 20 s")?;
            }
            Need::Deny => tool(sh, CARGO_DENY.0, CARGO_DENY.0, CARGO_DENY.1, "about 5 min")?,
            Need::Fuzz => tool(sh, CARGO_FUZZ.0, CARGO_FUZZ.0, CARGO_FUZZ.1, "about 1 min")?,
        }
    }
    Ok(())
}

fn are_there(paths: &[&str]) -> bool {
    paths.iter().all(|path| Path::new(path).exists())
}

fn linters(sh: &Sh) -> anyhow::Result<()> {
    let there = |tool: &str| sh.read(sh.command("cargo").args([tool, "--version"])).is_some();
    if there("fmt") && there("clippy") {
        return Ok(());
    }
    let mut command = sh.command("rustup");
    sh.step(
        "adding rustfmt and clippy",
        "seconds",
        command.args(["component", "add", "rustfmt", "clippy"]),
    )
    .context(
        "rustfmt and clippy are missing: install them for your Rust toolchain, then run this again",
    )?;
    Ok(())
}

fn wasm_target(sh: &Sh) -> anyhow::Result<()> {
    let folder = rustc(sh, &["target-libdir", "--target", WASM])?;
    let there = PathBuf::from(folder).read_dir().is_ok_and(|mut files| files.next().is_some());
    if there {
        return Ok(());
    }
    let mut command = sh.command("rustup");
    sh.step("adding Rust's wasm32 target", "seconds", command.args(["target", "add", WASM])).with_context(|| {
        format!("Rust's target {WASM} is missing: connect to the network and run `rustup target add {WASM}`")
    })?;
    Ok(())
}

/// What the compiler prints when it is asked for this.
fn rustc(sh: &Sh, asked: &[&str]) -> anyhow::Result<String> {
    sh.read(sh.command("rustc").arg("--print").args(asked)).context(
        "`rustc` does not run: install Rust 1.95 or newer with rustup, then run this again",
    )
}

/// Installs the binary `program` of `package` into `target/tools`, in just that version.
fn tool(sh: &Sh, package: &str, program: &str, version: &str, about: &str) -> anyhow::Result<()> {
    let root = sh.path("target/tools");
    let there = sh.read(sh.command(root.join("bin").join(program)).arg("--version"));
    if there.is_some_and(|printed| has_version(&printed, version)) {
        return Ok(());
    }
    let what = format!("installing {package} {version} into target/tools");
    let install = |locked: bool| {
        let mut command = sh.command("cargo");
        command.arg("install").args(locked.then_some("--locked")).arg("--root").arg(&root);
        // Without --force a half-removed installation would count as done.
        command.args(["--force", "--version"]).arg(format!("={version}")).arg(package);
        // They work for seconds, so it is their build that has to be quick.
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        // It must not land among the workspace's artefacts.
        command.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
        command
    };
    let mut failed = sh.attempt(&what, about, &mut install(true))?.err();
    if failed.as_ref().is_some_and(|failed| is_unresolvable(&failed.output)) {
        println!("its lock file names a crate that this registry does not have: resolving afresh");
        failed = sh.attempt(&what, about, &mut install(false))?.err();
    }
    let Some(Failed { status, output }) = failed else { return Ok(()) };
    bail!(
        "{package} {version} could not be installed ({status}): connect to the crates registry and run this again\n{}",
        tail(&output)
    )
}

/// Whether `program --version` printed `version`: `wasm-bindgen 0.2.130`, `cargo-deny 0.20.2 (a hash)`.
fn has_version(printed: &str, version: &str) -> bool {
    printed.split_whitespace().nth(1) == Some(version)
}

/// Whether cargo gave up before building, because a version in the lock file is not in the registry.
fn is_unresolvable(output: &str) -> bool {
    output.contains("failed to select a version for the requirement")
        && output.contains("(locked to ")
}

/// Installs Debian packages unless `there`.
fn debian(sh: &Sh, packages: &[&str], there: impl Fn() -> bool, about: &str) -> anyhow::Result<()> {
    if there() {
        return Ok(());
    }
    let names = packages.join(" ");
    let root = sh.read(sh.command("id").arg("-u")).is_some_and(|id| id == "0");
    if !root || !Path::new("/usr/bin/apt-get").exists() {
        bail!(
            "{names} missing: install with `sudo apt-get install {names}` (or your system's way), then run this again"
        );
    }
    if !is_recent(Path::new("/var/lib/apt/lists")) {
        let mut update = sh.command("apt-get");
        sh.step("updating Debian's package lists", "about 20 s", update.arg("update")).context(
            "cannot update Debian's package lists: connect to a Debian mirror and run this again",
        )?;
    }
    let mut install = sh.command("apt-get");
    install.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    sh.step(&format!("installing {names}"), about, &mut install)?;
    if !there() {
        bail!("{names} installed, but not where Debian puts it: see `dpkg -L {names}`");
    }
    Ok(())
}

/// Whether apt's package lists are there and were updated within the last day. Old lists name versions that the mirror
/// no longer has, or, worse, install an outdated browser without an error.
///
/// apt gives the lists the mirror's times, so they do not tell when they were fetched; but every update writes to
/// `partial`.
fn is_recent(lists: &Path) -> bool {
    let updated = lists.join("partial").metadata().and_then(|partial| partial.modified());
    let age = updated.ok().and_then(|updated| updated.elapsed().ok());
    let is_list = |file: &fs::DirEntry| file.file_name().to_string_lossy().contains("_Packages");
    let has_lists =
        fs::read_dir(lists).is_ok_and(|files| files.flatten().any(|file| is_list(&file)));
    has_lists && age.is_some_and(|age| age < Duration::from_secs(24 * 60 * 60))
}

fn tail(output: &str) -> String {
    let lines: Vec<_> = output.trim_end().lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_compared_whole() {
        assert!(has_version("wasm-bindgen 0.2.130", "0.2.130"));
        assert!(has_version("cargo-deny 0.20.2 (1f2e3d)", "0.20.2"));
        assert!(!has_version("wasm-bindgen 0.2.130", "0.2.13"));
        assert!(!has_version("", "0.2.130"));
    }

    #[test]
    fn only_a_lock_file_that_the_registry_cannot_meet_is_resolved_afresh() {
        let refused = "error: failed to select a version for the requirement `webpki-roots = \"^1.0.10\"` (locked to \
                       1.0.11)\ncandidate versions found which didn't match: 1.0.10";
        assert!(is_unresolvable(refused));
        assert!(!is_unresolvable("error: could not compile `syn` (lib) due to 1 previous error"));
        assert!(!is_unresolvable(
            "error: failed to get `serde` as a dependency: network unreachable"
        ));
    }

    #[test]
    fn package_lists_are_updated_when_they_are_missing_or_older_than_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let lists = folder.path();
        assert!(!is_recent(lists), "no lists, never updated");
        fs::create_dir(lists.join("partial")).unwrap();
        assert!(!is_recent(lists), "no lists");
        fs::write(lists.join("deb.debian.org_dists_bookworm_main_binary-amd64_Packages.lz4"), "")
            .unwrap();
        assert!(is_recent(lists));
        let partial = fs::File::open(lists.join("partial")).unwrap();
        let now = partial.metadata().unwrap().modified().unwrap();
        partial.set_modified(now - Duration::from_secs(25 * 60 * 60)).unwrap();
        assert!(!is_recent(lists), "updated 25 hours ago");
    }

    #[test]
    fn tail_keeps_the_end() {
        let long: String = (0..100).map(|line| format!("{line}\n")).collect();
        assert!(tail(&long).starts_with("80\n") && tail(&long).ends_with("\n99"));
        assert_eq!(tail("one\n"), "one");
    }
}
