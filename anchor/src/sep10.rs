//! SEP-10: the endpoint that signs accounts in.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::set_header::SetResponseHeaderLayer;
use windlass_core::{
    account::{Account, SecretKey},
    network::Network,
    sep10::{
        Challenge, ChallengeResponse, Claims, ClientDomain, Expect, GetChallenge, Level,
        NewChallenge, PostChallenge, Role, TokenResponse, Tolerance,
    },
    wire,
    xdr::MAX_ENVELOPE,
};

use crate::{
    Error, Sessions,
    body::Input,
    clock::{Clock, Random},
    cors,
    database::Database,
    drain,
    hooks::Ledger,
    outbound::Outbound,
    route::Routes,
    store,
    throttle::Throttle,
};

mod authorization;
mod client_domain;
mod error;

pub use client_domain::Applications;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use client_domain::is_client_domain;

use client_domain::ClientDomains;
use error::WebAuthError;

/// What the endpoint needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The key of the stellar.toml's `SIGNING_KEY`.
    pub signing_key: SecretKey,
    /// The whole `WEB_AUTH_ENDPOINT`, as the stellar.toml names it.
    pub endpoint: String,
    /// The network that challenges are signed for.
    pub network: Network,
    /// The home domains that are served, the default first.
    pub home_domains: Vec<String>,
    /// The host of the endpoint's URL (S10-53).
    pub web_auth_domain: String,
    /// How long a session lasts, in seconds.
    pub session_lifetime: u64,
    /// How much control over the account a session needs.
    pub threshold: Level,
    /// Which applications may sign their users in.
    pub applications: Applications,
}

/// The endpoint's state.
#[derive(Clone)]
pub struct WebAuth(Arc<Inner>);

struct Inner {
    settings: Settings,
    ledger: Arc<dyn Ledger>,
    client_domains: ClientDomains,
    sessions: Sessions,
    database: Database,
    clock: Clock,
    random: Random,
}

/// What the endpoint works with.
#[derive(Clone)]
pub struct Parts {
    /// Knows the signers of accounts.
    pub ledger: Arc<dyn Ledger>,
    /// Fetches the stellar.toml of client domains.
    pub outbound: Outbound,
    /// Gives out the tokens.
    pub sessions: Sessions,
    /// Keeps the challenges that were used.
    pub database: Database,
    /// The time.
    pub clock: Clock,
    /// Nonces.
    pub random: Random,
}

impl WebAuth {
    /// An endpoint made of these.
    pub fn new(settings: Settings, parts: Parts) -> Self {
        let Parts { ledger, outbound, sessions, database, clock, random } = parts;
        let development = outbound.policy().development;
        let client_domains = ClientDomains::new(outbound, development, clock.clone());
        Self(Arc::new(Inner {
            settings,
            ledger,
            client_domains,
            sessions,
            database,
            clock,
            random,
        }))
    }
}

/// `GET` and `POST` on `/`: nest it where `WEB_AUTH_ENDPOINT` points to.
pub fn router(state: WebAuth, throttle: Throttle) -> Router {
    routes(state, throttle).into()
}

/// The same, with the list of what is routed.
pub fn routes(state: WebAuth, throttle: Throttle) -> Routes {
    Routes::new().public(Method::GET, "/", challenge).public(Method::POST, "/", token).layer(
        |router| {
            router
                .fallback(async || Error::not_found())
                .method_not_allowed_fallback(async || Error::method_not_allowed())
                .with_state(state)
                .layer(from_fn_with_state(throttle, Throttle::limit))
                // Percent-encoding may treble the base64 in a form.
                .layer(DefaultBodyLimit::max(3 * MAX_ENVELOPE))
                .layer(SetResponseHeaderLayer::overriding(
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("no-store"),
                ))
                .layer(cors::layer())
                .layer(from_fn(drain::drain_unread_body))
        },
    )
}

/// `GET`: a challenge for the account. The ledger is not asked yet (S10-23).
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
    Ok(Json(ChallengeResponse {
        transaction: envelope.to_base64(),
        network_passphrase: Some(network.passphrase().to_owned()),
    }))
}

/// `POST`: a token for the signed challenge, once.
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
    let challenge = Challenge::open(&request.transaction, &expect)?;
    let ledger = auth.ledger.account(&challenge.account().key()).await?;
    challenge.authorize(&ledger, *threshold)?;

    // Only a challenge that passed everything else is used up (S10-100).
    let hash = wire::hex(challenge.hash());
    if !store::challenge::use_once(&auth.database, &hash, challenge.expires_at()).await? {
        return Err(WebAuthError::ChallengeUsed.into());
    }
    let claims = Claims {
        iss: auth.sessions.issuer().to_owned(),
        sub: *challenge.account(),
        iat: now,
        exp: now + session_lifetime,
        jti: Some(hash),
        client_domain: challenge.client_domain().map(|client| client.domain.to_ascii_lowercase()),
        home_domain: Some(challenge.home_domain().to_owned()),
    };
    Ok(Json(TokenResponse { token: auth.sessions.issue(&claims)? }))
}
