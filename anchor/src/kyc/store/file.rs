//! Files. Their contents are objects of the [`Storage`](crate::storage::Storage) with the same ids.
//!
//! A transaction that deletes a file must also release its object.

use sqlx::any::AnyExecutor;
use windlass_core::sep12::CustomerKey;

use super::customer;
use crate::{
    data::sql::{Result, seconds},
    vault::WrappedKey,
};

/// A file without its content.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(in crate::kyc) struct Row {
    /// The id that `POST /customer/files` returned.
    pub(in crate::kyc) id: String,
    account: String,
    memo_type: String,
    memo: String,
    /// The customer that the file belongs to; `None` for an upload that no field refers to.
    pub(in crate::kyc) customer_id: Option<String>,
    /// The field whose value the file is; `None` for an upload that no field refers to.
    pub(in crate::kyc) field: Option<String>,
    /// The media type, determined from the content.
    pub(in crate::kyc) content_type: String,
    size: i64,
    key_id: String,
    wrapped_key: Vec<u8>,
    /// SHA-256 of the content, encrypted with the file's key.
    pub(in crate::kyc) digest: Vec<u8>,
    expires_at: Option<i64>,
}

impl Row {
    /// The size of the content, in bytes.
    pub(in crate::kyc) fn size(&self) -> u64 {
        u64::try_from(self.size).unwrap_or_default()
    }

    /// The time of expiry, in Unix seconds; `None` while a field refers to the file.
    pub(in crate::kyc) fn expires_at(&self) -> Option<u64> {
        self.expires_at.map(|at| u64::try_from(at).unwrap_or_default())
    }

    /// The account and memo of the uploader; `None` if the columns cannot be parsed.
    pub(in crate::kyc) fn uploader(&self) -> Option<CustomerKey> {
        customer::identity(&self.account, &self.memo_type, &self.memo)
    }

    /// The key to the content.
    pub(in crate::kyc) fn key(&self) -> WrappedKey {
        WrappedKey { key_id: self.key_id.clone(), bytes: self.wrapped_key.clone() }
    }
}

/// A file to insert.
#[derive(Clone, Copy, Debug)]
pub(in crate::kyc) struct New<'a> {
    /// The id of the file and of its object.
    pub(in crate::kyc) id: &'a str,
    /// The account and memo of the uploader.
    pub(in crate::kyc) uploader: &'a CustomerKey,
    /// The customer and the field whose value the file is; `None` for an upload that no field
    /// refers to yet.
    pub(in crate::kyc) value_of: Option<(&'a str, &'a str)>,
    /// The media type, determined from the content.
    pub(in crate::kyc) content_type: &'a str,
    /// The size of the content before encryption, in bytes.
    pub(in crate::kyc) size: u64,
    /// The key to the content.
    pub(in crate::kyc) key: &'a WrappedKey,
    /// SHA-256 of the content, encrypted with that key.
    pub(in crate::kyc) digest: &'a [u8],
    /// The time of expiry, in Unix seconds; `None` if the file is the value of a field.
    pub(in crate::kyc) expires_at: Option<u64>,
}

/// Inserts a file.
pub(in crate::kyc) async fn insert(db: impl AnyExecutor<'_>, file: &New<'_>) -> Result<()> {
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
    Ok(insert.bind(file.expires_at.map(seconds)).execute(db).await.map(drop)?)
}

/// A file of this account that has not expired. The caller must check that the memo, too, is the
/// session's.
pub(in crate::kyc) async fn of_account(
    db: impl AnyExecutor<'_>,
    id: &str,
    account: &str,
    now: u64,
) -> Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, customer_id, field, content_type, size, key_id, wrapped_key, digest, expires_at
         from file where id = $1 and account = $2 and (expires_at is null or expires_at > $3)",
    );
    Ok(select.bind(id).bind(account).bind(seconds(now)).fetch_optional(db).await?)
}

/// The files that are values of the customer's fields.
pub(in crate::kyc) async fn of_customer(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
) -> Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, customer_id, field, content_type, size, key_id, wrapped_key, digest, expires_at
         from file where customer_id = $1 order by field",
    );
    Ok(select.bind(customer_id).fetch_all(db).await?)
}

