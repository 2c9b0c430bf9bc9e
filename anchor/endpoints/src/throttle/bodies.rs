//! Limits on the number of requests with a body that are read at the same time, because each
//! needs memory.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use windlass_core::problem::Code;

use crate::Error;

/// Seconds to wait if one client has too many requests.
const RETRY_CLIENT: u64 = 1;
/// Seconds to wait if all clients together have too many requests.
const RETRY_TOTAL: u64 = 5;

/// The requests with a body that are in progress, and their limits. Routers can share it.
#[derive(Debug)]
pub struct Bodies {
    total: usize,
    pub(super) per_address: usize,
    pub(super) per_session: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    /// By the hash of an address or a token.
    by_client: BTreeMap<u64, usize>,
}

impl Bodies {
    /// The most requests with a body in all, from one address and with one session token. 0 means
    /// no limit.
    pub fn new(total: usize, per_address: usize, per_session: usize) -> Arc<Self> {
        Arc::new(Self { total, per_address, per_session, open: Mutex::default() })
    }

    /// Counts a request until the pass is dropped, for each of these clients and their limits.
    pub(super) fn enter(
        self: &Arc<Self>,
        clients: impl IntoIterator<Item = (u64, usize)>,
    ) -> Result<BodyPass, Error> {
        let mut pass = BodyPass { bodies: Arc::clone(self), clients: Vec::new() };
        let mut open = self.open();
        open.all += 1;
        let mut error = (self.total > 0 && open.all > self.total).then(|| {
            let text = "the server reads too many requests: try again in 5 s";
            Error::new(Code::Unavailable, text).with_retry_after(RETRY_TOTAL)
        });
        for (client, limit) in clients {
            let same = open.by_client.entry(client).or_insert(0);
            *same += 1;
            pass.clients.push(client);
            if limit > 0 && *same > limit {
                let text = "too many requests at the same time: try again in 1 s";
                let refusal = Error::new(Code::TooManyRequests, text);
                error = Some(refusal.with_retry_after(RETRY_CLIENT));
            }
        }
        // The pass of a refused request takes the lock.
        drop(open);
        error.map_or(Ok(pass), Err)
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One counted request.
#[derive(Debug)]
pub(super) struct BodyPass {
    bodies: Arc<Bodies>,
    clients: Vec<u64>,
}

impl Drop for BodyPass {
    fn drop(&mut self) {
        let mut open = self.bodies.open();
        open.all -= 1;
        for client in &self.clients {
            if let Some(same) = open.by_client.get_mut(client) {
                *same -= 1;
                if *same == 0 {
                    open.by_client.remove(client);
                }
            }
        }
    }
}
