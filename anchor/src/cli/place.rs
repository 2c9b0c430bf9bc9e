//! The options of commands that work on an anchor's data without a server.

use std::path::PathBuf;

use clap::Args;
use windlass_anchor::{
    Anchor, Config, clock::system_random, config::Secrets, kyc::Kyc, vault::Vault,
};

use super::{ConfigArgs, Failure};

/// The configuration and data folder of an anchor.
#[derive(Args)]
pub(crate) struct Place {
    #[command(flatten)]
    config: ConfigArgs,
    /// Folder for database and secrets; overrides the configuration's `data_dir`.
    #[arg(short, long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

impl Place {
    pub(super) fn load(self) -> Result<Config, Failure> {
        let config = self.config.load()?;
        Ok(Config { data_dir: self.data.unwrap_or(config.data_dir.clone()), ..config })
    }

    /// Opens the built-in customers, without a server.
    pub(super) async fn kyc(self) -> Result<Kyc, Failure> {
        let config = self.load()?;
        let secrets = secrets(&config)?;
        Ok(Anchor::open_kyc(&config, secrets).await?)
    }
}

/// Reads the secrets. Commands never create them.
pub(super) fn secrets(config: &Config) -> Result<Secrets, Failure> {
    match &config.secrets {
        Some(secrets) => Ok(secrets.clone()),
        None if config.data_dir.join("secrets.toml").exists() => {
            Ok(Secrets::in_folder(&config.data_dir, &system_random())?)
        }
        None => Err(format!(
            "{} has no secrets: `windlass serve` creates them",
            config.data_dir.display()
        )
        .into()),
    }
}

pub(super) fn vault(secrets: &Secrets) -> Result<Vault, Failure> {
    let vault = Vault::new(&secrets.vault_keys());
    Ok(vault.ok_or("secrets.data_keys is empty, or two entries have the same id")?)
}
