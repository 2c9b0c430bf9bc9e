//! Licences, duplicates and sources of dependencies.

use xshell::cmd;

use crate::{setup, setup::Need, sh::Sh};

/// Checks them with cargo-deny against `deny.toml`.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Deny])?;
    // An exception that is no longer needed must go.
    let strict = ["--deny", "unmatched-skip", "--deny", "unnecessary-skip"];
    let check = cmd!(sh, "cargo-deny --locked check {strict...} licenses bans sources");
    sh.run("checking dependencies", "seconds", check)?;
    println!(
        "security advisories were not checked: their database is on the network; \
         to check them, run `target/tools/bin/cargo-deny check advisories`"
    );
    Ok(())
}
