//! Debian packages.

use std::path::Path;

use anyhow::{Context as _, bail};
use xshell::cmd;

use crate::sh::Sh;

/// Installs Debian packages, unless what they bring is `there`.
pub(super) fn install(
    sh: &Sh,
    packages: &[&str],
    there: impl Fn() -> bool,
    about: &str,
) -> anyhow::Result<()> {
    if there() {
        return Ok(());
    }
    let names = packages.join(" ");
    let root = sh.read(cmd!(sh, "id -u")).is_some_and(|id| id == "0");
    if !root || !Path::new("/usr/bin/apt-get").exists() {
        bail!(
            "{names} missing: install with `sudo apt-get install {names}` (or your system's way), \
             then run this again"
        );
    }
    // Old lists name versions that the mirror no longer has, or, worse, install an outdated browser
    // without an error.
    let update = cmd!(sh, "apt-get update");
    sh.run("updating Debian's package lists", "about 20 s", update).context(
        "cannot update Debian's package lists: connect to a Debian mirror and run this again",
    )?;
    let install = cmd!(sh, "apt-get install --yes --no-install-recommends {packages...}")
        .env("DEBIAN_FRONTEND", "noninteractive");
    sh.run(&format!("installing {names}"), about, install)?;
    if !there() {
        bail!("{names} installed, but not where Debian puts it: see `dpkg -L {names}`");
    }
    Ok(())
}
