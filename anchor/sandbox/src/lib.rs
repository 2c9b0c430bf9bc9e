//! A Stellar ledger speaking Horizon's API, and an inbox, for development and tests.
