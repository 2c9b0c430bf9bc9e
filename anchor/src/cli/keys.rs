//! `windlass keys`

use std::{collections::BTreeMap, process::ExitCode};

use clap::Subcommand;
use windlass_anchor::{
    Config,
    clock::system_random,
    config::{DataKey, Secrets, SecretsChange},
    database::Database,
    kyc::KEY_TABLES,
    rotation::{Progress, Rotation},
};

use super::{
    Failure,
    place::{self, Place},
};

/// Subcommands of `windlass keys`.
#[derive(Subcommand)]
pub(crate) enum Keys {
    /// Show the encryption keys, and how many customers and uploads each one protects.
    List(Place),
    /// Rotate the encryption key of personal data, or resume an interrupted rotation. The server
    /// may run at the same time.
    Rotate(Place),
}

impl Keys {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::List(place) => {
                let (secrets, rotation) = open(&place.load()?).await?;
                list(&secrets, &rotation).await
            }
            Self::Rotate(place) => {
                let config = place.load()?;
                // Refuses a folder without secrets before it locks them.
                place::secrets(&config)?;
                // No other process may change the keys until the last row is wrapped.
                let change = match &config.secrets {
                    Some(_) => None,
                    None => Some(SecretsChange::begin(&config.data_dir)?),
                };
                let (secrets, rotation) = open(&config).await?;
                rotate(&config, change, &secrets, rotation).await
            }
        }
    }
}

async fn open(config: &Config) -> Result<(Secrets, Rotation), Failure> {
    let secrets = place::secrets(config)?;
    let vault = place::vault(&secrets)?;
    let database = Database::connect(&config.database_url()).await?;
    Ok((secrets, Rotation::new(database, vault, system_random(), KEY_TABLES)))
}

async fn list(secrets: &Secrets, rotation: &Rotation) -> Result<ExitCode, Failure> {
    let mut census = rotation.census().await?;
    println!("{:<12} {:>10} {:>10}", "data key", "customers", "uploads");
    for (place, key) in secrets.data_keys.iter().enumerate() {
        let (customers, uploads) = counts(&census.remove(&key.id).unwrap_or_default());
        let note = match (place, customers + uploads) {
            (0, _) => "encrypts",
            (_, 0) => "not needed for this database; older backups need it",
            _ => "`windlass keys rotate` ends its use",
        };
        println!("{:<12} {customers:>10} {uploads:>10}  {note}", key.id);
    }
    let missing = !census.is_empty();
    for (id, rows) in census {
        let (customers, uploads) = counts(&rows);
        println!(
            "{id:<12} {customers:>10} {uploads:>10}  MISSING: this data cannot be decrypted without it"
        );
    }
    Ok(if missing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The numbers of customers' and uploads' keys that a master key wraps.
fn counts(rows: &BTreeMap<&'static str, u64>) -> (u64, u64) {
    let count = |table| rows.get(table).copied().unwrap_or_default();
    (count("customer"), count("file"))
}

async fn rotate(
    config: &Config,
    change: Option<SecretsChange>,
    secrets: &Secrets,
    rotation: Rotation,
) -> Result<ExitCode, Failure> {
    let current = &secrets.data_keys[0].id;
    let census = rotation.census().await?;
    let interrupted = census.keys().any(|id| id != current);
    if interrupted {
        println!("Resuming: not everything is encrypted with \"{current}\" yet.");
        return rewrap(secrets, &rotation, current).await;
    }
    let key = DataKey::generate(&system_random());
    let Some(change) = change else {
        explain(&key, current);
        return Ok(ExitCode::FAILURE);
    };
    change.add_data_key(&key)?;
    println!("New data key \"{}\" in {}.", key.id, config.data_dir.join("secrets.toml").display());
    println!("Keep a copy of that file: without it personal data cannot be decrypted.");
    let (secrets, rotation) = open(config).await?;
    if secrets.data_keys[0].id != key.id {
        return Err(format!(
            "another program has changed the secrets meanwhile: \"{}\" is not the first of data_keys \
             any more. Nothing was encrypted with it; correct the file and run this command again.",
            key.id
        )
        .into());
    }
    rewrap(&secrets, &rotation, &key.id).await
}

async fn rewrap(
    secrets: &Secrets,
    rotation: &Rotation,
    current: &str,
) -> Result<ExitCode, Failure> {
    let Progress { done, unreadable } = rotation
        .run(|progress| println!("  {} keys wrapped by \"{current}\"", progress.done))
        .await?;
    println!("Done: {done} keys.");
    if !unreadable.is_empty() {
        println!("{} keys cannot be unwrapped and were not changed:", unreadable.len());
        for id in unreadable {
            println!("  {id}");
        }
        println!("Their key is missing from data_keys; `windlass keys list` names it.");
        return Ok(ExitCode::FAILURE);
    }
    let old: Vec<_> = secrets.data_keys.iter().skip(1).map(|key| key.id.as_str()).collect();
    println!("Keep {} in data_keys until", old.join(", "));
    println!(
        "  - every server has the new keys (servers that read secrets.toml reload it by themselves),"
    );
    println!("  - `windlass keys list` shows that no data needs the old keys, and");
    println!("  - you do not need backups from before now any more.");
    Ok(ExitCode::SUCCESS)
}

/// Prints how to change the secrets if this command cannot.
fn explain(key: &DataKey, current: &str) {
    println!("The secrets come from the configuration, which this command cannot change.");
    println!(
        "1. Add this entry to data_keys after \"{current}\", on every server, and restart them one by one:"
    );
    println!("     {}", *key.to_toml());
    println!("2. Move it to the front of data_keys, on every server, and restart them one by one.");
    println!("   (A single server can do both in one step.)");
    println!(
        "3. Run `windlass keys rotate` again: it re-encrypts with \"{}\" what \"{current}\" encrypts now.",
        key.id
    );
    println!("In the environment: WINDLASS_SECRETS__DATA_KEYS='[<entry>, <entry>]'.");
}
