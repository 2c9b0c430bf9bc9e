//! The operations that are read and written.

use super::{
    MuxedAccount, XdrError,
    codec::{Reader, Writer},
};
use crate::account::PublicKey;

/// An operation of a transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Operation {
    /// Sets or removes a named value of an account.
    ManageData(ManageData),
    /// Sends an asset to an account.
    Payment(Payment),
    /// Opens, changes or closes a trust line.
    ChangeTrust(ChangeTrust),
}

/// A ManageData operation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ManageData {
    /// The account that has the value; the transaction's source if absent.
    pub source: Option<MuxedAccount>,
    /// The name of the entry, at most 64 bytes.
    pub name: Vec<u8>,
    /// The value, at most 64 bytes; absent if the operation removes the entry.
    pub value: Option<Vec<u8>>,
}

/// A Payment operation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Payment {
    /// The account that pays; the transaction's source if absent.
    pub source: Option<MuxedAccount>,
    /// The account that receives.
    pub destination: MuxedAccount,
    /// The asset that is sent.
    pub asset: Asset,
    /// The amount, in units of 0.0000001.
    pub amount: i64,
}

/// A ChangeTrust operation for an asset. Trust lines of liquidity pools are not read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChangeTrust {
    /// The account that trusts; the transaction's source if absent.
    pub source: Option<MuxedAccount>,
    /// The asset that it trusts.
    pub asset: Asset,
    /// The limit of the trust line, in units of 0.0000001; 0 closes it.
    pub limit: i64,
}

/// An asset on the ledger. Codes are padded with zeros at the end.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Asset {
    /// Lumens (XLM).
    Native,
    /// An asset with a code of 1 to 4 characters.
    AlphaNum4 {
        /// The code.
        code: [u8; 4],
        /// The account that issues it.
        issuer: PublicKey,
    },
    /// An asset with a code of 5 to 12 characters.
    AlphaNum12 {
        /// The code.
        code: [u8; 12],
        /// The account that issues it.
        issuer: PublicKey,
    },
}

const PAYMENT: u32 = 1;
const CHANGE_TRUST: u32 = 6;
const MANAGE_DATA: u32 = 10;

impl Operation {
    /// The account that the operation acts for; the transaction's source if absent.
    pub const fn source(&self) -> Option<MuxedAccount> {
        match self {
            Self::ManageData(ManageData { source, .. })
            | Self::Payment(Payment { source, .. })
            | Self::ChangeTrust(ChangeTrust { source, .. }) => *source,
        }
    }

    /// The operation, if it is a ManageData operation.
    pub const fn data(&self) -> Option<&ManageData> {
        match self {
            Self::ManageData(data) => Some(data),
            _ => None,
        }
    }

    /// The operation for modification, if it is a ManageData operation.
    pub const fn data_mut(&mut self) -> Option<&mut ManageData> {
        match self {
            Self::ManageData(data) => Some(data),
            _ => None,
        }
    }

    /// The operation's number in Stellar's XDR.
    pub(super) const fn number(&self) -> u32 {
        match self {
            Self::ManageData(_) => MANAGE_DATA,
            Self::Payment(_) => PAYMENT,
            Self::ChangeTrust(_) => CHANGE_TRUST,
        }
    }

    pub(super) fn write(&self, w: &mut Writer) {
        w.option(self.source().as_ref(), |w, source| source.write(w));
        w.u32(self.number());
        match self {
            Self::ManageData(ManageData { name, value, .. }) => {
                w.opaque(name);
                w.option(value.as_ref(), |w, value| w.opaque(value));
            }
            Self::Payment(Payment { destination, asset, amount, .. }) => {
                destination.write(w);
                asset.write(w);
                w.u64(amount.cast_unsigned());
            }
            Self::ChangeTrust(ChangeTrust { asset, limit, .. }) => {
                asset.write(w);
                w.u64(limit.cast_unsigned());
            }
        }
    }

    pub(super) fn read(r: &mut Reader<'_>) -> Self {
        let source = r.option(MuxedAccount::read);
        match r.u32() {
            PAYMENT => Self::Payment(Payment {
                source,
                destination: MuxedAccount::read(r),
                asset: Asset::read(r),
                amount: r.u64().cast_signed(),
            }),
            CHANGE_TRUST => Self::ChangeTrust(ChangeTrust {
                source,
                asset: Asset::read(r),
                limit: r.u64().cast_signed(),
            }),
            number => {
                if number != MANAGE_DATA {
                    r.fail(XdrError::Operation(number));
                }
                let (name, value) = (r.opaque(64), r.option(|r| r.opaque(64)));
                Self::ManageData(ManageData { source, name, value })
            }
        }
    }
}

impl From<ManageData> for Operation {
    fn from(data: ManageData) -> Self {
        Self::ManageData(data)
    }
}

impl Asset {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Native => w.u32(0),
            Self::AlphaNum4 { code, issuer } => {
                w.u32(1);
                w.bytes(code);
                w.account(issuer);
            }
            Self::AlphaNum12 { code, issuer } => {
                w.u32(2);
                w.bytes(code);
                w.account(issuer);
            }
        }
    }

    fn read(r: &mut Reader<'_>) -> Self {
        match r.u32() {
            0 => Self::Native,
            1 => Self::AlphaNum4 { code: r.array(), issuer: r.account() },
            2 => Self::AlphaNum12 { code: r.array(), issuer: r.account() },
            other => {
                r.fail(match other {
                    3 => XdrError::Unsupported("a liquidity pool"),
                    _ => XdrError::Malformed,
                });
                Self::Native
            }
        }
    }
}
