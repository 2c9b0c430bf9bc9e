//! An anchor, and signing in.

use js_sys::Promise;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;
use windlass_client::{Anchor as Client, Credentials, Http, Options, Signer as _};
use windlass_core::{
    account::{Account, PublicKey},
    network::Network,
    sep1::{Documentation, Entry, Keys},
    text::Say,
};

use crate::{
    Error, Session,
    input::Input,
    output::output,
    promise::promise,
    signer::{AnySigner, JsSigner},
    types::{DiscoverOptions, SignInOptions},
};

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
#[derive(Debug)]
pub struct Anchor(Client<Http>, bool);

#[wasm_bindgen]
impl Anchor {
    /// Reads the stellar.toml of a home domain, a bare host name such as `anchor.example.com`.
    ///
    /// What the stellar.toml does not name is told when it is used.
    ///
    /// @throws `invalid_home_domain`, `invalid_toml`, `wrong_network` if it names another network than the options,
    /// `network`, `aborted`.
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
        #[wasm_bindgen(js_name = homeDomain)] home_domain: String,
        options: Option<DiscoverOptions>,
    ) -> Promise {
        promise(options, |input| async move {
            let options = Options {
                network: input.text("networkPassphrase")?.map(Network::new),
                allow_http: input.flag("allowHttp"),
                ..Options::default()
            };
            let allow_http = options.allow_http;
            Ok(Self(Client::discover(http()?, &home_domain, options).await?, allow_http).into())
        })
    }

    /// The domain that it was found by.
    #[wasm_bindgen(getter, js_name = homeDomain)]
    pub fn home_domain(&self) -> String {
        self.0.home_domain().to_owned()
    }

    /// The passphrase of the network that is signed for.
    #[wasm_bindgen(getter, js_name = networkPassphrase)]
    pub fn network_passphrase(&self) -> String {
        self.0.network().passphrase().to_owned()
    }

    /// What the anchor publishes about itself.
    #[wasm_bindgen(getter)]
    pub fn info(&self) -> Result<Ts<AnchorInfo>, Error> {
        output(&AnchorInfo::of(&self.0))
    }

    /// Signs in with a key or a SEP-43 wallet. The challenge is checked by every rule of SEP-10 before it is signed.
    ///
    /// @throws `not_offered` if the anchor has no SEP-10, `signer_refused` if the user says no, `signer_failed` and
    /// `signer_changed_transaction` if the wallet is at fault, `client_domain_required` and `proof_required` if the anchor
    /// wants to know the wallet; and if the challenge breaks a rule the code of that rule, such as `challenge_expired` or
    /// `challenge_web_auth_domain`: nothing has been signed then.
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
    pub fn sign_in(&self, signer: JsSigner, options: Option<SignInOptions>) -> Promise {
        let (anchor, allow_http) = (self.0.clone(), self.1);
        promise(options, |input| async move {
            let credentials = Credentials {
                signer: AnySigner::new(signer, anchor.network()).await?,
                client_domain: match input.object("clientDomain")? {
                    Some(client) => Some((
                        client.required("domain")?,
                        AnySigner::of_domain(client, http()?, allow_http)?,
                    )),
                    None => None,
                },
            };
            let account = account(&input, credentials.signer.public_key())?;
            let session = anchor.sign_in_with(&account, &credentials).await?;
            #[cfg(feature = "kyc")]
            let session = session.renewed_by(input.flag("renew").then_some(credentials));
            Ok(Session(session).into())
        })
    }

    /// Takes up a session by its `token`.
    ///
    /// @throws `token_expired` if it has ended: sign in again; `token_invalid` if it is no token.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const { token } = await anchor.signIn(await Keypair.random());
    /// // Later, with the token that was kept:
    /// const session = anchor.resume(token);
    /// console.log(session.expiresAt > Date.now() / 1000); // true
    /// ```
    pub fn resume(&self, token: &str) -> Result<Session, Error> {
        let session = self.0.resume(token)?;
        #[cfg(feature = "kyc")]
        let session = session.renewed_by(None);
        Ok(Session(session))
    }
}

fn http() -> Result<Http, Error> {
    Http::new().map_err(|error| Error::request(error.text()))
}

/// The account to sign in: the one named, or the signer's own.
fn account(input: &Input, signer: PublicKey) -> Result<Account, Error> {
    let address = input.text("account")?.unwrap_or_else(|| signer.text());
    Ok(Account::from_request(&address, input.memo()?.as_deref())?)
}

/// What an anchor publishes about itself in its stellar.toml.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct AnchorInfo {
    /// The key that signs challenges and callbacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub signing_key: Option<String>,
    /// Where accounts sign in (SEP-10).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub web_auth_endpoint: Option<String>,
    /// Where customers are registered (SEP-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
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
    #[tsify(optional)]
    pub name: Option<String>,
    /// The trading name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub dba: Option<String>,
    /// The official website.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub url: Option<String>,
    /// A logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub logo: Option<String>,
    /// What the organization does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub description: Option<String>,
    /// E-mail address for users.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub support_email: Option<String>,
}

impl AnchorInfo {
    fn of(anchor: &Client<Http>) -> Self {
        Self {
            signing_key: anchor.signing_key().ok().map(|key| key.to_string()),
            web_auth_endpoint: anchor.web_auth_endpoint().ok().map(String::from),
            kyc_server: anchor.kyc_server().ok().map(String::from),
            organization: anchor
                .published()
                .documentation()
                .map(Organization::of)
                .unwrap_or_default(),
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
