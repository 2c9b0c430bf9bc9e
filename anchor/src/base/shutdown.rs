//! Waiting for the server to be stopped.

use tokio::sync::watch;

/// Returns when `stop` becomes true, or when its sender is gone.
pub(crate) async fn requested(stop: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone.
    let _ = stop.wait_for(|stop| *stop).await;
}
