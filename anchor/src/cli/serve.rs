//! `windlass serve`

use std::{io::IsTerminal as _, net::SocketAddr, path::PathBuf, process::ExitCode};

use axum::{Router, routing::get};
use clap::Args;
use tokio::{net::TcpListener, signal, sync::watch};
use tower_http::services::ServeDir;
use tracing_subscriber::EnvFilter;
use windlass_anchor::{Anchor, Config};

use super::{
    ConfigArgs,
    listen::{self, SHUTDOWN_TIMEOUT},
};

/// Options of `windlass serve`.
#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    config: ConfigArgs,
    /// Address and port to listen on; overrides the configuration's `bind`.
    #[arg(short, long, value_name = "ADDRESS:PORT")]
    bind: Option<SocketAddr>,
    /// Folder for database and secrets; overrides the configuration's `data_dir`.
    #[arg(short, long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Serve the files of this folder at `/`, such as the demo wallet.
    #[arg(long, value_name = "FOLDER")]
    www: Option<PathBuf>,
    /// Write each log line as a JSON object. WINDLASS_LOG sets what is logged, for example
    /// `windlass_anchor=debug`.
    #[arg(long)]
    json_log: bool,
}

type Failure = Box<dyn std::error::Error>;

impl Serve {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        self.start_log();
        let mut config = self.config.load()?;
        config.bind = self.bind.unwrap_or(config.bind);
        config.data_dir = self.data.unwrap_or(config.data_dir);

        let listener = TcpListener::bind(config.bind).await.map_err(|error| {
            format!("cannot listen on {}: {error}; choose another with --bind", config.bind)
        })?;
        config.bind = listener.local_addr()?;
        let (anchor, extra) = open(config).await?;
        let mut router = anchor.router().merge(extra);
        if let Some(folder) = &self.www {
            router = with_files(router, folder)?;
        }
        announce(&anchor, self.www.is_some());

        let (stop, stopped) = watch::channel(false);
        let workers = anchor.spawn_workers(stopped.clone());
        let mut draining = stopped;
        let stopping = async move {
            // An error means that the sender was dropped: stop as well.
            let _ = draining.wait_for(|stop| *stop).await;
        };
        tokio::spawn(async move {
            interrupted().await;
            println!(
                "Stopping: finishing open requests, for {} seconds at most. Press Ctrl-C again to stop at once.",
                SHUTDOWN_TIMEOUT.as_secs()
            );
            let _ = stop.send(true);
            interrupted().await;
            std::process::exit(130);
        });
        let Config { connections, rates, .. } = anchor.config();
        let limits = connections.behind(rates.proxies);
        let cut = listen::serve(listener, router, limits, stopping, SHUTDOWN_TIMEOUT).await;
        workers.await?;
        // `close` waits for every query, and the handler of a closed connection may never end.
        if cut == 0 {
            anchor.close().await;
        }
        println!("{}", listen::summary(cut));
        Ok(ExitCode::SUCCESS)
    }

    fn start_log(&self) {
        let filter = EnvFilter::try_from_env("WINDLASS_LOG").unwrap_or_else(|_| {
            EnvFilter::new("windlass_anchor=info,windlass_sandbox=info,tower_http=info,warn")
        });
        let log = tracing_subscriber::fmt()
            .with_env_filter(filter)
            // By default, a log that cannot be written (a full disk) panics.
            .log_internal_errors(false)
            .with_ansi(std::io::stderr().is_terminal())
            .with_writer(std::io::stderr);
        if self.json_log { log.json().init() } else { log.with_target(false).compact().init() }
    }
}

/// Opens the anchor. Without a Horizon in the configuration, the router has the sandbox's routes.
#[cfg(feature = "sandbox")]
async fn open(config: Config) -> Result<(Anchor, Router), Failure> {
    use windlass_anchor::sandbox::Sandbox;

    if !config.is_sandbox() {
        return Ok((Anchor::builder(config).open().await?, Router::new()));
    }
    let sandbox = Sandbox::new(&config)?;
    let builder = Anchor::builder(config).ledger(sandbox.ledger()?).notifier(sandbox.notifier());
    Ok((builder.open().await?, sandbox.router()))
}

#[cfg(not(feature = "sandbox"))]
async fn open(config: Config) -> Result<(Anchor, Router), Failure> {
    if config.is_sandbox() {
        return Err("network.horizon_url is not set, and this build has no sandbox ledger".into());
    }
    Ok((Anchor::builder(config).open().await?, Router::new()))
}

/// Adds static files at `/`. A path that neither the anchor nor the folder has is not found.
fn with_files(router: Router, folder: &std::path::Path) -> Result<Router, Failure> {
    let start = folder.join("index.html");
    if !start.is_file() {
        return Err(format!(
            "{} does not exist: build the demo wallet with `cargo xtask www`",
            start.display()
        )
        .into());
    }
    let not_found = get(async || windlass_anchor::Error::not_found());
    Ok(router.fallback_service(ServeDir::new(folder).not_found_service(not_found)))
}

/// Prints the URLs of all services.
fn announce(anchor: &Anchor, with_wallet: bool) {
    let config = anchor.config();
    println!();
    println!(
        "Windlass {} serves {} on {}",
        env!("CARGO_PKG_VERSION"),
        config.home_domains().join(", "),
        config.bind
    );
    if with_wallet {
        println!("  demo wallet     {}", config.endpoint("/"));
    }
    println!("  stellar.toml    {}", config.endpoint("/.well-known/stellar.toml"));
    println!("  sign-in         {}", config.endpoint("/auth"));
    println!("  customers       {}", config.endpoint("/kyc"));
    println!("  health          {}", config.endpoint("/health"));
    match &config.network.horizon_url {
        None => {
            println!("  sandbox ledger  {}", config.endpoint("/horizon"));
            println!("  sandbox inbox   {}", config.endpoint("/inbox"));
        }
        Some(url) => println!("  Horizon         {url}"),
    }
    println!("  network         {}", config.network.passphrase);
    println!(
        "  data            {}",
        std::path::absolute(&config.data_dir).unwrap_or_else(|_| config.data_dir.clone()).display()
    );
    // Behind a proxy, the server itself listens on this machine alone.
    let is_public = !config.bind.ip().is_loopback() || config.public_url().scheme() == "https";
    if config.is_sandbox() && is_public {
        println!(
            "WARNING: this is a sandbox. Every client that reaches {} can read every confirmation code in its \
             inbox: set network.horizon_url to serve real customers.",
            config.endpoint("/")
        );
    }
    println!("Press Ctrl-C to stop.");
    println!();
}

/// Waits for Ctrl-C or SIGTERM.
pub(super) async fn interrupted() {
    #[cfg(unix)]
    {
        let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) else {
            return;
        };
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = signal::ctrl_c().await;
}
