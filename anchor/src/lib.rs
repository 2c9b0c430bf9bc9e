//! The anchor's side of Stellar's protocols: routers for axum, and the reference server windlass.
