//! The core's rules, without network: golden vectors, properties, and the tables of the digests.

mod vectors;
