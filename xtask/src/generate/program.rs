//! The programs of the tests that print derived files.

use anyhow::Context as _;
use xshell::cmd;

use crate::sh::Sh;

/// What a program prints, with one end of line at the end; the command has its name and arguments.
///
/// # Errors
///
/// It was not built, or fails.
pub(super) fn output(sh: &Sh, command: &[&str]) -> anyhow::Result<String> {
    let program = sh.target().join("debug").join(command[0]);
    let args = &command[1..];
    let text = sh.read(cmd!(sh, "{program} {args...}"));
    Ok(text.with_context(|| format!("`{}` failed", command.join(" ")))? + "\n")
}
