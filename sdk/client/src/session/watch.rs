//! Polling a customer's status with growing pauses (S12-45).

use std::time::Duration;

use windlass_core::{
    json,
    sep12::{Action, Customer, GetCustomer, Status},
};

use super::Session;
use crate::{Error, ErrorKind, Pace, Renew, Timer, Transport};

/// Options of waiting and watching.
#[derive(Clone, Copy, Debug, Default)]
pub struct WatchOptions {
    /// How long the pauses between requests are.
    pub pace: Pace,
    /// How long to wait in all, in seconds. Without a limit by default.
    pub limit: Option<u64>,
}

impl<T: Transport, R: Renew<T>> Session<T, R> {
    /// Watches a customer. The first request is sent by [`Watch::next`].
    pub fn watch<W: Timer>(
        &self,
        request: GetCustomer,
        timer: W,
        options: WatchOptions,
    ) -> Watch<T, R, W> {
        let WatchOptions { pace, limit } = options;
        Watch {
            end: limit.map(|limit| self.shared.clock.now().saturating_add(limit)),
            session: self.clone(),
            request,
            timer,
            pace,
            limit,
            unchanged: 0,
            pause: None,
            seen: String::new(),
            over: false,
            trouble: None,
        }
    }

    /// Waits until the anchor has decided: the customer is accepted, rejected, or has something to
    /// submit.
    ///
    /// # Errors
    ///
    /// The same as for [`Watch::next`].
    pub async fn settled(
        &self,
        request: GetCustomer,
        timer: impl Timer,
        options: WatchOptions,
    ) -> Result<Customer, Error> {
        self.wait_for(request, timer, options, is_settled).await
    }

    /// Waits until `done` returns true for the customer, or the customer is rejected, which is
    /// final.
    ///
    /// Drop the future to stop waiting.
    ///
    /// # Errors
    ///
    /// The same as for [`Watch::next`].
    pub async fn wait_for(
        &self,
        request: GetCustomer,
        timer: impl Timer,
        options: WatchOptions,
        mut done: impl FnMut(&Customer) -> bool,
    ) -> Result<Customer, Error> {
        let mut watch = self.watch(request, timer, options);
        loop {
            let customer = watch.poll_until_changed().await?;
            if done(&customer) || customer.status == Status::Rejected {
                return Ok(customer);
            }
        }
    }
}

/// Whether the anchor has decided: the customer is accepted, rejected, or has something to submit.
pub fn is_settled(customer: &Customer) -> bool {
    customer.next_step().action != Action::Wait
}

/// Polls a customer and reports every change.
#[must_use = "`next` sends the first request"]
pub struct Watch<T, R, W> {
    session: Session<T, R>,
    request: GetCustomer,
    timer: W,
    pace: Pace,
    limit: Option<u64>,
    /// When the limit is reached, in Unix seconds.
    end: Option<u64>,
    /// How many responses in a row were unchanged.
    unchanged: u32,
    /// Before the next request.
    pause: Option<Duration>,
    /// The customer that was reported last, as JSON.
    seen: String,
    /// Whether the customer was rejected.
    over: bool,
    trouble: Option<Error>,
}

impl<T: Transport, R: Renew<T>, W: Timer> Watch<T, R, W> {
    /// The customer as it is now, and then after each change. `None` after a rejection.
    ///
    /// Temporary errors do not end the watch: no connection, a server error, too many requests. The
    /// anchor's `Retry-After` is respected. The future may be dropped: the next one continues from
    /// there.
    ///
    /// # Errors
    ///
    /// The anchor refused, the session has ended and could not be renewed, or the limit is reached.
    pub async fn next(&mut self) -> Result<Option<Customer>, Error> {
        if self.over {
            return Ok(None);
        }
        self.poll_until_changed().await.map(Some)
    }

    /// The error of the last request, if it failed.
    pub const fn trouble(&self) -> Option<&Error> {
        self.trouble.as_ref()
    }

    async fn poll_until_changed(&mut self) -> Result<Customer, Error> {
        loop {
            if let Some(pause) = self.pause {
                self.sleep(pause).await?;
                self.pause = None;
            }
            let answer = self.session.customer(&self.request).await;
            if let Some(customer) = self.changed(answer)? {
                return Ok(customer);
            }
        }
    }

    /// The customer, if it has changed. Sets the next pause.
    fn changed(&mut self, answer: Result<Customer, Error>) -> Result<Option<Customer>, Error> {
        let (mut changed, mut trouble) = (None, None);
        match answer {
            Ok(customer) => {
                let json = json::to_string(&customer);
                if json != self.seen {
                    self.over = customer.status == Status::Rejected;
                    (self.seen, changed) = (json, Some(customer));
                }
            }
            Err(error) if error.is_temporary() => trouble = Some(error),
            Err(error) => return Err(error),
        }
        self.unchanged = if changed.is_some() { 0 } else { self.unchanged.saturating_add(1) };
        let retry_after = trouble.as_ref().and_then(Error::retry_after);
        self.pause = Some(self.pace.pause(self.unchanged, self.timer.jitter(), retry_after));
        self.trouble = trouble;
        Ok(changed)
    }

    /// Sleeps, at most until the limit is reached.
    async fn sleep(&mut self, pause: Duration) -> Result<(), Error> {
        let left = self.end.map(|end| end.saturating_sub(self.session.shared.clock.now()));
        let left = left.map(Duration::from_secs);
        self.timer.sleep(left.map_or(pause, |left| left.min(pause))).await;
        match left {
            Some(left) if left < pause => Err(ErrorKind::NotInTime {
                seconds: self.limit.unwrap_or_default(),
                trouble: self.trouble.take(),
            }
            .into()),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
