//! A session of an account that has signed in at an anchor.

use std::{
    fmt,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::lock::Mutex;

use windlass_core::{
    account::Account,
    endpoint::{Endpoint, Service},
    sep10::Claims,
};
use zeroize::Zeroizing;

use crate::{
    Anchor, Error, ErrorKind, Renew, Response, SignerError, Transport, anchor::Shared,
    encode::Encoded, exchange::succeed,
};

mod kyc;
mod watch;

pub use kyc::{Asked, PutOptions, check_fields};
pub use watch::{Watch, WatchOptions, is_settled};

/// A token is renewed, if possible, so many seconds before it expires (S10-73).
const MARGIN: u64 = 10;

/// A session at an anchor. Cloning is cheap, and all clones share one token.
///
/// The session ends when its token expires, unless [`renewed_by`](Self::renewed_by) sets how to
/// sign in again.
pub struct Session<T, R = ()> {
    shared: Arc<Shared<T>>,
    account: Account,
    state: Arc<State<R>>,
}

struct State<R> {
    token: RwLock<Arc<Token>>,
    renewal: R,
    /// Whether the user has refused to sign in again. The user is not asked a second time.
    refused: AtomicBool,
    /// Held while signing in again: concurrent calls wait for the one that got here first, and use
    /// its token.
    renewing: Mutex<()>,
}

impl<R> State<R> {
    fn new(token: Arc<Token>, renewal: R) -> Arc<Self> {
        let (refused, renewing) = (AtomicBool::default(), Mutex::default());
        Arc::new(Self { token: RwLock::new(token), renewal, refused, renewing })
    }
}

/// A token and its claims.
pub(crate) struct Token {
    text: Zeroizing<String>,
    claims: Claims,
}

impl<T, R> Clone for Session<T, R> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            account: self.account,
            state: Arc::clone(&self.state),
        }
    }
}

/// Omits the token.
impl<T, R> fmt::Debug for Session<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({} at {})", self.account(), self.shared.home_domain)
    }
}

impl<T> Session<T> {
    pub(crate) fn new(shared: Arc<Shared<T>>, token: String, claims: Claims) -> Self {
        let account = claims.sub;
        let token = Arc::new(Token { text: Zeroizing::new(token), claims });
        Self { shared, account, state: State::new(token, ()) }
    }

    /// The session, which `renewal` signs in again when the token expires (S10-73).
    #[must_use]
    pub fn renewed_by<R>(self, renewal: R) -> Session<T, R> {
        let state = State::new(self.current(), renewal);
        Session { shared: self.shared, account: self.account, state }
    }
}

impl<T, R> Session<T, R> {
    /// The account that signed in.
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// The token, to store for [`Anchor::resume`]. Until it expires, it gives full access to the
    /// account at this anchor.
    pub fn token(&self) -> Zeroizing<String> {
        self.current().text.clone()
    }

    /// The claims of the token. Only the anchor can verify its signature.
    pub fn claims(&self) -> Claims {
        self.current().claims.clone()
    }

    /// The home domain of the anchor.
    pub fn home_domain(&self) -> &str {
        self.shared.home_domain.as_str()
    }

    /// When the token expires, in Unix seconds.
    pub fn expires_at(&self) -> u64 {
        self.current().claims.exp
    }

    /// Whether the token has expired by the clock of this machine: sign in again.
    pub fn is_expired(&self) -> bool {
        self.expires_at() <= self.shared.clock.now()
    }

    fn current(&self) -> Arc<Token> {
        Arc::clone(&self.state.token.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T: Transport, R: Renew<T>> Session<T, R> {
    /// Sends a request to the service that it belongs to, without further checks. If the anchor
    /// demands the `memo_type` of a `memo` without one, the request is sent once more with it.
    ///
    /// # Errors
    ///
    /// The anchor does not offer the service, refused, or is unreachable; or the session has ended.
    pub async fn call<E: Endpoint + Sync>(&self, endpoint: &E) -> Result<E::Response, Error> {
        let mut answer = self.send(E::SERVICE, &Encoded::new(endpoint)?).await;
        if answer.as_ref().is_err_and(Error::demands_memo_type)
            && let Some(typed) = Encoded::with_memo_type(endpoint)?
        {
            answer = self.send(E::SERVICE, &typed).await;
        }
        answer?.read::<E>()
    }

    /// Sends a request, and sends it again with a new token if the anchor no longer accepts the old
    /// one (S10-73).
    async fn send(&self, service: Service, request: &Encoded) -> Result<Response, Error> {
        let base = self.shared.url_of(service)?;
        let mut token = self.current();
        let mut renewed = false;
        // The anchor decides whether a token has expired. A token that only seems so by this clock
        // is still tried if it cannot be renewed.
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

    /// A token other than `old`: one that another call got meanwhile, or a new one. `None` if
    /// nothing can sign in again.
    async fn renew(&self, old: &Arc<Token>) -> Result<Option<Arc<Token>>, Error> {
        let _renewing = self.state.renewing.lock().await;
        let current = self.current();
        if !Arc::ptr_eq(&current, old) {
            return Ok(Some(current));
        }
        if self.state.refused.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let anchor = Anchor { shared: Arc::clone(&self.shared) };
        let renewed = self.state.renewal.renew(&anchor, &self.account).await;
        if let Err(error) = &renewed
            && matches!(error.kind(), ErrorKind::Signer(SignerError::Refused))
        {
            self.state.refused.store(true, Ordering::Relaxed);
        }
        let Some(session) = renewed? else { return Ok(None) };
        if session.account != self.account {
            let message =
                format!("the new token is for {}, not for {}", session.account, self.account);
            return Err(ErrorKind::TokenInvalid(message).into());
        }
        let fresh = session.current();
        let mut token = self.state.token.write().unwrap_or_else(PoisonError::into_inner);
        *token = Arc::clone(&fresh);
        Ok(Some(fresh))
    }

    /// A server may answer 401 without a reason. The token tells whether it has expired.
    fn ended(&self, token: &Token, error: Error) -> Error {
        let (at, now) = (token.claims.exp, self.shared.clock.now());
        if at <= now { ErrorKind::TokenExpired { at, now }.into() } else { error }
    }
}
