//! The reports of measurements.

use std::fs;

use anyhow::Context as _;
use xshell::cmd;

use crate::sh::{Sh, heading};

/// Prints a report and writes it to `target/artefacts/bench`.
///
/// # Errors
///
/// The file cannot be written.
pub(super) fn keep(sh: &Sh, name: &str, report: &str) -> anyhow::Result<()> {
    heading("summary");
    print!("{report}");
    let folder = sh.target().join("artefacts/bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.txt"));
    fs::write(&file, report).with_context(|| format!("cannot write {}", file.display()))
}

/// The machine's cores, and how busy it was with other work.
pub(super) fn machine(sh: &Sh, what: &str) -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?").to_owned();
    let cores = sh.read(cmd!(sh, "nproc")).unwrap_or_default();
    format!("{cores} {what}; load before: {load}\n\n")
}
