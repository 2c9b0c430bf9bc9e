//! npm packages.

use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::Value;
use xshell::cmd;

use crate::{
    sh::{Failed, Sh},
    stamp::Stamp,
};

/// Installs the packages of the root's `package-lock.json`, unless they are there.
pub(super) fn install(sh: &Sh) -> anyhow::Result<()> {
    install_in(sh, &sh.path(""), "installing npm packages", &[])
}

/// Installs the packages of the `package-lock.json` in `folder` (`npm ci` with these flags), unless
/// they are there.
pub(crate) fn install_in(sh: &Sh, folder: &Path, what: &str, flags: &[&str]) -> anyhow::Result<()> {
    let manifest = folder.join("package.json");
    let package: Value = serde_json::from_str(&sh.read_file(&manifest)?)
        .with_context(|| format!("{} is no package.json", manifest.display()))?;
    let mut sources = vec![manifest, folder.join("package-lock.json"), folder.join(".npmrc")];
    let members = package["workspaces"].as_array().into_iter().flatten().filter_map(Value::as_str);
    sources.extend(members.map(|member| folder.join(member).join("package.json")));
    let modules = folder.join("node_modules");
    let results = [modules.join(".package-lock.json")];
    let stamp = Stamp::new(modules.join(".windlass-stamp"), "npm ci", &sources, &results)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    if sh.read(cmd!(sh, "npm --version")).is_none() {
        bail!("`npm` does not run: install Node 20 or newer with npm, then run this again");
    }
    let install = cmd!(sh, "npm ci --no-audit --no-fund {flags...} --prefix {folder}");
    if let Err(Failed { output, .. }) = sh.attempt(what, "about 30 s", install)? {
        if output.contains("in sync") {
            bail!(
                "package-lock.json does not match the package.json files: run `npm install` and \
                 commit the lock file"
            );
        }
        bail!(
            "`npm ci` failed: connect to the npm registry and run this again\n{}",
            output.trim_end()
        );
    }
    stamp.write()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_files_name_no_registry() {
        for file in ["package-lock.json", "tests/bench/wallet/package-lock.json"] {
            let text = Sh::new(false).read_file(file).unwrap();
            assert!(text.contains("\"integrity\""), "{file}");
            assert!(
                !text.contains("://registry") && !text.contains("\"resolved\": \"http"),
                "{file}"
            );
        }
    }
}
