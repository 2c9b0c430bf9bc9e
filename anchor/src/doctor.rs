//! What an operator should know before a configuration goes into production.

use std::collections::BTreeSet;

use windlass_core::network::Network;

use crate::{
    Config,
    clock::system_random,
    config::{self, Secrets, Sep},
    database::Database,
    hooks::Ledger as _,
    ledger::Horizon,
};

mod hooks;
mod storage;

/// How bad it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Severity {
    /// As it should be.
    Good,
    /// Works, but is not for production, or not as complete as users expect.
    Warning,
    /// Does not work, or must not go into production.
    Error,
}

/// What one check found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The key of the configuration, or the part, that it is about.
    pub subject: &'static str,
    /// What was found, and what to do.
    pub text: String,
}

/// Checks everything. A database is migrated; missing secrets are *not* made.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = Findings(Vec::new());
    network(config, &mut findings).await;
    issuers(config, &mut findings).await;
    public_url(config, &mut findings);
    let secrets = secrets(config, &mut findings);
    stellar_toml(config, secrets.as_ref(), &mut findings);
    let database = database(config, &mut findings).await;
    if let Some(database) = &database {
        storage::examine(config, database, &mut findings).await;
        storage::keys(secrets.as_ref(), database, &mut findings).await;
    }
    hooks::examine(config, &mut findings);
    kyc(config, &mut findings);
    findings.0
}

struct Findings(Vec<Finding>);

impl Findings {
    fn good(&mut self, subject: &'static str, text: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Good, subject, text: text.into() });
    }

    fn warning(&mut self, subject: &'static str, text: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Warning, subject, text: text.into() });
    }

    fn error(&mut self, subject: &'static str, text: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Error, subject, text: text.into() });
    }
}

async fn network(config: &Config, findings: &mut Findings) {
    let Some(url) = &config.network.horizon_url else {
        return findings.error(
            "network.horizon_url",
            "not set: the sandbox ledger is for development; name a Horizon server",
        );
    };
    if url.scheme() != "https" {
        findings.error(
            "network.horizon_url",
            format!("{url} is not https: what it says of signers could be forged on the way"),
        );
    }
    let answer = match Horizon::new(url.clone()) {
        Ok(horizon) => horizon.network_passphrase().await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(passphrase) if passphrase == config.network.passphrase => {
            findings.good("network.horizon_url", format!("{url} serves \"{passphrase}\""));
        }
        Ok(passphrase) => findings.error(
            "network.passphrase",
            format!(
                "is \"{}\", but {url} serves \"{passphrase}\": change one of them",
                config.network.passphrase
            ),
        ),
        Err(error) => findings.error(
            "network.horizon_url",
            format!("{url}: {error}; without it no wallet can sign in"),
        ),
    }
    if config.network.passphrase == Network::STANDALONE {
        findings.warning("network.passphrase", "is the standalone network's, not a public one");
    }
}

/// Account and file name each other, so that a wallet can find either from the other (S01-10).
async fn issuers(config: &Config, findings: &mut Findings) {
    let horizon = config.network.horizon_url.clone().and_then(|url| Horizon::new(url).ok());
    let Some(horizon) = horizon else { return };
    let domains = config.home_domains();
    let issuers: BTreeSet<_> = config.currencies.iter().map(|currency| currency.issuer).collect();
    for issuer in issuers {
        let advice = format!(
            "set its home domain to {} by an operation of the issuer, so that wallets can find this anchor from the asset",
            domains.join(" or ")
        );
        match horizon.home_domain(&issuer).await {
            // Another check reports that the ledger does not answer.
            Err(_) => return,
            Ok(None) => {
                findings.warning("currencies", format!("issuer {issuer} is not on the ledger"));
            }
            Ok(Some(named)) if named.is_empty() => findings.warning(
                "currencies",
                format!("issuer {issuer} names no home domain on the ledger: {advice}"),
            ),
            Ok(Some(named)) => match domains.iter().find(|own| own.eq_ignore_ascii_case(&named)) {
                Some(own) => findings
                    .good("currencies", format!("issuer {issuer} names {own} on the ledger")),
                None => findings.warning(
                    "currencies",
                    format!("issuer {issuer} names \"{named}\" on the ledger: {advice}"),
                ),
            },
        }
    }
}

