//! A session: an account that has signed in at an anchor, and what it can ask for.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use windlass_core::{account::Account, endpoint::Endpoint, sep10::Claims, text};
use zeroize::Zeroizing;

use crate::{
    Anchor, Error, ErrorKind, Prepared, Queue, Renew, Response, SignerError, Transport,
    anchor::Shared, exchange::succeed,
};

#[cfg(feature = "kyc")]
mod kyc;
#[cfg(feature = "kyc")]
mod watch;

#[cfg(feature = "kyc")]
pub use kyc::check_fields;
#[cfg(feature = "kyc")]
pub use watch::{Watch, WatchOptions, is_settled};

/// A token that ends within so many seconds is not used any more, if a new one can be had (S10-73).
const MARGIN: u64 = 10;

/// A session at an anchor. Cloning it is cheap, and every clone goes on with the same token.
///
/// It ends with its token, unless it is [`renewed_by`](Self::renewed_by) somebody.
pub struct Session<T, R = ()> {
    shared: Arc<Shared<T>>,
    account: Account,
    own: Arc<Own<R>>,
}

struct Own<R> {
    token: Mutex<Arc<Token>>,
    renewal: R,
    /// Whether the user said no to signing in again: nobody is asked twice unasked.
    refused: AtomicBool,
    /// Many calls may find out at once that the token has ended; one of them gets a new one.
    queue: Queue,
}

impl<R> Own<R> {
    fn new(token: Arc<Token>, renewal: R) -> Arc<Self> {
        let (refused, queue) = (AtomicBool::default(), Queue::default());
        Arc::new(Self { token: Mutex::new(token), renewal, refused, queue })
    }
}

/// A token and what it says.
pub(crate) struct Token {
    text: Zeroizing<String>,
    claims: Claims,
}

impl<T, R> Clone for Session<T, R> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), account: self.account, own: Arc::clone(&self.own) }
    }
}

/// Without the token.
impl<T, R> fmt::Debug for Session<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({} at {})", self.account(), self.shared.home_domain)
    }
}

impl<T> Session<T> {
    pub(crate) fn new(shared: Arc<Shared<T>>, token: String, claims: Claims) -> Self {
        let account = claims.sub;
        let token = Arc::new(Token { text: Zeroizing::new(token), claims });
        Self { shared, account, own: Own::new(token, ()) }
    }

    /// The session, with somebody who signs in again when its token ends (S10-73).
    #[must_use]
    pub fn renewed_by<R>(self, renewal: R) -> Session<T, R> {
        let own = Own::new(self.current(), renewal);
        Session { shared: self.shared, account: self.account, own }
    }
}

impl<T, R> Session<T, R> {
    /// Who signed in.
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// The token, to keep it for [`Anchor::resume`]. Whoever has it is the account, until it expires.
    pub fn token(&self) -> Zeroizing<String> {
        self.current().text.clone()
    }

    /// What the token says. Its signature is the anchor's business and was not checked.
    pub fn claims(&self) -> Claims {
        self.current().claims.clone()
    }

    /// When the token ends, in Unix seconds.
    pub fn expires_at(&self) -> u64 {
        self.current().claims.exp
    }

    /// Whether the token has ended, by the clock of this machine: sign in again.
    pub fn is_expired(&self) -> bool {
        self.expires_at() <= self.shared.clock.now()
    }

    fn current(&self) -> Arc<Token> {
        Arc::clone(&self.slot())
    }

    fn slot(&self) -> MutexGuard<'_, Arc<Token>> {
        self.own.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Transport, R: Renew<T>> Session<T, R> {
    /// Sends any request of SEP-12, as it is.
    ///
    /// # Errors
    ///
    /// The anchor offers no SEP-12, refused, or cannot be reached; or the session has ended.
    pub async fn call<E: Endpoint + Sync>(&self, endpoint: &E) -> Result<E::Response, Error> {
        self.send(&Prepared::new(endpoint)?).await?.read::<E>()
    }

    /// Sends a request, and once more with another token if that has ended (S10-73). [`Response::read`] reads the answer.
    ///
    /// # Errors
    ///
    /// As of [`call`](Self::call).
    pub async fn send(&self, request: &Prepared) -> Result<Response, Error> {
        let base = self.shared.kyc_server()?;
        let mut token = self.current();
        let mut renewed = false;
        // Whether a token has ended is for the anchor to say: it is not asked twice only because a clock is wrong.
        let now = self.shared.clock.now();
        if token.claims.exp <= now + MARGIN {
            match self.renew(&token).await {
                Ok(Some(fresh)) => (token, renewed) = (fresh, true),
                Err(error) if token.claims.exp <= now => return Err(error),
                _ => {}
            }
        }
        loop {
            let answer =
                succeed(&*self.shared.transport, Ok(request.to(&base, Some(&token.text))), 299)
                    .await;
            match answer {
                Err(error) if error.ends_session() && !renewed => match self.renew(&token).await? {
                    Some(fresh) => (token, renewed) = (fresh, true),
                    None => return Err(self.ended(&token, error)),
                },
                answer => return answer,
            }
        }
    }

    /// A token other than `old`, if one can be had.
    async fn renew(&self, old: &Arc<Token>) -> Result<Option<Arc<Token>>, Error> {
        let _turn = self.own.queue.turn().await;
        let current = self.current();
        if !Arc::ptr_eq(&current, old) {
            return Ok(Some(current));
        }
        if self.own.refused.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let anchor = Anchor { shared: Arc::clone(&self.shared) };
        let renewed = self.own.renewal.renew(&anchor, &self.account).await;
        if let Err(error) = &renewed
            && matches!(error.kind(), ErrorKind::Signer(SignerError::Refused))
        {
            self.own.refused.store(true, Ordering::Relaxed);
        }
        let Some(session) = renewed? else { return Ok(None) };
        if session.account != self.account {
            let message =
                text!("the new token is for ", &session.account, ", not for ", &self.account);
            return Err(ErrorKind::TokenInvalid(message).into());
        }
        let fresh = session.current();
        *self.slot() = Arc::clone(&fresh);
        Ok(Some(fresh))
    }

    /// A server may say no more than 401; the token says when it ended.
    fn ended(&self, token: &Token, error: Error) -> Error {
        let (at, now) = (token.claims.exp, self.shared.clock.now());
        if at <= now { ErrorKind::TokenExpired { at, now }.into() } else { error }
    }
}
