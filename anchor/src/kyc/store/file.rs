//! Files; their contents are objects of the [`Storage`](crate::storage::Storage), of the same ids.
//!
//! Whatever deletes a file notes its object as a stray, in the same transaction.

use sqlx::{AnyConnection, any::AnyExecutor};
use windlass_core::sep12::CustomerKey;

use super::customer;
use crate::{data::seconds, vault::WrappedKey};

/// A file without its content.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    /// What `POST /customer/files` answered.
    pub(crate) id: String,
    account: String,
    memo_type: String,
    memo: String,
    /// The customer whose value it is, if any.
    pub(crate) customer_id: Option<String>,
    /// The field that it is the value of, if any.
    pub(crate) field: Option<String>,
    /// What its bytes show.
    pub(crate) content_type: String,
    size: i64,
    key_id: String,
    wrapped_key: Vec<u8>,
    /// SHA-256 of the content, sealed with the file's key.
    pub(crate) digest: Vec<u8>,
    expires_at: Option<i64>,
}

impl Row {
    /// In bytes.
    pub(crate) fn size(&self) -> u64 {
        u64::try_from(self.size).unwrap_or_default()
    }

    /// When it is thrown away, in Unix seconds; `None` while a field refers to it.
    pub(crate) fn expires_at(&self) -> Option<u64> {
        self.expires_at.map(|at| u64::try_from(at).unwrap_or_default())
    }

    /// Who uploaded it; `None` if the row was not written by this server.
    pub(crate) fn uploader(&self) -> Option<CustomerKey> {
        customer::identity(&self.account, &self.memo_type, &self.memo)
    }

    /// The key to its content.
    pub(crate) fn key(&self) -> WrappedKey {
        WrappedKey { key_id: self.key_id.clone(), bytes: self.wrapped_key.clone() }
    }
}

/// A file to be kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct New<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Who uploads it.
    pub(crate) uploader: &'a CustomerKey,
    /// The customer and the field that it is the value of; `None` for an upload that no field refers to yet.
    pub(crate) value_of: Option<(&'a str, &'a str)>,
    /// What its bytes show.
    pub(crate) content_type: &'a str,
    /// Of the content before it was sealed.
    pub(crate) size: u64,
    /// The key to its content.
    pub(crate) key: &'a WrappedKey,
    /// SHA-256 of the content, sealed with that key.
    pub(crate) digest: &'a [u8],
    /// When it is thrown away.
    pub(crate) expires_at: Option<u64>,
}

/// Keeps a file.
pub(crate) async fn insert(db: impl AnyExecutor<'_>, file: &New<'_>) -> sqlx::Result<()> {
    let (account, memo_type, memo) = customer::columns(file.uploader);
    let insert = sqlx::query(
        "insert into file (id, account, memo_type, memo, customer_id, field, content_type, size,
                           key_id, wrapped_key, digest, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    );
    let insert = insert.bind(file.id).bind(account).bind(memo_type).bind(memo);
    let insert = insert
        .bind(file.value_of.map(|(customer_id, _)| customer_id))
        .bind(file.value_of.map(|(_, field)| field));
    let insert = insert.bind(file.content_type).bind(seconds(file.size));
    let insert = insert.bind(&file.key.key_id).bind(file.key.bytes.as_slice()).bind(file.digest);
    insert.bind(file.expires_at.map(seconds)).execute(db).await.map(drop)
}

/// A file of this account that has not expired; which of its users may see it is for the caller to say.
pub(crate) async fn of_account(
    db: impl AnyExecutor<'_>,
    id: &str,
    account: &str,
    now: u64,
) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, customer_id, field, content_type, size, key_id, wrapped_key, digest, expires_at
         from file where id = $1 and account = $2 and (expires_at is null or expires_at > $3)",
    );
    select.bind(id).bind(account).bind(seconds(now)).fetch_optional(db).await
}

/// The files that are values of a customer.
pub(crate) async fn of_customer(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, customer_id, field, content_type, size, key_id, wrapped_key, digest, expires_at
         from file where customer_id = $1 order by field",
    );
    select.bind(customer_id).fetch_all(db).await
}

/// The file that is the value of a field.
pub(crate) async fn of_field(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    field: &str,
) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, customer_id, field, content_type, size, key_id, wrapped_key, digest, expires_at
         from file where customer_id = $1 and field = $2",
    );
    select.bind(customer_id).bind(field).fetch_optional(db).await
}

