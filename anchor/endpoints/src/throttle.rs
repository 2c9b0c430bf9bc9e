//! Limits on the number of requests of a client (S10-22).
//!
//! A client is identified by its IP address or, at endpoints that need one, by its session token.
//! It is never identified by the account in the request: otherwise strangers could lock out the
//! owner of an account.
//!
//! A request with a body also counts while it is read, by address, by token and in all.
//!
//! Each server counts by itself. The counters are a fixed number of slots, to which a keyed hash
//! assigns the clients, so the memory does not grow with the number of clients.

use std::{
    collections::HashMap,
    convert::Infallible,
    hash::{BuildHasher as _, Hash, RandomState},
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    ops::Add,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::HttpBody as _,
    extract::{FromRequestParts, Request, State},
    http::{Extensions, HeaderMap, StatusCode, header::AUTHORIZATION, request::Parts},
    middleware::Next,
    response::Response,
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock as _, Reference},
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::keyed::HashMapStateStore,
};

use windlass_core::problem::Code;

use crate::{Error, clock::Clock};

mod bodies;

pub use bodies::Bodies;

use bodies::BodyPass;

/// The header to which each proxy appends the address of its client.
const FORWARDED: &str = "x-forwarded-for";

/// A limit per client for some endpoints. Cheap to clone.
#[derive(Clone)]
pub struct Throttle {
    /// The number of proxies in front of the server.
    proxies: usize,
    peer: PeerAddress,
    limit: Option<Arc<Limit>>,
    bodies: Option<(Arc<Bodies>, RandomState)>,
}

struct Limit {
    slots: Slots,
    /// The requests of an address whose token was refused: tokens that are made up are no clients.
    refused: Slots,
    /// When the addresses with too many of those may send requests again, by slot.
    blocked: Mutex<HashMap<u16, Duration>>,
    clock: Clock,
    seed: RandomState,
    by: By,
}

type Slots = RateLimiter<u16, HashMapStateStore<u16>, Elapsed, NoOpMiddleware<Instant>>;

/// An extractor for the IP address of the client; `None` if it is unknown.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(None)))
    }
}

/// Reads the peer address of the connection from the request's extensions; `None` if it is unknown.
pub type PeerAddress = fn(&Extensions) -> Option<IpAddr>;

/// What identifies a client.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum By {
    /// The IP address.
    Address,
    /// The session token, or the IP address without a token. Only for endpoints that refuse
    /// requests without a valid token.
    Session,
}

impl Throttle {
    /// No limit, and unknown clients.
    pub const NONE: Self = Self { proxies: 0, peer: |_| None, limit: None, bodies: None };

    /// Allows a client `per_minute` requests per minute, also all at once. 0 means no limit.
    ///
    /// `proxies` is the number of the operator's own proxies in front of the server. With 0 the
    /// header `X-Forwarded-For` is ignored, because a client can write anything in it.
    pub fn new(by: By, per_minute: u32, proxies: usize, peer: PeerAddress, clock: Clock) -> Self {
        let limit = NonZeroU32::new(per_minute).map(|limit| {
            let slots = || {
                let (quota, clock) = (Quota::per_minute(limit), Elapsed(clock.clone()));
                RateLimiter::new(quota, HashMapStateStore::default(), clock)
            };
            Arc::new(Limit {
                slots: slots(),
                refused: slots(),
                blocked: Mutex::default(),
                clock: clock.clone(),
                seed: RandomState::new(),
                by,
            })
        });
        Self { proxies, peer, limit, bodies: None }
    }

    /// Limits the number of requests with a body at the same time.
    #[must_use]
    pub fn with_bodies(self, bodies: Arc<Bodies>) -> Self {
        Self { bodies: Some((bodies, RandomState::new())), ..self }
    }

    /// A middleware that passes the request on or answers 429: `from_fn_with_state(throttle,
    /// Throttle::limit)`.
    ///
    /// # Errors
    ///
    /// The client has sent too many requests, or too many are in progress.
    pub async fn limit(
        State(throttle): State<Self>,
        mut request: Request,
        next: Next,
    ) -> Result<Response, Error> {
        let peer = (throttle.peer)(request.extensions());
        let address = address(request.headers(), peer, throttle.proxies);
        if let Some(limit) = &throttle.limit {
            limit.check_blocked(address)?;
            limit.count(limit.client(request.headers(), address))?;
        }
        let _pass = throttle.count_body(&request, address)?;
        request.extensions_mut().insert(ClientAddress(address));
        let response = next.run(request).await;
        if let Some(limit) = &throttle.limit
            && response.status() == StatusCode::UNAUTHORIZED
        {
            limit.note_refusal(address);
        }
        Ok(response)
    }

