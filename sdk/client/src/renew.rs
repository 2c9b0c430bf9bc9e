//! Signing in again when a session's token has ended (S10-73).

use windlass_core::account::Account;

use crate::{Anchor, Error, Session, Signer, Transport};

/// Somebody who can sign in again: [`SignAgain`] with a signer, or the wallet's own way for several signers or a client domain.
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

/// Signs in again with a signer that stays at hand.
#[derive(Clone, Copy, Debug)]
pub struct SignAgain<S>(pub S);

impl<T: Transport, S: Signer> Renew<T> for SignAgain<S> {
    async fn renew(
        &self,
        anchor: &Anchor<T>,
        account: &Account,
    ) -> Result<Option<Session<T>>, Error> {
        anchor.sign_in(account, &self.0).await.map(Some)
    }
}
