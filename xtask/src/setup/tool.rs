//! Programs that are installed with cargo.

use anyhow::bail;
use xshell::cmd;

use crate::sh::{Failed, Sh, tail};

/// Where the tools are compiled: several hundred megabytes.
const BUILD: &str = "target/tools/build";

/// Installs `program` of the crate `package` into `target/tools`, in exactly this version.
pub(super) fn install(
    sh: &Sh,
    package: &str,
    program: &str,
    version: &str,
    about: &str,
) -> anyhow::Result<()> {
    let tools = sh.path("target/tools");
    let installed = tools.join("bin").join(program);
    let printed = sh.read(cmd!(sh, "{installed} --version"));
    if printed.is_some_and(|printed| has_version(&printed, version)) {
        return Ok(());
    }
    let what = format!("installing {package} {version} into target/tools");
    let install = |locked: Option<&str>| {
        // Without --force a half-removed installation would count as installed.
        let version = format!("={version}");
        cmd!(sh, "cargo install --force --root {tools} --version {version} {locked...} {package}")
            // A newcomer waits for this build. It takes a third of the time without optimisation,
            // and each tool runs for less than a second longer.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            // One folder, so that the tools share the dependencies that they have in common.
            .env("CARGO_TARGET_DIR", sh.path(BUILD))
            .env_remove("RUSTFLAGS")
    };
    let mut result = sh.attempt(&what, about, install(Some("--locked")))?;
    if result.as_ref().is_err_and(|failed| is_unresolvable(&failed.output)) {
        println!("its lock file names a crate that this registry does not have: resolving afresh");
        result = sh.attempt(&what, about, install(None))?;
    }
    let Err(Failed { status, output }) = result else { return Ok(()) };
    bail!(
        "{package} {version} could not be installed ({status}): connect to the crates registry and \
         run this again\n{}",
        tail(&output, 20)
    )
}

/// Removes what the installation of tools has compiled.
pub(super) fn remove_build(sh: &Sh) -> anyhow::Result<()> {
    Ok(sh.remove_path(BUILD)?)
}

/// Whether `program --version` printed `version`: `wasm-bindgen 0.2.130`, `cargo-deny 0.20.2 (a
/// hash)`.
fn has_version(printed: &str, version: &str) -> bool {
    printed.split_whitespace().nth(1) == Some(version)
}

/// Whether cargo gave up before compiling, because the registry lacks a version of the lock file.
fn is_unresolvable(output: &str) -> bool {
    output.contains("failed to select a version for the requirement")
        && output.contains("(locked to ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_version_is_compared() {
        assert!(has_version("wasm-bindgen 0.2.130", "0.2.130"));
        assert!(has_version("cargo-deny 0.20.2 (1f2e3d)", "0.20.2"));
        assert!(!has_version("wasm-bindgen 0.2.130", "0.2.13"));
        assert!(!has_version("", "0.2.130"));
    }

    #[test]
    fn only_a_lock_file_that_the_registry_cannot_meet_is_resolved_afresh() {
        let refused = "error: failed to select a version for the requirement \
                       `webpki-roots = \"^1.0.10\"` (locked to 1.0.11)\n\
                       candidate versions found which didn't match: 1.0.10";
        assert!(is_unresolvable(refused));
        assert!(!is_unresolvable("error: could not compile `syn` (lib) due to 1 previous error"));
        let offline = "error: failed to get `serde` as a dependency: network unreachable";
        assert!(!is_unresolvable(offline));
    }
}
