//! The demo: anchor, sandbox ledger and demo wallet on one port.

use xshell::cmd;

use crate::{cargo, npm, sh::Sh};

/// Sets up, builds, and becomes the server, which stops cleanly at Ctrl-C.
pub(crate) fn run(sh: &Sh, port: u16) -> anyhow::Result<()> {
    // The longest step of a first start: the tools and the npm package are built beside it.
    let server = cargo::start_windlass(sh)?;
    npm::build_www(sh)?;
    server.finish(sh)?;
    let (windlass, www) = (cargo::windlass(sh), npm::WWW);
    let address = format!("127.0.0.1:{port}");
    Err(sh.exec(cmd!(sh, "{windlass} serve --www {www} --bind {address}")))
}
