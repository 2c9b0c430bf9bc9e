//! The limits on connections and on requests in progress.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use serde::Deserialize;

/// How many connections the server holds, and how long it waits for a client: the table
/// `[connections]` of the configuration.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Connections {
    /// The most open connections. More get 503.
    pub total: NonZeroUsize,
    /// The most open connections from one address; more get 429. 0 means no limit.
    pub per_address: usize,
    /// Seconds for the head of a request: method, path and headers.
    pub head_seconds: NonZeroU32,
    /// Seconds for the whole body of a request.
    pub body_seconds: NonZeroU32,
    /// Seconds without a byte, in the body of a request or in an answer that the client does not
    /// take.
    pub stall_seconds: NonZeroU32,
    /// Seconds between two requests.
    pub idle_seconds: NonZeroU32,
    /// The most requests with a body that are read at the same time; more get 503. 0 means no
    /// limit, here and in the next two.
    pub bodies: usize,
    /// The most of them from one client's address, also behind proxies; more get 429.
    pub bodies_per_address: usize,
    /// The most of them with one session; more get 429.
    pub bodies_per_session: usize,
}

impl Connections {
    /// The limits behind this number of the operator's own proxies. All connections then come from
    /// a proxy, so a limit by address would cut off all clients together.
    #[must_use]
    pub const fn behind(self, proxies: usize) -> Self {
        if proxies == 0 { self } else { Self { per_address: 0, ..self } }
    }

    /// The time for the head of a request.
    pub fn head(&self) -> Duration {
        seconds(self.head_seconds)
    }

    /// The time for the whole body of a request.
    pub fn body(&self) -> Duration {
        seconds(self.body_seconds)
    }

    /// The longest pause in a transfer.
    pub fn stall(&self) -> Duration {
        seconds(self.stall_seconds)
    }

    /// The longest pause between two requests.
    pub fn idle(&self) -> Duration {
        seconds(self.idle_seconds)
    }
}

impl Default for Connections {
    /// 512 connections fit into the 1024 files that Linux lets a process open. 75 seconds between
    /// requests are longer than proxies keep an unused connection (60 seconds), so a proxy never
    /// sends a request on a connection that is about to be closed.
    fn default() -> Self {
        Self {
            total: const { NonZeroUsize::new(512).unwrap() },
            per_address: 128,
            head_seconds: const { NonZeroU32::new(10).unwrap() },
            body_seconds: const { NonZeroU32::new(600).unwrap() },
            stall_seconds: const { NonZeroU32::new(30).unwrap() },
            idle_seconds: const { NonZeroU32::new(75).unwrap() },
            bodies: 128,
            bodies_per_address: 32,
            bodies_per_session: 16,
        }
    }
}

fn seconds(number: NonZeroU32) -> Duration {
    Duration::from_secs(number.get().into())
}
