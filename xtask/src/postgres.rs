//! A PostgreSQL server for one test run, gone afterwards.

use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener},
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::{
    sh::{Sh, now, spell},
    signals,
};

/// Where tests find the server to use instead of one of our own.
pub(crate) const URL: &str = "TEST_DATABASE_URL";

/// Debian keeps each major version's programs in a folder of its own, off the PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// How long the server may take to answer, and to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// The folder of the newest server's programs on this machine.
pub(crate) fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let newest_first = newest_first(versions.map(|version| version.path()).collect());
    let debian = newest_first.into_iter().map(|version| version.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    debian
        .chain(env::split_paths(&path))
        .find(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
}

/// A database server that tests may fill as they like.
pub(crate) enum Server {
    /// Somebody else's, which stays.
    Given(String),
    /// Our own, which goes.
    Own(Cluster),
}

impl Server {
    /// The one that `TEST_DATABASE_URL` names, or a new one of our own.
    ///
    /// # Errors
    ///
    /// There is none, and none can be started.
    pub(crate) fn ready(sh: &Sh) -> anyhow::Result<Self> {
        match env::var(URL) {
            Ok(url) if !url.is_empty() => Ok(Self::Given(url)),
            _ => Cluster::start(sh, &IN_A_HURRY).map(Self::Own),
        }
    }

    /// A new one that keeps safe what it has committed, as in production: for measurements.
    ///
    /// # Errors
    ///
    /// It cannot be started.
    pub(crate) fn durable(sh: &Sh) -> anyhow::Result<Self> {
        Cluster::start(sh, &[]).map(Self::Own)
    }

    /// Where tests connect, as a superuser of the whole server.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Given(url) => url.clone(),
            Self::Own(cluster) => {
                format!("postgres://postgres@127.0.0.1:{}/postgres", cluster.port)
            }
        }
    }
}

/// A server with an empty database in a temporary folder, on a free port of the loopback address only.
///
/// Dropped, it is stopped and its folder removed.
pub(crate) struct Cluster {
    port: u16,
    server: Child,
    /// Declared after what uses it: removed last.
    folder: TempDir,
}

impl Cluster {
    fn start(sh: &Sh, settings: &[&str]) -> anyhow::Result<Self> {
        signals::check()?;
        let started = now();
        let bin = binaries().context("no PostgreSQL here: run `cargo xtask setup --postgres`")?;
        let user = User::unprivileged(sh)?;
        let folder = tempfile::Builder::new().prefix("windlass-pg-").tempdir()?;
        user.own(folder.path())?;

        let mut initdb = user.command(&bin.join("initdb"), folder.path());
        initdb.args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        let output = initdb.arg("data").output().context("cannot start initdb")?;
        if !output.status.success() {
            bail!("`initdb` failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
        }

        let port = free_port()?;
        let log = fs::File::create(folder.path().join("log"))?;
        let mut postgres = user.command(&bin.join("postgres"), folder.path());
        postgres.args(["-D", "data", "-p", &port.to_string(), "-k"]).arg(folder.path());
        for setting in ALWAYS.iter().chain(settings) {
            postgres.args(["-c", setting]);
        }
        postgres.stdout(log.try_clone()?).stderr(log);
        // A group of its own, which gets no Ctrl-C: tests that are being stopped still have their database.
        let server = postgres.process_group(0).spawn().context("cannot start postgres")?;
        let mut cluster = Self { port, server, folder };
        cluster.wait(&bin)?;
        println!("PostgreSQL on port {port} for this run, started in {}", spell(started.elapsed()));
        Ok(cluster)
    }

    fn wait(&mut self, bin: &Path) -> anyhow::Result<()> {
        let started = now();
        loop {
            signals::check()?;
            let mut asks = Command::new(bin.join("pg_isready"));
            asks.args(["--quiet", "--host=127.0.0.1", "--port", &self.port.to_string()]);
            if asks.status().is_ok_and(|answer| answer.success()) {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() || started.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                bail!(
                    "PostgreSQL does not start on port {}; its log:\n{}",
                    self.port,
                    log.trim_end()
                );
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Lets the server stop by itself, without waiting for its clients; kills it if it does not.
    fn stop(&mut self) {
        let _ = kill_process(Pid::from_child(&self.server), Signal::INT);
        let asked = now();
        while asked.elapsed() < PATIENCE {
            match self.server.try_wait() {
                Ok(None) => thread::sleep(Duration::from_millis(20)),
                Ok(Some(_)) | Err(_) => return,
            }
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Loopback only, and enough connections for every test.
const ALWAYS: [&str; 3] =
    ["listen_addresses=127.0.0.1", "max_connections=300", "shared_buffers=64MB"];

/// Nothing is kept safe: the data is thrown away.
const IN_A_HURRY: [&str; 3] = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// Who runs the server: PostgreSQL refuses to be run by root.
struct User(Option<(u32, u32)>);

impl User {
    fn unprivileged(sh: &Sh) -> anyhow::Result<Self> {
        if sh.read(sh.command("id").arg("-u")).as_deref() != Some("0") {
            return Ok(Self(None));
        }
        let id =
            |name: &str, flag: &str| sh.read(sh.command("id").args([flag, name]))?.parse().ok();
        let ids = |name| Some((id(name, "-u")?, id(name, "-g")?));
        let found = ids("postgres").or_else(|| ids("nobody"));
        let found = found.context(
            "neither a user `postgres` nor `nobody` is there to run PostgreSQL, and root may not",
        )?;
        Ok(Self(Some(found)))
    }

    fn own(&self, folder: &Path) -> anyhow::Result<()> {
        let Some((user, group)) = self.0 else { return Ok(()) };
        chown(folder, Some(user), Some(group))
            .with_context(|| format!("cannot give {} away", folder.display()))
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).stdin(Stdio::null());
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command
    }
}

fn newest_first(mut versions: Vec<PathBuf>) -> Vec<PathBuf> {
    let number = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()?.parse::<f32>().ok()).unwrap_or(0.0)
    };
    versions.sort_by(|a, b| number(b).total_cmp(&number(a)));
    versions
}

fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .context("no free port on the loopback address")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn newest_version_comes_first() {
        let versions = ["9.6", "15", "odd", "17"].map(PathBuf::from).to_vec();
        assert_eq!(newest_first(versions), ["17", "15", "9.6", "odd"].map(PathBuf::from));
    }

    #[test]
    fn own_server_answers_and_is_gone_afterwards() {
        let cluster = Cluster::start(&Sh::new(false), &IN_A_HURRY).unwrap();
        let (port, folder) = (cluster.port, cluster.folder.path().to_owned());
        let server = Server::Own(cluster);
        let mut psql = Command::new(binaries().unwrap().join("psql"));
        let select =
            "select current_setting('fsync'), current_setting('listen_addresses'), current_user";
        let answer = psql.args([&server.url(), "-At", "-c", select]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&answer.stdout), "off|127.0.0.1|postgres\n");

        drop(server);
        assert!(!folder.exists(), "the folder is removed");
        assert!(
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err(),
            "nothing listens any more"
        );
    }
}
