//! `windlass doctor`: checks a configuration before it goes into production.

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

/// The severity of a finding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Severity {
    /// The check passed.
    Good,
    /// The anchor works, but is not ready for production or lacks what users expect.
    Warning,
    /// The anchor does not work, or must not go into production.
    Error,
}

/// The result of one check.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The severity.
    pub severity: Severity,
    /// The key of the configuration, or the part of the server, that was checked.
    pub subject: &'static str,
    /// The result, and what to do about it.
    pub text: String,
}

/// Runs all checks. Migrates the database, but does *not* create missing secrets.
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
            format!(
                "{url} is not https: an attacker on the network could forge the signers of accounts"
            ),
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
        findings.warning("network.passphrase", "is that of a standalone network, not a public one");
    }
}

/// Checks that the issuer's account and the stellar.toml name each other, so that a wallet can find
/// each from the other (S01-10).
async fn issuers(config: &Config, findings: &mut Findings) {
    let horizon = config.network.horizon_url.clone().and_then(|url| Horizon::new(url).ok());
    let Some(horizon) = horizon else { return };
    let domains = config.home_domains();
    let issuers: BTreeSet<_> = config.currencies.iter().map(|currency| currency.issuer).collect();
    for issuer in issuers {
        let advice = format!(
            "set its home domain to {} with a SetOptions operation of the issuer, so that wallets can find this anchor from the asset",
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
    if url.scheme() == "https" && config.rates.proxies == 0 {
        findings.warning(
            "rates.proxies",
            "is 0, but https needs a proxy in front: all clients would share the limits of its address",
        );
    }
    let domains = config.home_domains();
    if domains.contains(&config.public_host()) {
        findings.good("sep10.home_domains", domains.join(", "));
    } else {
        let text = format!(
            "{}: none of them is the host of public_url; each must serve this server's stellar.toml at /.well-known/stellar.toml",
            domains.join(", ")
        );
        findings.warning("sep10.home_domains", text);
    }
    let web_auth_domain = config.web_auth_domain();
    if url.host_str() == Some(web_auth_domain.as_str()) {
        findings.good("sep10.web_auth_domain", web_auth_domain);
    } else {
        let text = format!(
            "{web_auth_domain} is not the host of public_url: most wallet SDKs compare it with the host without the port, and refuse to sign"
        );
        findings.warning("sep10.web_auth_domain", text);
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
            "its host is not among the home domains, where wallets look for the stellar.toml (SEP-1)",
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
            findings.error("secrets", "none yet: `windlass keygen` prints new ones; `windlass serve` creates them at its first start");
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
                "each needs at least {} bytes: generate one with `windlass keygen`",
                crate::Sessions::MIN_SECRET
            ),
        );
    }
    if secrets.data_keys.is_empty() {
        findings.error("secrets.data_keys", "none: generate one with `windlass keygen`");
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
        return findings.warning("seps", "sep-1 is switched off: the stellar.toml on the other server must agree with this configuration");
    }
    let Some(secrets) = secrets else { return };
    match config::stellar_toml(config, secrets.signing_seed.0.public()) {
        Ok(text) => findings.good("stellar.toml", format!("{} bytes", text.len())),
        Err(error) => findings.error("stellar.toml", error.to_string()),
    }
    if config.currencies.is_empty() {
        findings.warning(
            "currencies",
            "none: SDF's validator rejects a stellar.toml without currencies",
        );
    }
    if config.organization.name == config::Organization::default().name {
        findings.warning("organization.name", "still has the sandbox's default");
    }
    if config.organization.support_email.is_none() {
        findings.warning("organization.support_email", "not set: users do not know whom to ask");
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
        Ok(database) => {
            database.check().await.map(|()| database).map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    };
    if engine == "SQLite" {
        findings.warning("database_url", "SQLite works for one replica; use PostgreSQL for more");
    }
    match result {
        Ok(database) => {
            findings
                .good("database_url", format!("{engine} answers and its tables are up to date"));
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
        let text = "fields must be confirmed by a code, but this binary can send codes only in the sandbox: build a server with a Notifier, or set verify = false";
        findings.error("kyc", text);
    } else {
        findings.good("kyc", "customer types and fields are valid");
    }
}
