//! How fast the server and the npm package are, and how large.

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
    /// Size, speed, cold start and memory of the npm package beside other wallet SDKs
    Wallet(wallet::Args),
}

/// Builds what is needed, measures, and prints tables, which are kept in `target/artefacts/bench`.
pub(crate) fn run(sh: &Sh, subject: &Subject) -> anyhow::Result<()> {
    match subject {
        Subject::Server => server::run(sh),
        Subject::Wallet(args) => wallet::run(sh, args),
    }
}

/// Prints a report and writes it to `target/artefacts/bench`.
fn keep(sh: &Sh, name: &str, report: &str) -> anyhow::Result<()> {
    heading("summary");
    print!("{report}");
    Ok(sh.write_file(sh.target().join(format!("artefacts/bench/{name}.txt")), report)?)
}

/// The machine's cores, and how busy it was with other work.
fn machine(sh: &Sh, what: &str) -> String {
    let load = sh.read_file("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?").to_owned();
    let cores = sh.read(cmd!(sh, "nproc")).unwrap_or_default();
    format!("{cores} {what}; load before: {load}\n\n")
}
