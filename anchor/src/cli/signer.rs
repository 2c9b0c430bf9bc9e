//! `windlass signer`

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use tokio::net::TcpListener;
use windlass_anchor::{
    clock::system_clock,
    config,
    signing_service::{self, SignerConfig, SigningService},
    throttle::{By, Throttle, peer_address},
};

use super::{
    Failure,
    listen::{self, SHUTDOWN_TIMEOUT},
    serve::interrupted,
};

/// Options of `windlass signer`.
#[derive(Args)]
pub(crate) struct Signer {
    /// Configuration file. Environment variables WINDLASS_SIGNER_… override it.
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print a configuration with every key explained, and exit.
    #[arg(long)]
    example: bool,
}

impl Signer {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        if self.example {
            print!("{}", SignerConfig::example());
            return Ok(ExitCode::SUCCESS);
        }
        let config = SignerConfig::load(self.config.as_deref(), config::environment())
            .map_err(|error| format!("{error}\n`windlass signer --example` prints a configuration with every key explained; name yours with --config"))?;
        let listener = TcpListener::bind(config.bind).await.map_err(|error| {
            format!("cannot listen on {}: {error}; choose another with `bind`", config.bind)
        })?;
        let anchors: Vec<_> = config.anchors.iter().map(|anchor| &*anchor.home_domain).collect();
        println!("windlass signer {} for {}", env!("CARGO_PKG_VERSION"), config.client_domain);
        println!("  listening on    http://{}", listener.local_addr()?);
        println!("  key             {}", config.signing_seed.0.public());
        println!("  signs for       {}", anchors.join(", "));
        if config.bearer_token.is_none() {
            println!(
                "WARNING: no bearer_token is set: every client that reaches this service can sign in as the wallet."
            );
        }
        println!("Press Ctrl-C to stop.");
        let clock = system_clock();
        let throttle =
            Throttle::new(By::Address, config.per_minute, 0, peer_address, clock.clone());
        let limits = config.connections;
        let router = signing_service::router(SigningService::new(config, clock), throttle);
        let cut = listen::serve(listener, router, limits, interrupted(), SHUTDOWN_TIMEOUT).await;
        println!("{}", listen::summary(cut));
        Ok(ExitCode::SUCCESS)
    }
}
