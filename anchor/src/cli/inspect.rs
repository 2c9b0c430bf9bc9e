//! `windlass inspect`

use std::{io::Read as _, process::ExitCode};

use clap::Args;
use windlass_anchor::clock::system_clock;
use windlass_core::{
    account::{Account, PublicKey},
    network::Network,
    sep10::{ChallengeBounds, ChallengeContents, Expect, Outcome, Report, Role, Tolerance},
    xdr::{Envelope, Operation},
};

/// Options of `windlass inspect`.
#[derive(Args)]
pub(crate) struct Inspect {
    /// The challenge: base64 of a transaction envelope, or `-` to read it from standard input.
    challenge: String,
    /// The anchor's SIGNING_KEY, from its stellar.toml. Without it the challenge's own source is believed.
    #[arg(long, value_name = "G...")]
    signing_key: Option<PublicKey>,
    /// The domain of the stellar.toml. Without it the one in the challenge is believed.
    #[arg(long, value_name = "DOMAIN")]
    home_domain: Option<String>,
    /// The host of WEB_AUTH_ENDPOINT. Without it the one in the challenge is believed.
    #[arg(long, value_name = "HOST")]
    web_auth_domain: Option<String>,
    /// The account that asked for it: G..., M... or G...:memo. With it, the rules of a wallet before it signs apply;
    /// without it, those of an anchor when the signed challenge comes back.
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<Account>,
    /// Passphrase of the network.
    #[arg(long, value_name = "PASSPHRASE", default_value = Network::TESTNET)]
    network: String,
    /// Unix time to check the time bounds at. Without it: now.
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
                    .map_or(Role::Anchor, |account| Role::Wallet { account, client_domain: None }),
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

/// What the challenge says, to be compared with what is expected.
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

/// What a challenge says of itself; not to be trusted, only to be compared when nothing else is known.
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
