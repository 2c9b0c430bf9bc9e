//! Values by name.

/// Values by name, in the order in which they came: an anchor's order is that of a form, a customer's that of a request.
pub type Map<V> = indexmap::IndexMap<String, V>;
