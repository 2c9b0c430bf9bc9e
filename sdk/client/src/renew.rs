//! Signing in again when a session's token has ended (S10-73).

use windlass_core::account::Account;

use crate::{Anchor, Error, Session};

/// Somebody who can sign in again: [`Credentials`](crate::Credentials), or a wallet's own way for several signers.
///
/// It is asked at most once per call, and by one call at a time. `()` is nobody: the session then ends with its token.
pub trait Renew<T> {
    /// Signs `account` in again; answers with nothing if it cannot.
    ///
    /// # Errors
    ///
    /// It was tried and failed.
    fn renew(
        &self,
        anchor: &Anchor<T>,
        account: &Account,
    ) -> impl Future<Output = Result<Option<Session<T>>, Error>>;
}

impl<T> Renew<T> for () {
    async fn renew(&self, _: &Anchor<T>, _: &Account) -> Result<Option<Session<T>>, Error> {
        Ok(None)
    }
}

/// Somebody, or nobody.
impl<T, R: Renew<T>> Renew<T> for Option<R> {
    async fn renew(
        &self,
        anchor: &Anchor<T>,
        account: &Account,
    ) -> Result<Option<Session<T>>, Error> {
        match self {
            Some(somebody) => somebody.renew(anchor, account).await,
            None => Ok(None),
        }
    }
}
