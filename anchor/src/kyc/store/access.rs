//! Entries of the access log.

use sqlx::any::AnyExecutor;
use windlass_core::sep12::CustomerKey;

use super::customer;
use crate::data::sql::{Result, column_enum, seconds};

column_enum! {
    /// The kind of reader.
    ActorKind {
        /// A wallet.
        Customer = "customer",
        /// An operator, that is, a person who works for the anchor.
        Operator = "operator",
        /// The review provider.
        ReviewProvider = "review_provider",
    }
}

/// An entry.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(in crate::kyc) struct Row {
    pub(in crate::kyc) id: String,
    pub(in crate::kyc) customer_id: String,
    pub(in crate::kyc) at: i64,
    pub(in crate::kyc) actor_kind: ActorKind,
    pub(in crate::kyc) actor: String,
    pub(in crate::kyc) route: String,
    pub(in crate::kyc) purpose: String,
    pub(in crate::kyc) fields: String,
}

/// Inserts an entry, unless a row with this id exists.
pub(in crate::kyc) async fn insert(db: impl AnyExecutor<'_>, row: &Row) -> Result<()> {
    let insert = sqlx::query(
        "insert into access (id, customer_id, at, actor_kind, actor, route, purpose, fields)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
    );
    let insert =
        insert.bind(&row.id).bind(&row.customer_id).bind(row.at).bind(row.actor_kind.as_str());
    let insert = insert.bind(&row.actor).bind(&row.route).bind(&row.purpose).bind(&row.fields);
    Ok(insert.execute(db).await.map(drop)?)
}

/// The entries about a customer, oldest first.
pub(in crate::kyc) async fn of_customer(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
) -> Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, customer_id, at, actor_kind, actor, route, purpose, fields from access
         where customer_id = $1 order by at, id",
    );
    Ok(select.bind(customer_id).fetch_all(db).await?)
}

/// Erases the account and memo of a customer that is about to be deleted.
pub(in crate::kyc) async fn forget_actor(
    db: impl AnyExecutor<'_>,
    identity: &CustomerKey,
) -> Result<()> {
    let (account, memo_type, memo) = customer::columns(identity);
    let update = sqlx::query(
        "update access set actor = '' where actor_kind = 'customer' and customer_id in
         (select id from customer where account = $1 and memo_type = $2 and memo = $3)",
    );
    Ok(update.bind(account).bind(memo_type).bind(memo).execute(db).await.map(drop)?)
}

/// Deletes entries that were written before `time`. Returns their number.
pub(in crate::kyc) async fn purge_older(db: impl AnyExecutor<'_>, time: u64) -> Result<u64> {
    let delete = sqlx::query("delete from access where at < $1");
    Ok(delete.bind(seconds(time)).execute(db).await?.rows_affected())
}
