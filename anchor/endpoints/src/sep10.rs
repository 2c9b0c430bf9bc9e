//! SEP-10: the endpoint at which an account signs in.

use std::sync::Arc;

use assign::assign;
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::HeaderMap,
};
use windlass_core::{
    account::{Account, SecretKey},
    network::Network,
    sep10::{
        Challenge, ChallengeError, ChallengeResponse, Claims, ClientDomain, Expect, GetChallenge,
        Level, NewChallenge, PostChallenge, Role, TokenResponse, Tolerance,
    },
    wire,
    xdr::{Envelope, MAX_ENVELOPE, Operation},
};

use crate::{
    Error,
    body::Input,
    challenges::Challenges,
    clock::{Clock, Random},
    fetch::Fetch,
    hooks::Ledger,
    route::{self, Routes},
    sessions::Tokens,
    throttle::Throttle,
};

mod authorization;
mod client_domain;
mod error;
mod options;

pub use client_domain::{Applications, is_client_domain};
pub use options::Options;

use client_domain::ClientDomains;
use error::WebAuthError;

/// The path at which `windlass-anchor` mounts the endpoint.
pub const MOUNT: &str = "/auth";

/// The settings of the endpoint.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The server's signing key; the stellar.toml has its public key as `SIGNING_KEY`.
    pub signing_key: SecretKey,
    /// The complete `WEB_AUTH_ENDPOINT` URL, as in the stellar.toml.
    pub endpoint: String,
    /// The network whose passphrase is part of signatures.
    pub network: Network,
    /// The accepted home domains, the default first.
    pub home_domains: Vec<String>,
    /// The host of the endpoint's URL (S10-53).
    pub web_auth_domain: String,
    /// The lifetime of a session, in seconds.
    pub session_lifetime: u64,
    /// The threshold of the account that the signatures must reach.
    pub threshold: Level,
    /// Which wallet applications may sign in their users.
    pub applications: Applications,
    /// Whether client domains on this machine are accepted, with ports and over `http`. For
    /// development only.
    pub development: bool,
}

/// The endpoint's state.
#[derive(Clone)]
pub struct WebAuth(Arc<Inner>);

struct Inner {
    settings: Settings,
    ledger: Arc<dyn Ledger>,
    client_domains: ClientDomains,
    tokens: Arc<dyn Tokens>,
    challenges: Arc<dyn Challenges>,
    clock: Clock,
    random: Random,
}

/// The services that the endpoint uses.
#[derive(Clone)]
pub struct Parts {
    /// Reads the signers of accounts.
    pub ledger: Arc<dyn Ledger>,
    /// Reads the stellar.toml of client domains.
    pub fetch: Arc<dyn Fetch>,
    /// Signs the tokens.
    pub tokens: Arc<dyn Tokens>,
    /// Stores which challenges were used.
    pub challenges: Arc<dyn Challenges>,
    /// The current time.
    pub clock: Clock,
    /// The source of nonces.
    pub random: Random,
}

impl WebAuth {
    /// The state of an endpoint with these settings.
    pub fn new(settings: Settings, parts: Parts) -> Self {
        let Parts { ledger, fetch, tokens, challenges, clock, random } = parts;
        let client_domains = ClientDomains::new(fetch, settings.development, clock.clone());
        Self(Arc::new(Inner {
            settings,
            ledger,
            client_domains,
            tokens,
            challenges,
            clock,
            random,
        }))
    }
}

impl Inner {
    /// After the client domain's key has not signed: the next challenge may need another key of the
    /// domain (S01-18).
    fn doubt_client(&self, challenge: &str) {
        let Ok(Envelope { transaction, .. }) = Envelope::from_base64(challenge) else { return };
        let mut data = transaction.operations.iter().filter_map(Operation::data);
        let domain = data
            .find(|data| data.name == b"client_domain")
            .and_then(|data| std::str::from_utf8(data.value.as_deref()?).ok());
        if let Some(place) = domain.and_then(|domain| self.client_domains.locate(domain).ok()) {
            self.client_domains.doubt(&place);
        }
    }
}

