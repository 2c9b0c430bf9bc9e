//! Counts the open connections, in all and by address.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use windlass_anchor::{config::Connections, throttle::subscriber};

/// The open connections and their limits.
pub(super) struct Gate {
    total: usize,
    /// 0 means no limit.
    per_address: usize,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    all: usize,
    /// By address, or by IPv6 network.
    by_address: BTreeMap<IpAddr, usize>,
}

/// The limit that a new connection exceeds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Full {
    Total,
    Address,
}

impl Gate {
    pub(super) fn new(limits: &Connections) -> Arc<Self> {
        let (total, per_address) = (limits.total.get(), limits.per_address);
        Arc::new(Self { total, per_address, open: Mutex::default() })
    }

    /// Counts a connection until the pass is dropped.
    pub(super) fn enter(self: &Arc<Self>, peer: IpAddr) -> Result<Pass, Full> {
        let peer = subscriber(peer);
        let mut open = self.open();
        let same = open.by_address.get(&peer).copied().unwrap_or(0);
        if self.per_address > 0 && same >= self.per_address {
            return Err(Full::Address);
        }
        if open.all >= self.total {
            return Err(Full::Total);
        }
        open.all += 1;
        open.by_address.insert(peer, same + 1);
        Ok(Pass { gate: Arc::clone(self), peer })
    }

    /// The number of open connections.
    pub(super) fn count(&self) -> usize {
        self.open().all
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One counted connection.
pub(super) struct Pass {
    gate: Arc<Gate>,
    peer: IpAddr,
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut open = self.gate.open();
        open.all -= 1;
        if let Some(same) = open.by_address.get_mut(&self.peer) {
            *same -= 1;
            if *same == 0 {
                open.by_address.remove(&self.peer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ended_connections_make_room_and_leave_no_memory() {
        let limits = Connections { per_address: 2, ..Connections::default() };
        let gate = Gate::new(&limits);
        let at = |text: &str| gate.enter(text.parse().unwrap());
        let first = at("2001:db8::1").ok().unwrap();
        let second = at("2001:db8::2").ok().unwrap();
        // One subscriber has the whole IPv6 network of 64 bits.
        assert_eq!(at("2001:db8::3").err(), Some(Full::Address));
        let other = at("2001:db8:0:1::1").ok().unwrap();
        drop(first);
        let third = at("2001:db8::3").ok().unwrap();
        assert_eq!(gate.count(), 3);
        drop((second, third, other));
        assert_eq!((gate.count(), gate.open().by_address.len()), (0, 0));
    }
}
