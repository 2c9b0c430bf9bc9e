//! Checks the HTTP hooks: customers and the review provider.

use url::Host;

use super::Findings;
use crate::{Config, remote::HttpHook};

pub(super) fn examine(config: &Config, findings: &mut Findings) {
    let hooks = [
        ("hooks.customers.url", config.hooks.customers.as_ref()),
        ("hooks.review_provider.url", config.hooks.review_provider.as_ref()),
    ];
    for (subject, hook) in hooks {
        if let Some(HttpHook { url, .. }) = hook {
            if url.scheme() == "https" || is_here(url.host()) {
                findings.good(subject, url.as_str());
            } else {
                let text = "is http: calls are signed and cannot be modified on the network, but personal data can be read; use https or a private network";
                findings.warning(subject, text);
            }
        }
    }
}

fn is_here(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;

    #[test]
    fn unencrypted_hook_url_is_reported() {
        for (url, expected) in [
            ("https://business.example/hooks", Severity::Good),
            ("http://127.0.0.1:9000/", Severity::Good),
            ("http://[::1]:9000/", Severity::Good),
            ("http://localhost:9000/", Severity::Good),
            ("http://business.internal/hooks", Severity::Warning),
            ("http://10.0.0.7/", Severity::Warning),
        ] {
            let mut config = Config::default();
            let hook = format!("url = \"{url}\"\nkey_id = \"a\"\nsecret = \"{}\"", "A".repeat(44));
            config.hooks.review_provider = Some(toml::from_str(&hook).unwrap());
            let mut findings = Findings(Vec::new());
            examine(&config, &mut findings);
            let found: Vec<_> =
                findings.0.iter().map(|finding| (finding.severity, finding.subject)).collect();
            assert_eq!(found, [(expected, "hooks.review_provider.url")], "{url}");
        }
    }
}
