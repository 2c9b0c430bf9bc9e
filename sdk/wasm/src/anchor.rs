//! An anchor, and signing in.

use js_sys::Promise;
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{Anchor as Client, Http, Options, Signer as _};
use windlass_core::{
    account::Account,
    memo::MemoValue,
    network::Network,
    sep1::{Documentation, Entry, Keys},
};

#[cfg(feature = "kyc")]
use crate::signers::Renewal;
use crate::{
    Error, Session,
    options::{read, string},
    output::output,
    signal::{Signal, promise},
    signer::JsSigner,
    signers::{Signers, http},
};

/// Options of `Anchor.discover`.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct DiscoverOptions {
    /// The wallet's network. By default the network that the stellar.toml names, or else the public
    /// network.
    pub network_passphrase: Option<String>,
    /// Whether plain http is allowed for an anchor on this machine. For development only.
    pub allow_http: Option<bool>,
    /// Ends the call and the request under way.
    #[tsify(type = "AbortSignal")]
    pub signal: Signal,
}

/// Options of `anchor.signIn`.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct SignInOptions {
    /// The account to sign in to: `G...` or `M...`. The signer's own, if absent.
    pub account: Option<String>,
    /// Which user of a shared account, as an unsigned 64-bit number.
    pub memo: Option<MemoValue>,
    /// Further signers, for an account that needs several: each signs in turn.
    #[serde(deserialize_with = "windlass_core::json::keep")]
    #[tsify(type = "(Keypair | Wallet43)[]")]
    pub signers: JsValue,
    /// The wallet's own domain, to be proved to the anchor.
    #[serde(deserialize_with = "windlass_core::json::keep")]
    #[tsify(type = "ClientDomain")]
    pub client_domain: JsValue,
    /// Whether the session keeps the signers and signs in again when its token expires. A wallet
    /// then asks its user again; after a refusal it does not ask a second time.
    pub renew: Option<bool>,
    /// Ends the call, the request under way, and the wait for a signer.
    #[tsify(type = "AbortSignal")]
    pub signal: Signal,
}

/// For `anchor.resume`.
#[cfg(feature = "kyc")]
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct ResumeOptions {
    /// Signs in again when the token ends. Without it the session ends then.
    #[serde(deserialize_with = "windlass_core::json::keep")]
    #[tsify(type = "Keypair | Wallet43")]
    pub signer: JsValue,
    /// Further signers, for an account that needs several: each signs in turn.
    #[serde(deserialize_with = "windlass_core::json::keep")]
    #[tsify(type = "(Keypair | Wallet43)[]")]
    pub signers: JsValue,
    /// The wallet's own domain, to be proved to the anchor.
    #[serde(deserialize_with = "windlass_core::json::keep")]
    #[tsify(type = "ClientDomain")]
    pub client_domain: JsValue,
}

/// An anchor whose stellar.toml was read.
///
/// @example
/// ```ts
/// import { Anchor, Keypair } from "windlass";
///
/// const anchor = await Anchor.discover("anchor.example.com");
/// const session = await anchor.signIn(await Keypair.random());
/// console.log(session.account.length); // 56
/// ```
#[wasm_bindgen]
#[derive(Clone, Debug)]
pub struct Anchor(Client<Http>, bool);

