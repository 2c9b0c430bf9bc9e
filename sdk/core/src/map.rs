//! The map type of messages.

/// Values by name, in the order of the message: an anchor's order is that of a form, a customer's
/// that of a request.
pub type Map<V> = indexmap::IndexMap<String, V>;
