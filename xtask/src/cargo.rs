//! The workspace's crates and the server's binary.

use std::path::PathBuf;

use anyhow::Context as _;
use xshell::{Cmd, cmd};

use crate::sh::{Background, Sh};

/// The target of the browser package.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Starts the build of the binary `windlass`, beside the next steps.
pub(crate) fn start_windlass(sh: &Sh) -> anyhow::Result<Background> {
    sh.start("building the server", "seconds, about 4 min the first time", build(sh))
}

/// Builds the binary `windlass`.
pub(crate) fn build_windlass(sh: &Sh) -> anyhow::Result<()> {
    sh.run("building the server", "seconds, about 3 min the first time", build(sh)).map(drop)
}

/// With `-p`, as the tests of each crate are built: the features of dependencies depend on the
/// packages that are selected, and each new set of features is compiled again.
fn build(sh: &Sh) -> Cmd<'_> {
    cmd!(sh, "cargo build -p windlass-anchor --bin windlass")
}

/// Where cargo puts the binary `windlass`.
pub(crate) fn windlass(sh: &Sh) -> PathBuf {
    sh.target().join("debug/windlass")
}

/// The version of `package` in `Cargo.lock`.
pub(crate) fn locked_version(sh: &Sh, package: &str) -> anyhow::Result<String> {
    let id = sh.read(cmd!(sh, "cargo pkgid {package}"));
    let version = id.as_deref().and_then(|id| id.rsplit_once('@'));
    let (_, version) = version.with_context(|| {
        format!("Cargo.lock has no package {package}; run `cargo update --workspace`")
    })?;
    Ok(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_of_wasm_bindgen_is_read() {
        let version = locked_version(&Sh::new(false), "wasm-bindgen").unwrap();
        assert!(version.starts_with("0.2."), "{version}");
    }
}
