//! Files of SEP-1: read, checked and written.

use serde::Deserialize;
use serde_json::{Value, json};
use windlass_core::{
    link::Link,
    sep1::{HomeDomain, HomeDomainError, KeyError, StellarToml, TomlError, well_known},
};

use super::{by_name, outcome, outcome_with_code};

#[derive(Deserialize)]
struct Files {
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    name: String,
    /// The file, line by line.
    toml: Vec<String>,
    /// Whether plain http on a loopback host is allowed.
    #[serde(default)]
    dev: bool,
}

/// The file with every key.
pub(super) fn sample() -> Value {
    judge(include_str!("../../vectors/sep1/sample.toml"), false)
}

/// Small files, good and bad.
pub(super) fn files() -> Value {
    let Files { files } = super::read(include_str!("../../vectors/sep1/files.json"));
    by_name(files.into_iter().map(|File { name, toml, dev }| (name, judge(&toml.join("\n"), dev))))
}

fn judge(text: &str, dev: bool) -> Value {
    outcome_with_code(StellarToml::parse(text).map(|file| about(&file, dev)), TomlError::code)
}

fn about(file: &StellarToml, dev: bool) -> Value {
    let endpoint = |link: Result<Option<&Link>, KeyError>| {
        outcome_with_code(link.map(Option::<&Link>::cloned), KeyError::code)
    };
    let problems: Vec<_> = file.problems(dev).iter().map(ToString::to_string).collect();
    let printed = file.print(dev);
    json!({
        "values": file,
        "problems": problems,
        "web_auth_endpoint": endpoint(file.web_auth_endpoint(dev)),
        "kyc_server": endpoint(file.kyc_server(dev)),
        "signing_key": outcome_with_code(file.signing_key.get(), KeyError::code),
        "read_again": printed.as_ref().ok().map(|text| StellarToml::parse(text).as_ref() == Ok(file)),
        "printed": outcome(printed),
    })
}

#[derive(Deserialize)]
struct HomeDomains {
    home_domains: Vec<String>,
}

/// Home domains with the URL of their file, and invalid ones.
pub(super) fn home_domains() -> Value {
    let HomeDomains { home_domains } =
        super::read(include_str!("../../vectors/sep1/home_domains.json"));
    by_name(home_domains.into_iter().map(|text| {
        let places = text.parse().map(|domain: HomeDomain| {
            json!({ "url": well_known(&domain, false), "dev": well_known(&domain, true) })
        });
        let result = outcome_with_code(places, HomeDomainError::code);
        (text, result)
    }))
}

#[derive(Deserialize)]
struct Links {
    links: Vec<String>,
}

/// URLs of services with the result of parsing, and invalid ones.
pub(super) fn links() -> Value {
    let Links { links } = super::read(include_str!("../../vectors/sep1/links.json"));
    by_name(links.into_iter().map(|text| {
        let result = outcome(text.parse().map(|link: Link| {
            json!({
                "url": link.as_str(),
                "authority": link.authority(),
                "host": link.host(),
                "secure": link.is_secure(false),
                "secure_in_development": link.is_secure(true),
                "joined": link.join("/customer"),
                "with_query": link.with_query([("memo", "7"), ("é &=+", "a b/ü%~-._")]),
            })
        }));
        (text, result)
    }))
}