#[wasm_bindgen]
impl Anchor {
    /// Always throws: without it, `new Anchor()` in JavaScript makes an object without an anchor.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new() -> Result<Self, Error> {
        Err(Error::request("call Anchor.discover(domain), without new"))
    }

    /// Reads the stellar.toml of a home domain, a bare host name such as `anchor.example.com`.
    ///
    /// A missing entry of the stellar.toml is an error only when it is used: `signIn`, for example,
    /// then throws `not_offered`.
    ///
    /// @throws `invalid_home_domain`, `invalid_toml`, `wrong_network` if the stellar.toml names
    /// another network than the options, `network`, `aborted`.
    ///
    /// @example
    /// ```ts
    /// import { Anchor } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com", {
    ///     networkPassphrase: "Test SDF Network ; September 2015",
    ///     signal: AbortSignal.timeout(10_000),
    /// });
    /// console.log(anchor.info.organization.name); // Example Anchor
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Anchor>")]
    pub fn discover(
        #[wasm_bindgen(js_name = homeDomain, unchecked_param_type = "string")] home_domain: JsValue,
        options: Option<Ts<DiscoverOptions>>,
    ) -> Promise {
        promise(|| {
            let home_domain = string(&home_domain, "homeDomain")?;
            let DiscoverOptions { network_passphrase, allow_http, signal } = read(options)?;
            let allow_http = allow_http.unwrap_or_default();
            let options = Options {
                network: network_passphrase.map(Network::new),
                allow_http,
                ..Options::default()
            };
            let work = async move {
                Ok(Self(Client::discover(http()?, &home_domain, options).await?, allow_http))
            };
            Ok((signal, work))
        })
    }

    /// The home domain of the anchor.
    #[wasm_bindgen(getter, js_name = homeDomain)]
    pub fn home_domain(&self) -> String {
        self.0.home_domain().to_owned()
    }

    /// The passphrase of the network that challenges are signed for.
    #[wasm_bindgen(getter, js_name = networkPassphrase)]
    pub fn network_passphrase(&self) -> String {
        self.0.network().passphrase().to_owned()
    }

    /// Information about the anchor from its stellar.toml.
    #[wasm_bindgen(getter)]
    pub fn info(&self) -> Result<Ts<AnchorInfo>, Error> {
        output(&AnchorInfo::of(&self.0))
    }

    /// Signs in with a key or a SEP-43 wallet. Before signing, the challenge is checked by every
    /// rule of SEP-10.
    ///
    /// @throws `not_offered` if the anchor has no SEP-10; `signer_refused` if the user refuses;
    /// `signer_failed` and `signer_changed_transaction` for errors of the wallet;
    /// `client_domain_required` and `proof_required` if the anchor requires proof of the wallet's
    /// domain. If the challenge violates a rule, nothing is signed, and the code is that of the
    /// rule, such as `challenge_expired` or `challenge_web_auth_domain`.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const key = await Keypair.random(); // or the object of a wallet's extension
    /// const session = await anchor.signIn(key, { memo: 7n, renew: true });
    /// console.log(session.account === `${key.address}:7`); // true
    /// ```
    #[wasm_bindgen(js_name = signIn, unchecked_return_type = "Promise<Session>")]
    pub fn sign_in(&self, signer: JsSigner, options: Option<Ts<SignInOptions>>) -> Promise {
        let anchor = self.clone();
        promise(|| {
            let options: SignInOptions = read(options)?;
            let signal = options.signal.clone();
            Ok((signal, async move { anchor.session(signer, options).await }))
        })
    }

    /// Resumes a session from its `token`.
    ///
    /// @throws `token_expired` if the token has expired: sign in again; `token_invalid` if it is
    /// not a token.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const { token } = await anchor.signIn(await Keypair.random());
    /// // Later, with the stored token:
    /// const session = anchor.resume(token);
    /// console.log(session.expiresAt > Date.now() / 1000); // true
    /// ```
    #[cfg(not(feature = "kyc"))]
    pub fn resume(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] token: &JsValue,
    ) -> Result<Session, Error> {
        Ok(Session(self.0.resume(&string(token, "token")?)?))
    }

    /// Resumes a session from its `token`. With a signer, it signs in again by itself when the token ends.
    ///
    /// @throws `token_expired` if it has ended: sign in again; `token_invalid` if it is no token.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const signer = await Keypair.random(); // or the object of a wallet's extension
    /// const { token } = await anchor.signIn(signer);
    /// // Later, with the stored token:
    /// const session = anchor.resume(token, { signer });
    /// console.log(session.expiresAt > Date.now() / 1000); // true
    /// ```
    #[cfg(feature = "kyc")]
    pub fn resume(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] token: &JsValue,
        options: Option<Ts<ResumeOptions>>,
    ) -> Result<Session, Error> {
        let token = string(token, "token")?;
        let ResumeOptions { signer, signers, client_domain } = read(options)?;
        let signers = Signers { signer, more: signers, client_domain, allow_http: self.1 };
        let renewal = signers.given().then_some(Renewal::Later(signers));
        Ok(Session(self.0.resume(&token)?.renewed_by(renewal)))
    }
}

impl Anchor {
    async fn session(self, signer: JsSigner, options: SignInOptions) -> Result<Session, Error> {
        let Self(anchor, allow_http) = self;
        let SignInOptions { account, memo, signers, client_domain, renew, .. } = options;
        let signers = Signers { signer: signer.into(), more: signers, client_domain, allow_http };
        let credentials = signers.credentials(anchor.network()).await?;
        let first = credentials.signers.first().map(|signer| signer.public_key().to_string());
        let address = account.or(first).unwrap_or_default();
        let account = Account::from_request(&address, memo.as_deref())?;
        let session = anchor.sign_in_with(&account, &credentials).await?;
        #[cfg(feature = "kyc")]
        let renewal = renew.unwrap_or_default().then_some(Renewal::Signers(credentials));
        #[cfg(feature = "kyc")]
        let session = session.renewed_by(renewal);
        #[cfg(not(feature = "kyc"))]
        let _ = renew;
        Ok(Session(session))
    }
}

/// The parts of an anchor's stellar.toml that wallets use or show.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AnchorInfo {
    /// The key that signs challenges and callbacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_key: Option<String>,
    /// The URL for signing in (SEP-10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web_auth_endpoint: Option<String>,
    /// The base URL of the KYC API (SEP-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kyc_server: Option<String>,
    /// The organization behind the anchor.
    pub organization: Organization,
}

/// The organization behind an anchor, as it describes itself.
#[derive(Clone, Debug, Default, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// The legal name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The trading name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dba: Option<String>,
    /// The official website.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// What the organization does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// E-mail address for users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_email: Option<String>,
}

impl AnchorInfo {
    fn of(anchor: &Client<Http>) -> Self {
        let organization = anchor.published().documentation().map(Organization::of);
        Self {
            signing_key: anchor.signing_key().ok().map(|key| key.to_string()),
            web_auth_endpoint: anchor.web_auth_endpoint().ok().map(String::from),
            kyc_server: anchor.kyc_server().ok().map(String::from),
            organization: organization.unwrap_or_default(),
        }
    }
}

impl Organization {
    fn of(keys: Keys<'_, Documentation>) -> Self {
        Self {
            name: text(keys.org_name()),
            dba: text(keys.org_dba()),
            url: text(keys.org_url()),
            logo: text(keys.org_logo()),
            description: text(keys.org_description()),
            support_email: text(keys.org_support_email()),
        }
    }
}

fn text(entry: Entry<impl Into<String>>) -> Option<String> {
    entry.into_value().ok().flatten().map(Into::into)
}