/// The file of a field.
pub(in crate::kyc) async fn of_field(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    field: &str,
) -> Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, account, memo_type, memo, customer_id, field, content_type, size, key_id, wrapped_key, digest, expires_at
         from file where customer_id = $1 and field = $2",
    );
    Ok(select.bind(customer_id).bind(field).fetch_optional(db).await?)
}

/// Makes an upload the value of a field, with its key wrapped by the customer's key. Returns
/// `false` if a field refers to the upload already.
pub(in crate::kyc) async fn attach(
    db: impl AnyExecutor<'_>,
    id: &str,
    customer_id: &str,
    field: &str,
    key: &WrappedKey,
) -> Result<bool> {
    let update = sqlx::query(
        "update file set customer_id = $2, field = $3, key_id = $4, wrapped_key = $5, expires_at = null
         where id = $1 and customer_id is null",
    );
    let update =
        update.bind(id).bind(customer_id).bind(field).bind(&key.key_id).bind(key.bytes.as_slice());
    Ok(update.execute(db).await?.rows_affected() == 1)
}

/// Deletes the file of a field. Returns the id of its object, to be released.
pub(in crate::kyc) async fn delete_of_field(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    field: &str,
) -> Result<Vec<String>> {
    let delete =
        sqlx::query_scalar("delete from file where customer_id = $1 and field = $2 returning id");
    Ok(delete.bind(customer_id).bind(field).fetch_all(db).await?)
}

/// Unexpired uploads that no field refers to.
#[derive(Clone, Copy, Debug)]
pub(in crate::kyc) struct Loose {
    /// The number of those with the same account and memo.
    pub(in crate::kyc) of_customer: u64,
    /// The number of those with the same account.
    pub(in crate::kyc) of_account: u64,
    /// When the first one expires, in Unix seconds: of the customer's, or else of the account's.
    pub(in crate::kyc) next_expiry: u64,
}

/// The uploads of this uploader that no field refers to.
pub(in crate::kyc) async fn loose(
    db: impl AnyExecutor<'_>,
    uploader: &CustomerKey,
    now: u64,
) -> Result<Loose> {
    let (account, memo_type, memo) = customer::columns(uploader);
    let select = sqlx::query_as(
        "select count(*), count(case when memo_type = $3 and memo = $4 then 1 end),
                coalesce(min(case when memo_type = $3 and memo = $4 then expires_at end),
                         min(expires_at), 0)
         from file where account = $1 and customer_id is null and expires_at > $2",
    );
    let select = select.bind(account).bind(seconds(now)).bind(memo_type).bind(memo);
    let (of_account, of_customer, next_expiry): (i64, i64, i64) = select.fetch_one(db).await?;
    let [of_customer, of_account, next_expiry] =
        [of_customer, of_account, next_expiry].map(|n| u64::try_from(n).unwrap_or_default());
    Ok(Loose { of_customer, of_account, next_expiry })
}

/// Deletes the files of a customer: the values of its fields, and its uploads that no field refers
/// to. Returns the ids of their objects, to be released.
pub(in crate::kyc) async fn delete_of(
    db: impl AnyExecutor<'_>,
    owner: &CustomerKey,
) -> Result<Vec<String>> {
    let (account, memo_type, memo) = customer::columns(owner);
    let delete = sqlx::query_scalar(
        "delete from file where (account = $1 and memo_type = $2 and memo = $3 and customer_id is null)
         or customer_id in (select id from customer where account = $1 and memo_type = $2 and memo = $3)
         returning id",
    );
    Ok(delete.bind(account).bind(memo_type).bind(memo).fetch_all(db).await?)
}

/// Deletes expired uploads. Returns the ids of their objects, to be released.
pub(in crate::kyc) async fn delete_expired(
    db: impl AnyExecutor<'_>,
    now: u64,
) -> Result<Vec<String>> {
    let delete = sqlx::query_scalar("delete from file where expires_at <= $1 returning id");
    Ok(delete.bind(seconds(now)).fetch_all(db).await?)
}
