//! The fields that customers have provided.

use sqlx::any::AnyExecutor;

use windlass_core::sep12::FieldStatus;

use crate::data::sql::{Result, column_enum};

column_enum! {
    /// The state of a field.
    FieldState {
        /// The value is accepted.
        Accepted = "ACCEPTED",
        /// A review has rejected the value.
        Rejected = "REJECTED",
        /// The value waits for its confirmation code.
        Unverified = "VERIFICATION_REQUIRED",
    }
}

impl From<FieldState> for FieldStatus {
    fn from(state: FieldState) -> Self {
        match state {
            FieldState::Accepted => Self::Accepted,
            FieldState::Rejected => Self::Rejected,
            FieldState::Unverified => Self::VerificationRequired,
        }
    }
}

/// A field with its text, or with a mark that its value is a file.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(in crate::kyc) struct Row {
    /// The canonical name of the field.
    pub(in crate::kyc) name: String,
    /// The text, encrypted; `None` if the value is a file.
    pub(in crate::kyc) value: Option<Vec<u8>>,
    #[sqlx(rename = "status")]
    pub(in crate::kyc) state: FieldState,
    /// The reason of a rejection, encrypted.
    pub(in crate::kyc) error: Option<Vec<u8>>,
}

/// All fields that the customer has provided.
pub(in crate::kyc) async fn all(db: impl AnyExecutor<'_>, customer_id: &str) -> Result<Vec<Row>> {
    let select =
        sqlx::query_as("select name, value, status, error from field where customer_id = $1");
    Ok(select.bind(customer_id).fetch_all(db).await?)
}

/// Stores a value, replacing an earlier one.
pub(in crate::kyc) async fn put(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    name: &str,
    value: Option<&[u8]>,
    state: FieldState,
) -> Result<()> {
    let upsert = sqlx::query(
        "insert into field (customer_id, name, value, status) values ($1, $2, $3, $4)
         on conflict (customer_id, name) do update set value = excluded.value, status = excluded.status, error = null",
    );
    Ok(upsert
        .bind(customer_id)
        .bind(name)
        .bind(value)
        .bind(state.as_str())
        .execute(db)
        .await
        .map(drop)?)
}

/// Accepts a field that waits for its code. Returns `false` if none does.
pub(in crate::kyc) async fn confirm(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    name: &str,
) -> Result<bool> {
    let update = sqlx::query(
        "update field set status = 'ACCEPTED'
         where customer_id = $1 and name = $2 and status = 'VERIFICATION_REQUIRED'",
    );
    Ok(update.bind(customer_id).bind(name).execute(db).await?.rows_affected() == 1)
}

/// Rejects a value with an encrypted reason. Returns `false` if the field was not provided.
pub(in crate::kyc) async fn reject(
    db: impl AnyExecutor<'_>,
    customer_id: &str,
    name: &str,
    error: &[u8],
) -> Result<bool> {
    let update = sqlx::query(
        "update field set status = 'REJECTED', error = $3 where customer_id = $1 and name = $2",
    );
    Ok(update.bind(customer_id).bind(name).bind(error).execute(db).await?.rows_affected() == 1)
}
