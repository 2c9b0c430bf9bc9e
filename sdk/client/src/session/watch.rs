//! Waiting for a status (S12-45): ask again and again, ever more rarely, and survive what passes.

use std::time::Duration;

use windlass_core::{
    json,
    sep12::{Action, Customer, GetCustomer, Status},
};

use super::Session;
use crate::{Error, ErrorKind, Pace, Renew, Timer, Transport};

/// How to wait for a status.
#[derive(Clone, Copy, Debug, Default)]
pub struct WatchOptions {
    /// How often to ask.
    pub pace: Pace,
    /// How long to wait in all, in seconds; for ever, if absent.
    pub limit: Option<u64>,
}

impl<T: Transport, R: Renew<T>> Session<T, R> {
    /// Watches a customer. Nothing is asked before [`Watch::next`].
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
            quiet: 0,
            pause: None,
            seen: String::new(),
            over: false,
            trouble: None,
        }
    }

    /// Waits until the anchor has done its part: the customer is accepted, rejected, or has something to submit.
    ///
    /// # Errors
    ///
    /// As [`Watch::next`].
    pub async fn settled(
        &self,
        request: GetCustomer,
        timer: impl Timer,
        options: WatchOptions,
    ) -> Result<Customer, Error> {
        self.wait_for(request, timer, options, is_settled).await
    }

    /// Waits until `done` with what the anchor says. A rejection ends it in any case: nothing follows one.
    ///
    /// Dropping the future gives up.
    ///
    /// # Errors
    ///
    /// As [`Watch::next`].
    pub async fn wait_for(
        &self,
        request: GetCustomer,
        timer: impl Timer,
        options: WatchOptions,
        mut done: impl FnMut(&Customer) -> bool,
    ) -> Result<Customer, Error> {
        let mut watch = self.watch(request, timer, options);
        loop {
            let customer = watch.ask_until_news().await?;
            if done(&customer) || customer.status == Status::Rejected {
                return Ok(customer);
            }
        }
    }
}

/// Whether the anchor has done its part: the customer is accepted, rejected, or has something to submit.
pub fn is_settled(customer: &Customer) -> bool {
    customer.next_step().action != Action::Wait
}

/// A customer under watch.
#[must_use = "nothing is asked before `next`"]
pub struct Watch<T, R, W> {
    session: Session<T, R>,
    request: GetCustomer,
    timer: W,
    pace: Pace,
    limit: Option<u64>,
    /// Unix seconds.
    end: Option<u64>,
    /// How many answers said nothing new.
    quiet: u32,
    /// Before the next request.
    pause: Option<Duration>,
    /// The last news as JSON: to compare texts is less code than to compare customers.
    seen: String,
    over: bool,
    trouble: Option<Error>,
}

impl<T: Transport, R: Renew<T>, W: Timer> Watch<T, R, W> {
    /// What the anchor says now, and then whenever it says something else. After a rejection, nothing.
    ///
    /// What passes does not end it: no connection, a server in trouble, too many requests. The anchor's `Retry-After` is
    /// heeded. Dropping the future is safe: the next one goes on from there.
    ///
    /// # Errors
    ///
    /// The anchor refused, the session has ended and could not be renewed, or the time is up.
    pub async fn next(&mut self) -> Result<Option<Customer>, Error> {
        if self.over {
            return Ok(None);
        }
        self.ask_until_news().await.map(Some)
    }

    /// What went wrong when the anchor was asked last, if something did.
    pub const fn trouble(&self) -> Option<&Error> {
        self.trouble.as_ref()
    }

    async fn ask_until_news(&mut self) -> Result<Customer, Error> {
        loop {
            if let Some(pause) = self.pause {
                self.sleep(pause).await?;
                self.pause = None;
            }
            let answer = self.session.customer(&self.request).await;
            if let Some(customer) = self.news(answer)? {
                return Ok(customer);
            }
        }
    }

    /// The answer, if it says something new or ends it; and how long the next pause is.
    fn news(&mut self, answer: Result<Customer, Error>) -> Result<Option<Customer>, Error> {
        let (mut news, mut trouble) = (None, None);
        match answer {
            Ok(customer) => {
                let json = json::to_string(&customer);
                if json != self.seen {
                    self.over = customer.status == Status::Rejected;
                    (self.seen, news) = (json, Some(customer));
                }
            }
            Err(error) if error.is_temporary() => trouble = Some(error),
            Err(error) => return Err(error),
        }
        self.quiet = if news.is_some() { 0 } else { self.quiet.saturating_add(1) };
        let retry_after = trouble.as_ref().and_then(Error::retry_after);
        self.pause = Some(self.pace.pause(self.quiet, self.timer.jitter(), retry_after));
        self.trouble = trouble;
        Ok(news)
    }

    /// Sleeps, but not beyond the end.
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
