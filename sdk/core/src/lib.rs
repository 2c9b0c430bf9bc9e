//! Messages and rules of Stellar's anchor protocols (SEP-1, 9, 10, 12): no I/O, no clock, no randomness.