/// Makes an upload the value of a field, with its key wrapped by the customer's. Tells whether it still was a mere upload.
pub(crate) async fn attach(
    db: impl AnyExecutor<'_>,
    id: &str,
    customer_id: &str,
    field: &str,
    key: &WrappedKey,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update file set customer_id = $2, field = $3, key_id = $4, wrapped_key = $5, expires_at = null
         where id = $1 and customer_id is null",
    );
    let update =
        update.bind(id).bind(customer_id).bind(field).bind(&key.key_id).bind(key.bytes.as_slice());
    Ok(update.execute(db).await?.rows_affected() == 1)
}

/// Throws away the file that is the value of a field.
pub(crate) async fn delete_of_field(
    db: &mut AnyConnection,
    customer_id: &str,
    field: &str,
) -> sqlx::Result<()> {
    let stray = sqlx::query(
        "insert into stray (id, due_at) select id, 0 from file where customer_id = $1 and field = $2",
    );
    stray.bind(customer_id).bind(field).execute(&mut *db).await?;
    let delete = sqlx::query("delete from file where customer_id = $1 and field = $2");
    delete.bind(customer_id).bind(field).execute(db).await.map(drop)
}

/// How many uploads of this account no field refers to.
pub(crate) async fn count_loose(
    db: impl AnyExecutor<'_>,
    account: &str,
    now: u64,
) -> sqlx::Result<i64> {
    let count = sqlx::query_scalar(
        "select count(*) from file where account = $1 and customer_id is null and expires_at > $2",
    );
    count.bind(account).bind(seconds(now)).fetch_one(db).await
}

/// Throws away the files of a customer: the values of its fields, and what it uploaded and no field refers to. Tells
/// whether there were any.
pub(crate) async fn delete_of(db: &mut AnyConnection, owner: &CustomerKey) -> sqlx::Result<bool> {
    let (account, memo_type, memo) = customer::columns(owner);
    let stray = sqlx::query(
        "insert into stray (id, due_at)
         select id, 0 from file where (account = $1 and memo_type = $2 and memo = $3 and customer_id is null)
         or customer_id in (select id from customer where account = $1 and memo_type = $2 and memo = $3)",
    );
    stray.bind(&account).bind(memo_type).bind(&memo).execute(&mut *db).await?;
    let delete = sqlx::query(
        "delete from file where (account = $1 and memo_type = $2 and memo = $3 and customer_id is null)
         or customer_id in (select id from customer where account = $1 and memo_type = $2 and memo = $3)",
    );
    Ok(delete.bind(account).bind(memo_type).bind(memo).execute(db).await?.rows_affected() > 0)
}

/// Throws away uploads that have expired.
pub(crate) async fn purge_expired(db: &mut AnyConnection, now: u64) -> sqlx::Result<u64> {
    let stray =
        sqlx::query("insert into stray (id, due_at) select id, 0 from file where expires_at <= $1");
    stray.bind(seconds(now)).execute(&mut *db).await?;
    let delete = sqlx::query("delete from file where expires_at <= $1");
    Ok(delete.bind(seconds(now)).execute(db).await?.rows_affected())
}

/// How many keys each master key wraps, by its id. Those of customers' files are not among them.
pub(crate) async fn count_by_key(db: impl AnyExecutor<'_>) -> sqlx::Result<Vec<(String, i64)>> {
    let select = "select key_id, count(*) from file where key_id <> '' group by key_id";
    sqlx::query_as(select).fetch_all(db).await
}

/// Keys that another master key than this one wraps, with the ids of their files, after the one named.
pub(crate) async fn wrapped_otherwise(
    db: impl AnyExecutor<'_>,
    key_id: &str,
    after: &str,
    limit: u32,
) -> sqlx::Result<Vec<(String, WrappedKey)>> {
    let select = sqlx::query_as(
        "select id, key_id, wrapped_key from file
         where key_id <> $1 and key_id <> '' and id > $2 order by id limit $3",
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
        "update file set key_id = $1, wrapped_key = $2
         where id = $3 and key_id = $4 and wrapped_key = $5",
    );
    let update = update.bind(&new.key_id).bind(new.bytes.as_slice());
    let update = update.bind(id).bind(&old.key_id).bind(old.bytes.as_slice());
    Ok(update.execute(db).await?.rows_affected() == 1)
}
