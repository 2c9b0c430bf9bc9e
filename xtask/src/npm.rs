//! The npm workspace: its packages, its scripts, and what the scripts are told.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::{
    browser, cargo,
    module::Module,
    setup,
    setup::Need,
    sh::{Failed, Sh},
    stamp::Stamp,
    wasm,
};

/// Members of the npm workspace, as the root `package.json` names them.
const MEMBERS: [&str; 4] = ["docs", "sdk/wasm", "www", "tests"];

/// The demo wallet's page.
pub(crate) const WWW: &str = "www/dist";

/// Installs the packages of `package-lock.json` (`npm ci`), unless they are there.
///
/// # Errors
///
/// npm is missing, the registry does not answer, or the lock file does not match the members.
pub(crate) fn install(sh: &Sh) -> anyhow::Result<()> {
    let mut sources =
        vec![sh.path("package.json"), sh.path("package-lock.json"), sh.path(".npmrc")];
    sources.extend(MEMBERS.map(|member| sh.path(member).join("package.json")));
    let modules = sh.path("node_modules");
    let stamp = Stamp::new(
        modules.join(".windlass-stamp"),
        "npm ci",
        &sources,
        &[modules.join(".package-lock.json")],
    )?;
    if stamp.is_fresh() {
        return Ok(());
    }
    if sh.read(sh.command("npm").arg("--version")).is_none() {
        bail!("`npm` does not run: install Node 20 or newer with npm, then run this again");
    }
    let attempt =
        sh.attempt("installing npm packages", "about 30 s", sh.command("npm").arg("ci"))?;
    if let Err(Failed { output, .. }) = attempt {
        if output.contains("in sync") {
            bail!(
                "package-lock.json does not match the package.json files: run `npm install` and commit the lock file"
            );
        }
        bail!(
            "`npm ci` failed: connect to the npm registry and run this again\n{}",
            output.trim_end()
        );
    }
    stamp.write()
}

/// Builds the demo wallet into `www/dist`, and before it what it is built on.
///
/// # Errors
///
/// Something is missing or does not build.
pub(crate) fn build_www(sh: &Sh) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Npm])?;
    wasm::build(sh)?;
    let mut sources = vec![sh.path("www"), sh.path("sdk/wasm"), sh.path("package-lock.json")];
    sources.extend(Module::ALL.iter().map(|module| sh.path(module.pkg)));
    let page = sh.path(WWW);
    let stamp = Stamp::new(page.join(".stamp"), "vite", &sources, &[page.join("index.html")])?;
    if stamp.is_fresh() {
        return Ok(());
    }
    let mut command = script(sh, "www", "build")?;
    sh.step("building the demo wallet", "about 10 s", &mut command)?;
    stamp.write()
}

/// `npm run <script>` of one member, with what scripts are told in the environment.
///
/// # Errors
///
/// The member or the script is missing.
pub(crate) fn script(sh: &Sh, member: &str, script: &str) -> anyhow::Result<Command> {
    let file = sh.path(member).join("package.json");
    let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let package: Package = serde_json::from_slice(&text)
        .with_context(|| format!("{member}/package.json is not one"))?;
    if !package.scripts.contains_key(script) {
        bail!("{member}/package.json has no script `{script}`");
    }
    let mut command = sh.command("npm");
    command.args(["run", script, "--workspace", member]).envs(told(sh));
    Ok(command)
}

/// `npm test` of every member that has it.
pub(crate) fn test(sh: &Sh) -> Command {
    let mut command = sh.command("npm");
    command.args(["test", "--workspaces", "--if-present"]).envs(told(sh));
    command
}

/// What scripts are told about the machine and this checkout.
pub(crate) fn told(sh: &Sh) -> [(&'static str, PathBuf); 4] {
    [
        ("WINDLASS_BIN", cargo::windlass(sh)),
        ("WINDLASS_CHROMIUM", Path::new(browser::CHROMIUM).to_owned()),
        ("WINDLASS_CHROMIUM_FLAGS", PathBuf::from(browser::FLAGS.join(" "))),
        ("WINDLASS_ARTEFACTS", sh.target().join("artefacts")),
    ]
}

#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    scripts: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Workspace {
        workspaces: Vec<String>,
    }

    #[test]
    fn members_are_those_of_the_root_package() {
        let text = fs::read(Sh::new(false).path("package.json")).unwrap();
        let Workspace { workspaces } = serde_json::from_slice(&text).unwrap();
        assert_eq!(workspaces, MEMBERS);
    }

    #[test]
    fn lock_file_names_no_registry() {
        let text = fs::read_to_string(Sh::new(false).path("package-lock.json")).unwrap();
        assert!(text.contains("\"integrity\""));
        assert!(!text.contains("://registry") && !text.contains("\"resolved\": \"http"));
    }

    #[test]
    fn missing_script_is_named() {
        let error = script(&Sh::new(false), ".", "no-such-script").unwrap_err().to_string();
        assert_eq!(error, "./package.json has no script `no-such-script`");
    }
}
