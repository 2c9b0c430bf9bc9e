//! Runs commands over xshell: one line per step, and the output only when the step fails.

use std::{
    env,
    ffi::OsString,
    io::{self, Read as _, Write as _},
    ops::Deref,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use xshell::{Cmd, Shell};

/// The folder in which commands run, their environment, and whether their output is streamed.
pub(crate) struct Sh {
    shell: Shell,
    verbose: bool,
}

impl Sh {
    /// Commands run at the root of this checkout and find the project's own tools first. Their
    /// output is streamed if `verbose` is set, or the environment variable `CI`.
    pub(crate) fn new(verbose: bool) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let root = root.canonicalize().unwrap_or(root);
        let shell = Shell::new().expect("the current folder exists");
        shell.set_var("PATH", search_path(&root));
        shell.set_var("NO_COLOR", "1");
        shell.change_dir(root);
        Self { shell, verbose: verbose || env::var_os("CI").is_some_and(|ci| !ci.is_empty()) }
    }

    /// A path in this checkout.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.shell.current_dir().join(relative)
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> PathBuf {
        self.path(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
    }

    /// A command, for xshell's `cmd!(sh, "…")`. The shell's own method does not clean its
    /// environment.
    pub(crate) fn cmd(&self, program: impl AsRef<Path>) -> Cmd<'_> {
        // Cargo sets these variables for xtask. A build script that watches one would run again for
        // nothing.
        let for_xtask = env::vars_os().map(|(name, _)| name).filter(|name| {
            let name = name.to_string_lossy();
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        for_xtask.fold(self.shell.cmd(program), Cmd::env_remove)
    }

    /// Runs one step: prints `what` and `about` how long it takes, and returns the command's
    /// output.
    ///
    /// # Errors
    ///
    /// The command cannot be started or fails (its output has then been shown), or the user pressed
    /// Ctrl-C.
    pub(crate) fn run(&self, what: &str, about: &str, command: Cmd<'_>) -> anyhow::Result<String> {
        let line = command.to_string();
        let result = self.attempt(what, about, command)?;
        result.or_else(|failed| self.fail(&line, &failed))
    }

    /// Like [`Sh::run`], but the command may fail: the caller decides what that means.
    pub(crate) fn attempt(
        &self,
        what: &str,
        about: &str,
        command: Cmd<'_>,
    ) -> anyhow::Result<Result<String, Failed>> {
        print!("{what} ({about}) … ");
        if self.verbose {
            println!();
        }
        io::stdout().flush()?;
        let running = Running::start(command, self.verbose).inspect_err(|_| println!("failed"))?;
        running.finish()
    }

    /// Starts a step that runs beside the following ones, until [`Background::finish`].
    pub(crate) fn start(
        &self,
        what: &str,
        about: &str,
        command: Cmd<'_>,
    ) -> anyhow::Result<Background> {
        println!("{what} ({about}), beside the next steps");
        let line = command.to_string();
        Ok(Background { what: what.to_owned(), line, running: Running::start(command, false)? })
    }

    /// Replaces this process by the command, which then receives its signals. Returns only if that
    /// fails.
    pub(crate) fn exec(&self, command: Cmd<'_>) -> anyhow::Error {
        println!("starting {command}");
        let mut command = Command::from(command);
        let error = command.stdin(Stdio::null()).exec();
        anyhow::Error::new(error).context(not_started(&command))
    }

    /// The output of a quick command, without the spaces around it; `None` when it cannot be run or
    /// fails.
    pub(crate) fn read(&self, command: Cmd<'_>) -> Option<String> {
        let output = Command::from(command).stdin(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    fn fail(&self, line: &str, Failed { status, output }: &Failed) -> anyhow::Result<String> {
        if !self.verbose {
            io::stdout().write_all(output.as_bytes())?;
        }
        bail!("`{line}` failed ({status}); its output is above")
    }
}

/// For xshell's functions on files, whose errors name the file.
impl Deref for Sh {
    type Target = Shell;

    fn deref(&self) -> &Shell {
        &self.shell
    }
}

/// A step that runs beside others. It is killed when dropped before its end.
pub(crate) struct Background {
    what: String,
    line: String,
    running: Running,
}

impl Background {
    /// Waits for the end of the step.
    pub(crate) fn finish(self, sh: &Sh) -> anyhow::Result<()> {
        print!("{} … ", self.what);
        io::stdout().flush()?;
        let result = self.running.finish()?;
        result.or_else(|failed| sh.fail(&self.line, &failed))?;
        Ok(())
    }
}

/// A command that failed.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) status: ExitStatus,
    /// Its standard output and standard error, interleaved as they came.
    pub(crate) output: String,
}

/// A running command whose output is collected, and streamed if wanted.
struct Running {
    child: Child,
    started: Instant,
    output: Arc<Mutex<Vec<u8>>>,
    /// Disconnected when all of the output has been read.
    reader: mpsc::Receiver<()>,
}

impl Running {
    fn start(command: Cmd<'_>, stream: bool) -> anyhow::Result<Self> {
        check_interrupt()?;
        let mut command = Command::from(command);
        let (mut reader, writer) = io::pipe().context("cannot open a pipe")?;
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        let child = command.spawn().with_context(|| not_started(&command))?;
        drop(command); // it holds the pipe's write end, which must close with the child
        let output = Arc::new(Mutex::new(Vec::new()));
        let (finished, wait) = mpsc::channel::<()>();
        let collected = Arc::clone(&output);
        thread::spawn(move || {
            let _finished = finished;
            let mut chunk = [0; 8192];
            while let Ok(length @ 1..) = reader.read(&mut chunk) {
                let bytes = &chunk[..length];
                collected.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
                if stream {
                    let _ = io::stdout().write_all(bytes);
                }
            }
        });
        Ok(Self { child, started: now(), output, reader: wait })
    }

    fn finish(mut self) -> anyhow::Result<Result<String, Failed>> {
        let status = self.child.wait()?;
        // A daemon that the command started may hold the pipe open for ever.
        let _ = self.reader.recv_timeout(Duration::from_secs(2));
        let interrupted = check_interrupt();
        let how = match (status.success(), &interrupted) {
            (true, _) => "done in",
            (false, Ok(())) => "failed after",
            (false, Err(_)) => "stopped after",
        };
        println!("{how} {}", spell(self.started.elapsed()));
        let output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        let output = String::from_utf8_lossy(&output).into_owned();
        if status.success() {
            return Ok(Ok(output));
        }
        interrupted?;
        Ok(Err(Failed { status, output }))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Neither does anything once the child has been waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Set by Ctrl-C, SIGTERM and SIGHUP.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// The user pressed Ctrl-C, or the process was asked to end.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// From now on a signal ends this process between two steps, so that what it started is stopped and
/// removed. The running command is in the same process group: the terminal sends it Ctrl-C as well.
pub(crate) fn stop_between_steps() -> anyhow::Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst))
        .context("cannot listen for Ctrl-C")
}

/// Fails after a signal.
pub(crate) fn check_interrupt() -> Result<(), Interrupted> {
    if INTERRUPTED.load(Ordering::SeqCst) { Err(Interrupted) } else { Ok(()) }
}

/// Prints the title of the next part.
pub(crate) fn heading(name: &str) {
    println!("\n== {name} ==");
}

/// A duration for the terminal: `0.4 s`, `31 s`, `2 min 5 s`.
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

fn search_path(root: &Path) -> OsString {
    let tools = ["target/tools/bin", "node_modules/.bin"].map(|folder| root.join(folder));
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(tools.into_iter().chain(env::split_paths(&path))).unwrap_or(path)
}

/// The last lines of an output.
pub(crate) fn tail(output: &str, most: usize) -> String {
    let lines: Vec<_> = output.trim_end().lines().collect();
    lines[lines.len().saturating_sub(most)..].join("\n")
}

fn not_started(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    format!("cannot start `{program}`: is it installed and on the PATH?")
}

#[cfg(test)]
mod tests {
    use xshell::cmd;

    use super::*;

    fn quiet() -> Sh {
        Sh { verbose: false, ..Sh::new(false) }
    }

    #[test]
    fn output_holds_both_streams_in_order() {
        let sh = quiet();
        let script = "echo one; echo two >&2; echo three";
        let output = sh.run("printing", "at once", cmd!(sh, "sh -c {script}")).unwrap();
        assert_eq!(output, "one\ntwo\nthree\n");
    }

    #[test]
    fn failed_step_names_the_command() {
        let sh = quiet();
        let error = sh.run("failing", "at once", cmd!(sh, "sh -c 'exit 3'")).unwrap_err();
        let expected = "`sh -c \"exit 3\"` failed (exit status: 3); its output is above";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn missing_program_is_named() {
        let sh = quiet();
        let error = sh.run("starting", "at once", cmd!(sh, "no-such-program")).unwrap_err();
        let expected = "cannot start `no-such-program`: is it installed and on the PATH?";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn failed_attempt_returns_its_output() {
        let sh = quiet();
        let script = "echo no; exit 1";
        let failed = sh.attempt("trying", "at once", cmd!(sh, "sh -c {script}")).unwrap();
        let Failed { status, output } = failed.unwrap_err();
        assert_eq!((status.code(), output.as_str()), (Some(1), "no\n"));
    }

    #[test]
    fn background_step_fails_when_it_is_finished() {
        let sh = quiet();
        let step = sh.start("waiting", "1 s", cmd!(sh, "sh -c 'sleep 1; exit 2'")).unwrap();
        sh.run("printing", "at once", cmd!(sh, "true")).unwrap();
        let error = step.finish(&sh).unwrap_err().to_string();
        assert!(error.contains("failed (exit status: 2)"), "{error}");
    }

    #[test]
    fn dropped_background_step_is_killed() {
        let sh = quiet();
        let step = sh.start("sleeping", "10 min", cmd!(sh, "sleep 600")).unwrap();
        let process = Path::new("/proc").join(step.running.child.id().to_string());
        assert!(process.exists());
        drop(step);
        assert!(!process.exists());
    }

    #[test]
    fn daemon_left_behind_does_not_hang_the_step() {
        let sh = quiet();
        // It keeps the pipe open after its parent has ended.
        let script = "sleep 600 & echo $!";
        let started = now();
        let pid = sh.run("starting a daemon", "2 s", cmd!(sh, "sh -c {script}")).unwrap();
        assert!(started.elapsed() < Duration::from_secs(60));
        let pid = pid.trim();
        assert!(sh.read(cmd!(sh, "kill {pid}")).is_some());
    }

    #[test]
    fn durations_are_short() {
        assert_eq!(spell(Duration::from_millis(440)), "0.4 s");
        assert_eq!(spell(Duration::from_millis(31_700)), "31 s");
        assert_eq!(spell(Duration::from_secs(125)), "2 min 5 s");
    }
}
