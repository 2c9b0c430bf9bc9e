//! Customers: who they are, and the wrapped key to their data.

use sqlx::any::AnyExecutor;
use windlass_core::{memo::UserMemo, sep12::CustomerKey};

use crate::{data::seconds, vault::WrappedKey};

/// A customer.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    /// What `PUT /customer` answered.
    pub(crate) id: String,
    account: String,
    memo_type: String,
    memo: String,
    key_id: String,
    wrapped_key: Vec<u8>,
}

impl Row {
    /// Who it is; `None` if the row was not written by this server.
    pub(crate) fn identity(&self) -> Option<CustomerKey> {
        identity(&self.account, &self.memo_type, &self.memo)
    }

    /// The key to all of its data.
    pub(crate) fn key(&self) -> WrappedKey {
        WrappedKey { key_id: self.key_id.clone(), bytes: self.wrapped_key.clone() }
    }
}

/// An identity read back from its [`columns`].
pub(crate) fn identity(account: &str, memo_type: &str, memo: &str) -> Option<CustomerKey> {
    let memo = match memo_type {
        "" => None,
        memo_type => Some(UserMemo::parse(memo, Some(memo_type)).ok()?),
    };
    Some(CustomerKey { account: account.parse().ok()?, memo })
}

/// An identity as the tables hold it: account, type and text of the memo.
pub(crate) fn columns(identity: &CustomerKey) -> (String, &'static str, String) {
    let (memo_type, memo) =
        identity.memo.as_ref().map_or(("", String::new()), |memo| (memo.type_name(), memo.value()));
    (identity.account.to_string(), memo_type, memo)
}

/// The customer with this identity.
pub(crate) async fn find(
    db: impl AnyExecutor<'_>,
    identity: &CustomerKey,
) -> sqlx::Result<Option<Row>> {
    let (account, memo_type, memo) = columns(identity);
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, key_id, wrapped_key from customer
         where account = $1 and memo_type = $2 and memo = $3",
    );
    select.bind(account).bind(memo_type).bind(memo).fetch_optional(db).await
}

/// The customer with this id, if it is one of this account; which of its users may see it is for the caller to say.
pub(crate) async fn of_account(
    db: impl AnyExecutor<'_>,
    id: &str,
    account: &str,
) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, key_id, wrapped_key from customer where id = $1 and account = $2",
    );
    select.bind(id).bind(account).fetch_optional(db).await
}

/// The same, and holds it against other writers until the transaction ends.
pub(crate) async fn lock(
    db: impl AnyExecutor<'_>,
    id: &str,
    account: &str,
    now: u64,
) -> sqlx::Result<Option<Row>> {
    let update = sqlx::query_as(
        "update customer set put_at = $3 where id = $1 and account = $2
         returning id, account, memo_type, memo, key_id, wrapped_key",
    );
    update.bind(id).bind(account).bind(seconds(now)).fetch_optional(db).await
}

/// Any customer: for the operator, who sees all of them.
pub(crate) async fn find_for_operator(
    db: impl AnyExecutor<'_>,
    id: &str,
) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, key_id, wrapped_key from customer where id = $1",
    );
    select.bind(id).fetch_optional(db).await
}

/// Any customers, by their ids, after the one named: for the operator, who sees all of them.
pub(crate) async fn page_for_operator(
    db: impl AnyExecutor<'_>,
    after: &str,
    limit: u32,
) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, key_id, wrapped_key from customer
         where id > $1 order by id limit $2",
    );
    select.bind(after).bind(i64::from(limit)).fetch_all(db).await
}

/// Holds any customer against other writers: for the operator, who sees all of them.
pub(crate) async fn lock_for_operator(
    db: impl AnyExecutor<'_>,
    id: &str,
) -> sqlx::Result<Option<Row>> {
    let update = sqlx::query_as(
        "update customer set put_at = put_at where id = $1
         returning id, account, memo_type, memo, key_id, wrapped_key",
    );
    update.bind(id).fetch_optional(db).await
}

/// The customer with this identity, made under `id` and `key` if there is none, and held against other writers.
///
/// One statement: of any number at once one makes it, and the others wait for it and get the same.
pub(crate) async fn lock_or_insert(
    db: impl AnyExecutor<'_>,
    identity: &CustomerKey,
    id: &str,
    key: &WrappedKey,
    now: u64,
) -> sqlx::Result<Row> {
    let (account, memo_type, memo) = columns(identity);
    let insert = sqlx::query_as(
        "insert into customer (id, account, memo_type, memo, key_id, wrapped_key, created_at, put_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (account, memo_type, memo) do update set put_at = excluded.put_at
         returning id, account, memo_type, memo, key_id, wrapped_key",
    );
    let insert = insert.bind(id).bind(account).bind(memo_type).bind(memo);
    insert.bind(&key.key_id).bind(key.bytes.as_slice()).bind(seconds(now)).fetch_one(db).await
}

/// Notes the customer type that a `PUT` named.
pub(crate) async fn name_kind(db: impl AnyExecutor<'_>, id: &str, kind: &str) -> sqlx::Result<()> {
    let update = sqlx::query("update customer set kind = $2 where id = $1");
    update.bind(id).bind(kind).execute(db).await.map(drop)
}

/// The customer type that the last `PUT` named; `""` if none did.
pub(crate) async fn named_kind(db: impl AnyExecutor<'_>, id: &str) -> sqlx::Result<String> {
    let select = sqlx::query_scalar("select kind from customer where id = $1");
    Ok(select.bind(id).fetch_optional(db).await?.unwrap_or_default())
}

/// Deletes the customer and, by the foreign keys, all that is about it. Tells whether there was one.
pub(crate) async fn delete(db: impl AnyExecutor<'_>, identity: &CustomerKey) -> sqlx::Result<bool> {
    let (account, memo_type, memo) = columns(identity);
    let delete =
        sqlx::query("delete from customer where account = $1 and memo_type = $2 and memo = $3");
    Ok(delete.bind(account).bind(memo_type).bind(memo).execute(db).await?.rows_affected() > 0)
}

/// How many keys each master key wraps, by its id.
pub(crate) async fn count_by_key(db: impl AnyExecutor<'_>) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as("select key_id, count(*) from customer group by key_id").fetch_all(db).await
}

/// Keys that another master key than this one wraps, with the ids of their customers, after the one named.
pub(crate) async fn wrapped_otherwise(
    db: impl AnyExecutor<'_>,
    key_id: &str,
    after: &str,
    limit: u32,
) -> sqlx::Result<Vec<(String, WrappedKey)>> {
    let select = sqlx::query_as(
        "select id, key_id, wrapped_key from customer
         where key_id <> $1 and id > $2 order by id limit $3",
    );
    let rows: Vec<(String, String, Vec<u8>)> =
        select.bind(key_id).bind(after).bind(i64::from(limit)).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(id, key_id, bytes)| (id, WrappedKey { key_id, bytes })).collect())
}

/// Puts a key that was wrapped anew in place of the old one. Tells whether that was still there.
pub(crate) async fn rewrap(
    db: impl AnyExecutor<'_>,
    id: &str,
    old: &WrappedKey,
    new: &WrappedKey,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update customer set key_id = $1, wrapped_key = $2
         where id = $3 and key_id = $4 and wrapped_key = $5",
    );
    let update = update.bind(&new.key_id).bind(new.bytes.as_slice());
    let update = update.bind(id).bind(&old.key_id).bind(old.bytes.as_slice());
    Ok(update.execute(db).await?.rows_affected() == 1)
}
