//! The whole thing on one port: anchor, sandbox ledger and demo wallet.

use std::process::{Command, Stdio};

use anyhow::bail;

use crate::{
    cargo, npm, setup,
    setup::Need,
    sh::{Sh, line},
    signals,
    signals::Group,
};

/// Sets up, builds, and serves until Ctrl-C, which the server receives and stops at.
///
/// # Errors
///
/// Something does not build, or the server fails.
pub(crate) fn run(sh: &Sh, port: u16) -> anyhow::Result<()> {
    setup::ensure(sh, &[Need::WasmTarget, Need::WasmSources, Need::WasmTools, Need::Npm])?;
    npm::build_www(sh)?;
    let mut server = Command::new(cargo::build_windlass(sh)?);
    server.current_dir(sh.path("")).args(serve(port)).stdin(Stdio::null());
    println!("starting {}", line(&server));

    let status = Group::spawn(&mut server)?.child.wait()?;
    if signals::check().is_err() {
        println!("stopped");
        return Ok(());
    }
    bail!("the server stopped by itself ({status}); its last lines are above")
}

/// How the server is told to serve the anchor, the sandbox and the wallet on one port.
fn serve(port: u16) -> [String; 5] {
    ["serve", "--www", npm::WWW, "--bind", &format!("127.0.0.1:{port}")].map(str::to_owned)
}
