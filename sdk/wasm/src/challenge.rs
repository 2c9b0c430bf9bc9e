//! The report on a challenge.

use js_sys::Promise;
use serde::Deserialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{Clock, report};
use windlass_core::{
    account::{Account, AccountError, PublicKey},
    memo::MemoValue,
    network::Network,
    sep10::{ClientDomain, Expect, Report, Role, Tolerance},
};

use crate::{
    Error,
    options::{Seconds, read, string},
    output::output,
    signal::{Signal, promise},
    signer::ClientDomainName,
};

/// The expected values of a challenge.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedChallenge {
    /// The anchor's `SIGNING_KEY`.
    pub signing_key: String,
    /// The passphrase of the network: the wallet's own, never the one that came with the challenge.
    pub network_passphrase: String,
    /// The anchor's home domain.
    pub home_domain: String,
    /// The host of the anchor's `WEB_AUTH_ENDPOINT`, with its port if the URL contains one.
    pub web_auth_domain: String,
    /// The account that requested the challenge: `G...` or `M...`. Without it, the checks are those
    /// of the wallet's server, which need `clientDomain`.
    #[serde(default)]
    pub account: Option<String>,
    /// The requested memo of a user of a shared account.
    #[serde(default)]
    pub memo: Option<MemoValue>,
    /// The wallet's own domain, if it was requested.
    #[serde(default)]
    pub client_domain: Option<ClientDomainName>,
    /// The time in Unix seconds. By default the system clock's.
    #[serde(default)]
    #[tsify(type = "number")]
    pub now: Option<Seconds>,
}

/// Runs every check that a wallet makes before it signs a challenge, and reports the result of
/// each. Without `account` the checks are those of the wallet's server, which signs with the key of
/// `clientDomain` for any account.
///
/// @example
/// ```ts
/// import { Keypair } from "windlass";
/// import { inspectChallenge } from "windlass/server";
///
/// const { checks } = await inspectChallenge("AAAA", {
///     signingKey: (await Keypair.random()).address, // of an anchor: `anchor.info.signingKey`
///     networkPassphrase: "Test SDF Network ; September 2015",
///     homeDomain: "anchor.example.com",
///     webAuthDomain: "anchor.example.com",
///     account: (await Keypair.random()).address,
/// });
/// for (const result of checks) {
///     if (result.outcome === "failed") console.log(result.check, result.code); // readable challenge_not_readable
/// }
/// ```
#[wasm_bindgen(js_name = inspectChallenge, unchecked_return_type = "Promise<Report>")]
pub fn inspect_challenge(
    #[wasm_bindgen(unchecked_param_type = "string")] xdr: JsValue,
    expect: Ts<ExpectedChallenge>,
) -> Promise {
    promise(|| {
        let xdr = string(&xdr, "xdr")?;
        let expect: ExpectedChallenge = read(expect)?;
        Ok((Signal::default(), async move { output(&inspected(&xdr, expect).await?) }))
    })
}

async fn inspected(xdr: &str, expect: ExpectedChallenge) -> Result<Report, Error> {
    let key = |text: &str| text.parse::<PublicKey>().map_err(AccountError::Address);
    let account = match &expect.account {
        Some(account) => Some(Account::from_request(account, expect.memo.as_deref())?),
        None => None,
    };
    let client_domain = match &expect.client_domain {
        Some(ClientDomainName { domain, signing_key }) => {
            Some(ClientDomain { domain, key: key(signing_key)? })
        }
        None => None,
    };
    let (role, tolerance) = match (&account, client_domain) {
        (Some(account), client_domain) => {
            (Role::Wallet { account, client_domain }, Tolerance::WALLET)
        }
        (None, Some(own)) => (Role::ClientDomain(own), Tolerance::ANCHOR),
        (None, None) => return Err(Error::request("account or clientDomain must be set")),
    };
    let network = Network::new(expect.network_passphrase);
    let rules = Expect {
        server: key(&expect.signing_key)?,
        network: &network,
        home_domains: &[expect.home_domain],
        web_auth_domains: &[expect.web_auth_domain],
        now: expect.now.map_or_else(|| Clock::default().now(), Seconds::whole),
        tolerance,
        role,
    };
    Ok(report(xdr, &rules).await?)
}
