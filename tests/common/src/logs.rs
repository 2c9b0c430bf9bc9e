//! Keeps the logs of every server that the tests start, so that `cargo xtask test logs` can look in
//! them for what must never be logged.

use std::{fs, io::Write as _, path::PathBuf, sync::Once};

use tracing_subscriber::EnvFilter;

/// The log filter: everything, except for what libraries log at trace level (single bytes).
pub const FILTER: &str = "debug,windlass_anchor=trace,windlass_sandbox=trace";

/// Writes what this process logs to a file, from the first call on.
///
/// # Panics
///
/// The file cannot be opened.
pub fn capture() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let file = fs::File::options().create(true).append(true).open(file("process")).unwrap();
        let log = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(FILTER))
            .with_ansi(false)
            .with_writer(std::sync::Mutex::new(file));
        // Fails if the test binary has set a subscriber of its own, which then stays.
        let _ = log.try_init();
    });
}

/// The file for this process's logs of one kind, `process` or `server`.
///
/// # Panics
///
/// Its folder cannot be made.
pub fn file(kind: &str) -> PathBuf {
    folder("logs").join(format!("{kind}-{}.log", std::process::id()))
}

/// Records a value that was made at run time and must never be in a log, such as a code.
///
/// # Panics
///
/// The record cannot be written.
pub fn secret(value: &str) {
    let file = folder("secrets").join(format!("{}.txt", std::process::id()));
    let mut file = fs::File::options().create(true).append(true).open(file).unwrap();
    file.write_all(format!("{value}\n").as_bytes()).unwrap();
}

fn folder(name: &str) -> PathBuf {
    // A test binary is in `<target>/<profile>/deps`.
    let program = std::env::current_exe().unwrap();
    let deps = program.ancestors().find(|folder| folder.ends_with("deps")).unwrap();
    let folder = deps.join("../../artefacts").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}
