//! Running commands: a line per step, the output only when it is of use.

use std::{
    env,
    ffi::{OsStr, OsString},
    io::{self, IsTerminal as _, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

use crate::signals::{self, Group};

/// Where commands run and how much of them is shown.
pub(crate) struct Sh {
    root: PathBuf,
    verbose: bool,
}

impl Sh {
    /// Commands of this checkout; streamed when asked for, or on CI.
    pub(crate) fn new(verbose: bool) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let root = root.canonicalize().unwrap_or(root);
        Self { root, verbose: verbose || env::var_os("CI").is_some_and(|ci| !ci.is_empty()) }
    }

    /// A path in this checkout.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.path("target"), |dir| self.root.join(dir))
    }

    /// A command at the root of this checkout that finds the project's own tools first.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.search_path()).env("NO_COLOR", "1");
        // Cargo sets these for xtask itself; a build script that watches one would run again for nothing.
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(|name| {
                name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
            }) {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs one step: says `what` and `about` how long, and answers with the command's output.
    ///
    /// # Errors
    ///
    /// The command cannot be started, fails, or the person asked to stop. Its output has then been shown.
    pub(crate) fn step(
        &self,
        what: &str,
        about: &str,
        command: &mut Command,
    ) -> anyhow::Result<String> {
        match self.attempt(what, about, command)? {
            Ok(output) => Ok(output),
            Err(Failed { status, output }) => {
                if !self.verbose {
                    io::stdout().write_all(output.as_bytes())?;
                }
                bail!("`{}` failed ({status}); its output is above", line(command))
            }
        }
    }

    /// Like [`Sh::step`], but the command may fail: the caller decides what its failure means.
    pub(crate) fn attempt(
        &self,
        what: &str,
        about: &str,
        command: &mut Command,
    ) -> anyhow::Result<Result<String, Failed>> {
        signals::check()?;
        print!("{what} ({about}) … ");
        if self.verbose {
            println!();
        }
        io::stdout().flush()?;
        let started = now();
        let (status, output) = self.capture(command).inspect_err(|_| println!("failed"))?;
        let success = status.success();
        let asked = signals::check();
        let how = if success {
            "done in"
        } else if asked.is_err() {
            "stopped after"
        } else {
            "failed after"
        };
        println!("{how} {}", spell(started.elapsed()));
        if success {
            return Ok(Ok(output));
        }
        asked?;
        Ok(Err(Failed { status, output }))
    }

    /// What a quick command prints, or `None` when it cannot be run or fails.
    pub(crate) fn read(&self, command: &mut Command) -> Option<String> {
        let output = command.stdin(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs a command to its end; both of its streams, as one, are kept and, if wanted, shown as they come.
    fn capture(&self, command: &mut Command) -> anyhow::Result<(ExitStatus, String)> {
        let (mut reader, writer) = io::pipe().context("cannot open a pipe")?;
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        let spawned = Group::spawn(command);
        // The command holds our ends of the pipe; without them it ends when the children have ended.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut group = spawned?;

        let kept = Arc::new(Mutex::new(Vec::new()));
        let (ended, wait) = mpsc::channel::<()>();
        let (sink, verbose) = (Arc::clone(&kept), self.verbose);
        thread::spawn(move || {
            let _ended = ended; // dropped with the thread, which is what the other side waits for
            let mut chunk = [0; 8192];
            while let Ok(length @ 1..) = reader.read(&mut chunk) {
                let bytes = &chunk[..length];
                sink.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
                if verbose {
                    let _ = io::stdout().write_all(bytes);
                }
            }
        });
        let status = group.child.wait()?;
        // A daemon that the command left behind may hold the pipe open for ever.
        let _ = wait.recv_timeout(Duration::from_secs(2));
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        Ok((status, String::from_utf8_lossy(&kept).into_owned()))
    }

    fn search_path(&self) -> OsString {
        let ours = [self.path("target/tools/bin"), self.path("node_modules/.bin")];
        let path = env::var_os("PATH").unwrap_or_default();
        env::join_paths(ours.into_iter().chain(env::split_paths(&path))).unwrap_or(path)
    }
}

/// A command that ended with a failure, and what it had printed.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
}

/// Says that the next lines are about `name`.
pub(crate) fn heading(name: &str) {
    if io::stdout().is_terminal() {
        println!("\n\u{1b}[1m== {name} ==\u{1b}[0m");
    } else {
        println!("\n== {name} ==");
    }
}

/// The command as a person would type it.
pub(crate) fn line(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// A duration as a person would say it: `0.4 s`, `31 s`, `2 min 5 s`.
pub(crate) fn spell(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// The clock, for the times that steps print.
#[expect(clippy::disallowed_methods, reason = "xtask times its steps; no product code calls it")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quiet() -> Sh {
        Sh { verbose: false, ..Sh::new(false) }
    }

    #[test]
    fn output_holds_both_streams_in_order() {
        let mut command = quiet().command("sh");
        command.args(["-c", "echo one; echo two >&2; echo three"]);
        assert_eq!(quiet().step("speaking", "at once", &mut command).unwrap(), "one\ntwo\nthree\n");
    }

    #[test]
    fn failed_step_names_the_command() {
        let mut command = quiet().command("sh");
        command.args(["-c", "exit 3"]);
        let error = quiet().step("failing", "at once", &mut command).unwrap_err().to_string();
        assert_eq!(error, "`sh -c exit 3` failed (exit status: 3); its output is above");
    }

    #[test]
    fn missing_program_is_named() {
        let mut command = quiet().command("no-such-program");
        let error = quiet().step("starting", "at once", &mut command).unwrap_err().to_string();
        assert_eq!(error, "cannot start `no-such-program`: is it installed and on the PATH?");
    }

    #[test]
    fn failed_attempt_gives_its_output() {
        let mut command = quiet().command("sh");
        command.args(["-c", "echo no; exit 1"]);
        let failed = quiet().attempt("trying", "at once", &mut command).unwrap().unwrap_err();
        assert_eq!((failed.status.code(), failed.output.as_str()), (Some(1), "no\n"));
    }

    #[test]
    fn daemon_left_behind_does_not_hang_the_step() {
        let mut command = quiet().command("sh");
        // Keeps the pipe open after its parent has ended; killed by the last line of the test.
        command.args(["-c", "sleep 600 & echo $!"]);
        let started = now();
        let pid = quiet().step("leaving one behind", "2 s", &mut command).unwrap();
        assert!(started.elapsed() < Duration::from_secs(60));
        assert!(Command::new("kill").arg(pid.trim()).status().unwrap().success());
    }

    #[test]
    fn durations_read_well() {
        assert_eq!(spell(Duration::from_millis(440)), "0.4 s");
        assert_eq!(spell(Duration::from_millis(31_700)), "31 s");
        assert_eq!(spell(Duration::from_secs(125)), "2 min 5 s");
    }
}
