//! Locks between processes, for what is read, changed and written again.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
    time::Duration,
};

use tokio::time::{sleep, timeout};

/// The pause between two attempts.
const PAUSE: Duration = Duration::from_millis(20);

/// The lock of a file, until this is dropped or the process ends.
///
/// What is locked is an empty file beside it, named `<file>.lock`. It stays, because a process that
/// has opened it could otherwise lock a file that another one no longer sees.
#[derive(Debug)]
pub(crate) struct Locked {
    _file: File,
}

/// Locks `path`. `None` if another process has the lock.
pub(crate) fn try_lock(path: &Path) -> io::Result<Option<Locked>> {
    let file = open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Locked { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Locks `path` for work that takes milliseconds: blocks the thread while another process has the
/// lock.
pub(crate) fn wait_here(path: &Path) -> io::Result<Locked> {
    let file = open(path)?;
    file.lock()?;
    Ok(Locked { _file: file })
}

fn open(path: &Path) -> io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.create(true).truncate(false).write(true).open(name)
}

/// Locks `path`, and waits at most `patience` for another process that has the lock.
pub(crate) async fn wait(path: &Path, patience: Duration) -> io::Result<Locked> {
    let locked = async {
        loop {
            match try_lock(path)? {
                Some(locked) => return Ok(locked),
                None => sleep(PAUSE).await,
            }
        }
    };
    timeout(patience, locked).await.unwrap_or_else(|_| {
        Err(io::Error::new(
            io::ErrorKind::TimedOut,
            format!("another process has locked {} for {} s", path.display(), patience.as_secs()),
        ))
    })
}
