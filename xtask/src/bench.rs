//! How fast the server and the npm package are, and how large.

use clap::Subcommand;

use crate::sh::Sh;

mod report;
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
