//! Looking at a challenge.

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
use windlass_client::{Clock, report};
use windlass_core::{
    account::{Account, AccountError, PublicKey},
    network::Network,
    sep10::{ClientDomain, Expect, Role, Tolerance},
};

use crate::{Error, output::output, promise::promise, types::ExpectedChallenge};

/// Goes through every check that a wallet makes before it signs a challenge, and tells how each one went. Without `account` the
/// checks are those of the wallet's server, which signs with the key of `clientDomain` for any account.
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
pub fn inspect_challenge(xdr: String, expect: ExpectedChallenge) -> Promise {
    promise(expect, |input| async move {
        let key = |text: String| text.parse::<PublicKey>().map_err(AccountError::Address);
        let account = match input.text("account")? {
            Some(account) => Some(Account::from_request(&account, input.memo()?.as_deref())?),
            None => None,
        };
        let network = Network::new(input.required("networkPassphrase")?);
        let client = match input.object("clientDomain")? {
            Some(client) => {
                Some((client.required("domain")?, key(client.required("signingKey")?)?))
            }
            None => None,
        };
        let client = client.as_ref().map(|(domain, key)| ClientDomain { domain, key: *key });
        let (role, tolerance) = match (&account, client) {
            (Some(account), client_domain) => {
                (Role::Wallet { account, client_domain }, Tolerance::WALLET)
            }
            (None, Some(own)) => (Role::ClientDomain(own), Tolerance::ANCHOR),
            (None, None) => {
                return Err(Error::request("account is missing, and clientDomain too"));
            }
        };
        let (home_domains, web_auth_domains) =
            ([input.required("homeDomain")?], [input.required("webAuthDomain")?]);
        let expect = Expect {
            server: key(input.required("signingKey")?)?,
            network: &network,
            home_domains: &home_domains,
            web_auth_domains: &web_auth_domains,
            now: input.seconds("now")?.unwrap_or_else(|| Clock::default().now()),
            tolerance,
            role,
        };
        Ok(output(&report(&xdr, &expect).await?)?.into())
    })
}
