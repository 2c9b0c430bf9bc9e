//! Tests of the ledger, without HTTP.

mod bump;
mod closing;
mod inclusion;
mod random;
mod refusal;
mod signatures;
mod vectors;
