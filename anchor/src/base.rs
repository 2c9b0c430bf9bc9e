//! What every room of the server stands on.

pub mod outbound;
