//! The tarball of the npm package, complete or not at all.

use std::path::PathBuf;

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
    println!("packed into {}", packed(sh)?.display());
    Ok(())
}

/// Packs what was built; returns the tarball.
pub(crate) fn packed(sh: &Sh) -> anyhow::Result<PathBuf> {
    let here = sh.path(PACKAGE);
    let text = sh.read_file(here.join("package.json"))?;
    let manifest: Value = serde_json::from_str(&text).context("package.json is not JSON")?;
    let faults = faults(&manifest, |path| here.join(path).exists());
    if !faults.is_empty() {
        bail!("package.json: {}", faults.join(", "));
    }
    let folder = sh.target().join("npm");
    sh.create_dir(&folder)?;
    let pack = cmd!(sh, "npm pack --workspace windlass --pack-destination {folder}");
    sh.run("packing", "seconds", pack.envs(npm::environment(sh)))?;
    let version = manifest["version"].as_str().context("package.json has no version")?;
    Ok(folder.join(format!("windlass-{version}.tgz")))
}

/// The paths in `files` at which there is nothing, and those in `exports` that `files` does not
/// have. npm leaves such files out without a word.
fn faults(manifest: &Value, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let (mut files, mut exports) = (Vec::new(), Vec::new());
    texts(&manifest["files"], &mut files);
    texts(&manifest["exports"], &mut exports);
    let has = |path: &str| {
        // npm packs it always.
        path == "package.json"
            || files.iter().any(|file| {
                path.strip_prefix(*file)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    };
    let missing = files.iter().filter(|path| !exists(path));
    let mut faults: Vec<_> = missing.map(|path| format!("there is no {path}")).collect();
    let left_out = exports.iter().filter(|path| !has(path));
    faults.extend(left_out.map(|path| format!("{path} is exported, and not among the files")));
    faults.sort();
    faults.dedup();
    faults
}

/// Every path in a value, from the package's folder.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text.trim_start_matches(['.', '/'])),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn package_that_npm_would_pack_without_a_file_is_refused() {
        let exports = json!({
            ".": { "types": "./a.d.ts", "default": "./a.js" },
            "./deep": "./folder/deep.js",
            "./package.json": "./package.json",
        });
        let rows = [
            (json!(["/a.js", "a.d.ts", "/folder"]), "", vec![]),
            (json!(["/a.js", "a.d.ts", "/folder"]), "a.js", vec!["there is no a.js"]),
            (json!(["/a.js", "a.d.ts", "/folder"]), "folder", vec!["there is no folder"]),
            (
                json!(["/a.js", "folder/deep.js"]),
                "",
                vec!["a.d.ts is exported, and not among the files"],
            ),
            (
                json!(["a.js", "a.d.ts", "fold"]),
                "",
                vec!["folder/deep.js is exported, and not among the files"],
            ),
        ];
        for (files, missing, expected) in rows {
            let manifest = json!({ "files": files, "exports": exports });
            assert_eq!(faults(&manifest, |path| path != missing), expected, "{files} {missing}");
        }
    }
}
