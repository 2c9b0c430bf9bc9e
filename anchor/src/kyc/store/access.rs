//! Who read what of which customer.

use sqlx::any::AnyExecutor;
use windlass_core::sep12::CustomerKey;

use super::customer;
use crate::data::seconds;

/// A reading, as the table has it.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) customer_id: String,
    pub(crate) at: i64,
    pub(crate) actor_kind: String,
    pub(crate) actor: String,
    pub(crate) route: String,
    pub(crate) purpose: String,
    pub(crate) fields: String,
}

/// Writes a reading down; once, however often it is called.
pub(crate) async fn insert(db: impl AnyExecutor<'_>, row: &Row) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into access (id, customer_id, at, actor_kind, actor, route, purpose, fields)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
    );
    let insert = insert.bind(&row.id).bind(&row.customer_id).bind(row.at).bind(&row.actor_kind);
    let insert = insert.bind(&row.actor).bind(&row.route).bind(&row.purpose).bind(&row.fields);
    insert.execute(db).await.map(drop)
}

/// The readings of a customer, the oldest first.
pub(crate) async fn of_customer(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, customer_id, at, actor_kind, actor, route, purpose, fields from access
         where customer_id = $1 order by at, id",
    );
    select.bind(customer_id).fetch_all(db).await
}

/// Forgets the account and memo of a customer that is about to be deleted.
pub(crate) async fn forget_actor(
    db: impl AnyExecutor<'_>,
    identity: &CustomerKey,
) -> sqlx::Result<()> {
    let (account, memo_type, memo) = customer::columns(identity);
    let update = sqlx::query(
        "update access set actor = '' where actor_kind = 'customer' and customer_id in
         (select id from customer where account = $1 and memo_type = $2 and memo = $3)",
    );
    update.bind(account).bind(memo_type).bind(memo).execute(db).await.map(drop)
}

/// Throws away what was written before `time`.
pub(crate) async fn purge_older(db: impl AnyExecutor<'_>, time: u64) -> sqlx::Result<u64> {
    let delete = sqlx::query("delete from access where at < $1");
    Ok(delete.bind(seconds(time)).execute(db).await?.rows_affected())
}
