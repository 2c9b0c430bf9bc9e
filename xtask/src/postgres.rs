//! A PostgreSQL server for one run, removed afterwards.

use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};
use xshell::cmd;

use crate::sh::{Sh, check_interrupt, now, spell};

/// The environment variable in which tests find the server to use.
pub(crate) const URL: &str = "TEST_DATABASE_URL";

/// Debian keeps the programs of each major version in a folder of its own, which is not on the
/// PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Loopback only, and enough connections for every test.
const ALWAYS: &str = "-c listen_addresses=127.0.0.1 -c max_connections=300 -c shared_buffers=64MB";
/// Faster, and a crash of the machine may lose data: it is thrown away anyway.
const NOT_DURABLE: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// The folder of the newest server's programs on this machine.
pub(crate) fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let debian = newest(versions.map(|version| version.path())).map(|path| path.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    debian
        .into_iter()
        .chain(env::split_paths(&path))
        .find(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists())
}

fn newest(versions: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<f32>().ok();
    let numbered = versions.filter_map(|path| Some((number(&path)?, path)));
    numbered.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, path)| path)
}

/// A database server that tests may fill as they like.
pub(crate) struct Server {
    /// Where tests connect, as a superuser of the whole server.
    pub(crate) url: String,
    /// Stopped and removed when dropped; `None` for a server that was here before.
    _cluster: Option<Cluster>,
}

impl Server {
    /// The server that `TEST_DATABASE_URL` names, or a new one.
    pub(crate) fn for_tests(sh: &Sh) -> anyhow::Result<Self> {
        match env::var(URL) {
            Ok(url) if !url.is_empty() => Ok(Self { url, _cluster: None }),
            _ => Cluster::start(sh, NOT_DURABLE),
        }
    }

    /// A new server that keeps what it has committed, as in production: for measurements.
    pub(crate) fn durable(sh: &Sh) -> anyhow::Result<Self> {
        Cluster::start(sh, "")
    }
}

/// A running server with its data in a temporary folder, on a free port of the loopback address.
struct Cluster {
    programs: Programs,
    folder: PathBuf,
}

impl Cluster {
    fn start(sh: &Sh, settings: &str) -> anyhow::Result<Server> {
        check_interrupt()?;
        let started = now();
        let bin = binaries().context("no PostgreSQL here: run `cargo xtask setup --postgres`")?;
        let root = sh.read(cmd!(sh, "id -u")).is_some_and(|id| id == "0");
        let programs = Programs { bin, root };
        let folder = programs.run("mktemp", &["-d", "-t", "windlass-pg-XXXXXX"])?;
        let cluster = Self { programs, folder: PathBuf::from(folder.trim()) };

        let [data, log] = ["data", "log"].map(|name| cluster.path(name));
        let initdb = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"];
        let initdb = [&initdb[..], &["--locale=C.UTF-8", &data]].concat();
        cluster.programs.run("initdb", &initdb)?;
        // pg_ctl makes the server a session of its own: Ctrl-C does not reach it, and tests that
        // are being stopped still have their database.
        let port = free_port()?;
        let options = format!("-p {port} -k {} {ALWAYS} {settings}", cluster.folder.display());
        let start = ["-D", &data, "-l", &log, "-o", &options, "-w", "start"];
        if let Err(error) = cluster.programs.run("pg_ctl", &start) {
            bail!("{error:#}\n{}", fs::read_to_string(&log).unwrap_or_default().trim_end());
        }
        println!("PostgreSQL on port {port} for this run, started in {}", spell(started.elapsed()));
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        Ok(Server { url, _cluster: Some(cluster) })
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ =
            self.programs.run("pg_ctl", &["-D", &self.path("data"), "-m", "fast", "-w", "stop"]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// PostgreSQL's programs.
struct Programs {
    bin: PathBuf,
    /// Whether this process runs as root, which PostgreSQL refuses: its user `postgres` is used.
    root: bool,
}

impl Programs {
    fn run(&self, program: &str, args: &[&str]) -> anyhow::Result<String> {
        let path = self.bin.join(program);
        let path = if path.exists() { path } else { PathBuf::from(program) };
        let mut command = if self.root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        // The user `postgres` may not be able to read the folder of this checkout.
        let output = command.args(args).current_dir("/").stdin(Stdio::null()).output();
        let output = output.with_context(|| format!("cannot start `{program}`"))?;
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr);
            bail!("`{program}` failed ({}):\n{}", output.status, error.trim_end());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .context("no free port on the loopback address")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newest_version_is_found() {
        let versions = ["9.6", "15", "odd", "17", "16"].map(PathBuf::from);
        assert_eq!(newest(versions.into_iter()), Some(PathBuf::from("17")));
    }

    #[test]
    fn server_answers_and_is_removed_when_dropped() {
        let sh = Sh::new(false);
        let server = Cluster::start(&sh, NOT_DURABLE).unwrap();
        let folder = server._cluster.as_ref().unwrap().folder.clone();
        let (url, psql) = (server.url.clone(), binaries().unwrap().join("psql"));
        let select =
            "select current_setting('fsync'), current_setting('listen_addresses'), current_user";
        let ask = || sh.read(cmd!(sh, "{psql} {url} -At -c {select}"));
        assert_eq!(ask().as_deref(), Some("off|127.0.0.1|postgres"));

        drop(server);
        assert!(!folder.exists(), "the folder is removed");
        assert_eq!(ask(), None, "the server is stopped");
    }
}
