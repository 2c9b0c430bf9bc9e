//! An anchor whose customers are those of this example.

use std::{error::Error, sync::Arc};

use tokio::{net::TcpListener, signal, sync::watch};
use windlass_anchor::{
    Anchor, Config,
    clock::{system_clock, system_random},
    config,
    sandbox::Sandbox,
};
use windlass_example_customers::InMemory;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let config = Config::load(None, config::environment())?;
    let listener = TcpListener::bind(config.bind).await?;

    // A ledger and an inbox for development. In production, configure a Horizon server and pass a
    // notifier of your own.
    let sandbox = Sandbox::new(&config)?;
    let customers = InMemory::new(sandbox.notifier(), system_clock(), system_random());
    let anchor = Anchor::builder(config)
        .ledger(sandbox.ledger()?)
        .notifier(sandbox.notifier())
        .customers(Arc::new(customers))
        .open()
        .await?;

    let (stop, stopped) = watch::channel(false);
    let workers = anchor.spawn_workers(stopped);
    let router = anchor.router().merge(sandbox.router());
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            // If Ctrl-C cannot be handled, the server runs until it is killed.
            let _ = signal::ctrl_c().await;
        })
        .await?;
    stop.send(true)?;
    workers.await?;
    anchor.close().await;
    Ok(())
}
