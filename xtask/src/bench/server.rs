//! Requests per second of the server, and its memory.

use serde::Deserialize;
use xshell::cmd;

use super::keep;
use crate::{
    postgres::Server,
    setup::{self, Need},
    sh::Sh,
    table,
};

/// Builds the server for release and measures it on both databases.
///
/// # Errors
///
/// Something does not build, or the server answers with an error.
pub(crate) fn run(sh: &Sh) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::Postgres])?;
    let packages = ["-p", "windlass-anchor", "-p", "windlass-tests"];
    let build = cmd!(sh, "cargo build --release {packages...} --bin windlass --example load");
    sh.run("building for release", "about 10 min the first time", build)?;

    let mut report =
        super::machine(sh, "cores for server, database and load generator; 32 connections");
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
    let output = sh.run(&format!("measuring on {engine}"), "about 2 min", load)?;
    let lines = output.lines().filter_map(|line| serde_json::from_str(line).ok());
    Ok(render(engine, &lines.collect::<Vec<Line>>()))
}

/// A line of the load generator.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Start { start_ms: f64, rss_kib: f64 },
    Measured { name: String, requests: usize, per_second: f64, p50_ms: f64, p99_ms: f64 },
    End { requests: usize, rss_kib: f64 },
}

fn render(engine: &str, lines: &[Line]) -> String {
    let mut rows = vec![[engine, "requests", "per second", "p50 ms", "p99 ms"].map(str::to_owned)];
    let mut memory = String::new();
    for line in lines {
        match line {
            Line::Measured { name, requests, per_second, p50_ms, p99_ms } => rows.push([
                name.clone(),
                requests.to_string(),
                format!("{per_second:.0}"),
                format!("{p50_ms:.2}"),
                format!("{p99_ms:.2}"),
            ]),
            Line::Start { start_ms, rss_kib } => {
                memory += &format!("started in {start_ms:.0} ms; {:.1} MiB", rss_kib / 1024.0);
            }
            Line::End { requests, rss_kib } => {
                memory += &format!(", {:.1} MiB after {requests} requests\n", rss_kib / 1024.0);
            }
        }
    }
    format!("{}{memory}\n", table::render(&rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurements_become_a_table() {
        let output = [
            r#"{"start_ms":41.2,"rss_kib":20480}"#,
            r#"{"name":"GET /auth","requests":50000,"per_second":9999.6,"p50_ms":3.0,"p99_ms":9.514}"#,
            r#"{"requests":100000,"rss_kib":30720}"#,
        ];
        let lines: Vec<Line> =
            output.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(
            render("SQLite", &lines),
            "SQLite      requests   per second   p50 ms   p99 ms\n\
             GET /auth      50000        10000     3.00     9.51\n\
             started in 41 ms; 20.0 MiB, 30.0 MiB after 100000 requests\n\n"
        );
    }
}
