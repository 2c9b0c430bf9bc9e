//! The signers of a sign-in, and signing in again with them.

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
#[cfg(feature = "kyc")]
use windlass_client::{Anchor, ErrorKind, Renew, Session};
use windlass_client::{Credentials, Http};
#[cfg(feature = "kyc")]
use windlass_core::account::Account;
use windlass_core::network::Network;

use crate::{
    Error,
    options::{is_given, value},
    signer::{AnySigner, ClientDomainName},
};

/// Signers as the caller gave them.
#[derive(Debug)]
pub(crate) struct Signers {
    pub(crate) signer: JsValue,
    /// A list of further ones, or nothing.
    pub(crate) more: JsValue,
    pub(crate) client_domain: JsValue,
    pub(crate) allow_http: bool,
}

impl Signers {
    /// Asks wallets for their addresses, one after the other.
    pub(crate) async fn credentials(
        &self,
        network: &Network,
    ) -> Result<Credentials<AnySigner>, Error> {
        let mut signers = Vec::from([AnySigner::new(self.signer.clone(), network).await?]);
        if is_given(&self.more) {
            let more: &Array =
                self.more.dyn_ref().ok_or(Error::request("signers must be a list"))?;
            for signer in more.iter() {
                signers.push(AnySigner::new(signer, network).await?);
            }
        }
        let client_domain = if is_given(&self.client_domain) {
            let ClientDomainName { domain, .. } = value(self.client_domain.clone())?;
            let signer = AnySigner::of_domain(&self.client_domain, http()?, self.allow_http)?;
            Some((domain, signer))
        } else {
            None
        };
        Ok(Credentials { signers, client_domain })
    }
}

pub(crate) fn http() -> Result<Http, Error> {
    Http::new().map_err(|error| Error::request(error.to_string()))
}

/// Who signs in again when a session's token has ended.
#[cfg(feature = "kyc")]
pub(crate) enum Renewal {
    /// The signers that have signed in.
    Signers(Credentials<AnySigner>),
    /// Signers that have not been asked for anything yet.
    Later(Signers),
}

#[cfg(feature = "kyc")]
impl Signers {
    /// Whether there is a signer.
    pub(crate) fn given(&self) -> bool {
        is_given(&self.signer)
    }
}

#[cfg(feature = "kyc")]
impl Renew<Http> for Renewal {
    async fn renew(
        &self,
        anchor: &Anchor<Http>,
        account: &Account,
    ) -> Result<Option<Session<Http>>, windlass_client::Error> {
        match self {
            Self::Signers(credentials) => credentials.renew(anchor, account).await,
            Self::Later(signers) => {
                let credentials = signers.credentials(anchor.network()).await;
                let credentials = credentials.map_err(|error| match error {
                    Error::Client(error) | Error::Caused(error, _) => error,
                    Error::Thrown(_) => {
                        let reason = "the options of a signer cannot be read".to_owned();
                        ErrorKind::InvalidRequest(reason).into()
                    }
                })?;
                credentials.renew(anchor, account).await
            }
        }
    }
}
