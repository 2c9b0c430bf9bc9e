//! The limits on confirmation codes per hour.
//!
//! They protect phones and mailboxes, and the bill of the anchor, from strangers. A request is never
//! refused because of them: its values are stored, and its code is sent as soon as it may be.
//! Otherwise strangers who name a number could lock its owner out.

use std::net::IpAddr;

use serde::Deserialize;

use crate::{
    database::Tx,
    kyc::store::sent_code,
    throttle::subscriber,
    vault::{Vault, VaultError},
};

use super::canonical;

const HOUR: u64 = 3_600;

/// The largest numbers of confirmation codes per hour, for all servers together: the table `[codes]`
/// of the configuration. Further codes wait. 0 means no limit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct CodeLimits {
    /// For one customer.
    pub per_customer: u32,
    /// To one phone number or mailbox.
    pub per_destination: u32,
    /// For all customers of one Stellar account.
    pub per_account: u32,
    /// For requests from one IP address.
    pub per_address: u32,
    /// In all: what an attack may cost.
    pub in_all: u32,
}

impl Default for CodeLimits {
    fn default() -> Self {
        Self {
            per_customer: 5,
            per_destination: 5,
            per_account: 100,
            per_address: 100,
            in_all: 1000,
        }
    }
}

/// For whom a code is.
#[derive(Clone, Copy, Debug)]
pub(super) struct For<'a> {
    pub(super) customer: &'a str,
    pub(super) destination: &'a str,
    pub(super) account: &'a str,
    /// `None` if the client's address is unknown.
    pub(super) address: Option<IpAddr>,
}

const CUSTOMER: &str = "customer";
const DESTINATION: &str = "destination";
const ACCOUNT: &str = "account";
const ADDRESS: &str = "address";
const ALL: &str = "all";

impl For<'_> {
    /// What has a limit, in the form of the column `subject`.
    pub(super) fn subjects(&self, vault: &Vault) -> Result<Vec<String>, VaultError> {
        let subject = |kind: &str, text: &str| {
            Ok::<_, VaultError>(format!("{kind} {}", vault.fingerprint(&format!("{kind} {text}"))?))
        };
        let mut subjects = vec![
            ALL.to_owned(),
            subject(CUSTOMER, self.customer)?,
            subject(DESTINATION, &canonical::destination(self.destination))?,
            subject(ACCOUNT, self.account)?,
        ];
        if let Some(address) = self.address {
            subjects.push(subject(ADDRESS, &subscriber(address).to_string())?);
        }
        Ok(subjects)
    }
}

impl CodeLimits {
    fn of(&self, subject: &str) -> u32 {
        match subject.split(' ').next().unwrap_or_default() {
            CUSTOMER => self.per_customer,
            DESTINATION => self.per_destination,
            ACCOUNT => self.per_account,
            ADDRESS => self.per_address,
            _ => self.in_all,
        }
    }

    /// When a code for these subjects may be sent; `None` if at once.
    pub(super) async fn free_at(
        &self,
        tx: &mut Tx,
        subjects: &[String],
        now: u64,
    ) -> crate::data::sql::Result<Option<u64>> {
        let mut free_at = None;
        for subject in subjects {
            let most = self.of(subject);
            if most == 0 {
                continue;
            }
            // Codes that were sent while the clock was ahead do not count.
            let hour = now.saturating_sub(HOUR)..=now;
            if let Some(sent_at) =
                sent_code::newest_but(&mut **tx, subject, &hour, most - 1).await?
            {
                if subject == ALL {
                    tracing::warn!(
                        in_all = most,
                        "codes.in_all is used up: confirmation codes wait"
                    );
                }
                free_at = free_at.max(Some(sent_at + HOUR + 1));
            }
        }
        Ok(free_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{Database, StoreError};

    const NOW: u64 = 1_000_000;
    const NONE: CodeLimits = CodeLimits {
        per_customer: 0,
        per_destination: 0,
        per_account: 0,
        per_address: 0,
        in_all: 0,
    };

    fn person(customer: &'static str, n: u8) -> For<'static> {
        let destination = if n == 1 { "ada+1@gmail.com" } else { "eve@mail.example" };
        let account = if n == 1 { "G1" } else { "G2" };
        For { customer, destination, account, address: Some([192, 0, 2, n].into()) }
    }

    /// When a code may be sent, after two codes of the first person were sent at these times.
    async fn free_at(limits: CodeLimits, sent: [u64; 2], asked: For<'_>) -> Option<u64> {
        let database = Database::connect("sqlite::memory:").await.unwrap();
        let vault = Vault::new(&[("a".to_owned(), [1; 32])]).unwrap();
        let first = person("1", 1).subjects(&vault).unwrap();
        let asked = asked.subjects(&vault).unwrap();
        let write = database.write("test", |mut tx| {
            let (first, asked) = (&first, &asked);
            async move {
                for (n, at) in sent.into_iter().enumerate() {
                    for subject in first {
                        sent_code::insert(&mut *tx, &n.to_string(), subject, at).await?;
                    }
                }
                let free_at = limits.free_at(&mut tx, asked, NOW).await?;
                Ok::<_, StoreError>((tx, free_at))
            }
        });
        write.await.unwrap()
    }

    #[tokio::test]
    async fn each_limit_counts_what_it_names() {
        let sent = [NOW - 1_000, NOW - 500];
        let same_mailbox = For { destination: "a.d.a@googlemail.com", ..person("2", 2) };
        let same_account = For { account: "G1", ..person("2", 2) };
        let same_address = For { address: person("1", 1).address, ..person("2", 2) };
        for (limits, asked, other) in [
            (CodeLimits { per_customer: 2, ..NONE }, person("1", 2), person("2", 1)),
            (CodeLimits { per_destination: 2, ..NONE }, same_mailbox, person("1", 2)),
            (CodeLimits { per_account: 2, ..NONE }, same_account, person("1", 2)),
            (CodeLimits { per_address: 2, ..NONE }, same_address, person("1", 2)),
        ] {
            let until = Some(NOW - 1_000 + HOUR + 1);
            assert_eq!(free_at(limits, sent, asked).await, until, "{limits:?}");
            assert_eq!(free_at(limits, sent, other).await, None, "{limits:?}");
        }
        let all = CodeLimits { in_all: 2, ..NONE };
        assert!(free_at(all, sent, person("2", 2)).await.is_some());
        assert_eq!(free_at(CodeLimits { in_all: 3, ..NONE }, sent, person("2", 2)).await, None);
        assert_eq!(free_at(NONE, sent, person("1", 1)).await, None);
    }

    #[test]
    fn addresses_of_one_ipv6_network_are_one_client() {
        let vault = Vault::new(&[("a".to_owned(), [1; 32])]).unwrap();
        let of = |address: &str| {
            let address = Some(address.parse().unwrap());
            For { address, ..person("1", 1) }.subjects(&vault).unwrap()
        };
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }

    #[tokio::test]
    async fn only_codes_of_the_last_hour_count() {
        let all = CodeLimits { in_all: 2, ..NONE };
        for (sent, waits) in [
            ([NOW - HOUR, NOW], true),
            ([NOW - HOUR - 1, NOW], false),
            // Sent while the clock was ahead.
            ([NOW + 86_400, NOW], false),
        ] {
            assert_eq!(free_at(all, sent, person("2", 2)).await.is_some(), waits, "{sent:?}");
        }
    }
}
