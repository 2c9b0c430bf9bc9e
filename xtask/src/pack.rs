//! The tarball of the npm package, complete or not at all.

use anyhow::{Context as _, bail};
use serde_json::Value;
use xshell::cmd;

use crate::{npm, package, sh::Sh, testing};

/// The folder of the package.
const PACKAGE: &str = "sdk/wasm";

/// Builds everything that is in the package, and packs it into `target/npm`.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    package::build(sh)?;
    testing::build(sh)?;
    let missing = missing(sh)?;
    if !missing.is_empty() {
        bail!("package.json names files that are not there: {}", missing.join(", "));
    }
    let folder = sh.target().join("npm");
    sh.create_dir(&folder)?;
    let pack = cmd!(sh, "npm pack --workspace windlass --pack-destination {folder}");
    sh.run("packing", "seconds", pack.envs(npm::environment(sh)))?;
    println!("packed into {}", folder.display());
    Ok(())
}

/// The paths in `files` and `exports` of package.json at which there is nothing. npm leaves such
/// files out without a word.
fn missing(sh: &Sh) -> anyhow::Result<Vec<String>> {
    let here = sh.path(PACKAGE);
    let text = sh.read_file(here.join("package.json"))?;
    let manifest: Value = serde_json::from_str(&text).context("package.json is not JSON")?;
    let mut paths = Vec::new();
    texts(&manifest["files"], &mut paths);
    texts(&manifest["exports"], &mut paths);
    let mut missing: Vec<_> = paths
        .into_iter()
        .filter(|path| !here.join(path.trim_start_matches(['.', '/'])).exists())
        .collect();
    missing.dedup();
    Ok(missing)
}

/// Every text in a value.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}
