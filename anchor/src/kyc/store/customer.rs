//! Customers: their identity, and the wrapped key to their data.

use sqlx::any::AnyExecutor;
use windlass_core::{memo::UserMemo, sep12::CustomerKey};

use crate::{
    data::sql::{Result, seconds},
    vault::WrappedKey,
};

/// A customer.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(in crate::kyc) struct Row {
    /// The id that `PUT /customer` returned.
    pub(in crate::kyc) id: String,
    account: String,
    memo_type: String,
    memo: String,
    key_id: String,
    wrapped_key: Vec<u8>,
    /// The customer type that the last `PUT` named; `""` if none did.
    pub(in crate::kyc) kind: String,
}

impl Row {
    /// The account and memo; `None` if the columns cannot be parsed.
    pub(in crate::kyc) fn identity(&self) -> Option<CustomerKey> {
        identity(&self.account, &self.memo_type, &self.memo)
    }

    /// The key to all data of the customer.
    pub(in crate::kyc) fn key(&self) -> WrappedKey {
        WrappedKey { key_id: self.key_id.clone(), bytes: self.wrapped_key.clone() }
    }
}

/// Parses an identity from its [`columns`].
pub(in crate::kyc) fn identity(account: &str, memo_type: &str, memo: &str) -> Option<CustomerKey> {
    let memo = match memo_type {
        "" => None,
        memo_type => Some(UserMemo::parse(memo, Some(memo_type)).ok()?),
    };
    Some(CustomerKey { account: account.parse().ok()?, memo })
}

/// The columns of an identity: account, memo type and memo text.
pub(in crate::kyc) fn columns(identity: &CustomerKey) -> (String, &'static str, String) {
    let (memo_type, memo) =
        identity.memo.as_ref().map_or(("", String::new()), |memo| (memo.type_name(), memo.value()));
    (identity.account.to_string(), memo_type, memo)
}

/// The customer with this identity.
pub(in crate::kyc) async fn find(
    db: impl AnyExecutor<'_>,
    identity: &CustomerKey,
) -> Result<Option<Row>> {
    let (account, memo_type, memo) = columns(identity);
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, key_id, wrapped_key, kind from customer
         where account = $1 and memo_type = $2 and memo = $3",
    );
    Ok(select.bind(account).bind(memo_type).bind(memo).fetch_optional(db).await?)
}

/// The customer with this id and account. The caller must check that the memo, too, is the
/// session's.
pub(in crate::kyc) async fn of_account(
    db: impl AnyExecutor<'_>,
    id: &str,
    account: &str,
) -> Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, key_id, wrapped_key, kind from customer where id = $1 and account = $2",
    );
    Ok(select.bind(id).bind(account).fetch_optional(db).await?)
}

/// Like [`of_account`], but locks the row against other writers until the transaction ends.
pub(in crate::kyc) async fn lock(
    db: impl AnyExecutor<'_>,
    id: &str,
    account: &str,
    now: u64,
) -> Result<Option<Row>> {
    let update = sqlx::query_as(
        "update customer set put_at = $3 where id = $1 and account = $2
         returning id, account, memo_type, memo, key_id, wrapped_key, kind",
    );
    Ok(update.bind(id).bind(account).bind(seconds(now)).fetch_optional(db).await?)
}

/// The customer with this id. The caller must check that the account may see it.
pub(in crate::kyc) async fn load_by_id(db: impl AnyExecutor<'_>, id: &str) -> Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, key_id, wrapped_key, kind from customer where id = $1",
    );
    Ok(select.bind(id).fetch_optional(db).await?)
}

/// A page of all customers sorted by id, after the given id. For operators.
pub(in crate::kyc) async fn page(
    db: impl AnyExecutor<'_>,
    after: &str,
    limit: u32,
) -> Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, key_id, wrapped_key, kind from customer
         where id > $1 order by id limit $2",
    );
    Ok(select.bind(after).bind(i64::from(limit)).fetch_all(db).await?)
}

/// Like [`load_by_id`], but locks the row against other writers until the transaction ends.
pub(in crate::kyc) async fn lock_by_id(db: impl AnyExecutor<'_>, id: &str) -> Result<Option<Row>> {
    let update = sqlx::query_as(
        "update customer set put_at = put_at where id = $1
         returning id, account, memo_type, memo, key_id, wrapped_key, kind",
    );
    Ok(update.bind(id).fetch_optional(db).await?)
}

/// The customer with this identity. Inserts it with `id` and `key` if there is none, and locks it
/// against other writers until the transaction ends.
///
/// One statement, so that concurrent transactions insert the customer only once; the others wait
/// and get the same row.
pub(in crate::kyc) async fn lock_or_insert(
    db: impl AnyExecutor<'_>,
    identity: &CustomerKey,
    id: &str,
    key: &WrappedKey,
    now: u64,
) -> Result<Row> {
    let (account, memo_type, memo) = columns(identity);
    let insert = sqlx::query_as(
        "insert into customer (id, account, memo_type, memo, key_id, wrapped_key, created_at, put_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (account, memo_type, memo) do update set put_at = excluded.put_at
         returning id, account, memo_type, memo, key_id, wrapped_key, kind",
    );
    let insert = insert.bind(id).bind(account).bind(memo_type).bind(memo);
    Ok(insert.bind(&key.key_id).bind(key.bytes.as_slice()).bind(seconds(now)).fetch_one(db).await?)
}

/// Stores the customer type that a `PUT` named.
pub(in crate::kyc) async fn name_kind(
    db: impl AnyExecutor<'_>,
    id: &str,
    kind: &str,
) -> Result<()> {
    let update = sqlx::query("update customer set kind = $2 where id = $1");
    Ok(update.bind(id).bind(kind).execute(db).await.map(drop)?)
}

/// Deletes a customer and, through foreign keys, all its rows in the tables of this module. Returns
/// the id.
pub(in crate::kyc) async fn delete(
    db: impl AnyExecutor<'_>,
    identity: &CustomerKey,
) -> Result<Option<String>> {
    let (account, memo_type, memo) = columns(identity);
    let delete = sqlx::query_scalar(
        "delete from customer where account = $1 and memo_type = $2 and memo = $3 returning id",
    );
    Ok(delete.bind(account).bind(memo_type).bind(memo).fetch_optional(db).await?)
}

/// The key of the customer with this id.
pub(in crate::kyc) async fn key_by_id(
    db: impl AnyExecutor<'_>,
    id: &str,
) -> Result<Option<WrappedKey>> {
    let select = sqlx::query_as("select key_id, wrapped_key from customer where id = $1");
    let row: Option<(String, Vec<u8>)> = select.bind(id).fetch_optional(db).await?;
    Ok(row.map(|(key_id, bytes)| WrappedKey { key_id, bytes }))
}
