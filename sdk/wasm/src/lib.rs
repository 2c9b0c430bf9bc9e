//! The bindings behind the npm package windlass.
