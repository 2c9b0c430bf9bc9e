//! Determines which customer a request is about, from the token's subject and the parameters
//! (S12-13 to S12-28).

use core::fmt;

use thiserror::Error;

use crate::{
    account::{Account, AccountError, PublicKey},
    memo::{MemoError, UserMemo},
    problem::Code,
};

/// A customer's identity: the account, and which of its users.
///
/// `G…:7` and the `M…` with id 7 are the same customer (S12-23).
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CustomerKey {
    /// The account underneath.
    pub account: PublicKey,
    /// The memo of the user; absent for the account itself.
    pub memo: Option<UserMemo>,
}

/// How a request names its customer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identification<'a> {
    /// The id that the anchor has assigned.
    pub id: Option<&'a str>,
    /// The account. Deprecated; must equal the token's.
    pub account: Option<&'a str>,
    /// The memo of a user of the account.
    pub memo: Option<&'a str>,
    /// The type of the memo. Deprecated; `id` if absent.
    pub memo_type: Option<&'a str>,
}

impl CustomerKey {
    /// The customer that the subject of a token is.
    pub fn of(subject: &Account) -> Self {
        Self { account: subject.key(), memo: subject.user().map(UserMemo::Id) }
    }

    /// The customer that a request is about, by the decision table of SEP-12.
    ///
    /// Account and memo default to those of the token, and must agree with it if the request names
    /// them.
    ///
    /// # Errors
    ///
    /// The account or memo is not the token's, or the memo is malformed.
    pub fn resolve(subject: &Account, named: &Identification<'_>) -> Result<Self, IdentityError> {
        if let Some(account) = named.account {
            let account = Account::from_request(account, None)?;
            // A subject `M…` may be named as itself or as its `G…`. Any other subject must be named
            // by its own address.
            if account != subject.without_memo() && account != Account::Key(subject.key()) {
                return Err(IdentityError::OtherAccount);
            }
        }
        match (subject.user(), named.memo) {
            (_, None) => Ok(Self::of(subject)),
            // The token determines the type as well, so `memo_type` is ignored (S12-21).
            (Some(user), Some(memo)) if crate::memo::parse_id(memo) == Ok(user) => {
                Ok(Self::of(subject))
            }
            (Some(_), Some(_)) => Err(IdentityError::OtherMemo),
            (None, Some(memo)) => Ok(Self {
                account: subject.key(),
                memo: Some(UserMemo::parse(memo, named.memo_type)?),
            }),
        }
    }

    /// Whether the subject of a token may see this customer: it is the customer itself, or the
    /// account without a memo (S12-26).
    pub fn is_visible_to(&self, subject: &Account) -> bool {
        *self == Self::of(subject) || *subject == Account::Key(self.account)
    }
}

/// `G…`, or `G…` with type and value of the memo.
impl fmt::Display for CustomerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.memo {
            None => self.account.fmt(f),
            Some(memo) => write!(f, "{} {} {}", self.account, memo.type_name(), memo.value()),
        }
    }
}

/// The error when a request names a customer that is not the sender's.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum IdentityError {
    /// The account is malformed.
    #[error("account: {0}")]
    Account(#[from] AccountError),
    /// The memo is malformed.
    #[error(transparent)]
    Memo(#[from] MemoError),
    /// The account is not the token's.
    #[error("account is not the one that signed in; leave it out")]
    OtherAccount,
    /// The memo is not the token's.
    #[error("memo is not the one that signed in; leave it out")]
    OtherMemo,
}

impl IdentityError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Account(_) => Code::InvalidAccount,
            Self::Memo(_) => Code::InvalidMemo,
            Self::OtherAccount | Self::OtherMemo => Code::IdentityMismatch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row of the decision table in section 2 of the SEP-12 digest.
    #[test]
    fn decision_table_holds() {
        let g = PublicKey::from_bytes([1; 32]);
        let (plain, shared, muxed) = (
            Account::Key(g),
            Account::Shared { key: g, memo: 5 },
            Account::Muxed { key: g, id: 5 },
        );
        let other_m = Account::Muxed { key: g, id: 6 }.to_string();
        let (g_text, m_text) = (g.to_string(), muxed.to_string());
        let other = PublicKey::from_bytes([2; 32]).to_string();
        let hash = crate::wire::base64(&[3; 32]);

        let none = Some(None);
        let five = Some(Some(UserMemo::Id(5)));
        let refused = None;
        #[rustfmt::skip]
        let rows = [
            (plain, None, None, None, none.clone()),
            (plain, Some(&g_text), None, Some("nonsense"), none),
            (plain, None, Some("5"), None, five.clone()),
            (plain, Some(&g_text), Some("5"), Some("id"), five.clone()),
            (plain, None, Some("abc"), Some("text"), Some(Some(UserMemo::Text("abc".into())))),
            (plain, None, Some(hash.as_str()), Some("hash"), Some(Some(UserMemo::Hash([3; 32])))),
            (plain, None, Some("abc"), None, refused.clone()),
            (plain, None, Some("5"), Some("return"), refused.clone()),
            (plain, Some(&other), None, None, refused.clone()),
            (plain, Some(&m_text), None, None, refused.clone()),
            (plain, Some(&other), Some("5"), None, refused.clone()),
            (shared, None, None, None, five.clone()),
            (shared, Some(&g_text), Some("5"), Some("nonsense"), five.clone()),
            (shared, None, Some("5"), Some("text"), five.clone()),
            (shared, None, Some("6"), None, refused.clone()),
            (shared, Some(&m_text), None, None, refused.clone()),
            (muxed, Some(&m_text), None, None, five.clone()),
            (muxed, Some(&g_text), Some("5"), Some("hash"), five.clone()),
            (muxed, None, None, None, five),
            (muxed, None, Some("6"), None, refused.clone()),
            (muxed, Some(&other_m), None, None, refused),
        ];
        for (row, (subject, account, memo, memo_type, expected)) in rows.into_iter().enumerate() {
            let named = Identification {
                id: None,
                account: account.map(|text| text.as_str()),
                memo,
                memo_type,
            };
            let found =
                CustomerKey::resolve(&subject, &named).ok().map(|key| (key.account, key.memo));
            assert_eq!(found, expected.map(|memo| (g, memo)), "row {row}");
        }
    }

    #[test]
    fn muxed_and_shared_are_one_customer_and_a_text_memo_is_another() {
        let key = PublicKey::from_bytes([1; 32]);
        let of_muxed = CustomerKey::of(&Account::Muxed { key, id: 7 });
        assert_eq!(of_muxed, CustomerKey::of(&Account::Shared { key, memo: 7 }));
        assert_ne!(of_muxed, CustomerKey { account: key, memo: Some(UserMemo::Text("7".into())) });
    }

    #[test]
    fn customers_are_visible_to_themselves_and_to_the_account_without_memo() {
        let key = PublicKey::from_bytes([1; 32]);
        let seven = CustomerKey::of(&Account::Shared { key, memo: 7 });
        assert!(
            seven.is_visible_to(&Account::Key(key))
                && seven.is_visible_to(&Account::Muxed { key, id: 7 })
        );
        assert!(!seven.is_visible_to(&Account::Shared { key, memo: 8 }));
        assert!(
            !CustomerKey::of(&Account::Key(key)).is_visible_to(&Account::Shared { key, memo: 8 })
        );
        assert!(!seven.is_visible_to(&Account::Key(PublicKey::from_bytes([2; 32]))));
    }
}
