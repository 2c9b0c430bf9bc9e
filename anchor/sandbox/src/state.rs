//! The ledger's state as plain data, and the draft through which a transaction changes it.

use std::collections::BTreeMap;

use stellar_xdr::{AccountId, SignerKey, String32};

mod entry;

/// The least fee per operation, in stroops.
pub(crate) const BASE_FEE: i64 = 100;
/// Stroops that each entry and subentry locks.
pub(crate) const BASE_RESERVE: i64 = 5_000_000;
/// Stroops in existence, in balances and in the fee pool together.
pub(crate) const TOTAL_COINS: i64 = 1_000_000_000_000_000_000;

pub(crate) const AUTH_REQUIRED: u32 = 1;
pub(crate) const AUTH_REVOCABLE: u32 = 2;
pub(crate) const AUTH_IMMUTABLE: u32 = 4;
pub(crate) const AUTH_CLAWBACK: u32 = 8;

/// The state after the last closed ledger.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct State {
    pub(crate) accounts: BTreeMap<AccountId, Account>,
    /// Stroops charged as fees so far.
    pub(crate) fee_pool: i64,
}

/// One account entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Account {
    /// Stroops.
    pub(crate) balance: i64,
    /// The last used sequence number.
    pub(crate) sequence: i64,
    /// Ledger and Unix time at which a transaction last moved the sequence number; 0 if none did.
    pub(crate) sequence_ledger: u32,
    pub(crate) sequence_time: u64,
    pub(crate) flags: u32,
    pub(crate) home_domain: String32,
    pub(crate) inflation_destination: Option<AccountId>,
    pub(crate) thresholds: Thresholds,
    /// Additional signers and their weights, 1 to 255 each, in the order of the XDR.
    pub(crate) signers: BTreeMap<SignerKey, u32>,
    pub(crate) last_modified: u32,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Thresholds {
    /// The weight of the account's own key.
    pub(crate) master: u8,
    pub(crate) low: u8,
    pub(crate) medium: u8,
    pub(crate) high: u8,
}

/// The class of an operation, which decides the threshold that its signatures must reach.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Level {
    Low,
    Medium,
    High,
}

impl State {
    pub(crate) fn genesis(root: AccountId) -> Self {
        let account = Account { last_modified: 1, ..Account::new(TOTAL_COINS, 0) };
        Self { accounts: BTreeMap::from([(root, account)]), fee_pool: 0 }
    }

    /// Writes what a draft changed, as part of ledger `sequence`.
    pub(crate) fn commit(&mut self, changes: Changes, sequence: u32) {
        for (id, account) in changes.0 {
            self.accounts.insert(id, Account { last_modified: sequence, ..account });
        }
    }

    /// Whether balances and fee pool add up to [`TOTAL_COINS`].
    pub(crate) fn is_conserved(&self) -> bool {
        let held: i128 = self.accounts.values().map(|account| i128::from(account.balance)).sum();
        held + i128::from(self.fee_pool) == i128::from(TOTAL_COINS)
    }
}

impl Account {
    /// An account as `create_account` leaves it.
    pub(crate) fn new(balance: i64, sequence: i64) -> Self {
        Self {
            balance,
            sequence,
            sequence_ledger: 0,
            sequence_time: 0,
            flags: 0,
            home_domain: String32::default(),
            inflation_destination: None,
            thresholds: Thresholds { master: 1, low: 0, medium: 0, high: 0 },
            signers: BTreeMap::new(),
            last_modified: 0,
        }
    }

    pub(crate) fn subentries(&self) -> i64 {
        self.signers.len() as i64
    }

    /// Stroops that cannot be spent.
    pub(crate) fn minimum_balance(&self) -> i64 {
        (2 + self.subentries()) * BASE_RESERVE
    }

    /// Stroops above the minimum balance. Negative after a fee was paid out of the minimum.
    pub(crate) fn available(&self) -> i64 {
        self.balance - self.minimum_balance()
    }

    /// The weight that signatures have to reach.
    pub(crate) fn threshold(&self, level: Level) -> u32 {
        u32::from(match level {
            Level::Low => self.thresholds.low,
            Level::Medium => self.thresholds.medium,
            Level::High => self.thresholds.high,
        })
    }
}

/// Read access to accounts: the state of the closed ledger, or a draft over it.
pub(crate) trait Accounts {
    fn account(&self, id: &AccountId) -> Option<&Account>;
}

impl Accounts for State {
    fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.get(id)
    }
}

/// Changes to a state, which are kept or dropped as a whole.
pub(crate) struct Draft<'a> {
    base: &'a State,
    changes: Changes,
}

/// The changed accounts of a draft.
#[derive(Default)]
pub(crate) struct Changes(BTreeMap<AccountId, Account>);

impl<'a> Draft<'a> {
    pub(crate) fn over(base: &'a State) -> Self {
        Self { base, changes: Changes::default() }
    }

    pub(crate) fn put(&mut self, id: AccountId, account: Account) {
        self.changes.0.insert(id, account);
    }

    pub(crate) fn into_changes(self) -> Changes {
        self.changes
    }
}

impl Accounts for Draft<'_> {
    fn account(&self, id: &AccountId) -> Option<&Account> {
        self.changes.0.get(id).or_else(|| self.base.account(id))
    }
}
