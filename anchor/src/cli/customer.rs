//! `windlass customers show` and `windlass customers access-log`

use std::{
    io::{IsTerminal as _, Write as _},
    process::ExitCode,
};

use clap::Args;
use windlass_anchor::kyc::{
    Look, Shown,
    access::{Actor, Entry},
};
use windlass_core::time::rfc3339;

use super::{Failure, place::Place};

/// Options of `windlass customers show`.
#[derive(Args)]
pub(crate) struct Show {
    /// The customer's id.
    customer: String,
    /// Name of the person who reads, for the access log.
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// Purpose, for the access log. Must not contain personal data.
    #[arg(long, value_name = "TEXT")]
    purpose: String,
    /// Write the file of this field to standard output instead of showing the texts.
    #[arg(long, value_name = "FIELD")]
    file: Option<String>,
    #[command(flatten)]
    place: Place,
}

impl Show {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let kyc = self.place.kyc().await?;
        let look = Look { operator: &self.operator, purpose: &self.purpose };
        if let Some(field) = &self.file {
            let mut out = std::io::stdout().lock();
            if out.is_terminal() {
                return Err(
                    "a file is binary: redirect the output, for example with `> photo.png`".into(),
                );
            }
            let mut reader = kyc.read_file(look, &self.customer, field).await?;
            while let Some(chunk) = reader.chunk().await? {
                out.write_all(&chunk)?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        let Shown { id, identity, texts, files } = kyc.show(look, &self.customer).await?;
        println!("customer {id}, {identity}");
        for (name, text) in &texts {
            // Customers' texts may contain control characters, which must not reach the terminal.
            println!("  {name}: {}", text.escape_debug());
        }
        for (name, file) in files {
            println!("  {name}: file {file}, see --file {name}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Options of `windlass customers access-log`.
#[derive(Args)]
pub(crate) struct AccessLog {
    /// The customer's id.
    customer: String,
    #[command(flatten)]
    place: Place,
}

impl AccessLog {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let kyc = self.place.kyc().await?;
        let entries = kyc.access_log().of_customer(&self.customer).await?;
        for Entry { at, access } in &entries {
            let by = match &access.actor {
                Actor::Customer(subject) if subject.is_empty() => "customer (deleted)".to_owned(),
                Actor::Customer(subject) => format!("customer {subject}"),
                Actor::Operator(name) => format!("operator {name}"),
                Actor::ReviewProvider(name) => format!("review provider {name}"),
                _ => "unknown".to_owned(),
            };
            println!(
                "{}  {by}  {}  for {}: {}",
                rfc3339(*at),
                access.route,
                access.purpose.escape_debug(),
                access.fields.join(" ")
            );
        }
        println!("{} readings", entries.len());
        Ok(ExitCode::SUCCESS)
    }
}
