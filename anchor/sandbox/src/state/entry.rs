//! An account as the XDR ledger entry that the network would store.

use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1, AccountEntryExtensionV1Ext,
    AccountEntryExtensionV2, AccountEntryExtensionV2Ext, AccountEntryExtensionV3, AccountId,
    ExtensionPoint, LedgerEntry, LedgerEntryData, LedgerEntryExt, Liabilities, SequenceNumber,
    Signer, SponsorshipDescriptor, Thresholds, TimePoint, VecM,
};

use super::Account;

impl Account {
    /// The entry as the network would store it.
    ///
    /// The extension with the time of the last transaction is added by the account's first
    /// transaction.
    pub(crate) fn entry(&self, id: &AccountId) -> LedgerEntry {
        let signers: Vec<Signer> = self
            .signers
            .iter()
            .map(|(key, weight)| Signer { key: key.clone(), weight: *weight })
            .collect();
        let thresholds = self.thresholds;
        let account = AccountEntry {
            account_id: id.clone(),
            balance: self.balance,
            seq_num: SequenceNumber(self.sequence),
            num_sub_entries: self.signers.len() as u32,
            inflation_dest: self.inflation_destination.clone(),
            flags: self.flags,
            home_domain: self.home_domain.clone(),
            thresholds: Thresholds([
                thresholds.master,
                thresholds.low,
                thresholds.medium,
                thresholds.high,
            ]),
            // `set_options` allows as many signers as the XDR does.
            signers: signers.try_into().unwrap_or_default(),
            ext: if self.sequence_ledger == 0 { AccountEntryExt::V0 } else { self.extension() },
        };
        LedgerEntry {
            last_modified_ledger_seq: self.last_modified,
            data: LedgerEntryData::Account(account),
            ext: LedgerEntryExt::V0,
        }
    }

    fn extension(&self) -> AccountEntryExt {
        let no_sponsors = vec![SponsorshipDescriptor(None); self.signers.len()];
        let v3 = AccountEntryExtensionV3 {
            ext: ExtensionPoint::V0,
            seq_ledger: self.sequence_ledger,
            seq_time: TimePoint(self.sequence_time),
        };
        let v2 = AccountEntryExtensionV2 {
            num_sponsored: 0,
            num_sponsoring: 0,
            signer_sponsoring_i_ds: VecM::try_from(no_sponsors).unwrap_or_default(),
            ext: AccountEntryExtensionV2Ext::V3(v3),
        };
        let v1 = AccountEntryExtensionV1 {
            liabilities: Liabilities { buying: 0, selling: 0 },
            ext: AccountEntryExtensionV1Ext::V2(v2),
        };
        AccountEntryExt::V1(v1)
    }
}
