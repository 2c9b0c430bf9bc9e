//! The command line.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool prints")]

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use windlass_anchor::{Config, clock::system_random, config};

mod customer;
mod customers;
mod doctor;
mod inspect;
mod keys;
mod listen;
mod place;
mod serve;
mod signer;

/// An anchor for Stellar: SEP-1, SEP-10 and SEP-12, on SQLite or PostgreSQL, with a sandbox ledger
/// for development.
#[derive(Parser)]
#[command(name = "windlass", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server. Without configuration: a sandbox anchor on http://localhost:8000.
    Serve(serve::Serve),
    /// Print new keys, for the `secrets` of a configuration.
    Keygen,
    /// Print a configuration with every key explained.
    Config,
    /// Check a configuration before production, and print what to correct.
    Doctor(ConfigArgs),
    /// List the customers that wait for a decision, show them, and decide about them.
    #[command(subcommand)]
    Customers(customers::Customers),
    /// Show or rotate the encryption keys of personal data.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Check a SEP-10 challenge rule by rule.
    Inspect(inspect::Inspect),
    /// Run the signing service of a wallet's backend, which proves the wallet's client domain to
    /// anchors.
    Signer(signer::Signer),
}

type Failure = Box<dyn std::error::Error>;

/// The options that name the configuration.
#[derive(Args, Clone)]
struct ConfigArgs {
    /// Configuration file. Environment variables WINDLASS_… override it.
    #[arg(short, long, env = "WINDLASS_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

impl ConfigArgs {
    fn load(&self) -> Result<Config, config::ConfigError> {
        let environment = config::environment()
            .into_iter()
            .filter(|(name, _)| name != "WINDLASS_CONFIG" && name != "WINDLASS_LOG");
        Config::load(self.config.as_deref(), environment)
    }
}

impl Cli {
    pub(crate) fn run(self) -> ExitCode {
        match self.command {
            Command::Serve(serve) => in_runtime(serve.run()),
            Command::Keygen => {
                print!("{}", *config::generate(&system_random()));
                ExitCode::SUCCESS
            }
            Command::Config => {
                print!("{}", config::example());
                ExitCode::SUCCESS
            }
            Command::Doctor(args) => in_runtime(doctor::run(args)),
            Command::Customers(customers) => in_runtime(customers.run()),
            Command::Keys(keys) => in_runtime(keys.run()),
            Command::Inspect(inspect) => inspect.run(),
            Command::Signer(signer) => in_runtime(signer.run()),
        }
    }
}

fn in_runtime(
    future: impl Future<Output = Result<ExitCode, Box<dyn std::error::Error>>>,
) -> ExitCode {
    let result = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(future));
    result.unwrap_or_else(|error| fail(&*error))
}

/// Prints an error with its causes, one line each.
fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}
