//! The scripts of the npm workspace.

use std::path::{Path, PathBuf};

use xshell::{Cmd, cmd};

use crate::{browser, cargo, module::Module, package, sh::Sh, stamp::Stamp};

/// The demo wallet's page.
pub(crate) const WWW: &str = "www/dist";

/// Builds the demo wallet into `www/dist`, after the npm package that it uses.
pub(crate) fn build_www(sh: &Sh) -> anyhow::Result<()> {
    package::build_for_www(sh)?;
    let mut sources = vec![sh.path("www"), sh.path("sdk/wasm"), sh.path("package-lock.json")];
    sources.extend(Module::WWW.iter().map(|module| sh.path(module.pkg)));
    let page = sh.path(WWW);
    let stamp = Stamp::new(page.join(".stamp"), "vite", &sources, &[page.join("index.html")])?;
    if stamp.is_fresh() {
        return Ok(());
    }
    sh.run("building the demo wallet", "about 10 s", script(sh, "www", "build"))?;
    stamp.write()
}

/// `npm run <script>` of one member of the workspace.
pub(crate) fn script<'a>(sh: &'a Sh, member: &str, script: &str) -> Cmd<'a> {
    cmd!(sh, "npm run {script} --workspace {member}").envs(environment(sh))
}

/// `npm test` of every member that has it.
pub(crate) fn test(sh: &Sh) -> Cmd<'_> {
    cmd!(sh, "npm test --workspaces --if-present").envs(environment(sh))
}

/// What scripts must know about the machine and this checkout.
pub(crate) fn environment(sh: &Sh) -> [(&'static str, PathBuf); 4] {
    [
        ("WINDLASS_BIN", cargo::windlass(sh)),
        ("WINDLASS_CHROMIUM", Path::new(browser::CHROMIUM).to_owned()),
        ("WINDLASS_CHROMIUM_FLAGS", PathBuf::from(browser::FLAGS.join(" "))),
        ("WINDLASS_ARTEFACTS", sh.target().join("artefacts")),
    ]
}