    /// Counts a request that has a body.
    fn count_body(
        &self,
        request: &Request,
        address: Option<IpAddr>,
    ) -> Result<Option<BodyPass>, Error> {
        let Some((bodies, seed)) = &self.bodies else { return Ok(None) };
        if request.body().is_end_stream() {
            return Ok(None);
        }
        let address = address.map(|address| (Client::of(address), bodies.per_address));
        let token = request.headers().get(AUTHORIZATION);
        let token = token.map(|token| (Client::Token(token.as_bytes()), bodies.per_session));
        let clients = address.into_iter().chain(token);
        bodies.enter(clients.map(|(client, limit)| (seed.hash_one(client), limit))).map(Some)
    }
}

impl Limit {
    fn client<'a>(&self, headers: &'a HeaderMap, address: Option<IpAddr>) -> Option<Client<'a>> {
        match (self.by, headers.get(AUTHORIZATION)) {
            (By::Session, Some(token)) => Some(Client::Token(token.as_bytes())),
            _ => address.map(Client::of),
        }
    }

    fn count(&self, client: Option<Client<'_>>) -> Result<(), Error> {
        // Without an address or a token, clients cannot be told apart.
        let Some(client) = client else { return Ok(()) };
        let until = self.slots.check_key(&self.slot(client));
        until.map_err(|until| too_many(until.wait_time_from(self.slots.clock().now())))
    }

    /// Counts a request of this address whose token was refused.
    fn note_refusal(&self, address: Option<IpAddr>) {
        let Some(address) = address else { return };
        let slot = self.slot(Client::of(address));
        if let Err(until) = self.refused.check_key(&slot) {
            let wait = until.wait_time_from(self.refused.clock().now());
            self.blocked().insert(slot, self.clock.elapsed() + wait);
        }
    }

    /// Refuses an address that has sent too many refused tokens, whatever it sends now.
    fn check_blocked(&self, address: Option<IpAddr>) -> Result<(), Error> {
        let (Some(address), now) = (address, self.clock.elapsed()) else { return Ok(()) };
        let slot = self.slot(Client::of(address));
        let mut blocked = self.blocked();
        match blocked.get(&slot) {
            Some(until) if *until > now => Err(too_many(*until - now)),
            Some(_) => {
                blocked.remove(&slot);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn slot(&self, client: Client<'_>) -> u16 {
        let [low, high, ..] = self.seed.hash_one(client).to_le_bytes();
        u16::from_le_bytes([low, high])
    }

    fn blocked(&self) -> MutexGuard<'_, HashMap<u16, Duration>> {
        self.blocked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn too_many(wait: Duration) -> Error {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let text = format!("too many requests: try again in {seconds} s");
    Error::new(Code::TooManyRequests, text).with_retry_after(seconds)
}

/// The identity of a client.
#[derive(Debug, Eq, Hash, PartialEq)]
enum Client<'a> {
    Token(&'a [u8]),
    V4([u8; 4]),
    /// The /64 network, because one subscriber has all its addresses.
    V6(u128),
}

impl Client<'_> {
    fn of(address: IpAddr) -> Self {
        match subscriber(address) {
            IpAddr::V4(address) => Self::V4(address.octets()),
            IpAddr::V6(address) => Self::V6(address.to_bits() >> 64),
        }
    }
}

/// The address for which a client is counted: the first of an IPv6 network of 64 bits, because one
/// subscriber has all its addresses.
pub fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

/// The address of the client that a request comes from.
fn address(headers: &HeaderMap, peer: Option<IpAddr>, proxies: usize) -> Option<IpAddr> {
    if proxies == 0 { peer } else { forwarded(headers, proxies).or(peer) }
}

/// The address from which the outermost of the operator's proxies was called. The client may have
/// written the entries to its left.
fn forwarded(headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let named = headers.get_all(FORWARDED).iter().rev();
    let mut named = named.filter_map(|value| value.to_str().ok()).flat_map(|text| text.rsplit(','));
    host(named.nth(proxies - 1)?.trim())
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn host(text: &str) -> Option<IpAddr> {
    let alone = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    alone.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

/// An adapter from the server's clock to governor's.
struct Elapsed(Clock);

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Instant(Duration);

impl governor::clock::Clock for Elapsed {
    type Instant = Instant;

    fn now(&self) -> Instant {
        Instant(self.0.elapsed())
    }
}

impl Clone for Elapsed {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl Add<Nanos> for Instant {
    type Output = Self;

    fn add(self, nanos: Nanos) -> Self {
        Self(self.0.saturating_add(nanos.into()))
    }
}

impl Reference for Instant {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_sub(earlier.0).into()
    }

    fn saturating_sub(&self, duration: Nanos) -> Self {
        self.0.checked_sub(duration.into()).map_or(*self, Self)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use axum::{Router, body::Body, middleware::from_fn_with_state, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    fn app(throttle: Throttle) -> Router {
        Router::new()
            .route("/", get(async || "hello"))
            .layer(from_fn_with_state(throttle, Throttle::limit))
    }

    fn from(address: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer: IpAddr = address.parse().unwrap();
        request.extension(peer).body(Body::empty()).unwrap()
    }

    fn peer(extensions: &Extensions) -> Option<IpAddr> {
        extensions.get().copied()
    }

    async fn status(app: &Router, request: Request) -> StatusCode {
        app.clone().oneshot(request).await.unwrap().status()
    }

    // S10-22
    #[tokio::test]
    async fn too_many_requests_of_one_client_get_429_with_retry_after() {
        let (clock, now) = Clock::manual(1_000);
        let app = app(Throttle::new(By::Address, 60, 0, peer, clock));
        for _ in 0..60 {
            assert_eq!(status(&app, from("192.0.2.1", &[])).await, 200);
        }
        let refused = app.clone().oneshot(from("192.0.2.1", &[])).await.unwrap();
        assert_eq!(refused.status(), 429);
        assert_eq!(refused.headers()["retry-after"], "1");
        let body = axum::body::to_bytes(refused.into_body(), 1000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["code"], "too_many_requests");

        assert_eq!(status(&app, from("192.0.2.2", &[])).await, 200);
        now.fetch_add(1, Ordering::SeqCst);
        assert_eq!(status(&app, from("192.0.2.1", &[])).await, 200);
        assert_eq!(status(&app, from("192.0.2.1", &[])).await, 429);
        now.fetch_add(60, Ordering::SeqCst);
        for _ in 0..60 {
            assert_eq!(status(&app, from("192.0.2.1", &[])).await, 200);
        }
    }

    #[tokio::test]
    async fn setting_the_time_back_or_forward_changes_no_limit() {
        let (clock, now) = Clock::manual(1_000_000);
        let (elapsed, moved) = Clock::manual(0);
        let clock = clock.with_elapsed(move || elapsed.elapsed());
        let app = app(Throttle::new(By::Address, 1, 0, peer, clock));
        assert_eq!(status(&app, from("192.0.2.1", &[])).await, 200);
        for time in [900_000, 2_000_000] {
            now.store(time, Ordering::SeqCst);
            let refused = app.clone().oneshot(from("192.0.2.1", &[])).await.unwrap();
            assert_eq!(
                (refused.status().as_u16(), &refused.headers()["retry-after"]),
                (429, &"60".parse().unwrap())
            );
        }
        moved.store(60, Ordering::SeqCst);
        assert_eq!(status(&app, from("192.0.2.1", &[])).await, 200);
    }

    #[tokio::test]
    async fn without_a_limit_every_request_passes() {
        let app = app(Throttle::new(By::Address, 0, 0, peer, Clock::manual(0).0));
        for _ in 0..1_000 {
            assert_eq!(status(&app, from("192.0.2.1", &[])).await, 200);
        }
    }

    #[tokio::test]
    async fn sessions_have_separate_limits() {
        let app = app(Throttle::new(By::Session, 1, 0, peer, Clock::manual(0).0));
        assert_eq!(status(&app, from("192.0.2.1", &[("authorization", "Bearer a")])).await, 200);
        assert_eq!(status(&app, from("192.0.2.1", &[("authorization", "Bearer b")])).await, 200);
        assert_eq!(status(&app, from("192.0.2.9", &[("authorization", "Bearer a")])).await, 429);
    }

    #[tokio::test]
    async fn requests_with_bodies_are_limited_by_client_and_in_all() {
        let (open, mut opened) = tokio::sync::mpsc::channel(9);
        let (finish, finished) = tokio::sync::watch::channel(false);
        let wait = async move |_: Request| {
            open.send(()).await.unwrap();
            let _ = finished.clone().wait_for(|finish| *finish).await;
        };
        let throttle = Throttle::new(By::Session, 0, 0, peer, Clock::manual(0).0)
            .with_bodies(Bodies::new(4, 3, 2));
        let app = Router::new()
            .route("/", get(wait))
            .layer(from_fn_with_state(throttle, Throttle::limit));
        let with_body = |address: &str, token: &str| {
            from(address, &[("authorization", token)]).map(|_| Body::from("x"))
        };
        // Two sessions at one address, and one at another.
        let mut tasks = tokio::task::JoinSet::new();
        for (address, token) in
            [("192.0.2.1", "a"), ("192.0.2.1", "a"), ("192.0.2.1", "b"), ("192.0.2.2", "c")]
        {
            let (app, request) = (app.clone(), with_body(address, token));
            tasks.spawn(async move { status(&app, request).await });
            opened.recv().await.unwrap();
        }
        for (address, token, refused, retry) in [
            ("192.0.2.3", "a", 429, "1"),
            ("192.0.2.1", "d", 429, "1"),
            ("192.0.2.3", "d", 503, "5"),
        ] {
            let answer = app.clone().oneshot(with_body(address, token)).await.unwrap();
            assert_eq!(
                (answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()),
                (refused, retry),
                "{address} {token}"
            );
        }
        // A request without a body needs no memory.
        let (other, request) = (app.clone(), from("192.0.2.1", &[("authorization", "a")]));
        tasks.spawn(async move { status(&other, request).await });
        opened.recv().await.unwrap();
        finish.send(true).unwrap();
        assert!(tasks.join_all().await.iter().all(|status| *status == 200));
        assert_eq!(status(&app, with_body("192.0.2.1", "a")).await, 200);
    }

    #[test]
    fn a_client_cannot_choose_its_address() {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED, "198.51.100.1, 198.51.100.2".parse().unwrap());
        headers.append(FORWARDED, "198.51.100.3".parse().unwrap());
        let peer = Some("192.0.2.1".parse().unwrap());
        for (proxies, expected) in [
            (0, "192.0.2.1"),
            (1, "198.51.100.3"),
            (2, "198.51.100.2"),
            // Fewer addresses than proxies: the request did not come through all of them.
            (4, "192.0.2.1"),
        ] {
            assert_eq!(
                address(&headers, peer, proxies),
                Some(expected.parse().unwrap()),
                "{proxies}"
            );
        }
        assert_eq!(address(&headers, None, 0), None);
    }

    #[tokio::test]
    async fn made_up_tokens_are_limited_by_address() {
        let (clock, now) = Clock::manual(1_000);
        let throttle = Throttle::new(By::Session, 3, 0, peer, clock);
        let check = async |headers: HeaderMap| match headers[AUTHORIZATION].as_bytes() {
            b"Bearer good" => StatusCode::OK,
            _ => StatusCode::UNAUTHORIZED,
        };
        let app = Router::new()
            .route("/", get(check))
            .layer(from_fn_with_state(throttle, Throttle::limit));
        let send = async |address, token: &str| {
            status(&app, from(address, &[("authorization", &format!("Bearer {token}"))])).await
        };
        for n in 0..4 {
            assert_eq!(send("192.0.2.1", &n.to_string()).await, 401, "{n}");
        }
        assert_eq!(send("192.0.2.1", "5").await, 429);
        assert_eq!(send("192.0.2.1", "good").await, 429);
        assert_eq!(send("192.0.2.2", "good").await, 200);
        now.fetch_add(20, Ordering::SeqCst);
        assert_eq!(send("192.0.2.1", "good").await, 200);
    }

    #[tokio::test]
    async fn handlers_get_the_address_of_the_client() {
        let answer = async |ClientAddress(address): ClientAddress| format!("{address:?}");
        for (throttle, expected) in [
            (Throttle::NONE, "None"),
            (Throttle::new(By::Session, 0, 0, peer, Clock::manual(0).0), "Some(192.0.2.1)"),
            (Throttle::new(By::Session, 9, 1, peer, Clock::manual(0).0), "Some(198.51.100.3)"),
        ] {
            let app = Router::new()
                .route("/", get(answer))
                .layer(from_fn_with_state(throttle, Throttle::limit));
            let request = from("192.0.2.1", &[(FORWARDED, "198.51.100.3")]);
            let body = app.oneshot(request).await.unwrap().into_body();
            assert_eq!(axum::body::to_bytes(body, 1000).await.unwrap(), expected);
        }
    }

    #[test]
    fn proxies_may_add_brackets_and_a_port() {
        for (named, expected) in [
            ("198.51.100.3", Some("198.51.100.3")),
            ("198.51.100.3:443", Some("198.51.100.3")),
            ("2001:db8::1", Some("2001:db8::1")),
            ("[2001:db8::1]", Some("2001:db8::1")),
            ("[2001:db8::1]:443", Some("2001:db8::1")),
            ("unknown", None),
            ("198.51.100.3:", None),
            ("[198.51.100.3", None),
            ("", None),
        ] {
            assert_eq!(host(named), expected.map(|text| text.parse().unwrap()), "{named}");
        }
    }

    #[test]
    fn addresses_of_one_ipv6_network_share_a_limit() {
        let of = |text: &str| Client::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[tokio::test]
    async fn memory_does_not_grow_with_the_number_of_clients() {
        let throttle = Throttle::new(By::Address, 1_000, 0, peer, Clock::manual(0).0);
        let limit = throttle.limit.unwrap();
        for client in 0..200_000_u32 {
            let _ = limit.count(Some(Client::V4(client.to_be_bytes())));
        }
        assert!(limit.slots.len() <= 1 << 16);
    }
}
