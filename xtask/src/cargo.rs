//! Cargo in this workspace: the same packages and features each time, so that nothing is built twice.

use std::{path::PathBuf, process::Command};

use anyhow::Context as _;

use crate::sh::Sh;

/// The target of the browser package.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// cargo-fuzz needs unstable compiler options for coverage; with this variable the stable compiler takes them.
pub(crate) const UNSTABLE: [(&str, &str); 1] = [("RUSTC_BOOTSTRAP", "1")];

/// Every package but xtask, which was built alone to run at all: one selection means one set of features.
const PRODUCT: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// `cargo <subcommand>` over the product's packages.
pub(crate) fn product(sh: &Sh, subcommand: &[&str]) -> Command {
    let mut command = sh.command("cargo");
    command.args(subcommand).args(PRODUCT);
    command
}

/// Builds the binary `windlass` and answers with its path.
///
/// # Errors
///
/// It does not build.
pub(crate) fn build_windlass(sh: &Sh) -> anyhow::Result<PathBuf> {
    let mut command = product(sh, &["build", "--bin", "windlass"]);
    sh.step("building the server", "seconds, about 5 min the first time", &mut command)?;
    Ok(windlass(sh))
}

/// Where cargo puts the binary `windlass`.
pub(crate) fn windlass(sh: &Sh) -> PathBuf {
    sh.target().join("debug/windlass")
}

/// The version of `package` in `Cargo.lock`.
///
/// # Errors
///
/// The file cannot be read, or the package is not in it.
pub(crate) fn locked_version(sh: &Sh, package: &str) -> anyhow::Result<String> {
    let lock = std::fs::read_to_string(sh.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    find_version(&lock, package).map(str::to_owned).with_context(|| {
        format!("Cargo.lock has no package {package}; run `cargo update --workspace`")
    })
}

fn find_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"version = 4

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry"
dependencies = [
 "wasm-bindgen-macro",
]
"#;

    #[test]
    fn version_is_that_of_the_whole_name() {
        assert_eq!(find_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(find_version(LOCK, "wasm-bindgen-futures"), Some("0.4.80"));
    }

    #[test]
    fn absent_package_has_no_version() {
        assert_eq!(find_version(LOCK, "wasm"), None);
        assert_eq!(find_version(LOCK, "wasm-bindgen-macro"), None);
        assert_eq!(find_version("", "wasm-bindgen"), None);
    }

    #[test]
    fn lock_file_of_this_workspace_has_wasm_bindgen() {
        let version = locked_version(&Sh::new(false), "wasm-bindgen").unwrap();
        assert!(version.starts_with("0.2."), "{version}");
    }
}
