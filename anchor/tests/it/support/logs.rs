//! The logs of every server that the tests start, kept for `cargo xtask test logs`, which looks for what must not be in them.
//!
//! The workspace's stories use it as well.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Once,
};

use tracing_subscriber::EnvFilter;

/// Everything but the noise of single bytes.
pub(crate) const FILTER: &str = "debug,windlass_anchor=trace,windlass_sandbox=trace";

/// From now on this process's servers log into a file.
pub(crate) fn capture() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let file = fs::File::options().create(true).append(true).open(file("process")).unwrap();
        let log = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(FILTER))
            .with_ansi(false)
            .with_writer(std::sync::Mutex::new(file));
        // A test binary that has a log of its own keeps it.
        let _ = log.try_init();
    });
}

/// The file of this process's logs of one kind.
pub(crate) fn file(kind: &str) -> PathBuf {
    folder("logs").join(format!("{kind}-{}.log", std::process::id()))
}

/// Remembers something that was made up at run time and must never be in a log, such as a code.
pub(crate) fn secret(value: &str) {
    let file = folder("secrets").join(format!("{}.txt", std::process::id()));
    let mut file = fs::File::options().create(true).append(true).open(file).unwrap();
    file.write_all(format!("{value}\n").as_bytes()).unwrap();
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../artefacts").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}
