//! The whole thing on one port: anchor, sandbox ledger and demo wallet.

use std::process::{Command, ExitStatus, Stdio};

use anyhow::bail;

use crate::{
    cargo, npm, setup,
    setup::Need,
    sh::{Sh, line},
    signals,
    signals::{Group, Interrupted},
};

/// Sets up, builds, and serves until Ctrl-C, which the server receives and stops at.
///
/// # Errors
///
/// Something does not build, or the server fails.
pub(crate) fn run(sh: &Sh, port: u16) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::WasmTarget, Need::WasmTools, Need::Npm])?;
    npm::build_www(sh)?;
    let mut server = Command::new(cargo::build_windlass(sh)?);
    server.current_dir(sh.path("")).args(serve(port)).stdin(Stdio::null());
    println!("starting {}", line(&server));

    let status = Group::spawn(&mut server)?.child.wait()?;
    ended(status, signals::check())
}

/// What the end of the server means. Ctrl-C is how it is meant to end, and it says so itself.
fn ended(status: ExitStatus, asked: Result<(), Interrupted>) -> anyhow::Result<()> {
    match asked {
        Err(_) if status.success() => Ok(()),
        // Asked twice, or before it served: it did not come to its end.
        Err(interrupted) => Err(interrupted.into()),
        Ok(()) => bail!("the server stopped by itself ({status}); its last lines are above"),
    }
}

/// How the server is told to serve the anchor, the sandbox and the wallet on one port.
fn serve(port: u16) -> [String; 5] {
    ["serve", "--www", npm::WWW, "--bind", &format!("127.0.0.1:{port}")].map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use super::*;

    #[test]
    fn end_that_was_asked_for_is_a_good_one() {
        assert!(ended(ExitStatus::from_raw(0), Err(Interrupted)).is_ok());
    }

    #[test]
    fn server_that_was_cut_off_is_an_interrupted_demo() {
        let (cut_off, killed) = (ExitStatus::from_raw(130 << 8), ExitStatus::from_raw(2));
        for status in [cut_off, killed] {
            assert!(ended(status, Err(Interrupted)).unwrap_err().is::<Interrupted>(), "{status}");
        }
    }

    #[test]
    fn server_that_stops_by_itself_is_a_failure() {
        for status in [ExitStatus::from_raw(0), ExitStatus::from_raw(1 << 8)] {
            let error = ended(status, Ok(())).unwrap_err();
            assert!(error.to_string().starts_with("the server stopped by itself"), "{error}");
        }
    }
}