fn public_url(config: &Config, findings: &mut Findings) {
    let url = config.public_url();
    if url.scheme() == "https" {
        findings.good("public_url", url.to_string());
    } else {
        findings.error("public_url", format!("{url} is not https: wallets refuse it"));
    }
    let domains = config.home_domains();
    if domains.contains(&config.public_host()) {
        findings.good("sep10.home_domains", domains.join(", "));
    } else {
        let text = format!(
            "{}: none is the host of public_url; each must serve this server's stellar.toml at /.well-known/stellar.toml",
            domains.join(", ")
        );
        findings.warning("sep10.home_domains", text);
    }
    if config
        .organization
        .url
        .as_ref()
        .and_then(|url| url.host_str())
        .is_some_and(|host| !domains.iter().any(|domain| domain == host))
    {
        findings.warning(
            "organization.url",
            "its host is none of the home domains: wallets look for the stellar.toml there (SEP-1)",
        );
    }
}

fn secrets(config: &Config, findings: &mut Findings) -> Option<Secrets> {
    let secrets = match &config.secrets {
        Some(secrets) => secrets.clone(),
        None if config.data_dir.join("secrets.toml").exists() => {
            match Secrets::in_folder(&config.data_dir, &system_random()) {
                Ok(secrets) => {
                    findings.warning(
                        "secrets",
                        format!(
                            "come from {}: keep a copy somewhere else",
                            config.data_dir.join("secrets.toml").display()
                        ),
                    );
                    secrets
                }
                Err(error) => {
                    findings.error("secrets", error.to_string());
                    return None;
                }
            }
        }
        None => {
            findings.error("secrets", "none yet: `windlass keygen` prints some; `windlass serve` makes them on its first start");
            return None;
        }
    };
    let key = secrets.signing_seed.0.public();
    if config.currencies.iter().any(|currency| currency.issuer == key) {
        findings.error(
            "secrets.signing_seed",
            format!("{key} is the issuer of an asset: its secret must not be on a server"),
        );
    } else {
        findings.good("secrets.signing_seed", format!("SIGNING_KEY is {key}"));
    }
    if secrets.session_keys.iter().any(|key| key.secret.0.len() < crate::Sessions::MIN_SECRET)
        || secrets.session_keys.is_empty()
    {
        findings.error(
            "secrets.session_keys",
            format!(
                "each needs at least {} bytes: make one with `windlass keygen`",
                crate::Sessions::MIN_SECRET
            ),
        );
    }
    if secrets.data_keys.is_empty() {
        findings.error("secrets.data_keys", "none: make one with `windlass keygen`");
    }
    if secrets
        .session_keys
        .iter()
        .any(|session| secrets.data_keys.iter().any(|data| session.secret.0 == data.secret.0))
    {
        findings.error("secrets", "the same bytes serve two purposes: each needs its own");
    }
    Some(secrets)
}

fn stellar_toml(config: &Config, secrets: Option<&Secrets>, findings: &mut Findings) {
    if !config.serves(Sep::Sep1) {
        return findings.warning("seps", "sep-1 is not served: the stellar.toml that is served elsewhere must agree with this configuration");
    }
    let Some(secrets) = secrets else { return };
    match config::stellar_toml(config, secrets.signing_seed.0.public()) {
        Ok(text) => findings.good("stellar.toml", format!("{} bytes", text.len())),
        Err(error) => findings.error("stellar.toml", error.to_string()),
    }
    if config.currencies.is_empty() {
        findings.warning("currencies", "none: SDF's validator fails a stellar.toml without any");
    }
    if config.organization.name == config::Organization::default().name {
        findings.warning("organization.name", "is still the sandbox's");
    }
    if config.organization.support_email.is_none() {
        findings.warning("organization.support_email", "not set: users will not know where to ask");
    }
}

async fn database(config: &Config, findings: &mut Findings) -> Option<Database> {
    let url = config.database_url();
    let engine = if url.starts_with("postgres") { "PostgreSQL" } else { "SQLite" };
    if engine == "SQLite" && !config.data_dir.exists() {
        findings.warning(
            "database_url",
            format!("SQLite in {}, which does not exist yet", config.data_dir.display()),
        );
        return None;
    }
    let result = match Database::connect(&url).await {
        Ok(database) => database.ping().await.map(|()| database).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if engine == "SQLite" {
        findings.warning("database_url", "SQLite serves one replica; take PostgreSQL for more");
    }
    match result {
        Ok(database) => {
            findings.good("database_url", format!("{engine} answers and has its tables"));
            Some(database)
        }
        Err(error) => {
            findings.error("database_url", error);
            None
        }
    }
}

fn kyc(config: &Config, findings: &mut Findings) {
    if !config.serves(Sep::Sep12) {
        return;
    }
    if !config.is_sandbox() && config.kyc.verifies() {
        let text = "fields are verified by code, and this binary can send none outside the sandbox: give a Notifier in a server of your own, or set verify = false";
        findings.error("kyc", text);
    } else {
        findings.good("kyc", "customer types and fields are understood");
    }
}
