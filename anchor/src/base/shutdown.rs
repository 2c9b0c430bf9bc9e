//! Waits for the shutdown of the server.

use tokio::sync::watch;

/// Returns when `stop` becomes true, or when its sender is dropped.
pub(crate) async fn requested(stop: &mut watch::Receiver<bool>) {
    // An error means that the sender was dropped.
    let _ = stop.wait_for(|stop| *stop).await;
}
