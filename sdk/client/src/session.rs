//! A session: an account that has signed in at an anchor, and what it can ask for.

use std::{fmt, sync::Arc};

use windlass_core::{account::Account, endpoint::Endpoint, sep10::Claims};
use zeroize::Zeroizing;

use crate::{Error, Transport, anchor::Shared, exchange::call};

mod kyc;

pub use kyc::check_fields;

/// A session at an anchor. Cloning it is cheap.
pub struct Session<T> {
    shared: Arc<Shared<T>>,
    own: Arc<Own>,
}

struct Own {
    token: Zeroizing<String>,
    claims: Claims,
}

impl<T> Clone for Session<T> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), own: Arc::clone(&self.own) }
    }
}

/// Without the token.
impl<T> fmt::Debug for Session<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({} at {})", self.account(), self.shared.home_domain)
    }
}

impl<T> Session<T> {
    pub(crate) fn new(shared: Arc<Shared<T>>, token: String, claims: Claims) -> Self {
        Self { shared, own: Arc::new(Own { token: Zeroizing::new(token), claims }) }
    }

    /// Who signed in.
    pub fn account(&self) -> &Account {
        &self.own.claims.sub
    }

    /// The token, to keep it for [`Anchor::resume`](crate::Anchor::resume). Whoever has it is the account, until it expires.
    pub fn token(&self) -> &str {
        &self.own.token
    }

    /// What the token says. Its signature is the anchor's business and was not checked.
    pub fn claims(&self) -> &Claims {
        &self.own.claims
    }

    /// When the session ends, in Unix seconds.
    pub fn expires_at(&self) -> u64 {
        self.own.claims.exp
    }

    /// Whether it has ended, by the clock of this machine: sign in again.
    pub fn is_expired(&self) -> bool {
        self.expires_at() <= self.shared.clock.now()
    }
}

impl<T: Transport> Session<T> {
    /// Sends any request of SEP-12, as it is.
    ///
    /// # Errors
    ///
    /// The anchor offers no SEP-12, refused, or cannot be reached.
    pub async fn call<E: Endpoint>(&self, endpoint: &E) -> Result<E::Response, Error> {
        call(&self.shared.transport, self.shared.kyc_server()?, endpoint, Some(&self.own.token))
            .await
    }
}