/// A router with `GET` and `POST` on `/`. Nest it at the path of the stellar.toml's
/// `WEB_AUTH_ENDPOINT`.
pub fn router(state: WebAuth, throttle: Throttle) -> Router {
    routes(state, throttle).into()
}

/// Like [`router`], with the list of endpoints.
pub fn routes(state: WebAuth, throttle: Throttle) -> Routes {
    let routes = Routes::new()
        .endpoint::<GetChallenge, _, _>(challenge)
        .endpoint::<PostChallenge, _, _>(token);
    // Percent-encoding can triple the length of the base64 in a form.
    let body_limit = DefaultBodyLimit::max(3 * MAX_ENVELOPE);
    route::api(routes, state, throttle, |router| router.layer(body_limit))
}

/// `GET`: returns a challenge for the account. Does not ask the ledger (S10-23).
async fn challenge(
    State(WebAuth(auth)): State<WebAuth>,
    headers: HeaderMap,
    Input(request): Input<GetChallenge>,
) -> Result<Json<ChallengeResponse>, Error> {
    let Settings { signing_key, network, home_domains, web_auth_domain, .. } = &auth.settings;
    let account = Account::from_request(&request.account, request.memo.as_deref())?;
    let home_domain = match &request.home_domain {
        None => home_domains.first(),
        Some(asked) => home_domains.iter().find(|served| *served == asked),
    };
    let home_domain = home_domain.ok_or_else(|| {
        WebAuthError::UnknownHomeDomain(request.home_domain.clone().unwrap_or_default())
    })?;
    let token = authorization::token(&headers)?;
    let application = auth.application(&request, &account, token).await?;

    let new = NewChallenge {
        account: &account,
        home_domain,
        web_auth_domain,
        client_domain: application.map(|(domain, key)| ClientDomain { domain, key }),
        nonce: &auth.random.bytes(),
        now: auth.clock.now(),
    };
    let envelope = new.build(signing_key, network)?;
    Ok(Json(assign!(ChallengeResponse::new(envelope.to_base64()), {
        network_passphrase: Some(network.passphrase().to_owned()),
    })))
}

/// `POST`: returns a token for the signed challenge, once.
async fn token(
    State(WebAuth(auth)): State<WebAuth>,
    Input(request): Input<PostChallenge>,
) -> Result<Json<TokenResponse>, Error> {
    let Settings {
        signing_key,
        network,
        home_domains,
        web_auth_domain,
        session_lifetime,
        threshold,
        ..
    } = &auth.settings;
    let now = auth.clock.now();
    let expect = Expect {
        server: signing_key.public(),
        network,
        home_domains,
        web_auth_domains: std::slice::from_ref(web_auth_domain),
        now,
        tolerance: Tolerance::ANCHOR,
        role: Role::Anchor,
    };
    let challenge = Challenge::open(&request.transaction, &expect).inspect_err(|error| {
        if *error == ChallengeError::NoClientDomainSignature {
            auth.doubt_client(&request.transaction);
        }
    })?;
    let ledger = auth.ledger.account(&challenge.account().key()).await?;
    challenge.authorize(&ledger, *threshold)?;

    // Marked as used only after all other checks (S10-100).
    let hash = wire::hex(challenge.hash());
    if !auth.challenges.use_once(&hash, challenge.expires_at()).await? {
        return Err(WebAuthError::ChallengeUsed.into());
    }
    let claims =
        Claims::new(auth.tokens.issuer(), *challenge.account(), now, now + session_lifetime);
    let claims = assign!(claims, {
        jti: Some(hash),
        client_domain: challenge.client_domain().map(|client| client.domain.to_ascii_lowercase()),
        home_domain: Some(challenge.home_domain().to_owned()),
    });
    Ok(Json(TokenResponse::new(auth.tokens.issue(&claims)?)))
}
