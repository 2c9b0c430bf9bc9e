//! Requests per second of the server, and its memory.

use xshell::cmd;

use super::{keep, machine};
use crate::{
    postgres::Server,
    setup::{self, Need},
    sh::Sh,
};

/// Builds the server for release and measures it on both databases.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Postgres])?;
    let packages = ["-p", "windlass-anchor", "-p", "windlass-tests"];
    let build = cmd!(sh, "cargo build --release {packages...} --bin windlass --example load");
    sh.run("building for release", "about 10 min the first time", build)?;

    let mut report = machine(sh, "cores for server, database and load generator; 32 connections");
    report += &measure(sh, "SQLite", "")?;
    let postgres = Server::durable(sh)?;
    report += &measure(sh, "PostgreSQL", &postgres.url)?;
    drop(postgres);
    keep(sh, "server", &report)
}

fn measure(sh: &Sh, engine: &str, database: &str) -> anyhow::Result<String> {
    let release = sh.target().join("release");
    let (load, windlass) = (release.join("examples/load"), release.join("windlass"));
    let load = cmd!(sh, "{load} {windlass} {database}");
    let table = sh.run(&format!("measuring on {engine}"), "about 2 min", load)?;
    Ok(format!("{engine}\n{table}\n"))
}
