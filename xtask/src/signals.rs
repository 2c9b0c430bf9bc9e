//! Ctrl-C and its like: passed on to the running children, and seen by every step.
//!
//! Each child is the leader of a process group of its own, so that the terminal's Ctrl-C reaches it (and what it
//! started) exactly once, from here, and xtask itself lives on to stop and remove what it has started.

use std::{
    process::{Child, Command},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::Context as _;
use rustix::process::{Pid, Signal, kill_process_group};

/// How often the person asked to stop: once, children may finish; twice, they should hurry; then they are killed.
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// The process groups to pass signals on to.
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// The person asked to stop.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// From now on SIGINT, SIGTERM and SIGHUP go to the running children instead of ending this process.
pub(crate) fn listen() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        let signal = signal_for(ASKED.fetch_add(1, Ordering::SeqCst));
        for &group in running().iter() {
            pass_on(group, signal);
        }
    })
    .context("cannot listen for Ctrl-C")
}

/// Fails once the person has asked to stop.
pub(crate) fn check() -> Result<(), Interrupted> {
    if ASKED.load(Ordering::SeqCst) == 0 { Ok(()) } else { Err(Interrupted) }
}

/// A child in a process group of its own, which receives the signals that this process receives.
pub(crate) struct Group {
    pub(crate) child: Child,
    pid: Pid,
}

impl Group {
    /// Starts `command`, unless the person has asked to stop.
    pub(crate) fn spawn(command: &mut Command) -> anyhow::Result<Self> {
        use std::os::unix::process::CommandExt as _;

        // Held while spawning: a signal arrives either before (nothing is started) or after (the child gets it).
        let mut running = running();
        check()?;
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.process_group(0).spawn().with_context(|| {
            format!("cannot start `{program}`: is it installed and on the PATH?")
        })?;
        let pid = Pid::from_child(&child);
        running.push(pid);
        Ok(Self { child, pid })
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        running().retain(|&pid| pid != self.pid);
    }
}

fn signal_for(asked_before: usize) -> Signal {
    if asked_before < 2 { Signal::INT } else { Signal::KILL }
}

fn pass_on(group: Pid, signal: Signal) {
    // Only fails when the group has just ended, which is what was wanted.
    let _ = kill_process_group(group, signal);
}

fn running() -> MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn third_signal_kills() {
        assert_eq!(signal_for(0), Signal::INT);
        assert_eq!(signal_for(1), Signal::INT);
        assert_eq!(signal_for(2), Signal::KILL);
        assert_eq!(signal_for(7), Signal::KILL);
    }

    #[test]
    fn signal_reaches_what_the_child_has_started() {
        let mut group = Group::spawn(Command::new("sh").args(["-c", "sleep 600 & wait"])).unwrap();
        assert!(running().contains(&group.pid));
        pass_on(group.pid, Signal::KILL);
        assert!(!group.child.wait().unwrap().success());
        let pid = group.pid;
        drop(group);
        assert!(!running().contains(&pid));
    }
}
