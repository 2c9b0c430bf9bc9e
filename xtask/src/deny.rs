//! Licences, duplicates, bans and sources of dependencies.

use crate::{setup, setup::Need, sh::Sh};

/// Checks them with cargo-deny against `deny.toml`.
///
/// # Errors
///
/// cargo-deny cannot be installed, or finds something.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Deny])?;
    let mut command = sh.command("cargo-deny");
    // An exception that has served its time must go.
    command.args(["--locked", "check", "--deny", "unmatched-skip", "--deny", "unnecessary-skip"]);
    command.args(["licenses", "bans", "sources"]);
    sh.step("checking dependencies", "seconds", &mut command)?;
    println!(
        "not checked: security advisories, whose database is on the network; \
         where there is one, run `target/tools/bin/cargo-deny check advisories`"
    );
    Ok(())
}
