//! SEP-10: the endpoint that signs accounts in.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderValue, Method, header},
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::set_header::SetResponseHeaderLayer;
use windlass_core::{
    account::{Account, SecretKey},
    network::Network,
    sep10::{
        Challenge, ChallengeResponse, Claims, Expect, GetChallenge, Level, NewChallenge,
        PostChallenge, Role, TokenResponse, Tolerance,
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
    route::Routes,
    store,
    throttle::Throttle,
};

/// What the endpoint needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The key of the stellar.toml's `SIGNING_KEY`.
    pub signing_key: SecretKey,
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
}

/// The endpoint's state.
#[derive(Clone)]
pub struct WebAuth(Arc<Inner>);

struct Inner {
    settings: Settings,
    ledger: Arc<dyn Ledger>,
    sessions: Sessions,
    database: Database,
    clock: Clock,
    random: Random,
}

impl WebAuth {
    /// An endpoint that asks `ledger` for signers and keeps used challenges in `database`.
    pub fn new(
        settings: Settings,
        ledger: Arc<dyn Ledger>,
        sessions: Sessions,
        database: Database,
        clock: Clock,
        random: Random,
    ) -> Self {
        Self(Arc::new(Inner { settings, ledger, sessions, database, clock, random }))
    }
}

/// `GET` and `POST` on `/`: nest it where `WEB_AUTH_ENDPOINT` points to.
pub fn router(state: WebAuth, throttle: Throttle) -> Router {
    routes(state, throttle).into()
}

/// The same, with the list of what is routed.
pub fn routes(state: WebAuth, throttle: Throttle) -> Routes {
    Routes::new().public(Method::GET, "/", challenge).public(Method::POST, "/", token).dress(
        |router| {
            router
                .fallback(async || Error::NotFound)
                .method_not_allowed_fallback(async || Error::MethodNotAllowed)
                .with_state(state)
                .layer(from_fn_with_state(throttle, Throttle::hold))
                // Percent-encoding may treble the base64 in a form.
                .layer(DefaultBodyLimit::max(3 * MAX_ENVELOPE))
                .layer(SetResponseHeaderLayer::overriding(
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("no-store"),
                ))
                .layer(cors::layer())
                .layer(from_fn(drain::unread))
        },
    )
}

/// `GET`: a challenge for the account. The ledger is not asked yet (S10-23).
async fn challenge(
    State(WebAuth(auth)): State<WebAuth>,
    Input(request): Input<GetChallenge>,
) -> Result<Json<ChallengeResponse>, Error> {
    let Settings { signing_key, network, home_domains, web_auth_domain, .. } = &auth.settings;
    let account = Account::from_request(&request.account, request.memo.as_deref())?;
    let home_domain = match request.home_domain {
        None => home_domains.first(),
        Some(ref asked) => home_domains.iter().find(|served| *served == asked),
    };
    let home_domain = home_domain
        .ok_or_else(|| Error::UnknownHomeDomain(request.home_domain.unwrap_or_default()))?;

    // A client domain is ignored, as S10-18 allows: its key would have to be fetched from a host that the client names.
    let new = NewChallenge {
        account: &account,
        home_domain,
        web_auth_domain,
        client_domain: None,
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
        return Err(Error::ChallengeUsed);
    }
    let claims = Claims {
        iss: auth.sessions.issuer().to_owned(),
        sub: *challenge.account(),
        iat: now,
        exp: now + session_lifetime,
        jti: Some(hash),
        client_domain: challenge.client_domain().map(|client| client.domain.to_owned()),
        home_domain: Some(challenge.home_domain().to_owned()),
    };
    Ok(Json(TokenResponse { token: auth.sessions.issue(&claims)? }))
}
