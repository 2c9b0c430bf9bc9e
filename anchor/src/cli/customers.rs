//! `windlass customers`: shows customers and decides about them, without access to the database.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use windlass_anchor::kyc::{Decision, Waiting};

use super::{
    Failure,
    customer::{AccessLog, Show},
    place::Place,
};

/// Subcommands of `windlass customers`.
#[derive(Subcommand)]
pub(crate) enum Customers {
    /// List the customers that wait for a decision.
    List(List),
    /// Show what a customer has provided. The access log records this.
    Show(Show),
    /// Show who read which data of a customer, even of a deleted one.
    AccessLog(AccessLog),
    /// Accept a customer for a customer type. A later change of a provided field reopens the
    /// review.
    Accept(Accept),
    /// Reject a customer. A rejection is final.
    Reject(Reject),
    /// Reject one value; the customer may send another one.
    RejectField(RejectField),
}

/// Options of `windlass customers list`.
#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    place: Place,
}

/// The customer and type that a decision is about.
#[derive(Args)]
struct Subject {
    /// The customer's id.
    customer: String,
    /// The customer type that the decision is for.
    #[arg(long = "type", value_name = "TYPE")]
    kind: String,
}

/// Options of `windlass customers accept`.
#[derive(Args)]
pub(crate) struct Accept {
    #[command(flatten)]
    subject: Subject,
    #[command(flatten)]
    place: Place,
}

/// Options of `windlass customers reject`.
#[derive(Args)]
pub(crate) struct Reject {
    #[command(flatten)]
    subject: Subject,
    /// Message for the customer.
    #[arg(long, value_name = "TEXT")]
    message: String,
    #[command(flatten)]
    place: Place,
}

/// Options of `windlass customers reject-field`.
#[derive(Args)]
pub(crate) struct RejectField {
    #[command(flatten)]
    subject: Subject,
    /// The field, such as photo_id_front.
    #[arg(long, value_name = "FIELD")]
    field: String,
    /// Reason, for the customer.
    #[arg(long, value_name = "TEXT")]
    message: String,
    #[command(flatten)]
    place: Place,
}

impl Customers {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::List(List { place }) => list(place).await,
            Self::Show(show) => show.run().await,
            Self::AccessLog(log) => log.run().await,
            Self::Accept(Accept { subject, place }) => {
                decide(place, &subject, Decision::Accept, "accepted").await
            }
            Self::Reject(Reject { subject, message, place }) => {
                decide(place, &subject, Decision::Reject { message }, "rejected").await
            }
            Self::RejectField(RejectField { subject, field, message, place }) => {
                let done = format!("{field} rejected");
                let decision = Decision::RejectField { field, error: message };
                decide(place, &subject, decision, &done).await
            }
        }
    }
}

async fn list(place: Place) -> Result<ExitCode, Failure> {
    let waiting = place.kyc().await?.waiting().await?;
    for Waiting { customer_id, identity, kind, decided_by } in &waiting {
        println!("{customer_id}  {kind}  waits for {decided_by}  {identity}");
    }
    println!("{} waiting", waiting.len());
    Ok(ExitCode::SUCCESS)
}

async fn decide(
    place: Place,
    Subject { customer, kind }: &Subject,
    decision: Decision,
    done: &str,
) -> Result<ExitCode, Failure> {
    place.kyc().await?.decide(customer, kind, decision).await?;
    println!("customer {customer} as {kind}: {done}");
    Ok(ExitCode::SUCCESS)
}
