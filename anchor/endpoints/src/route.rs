//! Routers that list their endpoints, and the layers that all JSON APIs share.
//!
//! A server built from [`Routes`] knows all its endpoints: tests of `windlass-anchor` call each of
//! them with every kind of token that must be refused.

use axum::{
    Router,
    handler::Handler,
    http::{HeaderValue, Method, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{MethodFilter, on},
};
use tower_http::set_header::SetResponseHeaderLayer;
use windlass_core::endpoint::{Auth, Endpoint};

use crate::{Error, cors, drain::drain_unread_body, throttle::Throttle};

/// An endpoint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Route {
    /// The HTTP method.
    pub method: Method,
    /// The path, with parameters in braces.
    pub path: String,
    /// Whether the endpoint needs a session.
    pub access: Access,
}

/// Whether an endpoint needs a session.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Access {
    /// No session needed.
    Public,
    /// Only requests with a session token, and only about data of its account. The handler takes a
    /// [`Subject`](crate::Subject).
    Session,
}

impl Access {
    /// Who may send a request of a protocol.
    const fn to<E: Endpoint>() -> Self {
        match E::AUTH {
            Auth::None => Self::Public,
            // Whatever a later core asks for, it is more than nothing.
            _ => Self::Session,
        }
    }
}

/// A router and the list of its endpoints.
#[derive(Clone, Debug)]
#[must_use]
pub struct Routes<S = ()> {
    router: Router<S>,
    list: Vec<Route>,
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// A router without endpoints.
    pub fn new() -> Self {
        Self { router: Router::new(), list: Vec::new() }
    }

    /// Adds the endpoint of a protocol's request, which states method, path and access.
    pub fn endpoint<E: Endpoint, H: Handler<T, S>, T: 'static>(self, to: H) -> Self {
        let Ok(method) = E::METHOD.as_str().parse() else {
            unreachable!("{:?} is a method of HTTP", E::METHOD)
        };
        // The base URL itself: axum wants a path to begin with a slash.
        let path = if E::PATH.is_empty() { "/" } else { E::PATH };
        self.on(Access::to::<E>(), method, path, to)
    }

    /// Adds an endpoint that needs no session.
    pub fn public<H: Handler<T, S>, T: 'static>(self, method: Method, path: &str, to: H) -> Self {
        self.on(Access::Public, method, path, to)
    }

    /// Adds an endpoint that needs a session; the handler takes a [`Subject`](crate::Subject).
    pub fn session<H: Handler<T, S>, T: 'static>(self, method: Method, path: &str, to: H) -> Self {
        self.on(Access::Session, method, path, to)
    }

    /// Adds the endpoints of another router.
    pub fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        Self { router: self.router.merge(other.router), list: self.list }
    }

    /// Adds the endpoints of another router below a path.
    pub fn nest(mut self, prefix: &str, other: Self) -> Self {
        self.list.extend(other.list.into_iter().map(|route| Route {
            path: format!("{prefix}{}", route.path).trim_end_matches('/').to_owned(),
            ..route
        }));
        Self { router: self.router.nest(prefix, other.router), list: self.list }
    }

    /// Applies a change that adds no endpoint: state, layers, fallbacks.
    pub fn layer<S2>(self, change: impl FnOnce(Router<S>) -> Router<S2>) -> Routes<S2> {
        Routes { router: change(self.router), list: self.list }
    }

    /// All endpoints of the router.
    pub fn list(&self) -> &[Route] {
        &self.list
    }

    fn on<H: Handler<T, S>, T: 'static>(
        mut self,
        access: Access,
        method: Method,
        path: &str,
        to: H,
    ) -> Self {
        let Ok(filter) = MethodFilter::try_from(method.clone()) else {
            unreachable!("{method} is a method of HTTP")
        };
        self.list.push(Route { method, path: path.to_owned(), access });
        Self { router: self.router.route(path, on(filter, to)), list: self.list }
    }
}

/// Completes the JSON API of a protocol: fallbacks, state, the limit on requests, `Cache-Control:
/// no-store`, `nosniff`, CORS, and draining the body of refused requests.
///
/// `own` adds the layers that only this API has, inside of CORS and outside of `throttle`.
pub fn api<S: Clone + Send + Sync + 'static>(
    routes: Routes<S>,
    state: S,
    throttle: Throttle,
    own: impl FnOnce(Router) -> Router,
) -> Routes {
    routes.layer(|router| {
        let router = router
            .fallback(async || Error::not_found())
            .method_not_allowed_fallback(async || Error::method_not_allowed())
            .with_state(state)
            .layer(from_fn_with_state(throttle, Throttle::limit));
        own(router)
            .layer(SetResponseHeaderLayer::overriding(
                header::CACHE_CONTROL,
                HeaderValue::from_static("no-store"),
            ))
            .layer(nosniff())
            .layer(cors::layer())
            .layer(from_fn(drain_unread_body))
    })
}

/// Forbids browsers to guess another content type than the one that is stated.
pub(crate) fn nosniff() -> SetResponseHeaderLayer<HeaderValue> {
    let value = HeaderValue::from_static("nosniff");
    SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, value)
}

impl<S> From<Routes<S>> for Router<S> {
    fn from(routes: Routes<S>) -> Self {
        routes.router
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_routes_are_listed_with_their_whole_path() {
        let inner = Routes::<()>::new().public(Method::GET, "/", async || "").session(
            Method::PUT,
            "/a/{b}",
            async || "",
        );
        let routes = Routes::new().public(Method::GET, "/health", async || "").nest("/x", inner);
        let listed: Vec<_> = routes
            .list()
            .iter()
            .map(|route| (route.method.as_str(), route.path.as_str(), route.access))
            .collect();
        assert_eq!(
            listed,
            [
                ("GET", "/health", Access::Public),
                ("GET", "/x", Access::Public),
                ("PUT", "/x/a/{b}", Access::Session),
            ]
        );
    }
}
