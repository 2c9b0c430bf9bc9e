//! How fast the server and the npm package are, and how large.

use std::fs;

use anyhow::Context as _;
use clap::Subcommand;
use xshell::cmd;

use crate::sh::{Sh, heading};

mod server;
mod wallet;

/// What to measure.
#[derive(Debug, Subcommand)]
pub(crate) enum Subject {
    /// Requests per second of the server, on SQLite and on PostgreSQL, and its memory
    Server,
    /// Size, speed, cold start and memory of the npm package beside other wallet SDKs, in Node and in Chromium
    Wallet(wallet::Args),
}

/// Builds what is needed, measures, and prints tables, which are kept in `target/artefacts/bench`.
///
/// # Errors
///
/// Something does not build, or what is measured does not do what it should.
pub(crate) fn run(sh: &Sh, subject: &Subject) -> anyhow::Result<()> {
    match subject {
        Subject::Server => server::run(sh),
        Subject::Wallet(args) => wallet::run(sh, args),
    }
}

/// Prints a report and keeps it.
fn keep(sh: &Sh, name: &str, report: &str) -> anyhow::Result<()> {
    heading("summary");
    print!("{report}");
    let folder = sh.target().join("artefacts/bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.txt"));
    fs::write(&file, report).with_context(|| format!("cannot write {}", file.display()))
}

/// The machine's cores, and how busy it was with other work.
fn machine(sh: &Sh, what: &str) -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?").to_owned();
    let cores = sh.read(cmd!(sh, "nproc")).unwrap_or_default();
    format!("{cores} {what}; load before: {load}\n\n")
}
