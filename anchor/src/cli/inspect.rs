//! `windlass inspect`

use std::{io::Read as _, process::ExitCode};

use clap::Args;
use windlass_anchor::clock::system_clock;
use windlass_core::{
    account::{Account, PublicKey},
    network::Network,
    sep10::{
        ChallengeBounds, ChallengeContents, ClientDomain, Expect, Outcome, Report, Role, Tolerance,
    },
    xdr::{Envelope, Operation},
};

/// Options of `windlass inspect`.
#[derive(Args)]
pub(crate) struct Inspect {
    /// The challenge: base64 of a transaction envelope, or `-` to read it from standard input.
    challenge: String,
    /// The anchor's SIGNING_KEY, from its stellar.toml. Default: the challenge's own source
    /// account, unchecked.
    #[arg(long, value_name = "G...")]
    signing_key: Option<PublicKey>,
    /// The domain of the stellar.toml. Default: the one in the challenge, unchecked.
    #[arg(long, value_name = "DOMAIN")]
    home_domain: Option<String>,
    /// The host of WEB_AUTH_ENDPOINT, with its port if the URL contains one. Default: the one in the
    /// challenge, unchecked.
    #[arg(long, value_name = "HOST")]
    web_auth_domain: Option<String>,
    /// The account that requested the challenge: G..., M... or G...:memo. With it, the command
    /// checks the rules of a wallet before signing; without it, those of an anchor that gets the
    /// signed challenge back.
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<Account>,
    /// The wallet's own domain, if the challenge was requested with one. Needs --client-signing-key.
    #[arg(long, value_name = "DOMAIN", requires = "account", requires = "client_signing_key")]
    client_domain: Option<String>,
    /// The SIGNING_KEY of the stellar.toml of --client-domain.
    #[arg(long, value_name = "G...", requires = "client_domain")]
    client_signing_key: Option<PublicKey>,
    /// Passphrase of the network.
    #[arg(long, value_name = "PASSPHRASE", default_value = Network::TESTNET)]
    network: String,
    /// Unix time at which to check the time bounds. Default: now.
    #[arg(long, value_name = "SECONDS")]
    now: Option<u64>,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

impl Inspect {
    pub(super) fn run(self) -> ExitCode {
        let challenge = match self.challenge.as_str() {
            "-" => {
                let mut text = String::new();
                if let Err(error) = std::io::stdin().take(1 << 20).read_to_string(&mut text) {
                    return super::fail(&error);
                }
                text.trim().to_owned()
            }
            given => given.to_owned(),
        };
        let claimed = Claimed::of(&challenge);
        let client_domain = self.client_domain.as_deref().zip(self.client_signing_key);
        let client_domain = client_domain.map(|(domain, key)| ClientDomain { domain, key });
        let network = Network::new(self.network);
        let report = Report::on(
            &challenge,
            &Expect {
                server: self
                    .signing_key
                    .or(claimed.source)
                    .unwrap_or(PublicKey::from_bytes([0; 32])),
                network: &network,
                home_domains: &[self.home_domain.or(claimed.home_domain).unwrap_or_default()],
                web_auth_domains: &[self
                    .web_auth_domain
                    .or(claimed.web_auth_domain)
                    .unwrap_or_default()],
                now: self.now.unwrap_or_else(|| system_clock().now()),
                tolerance: if self.account.is_some() {
                    Tolerance::WALLET
                } else {
                    Tolerance::ANCHOR
                },
                role: self
                    .account
                    .as_ref()
                    .map_or(Role::Anchor, |account| Role::Wallet { account, client_domain }),
            },
        );
        if self.json {
            match serde_json::to_string_pretty(&report) {
                Ok(json) => println!("{json}"),
                Err(error) => return super::fail(&error),
            }
        } else {
            print(&report);
        }
        if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn print(report: &Report) {
    if let Some(contents) = &report.contents {
        show(contents);
    }
    for check in &report.checks {
        let mark = match check.outcome {
            Outcome::Passed => "  ok  ",
            Outcome::Failed => " FAIL ",
            Outcome::Skipped => "  --  ",
        };
        println!("[{mark}] {}", check.description);
        if let Some(reason) = &check.reason {
            println!("         {reason}");
        }
    }
    println!(
        "{}",
        if report.passed() { "Every rule holds." } else { "Do not sign this challenge." }
    );
}

/// Prints the contents of the challenge, for comparison with what the user expects.
fn show(contents: &ChallengeContents) {
    println!("  source      {}", contents.source);
    println!("  sequence    {}", contents.sequence);
    if let Some(ChallengeBounds { min, max }) = contents.bounds {
        println!("  valid       from {min} to {max}");
    }
    if let Some(memo) = &contents.memo {
        println!("  memo        {} ({})", memo.value, memo.kind);
    }
    for operation in &contents.operations {
        let value = operation.value.as_deref().unwrap_or("(removes the entry)");
        println!("  ManageData  {}: {value}", operation.name);
        if let Some(source) = &operation.source {
            println!("              for {source}");
        }
    }
    for hint in &contents.hints {
        println!("  signed      by a key that ends in the bytes {hint}");
    }
    println!();
}

/// Values from the challenge itself, used only if the user gives none. They prove nothing.
#[derive(Default)]
struct Claimed {
    source: Option<PublicKey>,
    home_domain: Option<String>,
    web_auth_domain: Option<String>,
}

impl Claimed {
    fn of(challenge: &str) -> Self {
        let Ok(Envelope { transaction, .. }) = Envelope::from_base64(challenge) else {
            return Self::default();
        };
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        let mut data = transaction.operations.iter().filter_map(Operation::data);
        let first = transaction.operations.first().and_then(Operation::data);
        let home_domain = first.and_then(|first| text(first.name.strip_suffix(b" auth")?));
        let named = data.find(|data| data.name == b"web_auth_domain");
        let web_auth_domain = named.and_then(|data| text(data.value.as_deref()?));
        Self { source: Some(transaction.source.key), home_domain, web_auth_domain }
    }
}
