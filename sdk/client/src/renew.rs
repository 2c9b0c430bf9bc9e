//! Signing in again when a session's token has expired (S10-73).

use windlass_core::account::Account;

use crate::{Anchor, Error, Session};

/// Signs in again: [`Credentials`](crate::Credentials), or a wallet's own implementation for
/// several signers.
///
/// A session calls it at most once per request, and never concurrently. `()` never signs in again:
/// the session then ends when its token expires.
pub trait Renew<T> {
    /// Signs `account` in again. `None` if that is not possible.
    ///
    /// # Errors
    ///
    /// Signing in failed.
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

/// `None` never signs in again.
impl<T, R: Renew<T>> Renew<T> for Option<R> {
    async fn renew(
        &self,
        anchor: &Anchor<T>,
        account: &Account,
    ) -> Result<Option<Session<T>>, Error> {
        match self {
            Some(renewal) => renewal.renew(anchor, account).await,
            None => Ok(None),
        }
    }
}
