//! Searches the logs of the tests' servers, in the folder that is its argument, for personal data,
//! tokens, codes and secrets.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<std::process::ExitCode> {
    use std::{io::Write as _, path::PathBuf, process::ExitCode};

    use windlass_tests::log_search::search;

    let artefacts: PathBuf = std::env::args_os().skip(1).collect();
    let report = search(&artefacts, include_str!("../../markers.txt"))?;
    let mut out = std::io::stdout();
    writeln!(out, "{} lines of {} logs searched", report.lines, report.files)?;
    if report.requests == 0 {
        let logs = artefacts.join("logs");
        writeln!(out, "{} holds no log of a server: run all of the tests", logs.display())?;
        return Ok(ExitCode::FAILURE);
    }
    for leak in report.leaks.iter().take(20) {
        writeln!(out, "{leak}")?;
    }
    if report.leaks.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{} lines hold what no log may hold", report.leaks.len())?;
    Ok(ExitCode::FAILURE)
}

#[cfg(target_arch = "wasm32")]
fn main() {}
