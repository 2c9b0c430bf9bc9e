//! Routes that can be listed: what is served, and who may call it.
//!
//! The whole server is put together from [`Routes`], so that no endpoint can be left out where every endpoint is meant: the
//! tests call each route of [`Anchor::routes`](crate::Anchor::routes) as everybody who may not.

use axum::{
    Router,
    handler::Handler,
    http::Method,
    routing::{MethodFilter, on},
};

/// An endpoint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: String,
    /// Who may call it.
    pub access: Access,
}

/// Who may call an endpoint.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever has signed in, about what is theirs: the handler takes a [`Subject`](crate::Subject).
    Session,
}

/// A router and the list of what it routes.
#[derive(Clone, Debug)]
#[must_use]
pub struct Routes<S = ()> {
    router: Router<S>,
    list: Vec<Route>,
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// None yet.
    pub fn new() -> Self {
        Self { router: Router::new(), list: Vec::new() }
    }

    /// Adds an endpoint for anybody.
    pub fn public<H: Handler<T, S>, T: 'static>(self, method: Method, path: &str, to: H) -> Self {
        self.on(Access::Public, method, path, to)
    }

    /// Adds an endpoint for whoever has signed in; the handler takes a [`Subject`](crate::Subject).
    pub fn session<H: Handler<T, S>, T: 'static>(self, method: Method, path: &str, to: H) -> Self {
        self.on(Access::Session, method, path, to)
    }

    /// Adds the endpoints of others.
    pub fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        Self { router: self.router.merge(other.router), list: self.list }
    }

    /// Adds the endpoints of others under this path.
    pub fn nest(mut self, prefix: &str, other: Self) -> Self {
        self.list.extend(other.list.into_iter().map(|route| Route {
            path: format!("{prefix}{}", route.path).trim_end_matches('/').to_owned(),
            ..route
        }));
        Self { router: self.router.nest(prefix, other.router), list: self.list }
    }

    /// Gives the router what is no endpoint: state, layers, fallbacks.
    pub fn layer<S2>(self, change: impl FnOnce(Router<S>) -> Router<S2>) -> Routes<S2> {
        Routes { router: change(self.router), list: self.list }
    }

    /// What is routed.
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
