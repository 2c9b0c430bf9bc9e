//! Reads accounts from a Horizon server.

use std::time::Duration;

use async_trait::async_trait;
use serde::Deserialize;
use url::Url;
use windlass_core::{
    account::PublicKey,
    sep10::{OnLedger, Thresholds},
};

use crate::{
    base::http_client,
    hooks::{Ledger, LedgerError},
};

/// The [`Ledger`](crate::hooks::Ledger) of a Horizon server, or of the sandbox, which has the same
/// API.
#[derive(Clone, Debug)]
pub struct Horizon {
    base: Url,
    http: reqwest::Client,
}

/// The longest accepted response, in bytes. An account has at most 1000 subentries.
const MAX_ANSWER: usize = 4 << 20;

const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

impl Horizon {
    /// The Horizon at this URL, which may have a path (HZ-18).
    ///
    /// # Errors
    ///
    /// The TLS library cannot be set up.
    pub fn new(base: Url) -> Result<Self, LedgerError> {
        let http = http_client::builder(REQUEST_TIMEOUT).build().map_err(unreachable)?;
        Ok(Self { base, http })
    }

    /// The home domain of an account, empty if it has none; `None` if the account does not exist
    /// (S01-10).
    ///
    /// # Errors
    ///
    /// The ledger does not answer.
    pub async fn home_domain(&self, account: &PublicKey) -> Result<Option<String>, LedgerError> {
        let (status, body) = self.read(&format!("accounts/{account}")).await?;
        match status {
            200 => serde_json::from_slice::<Home>(&body)
                .map(|home| Some(home.home_domain))
                .map_err(|_| LedgerError::Unexpected {
                    status,
                    detail: "with something that is not an account",
                }),
            404 if is_not_found(&body) => Ok(None),
            _ => Err(LedgerError::Unexpected { status, detail: "to a request for an account" }),
        }
    }

    /// `path` under the base URL, whether or not that ends in a slash.
    fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base.as_str().trim_end_matches('/'))
    }

    async fn read(&self, path: &str) -> Result<(u16, Vec<u8>), LedgerError> {
        let request = self
            .http
            .get(self.url(path))
            .header("X-Client-Name", "windlass")
            .header("X-Client-Version", env!("CARGO_PKG_VERSION"));
        let mut response = request.send().await.map_err(unreachable)?;
        let status = response.status().as_u16();
        let body = http_client::read_body(&mut response, MAX_ANSWER).await.map_err(unreachable)?;
        let body =
            body.ok_or(LedgerError::Unexpected { status, detail: "with a body that is too long" })?;
        Ok((status, body))
    }
}

#[async_trait]
impl Ledger for Horizon {
    async fn account(&self, account: &PublicKey) -> Result<OnLedger, LedgerError> {
        let (status, body) = self.read(&format!("accounts/{account}")).await?;
        match status {
            200 => {
                let read: HorizonAccount =
                    serde_json::from_slice(&body).map_err(|_| LedgerError::Unexpected {
                        status,
                        detail: "with something that is not an account",
                    })?;
                if read.id != account.to_string() {
                    return Err(LedgerError::Unexpected { status, detail: "with another account" });
                }
                Ok(read.into())
            }
            // A proxy may also answer 404 for a wrong path, so only Horizon's own problem document
            // counts (section 6 of its errors).
            404 if is_not_found(&body) => Ok(OnLedger::Missing),
            _ => Err(LedgerError::Unexpected { status, detail: "to a request for an account" }),
        }
    }

    async fn network_passphrase(&self) -> Result<String, LedgerError> {
        let (status, body) = self.read("").await?;
        let root: Root = serde_json::from_slice(&body).map_err(|_| LedgerError::Unexpected {
            status,
            detail: "with something that is not Horizon's root",
        })?;
        Ok(root.network_passphrase)
    }
}

fn is_not_found(body: &[u8]) -> bool {
    serde_json::from_slice::<HorizonProblem>(body)
        .is_ok_and(|problem| problem.kind.rsplit('/').next() == Some("not_found"))
}

#[derive(Deserialize)]
struct HorizonProblem {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Root {
    network_passphrase: String,
}

#[derive(Deserialize)]
struct HorizonAccount {
    id: String,
    thresholds: HorizonThresholds,
    signers: Vec<HorizonSigner>,
}

#[derive(Deserialize)]
struct Home {
    #[serde(default)]
    home_domain: String,
}

#[derive(Deserialize)]
struct HorizonThresholds {
    low_threshold: u32,
    med_threshold: u32,
    high_threshold: u32,
}

#[derive(Deserialize)]
struct HorizonSigner {
    key: String,
    weight: u32,
}

impl From<HorizonAccount> for OnLedger {
    fn from(account: HorizonAccount) -> Self {
        let HorizonThresholds { low_threshold: low, med_threshold: medium, high_threshold: high } =
            account.thresholds;
        // Signers of other kinds (`T…`, `X…`, `P…`) cannot sign a challenge. They do not parse as
        // public keys and are left out.
        let signers = account
            .signers
            .into_iter()
            .filter_map(|signer| Some((signer.key.parse().ok()?, signer.weight)))
            .collect();
        Self::Exists { signers, thresholds: Thresholds { low, medium, high } }
    }
}

fn unreachable(error: reqwest::Error) -> LedgerError {
    LedgerError::Unreachable(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    // S10-94
    #[test]
    fn signers_that_are_not_public_keys_are_left_out() {
        let key = PublicKey::from_bytes([7; 32]);
        let account: HorizonAccount = serde_json::from_str(&format!(
            r#"{{"id":"{key}","thresholds":{{"low_threshold":1,"med_threshold":2,"high_threshold":3}},"signers":[
                {{"key":"TA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUPUI","weight":9,"type":"preauth_tx"}},
                {{"key":"{key}","weight":2,"type":"ed25519_public_key"}},
                {{"key":"XA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVLRR","weight":9,"type":"sha256_hash"}},
                {{"key":"PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAQCAAAAC4DY","weight":9,"type":"ed25519_signed_payload"}}]}}"#
        ))
        .unwrap();
        let expected = OnLedger::Exists {
            signers: vec![(key, 2)],
            thresholds: Thresholds { low: 1, medium: 2, high: 3 },
        };
        assert_eq!(OnLedger::from(account), expected);
    }

    // S10-97
    #[test]
    fn only_horizons_problem_document_means_not_found() {
        assert!(is_not_found(
            br#"{"type":"https://stellar.org/horizon-errors/not_found","status":404}"#
        ));
        for other in [
            &b"<html>404 Not Found</html>"[..],
            b"",
            b"{}",
            br#"{"type":"https://stellar.org/horizon-errors/stale_history"}"#,
        ] {
            assert!(!is_not_found(other));
        }
    }
}
