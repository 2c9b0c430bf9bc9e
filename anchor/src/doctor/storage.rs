//! Checks the storage of files, and that all stored data can be decrypted.

use super::Findings;
use crate::{
    Config,
    clock::{system_clock, system_random},
    config::Secrets,
    database::{Database, Engine},
    kyc::KEY_TABLES,
    rotation::Rotation,
    storage::Storage,
    vault::Vault,
};

/// Checks the storage by writing a file and removing it. Does not write to the default folder.
pub(super) async fn examine(config: &Config, database: &Database, findings: &mut Findings) {
    if config.storage.endpoint.as_ref().is_some_and(|endpoint| endpoint.scheme() != "https") {
        findings.error(
            "storage.endpoint",
            "is not https: requests to the bucket could be modified on the network",
        );
    }
    let Some(url) = &config.storage.url else {
        let folder = config.data_dir.join("files");
        if database.engine() == Engine::Postgres {
            let text = format!(
                "not set: files are in {}; replicas on other machines need a bucket or a shared folder",
                folder.display()
            );
            return findings.warning("storage.url", text);
        }
        return findings.good("storage.url", format!("files are in {}", folder.display()));
    };
    let (clock, random) = (system_clock(), system_random());
    let storage = Storage::open(&config.storage, &config.data_dir, database.clone(), clock, random);
    let result = match storage {
        Ok(storage) => storage.probe().await,
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => findings.good("storage.url", format!("{url} accepts and returns files")),
        Err(error) => findings.error("storage.url", format!("{url}: {error}")),
    }
}

/// Checks that the keys to all stored data are configured.
pub(super) async fn keys(secrets: Option<&Secrets>, database: &Database, findings: &mut Findings) {
    let Some(secrets) = secrets else { return };
    let Some(vault) = Vault::new(&secrets.vault_keys()) else {
        return findings
            .error("secrets.data_keys", "there is none, or two entries have the same id");
    };
    let rotation = Rotation::new(database.clone(), vault, system_random(), KEY_TABLES);
    let census = match rotation.census().await {
        Ok(census) => census,
        Err(error) => return findings.error("secrets.data_keys", error.to_string()),
    };
    let known = |id: &String| secrets.data_keys.iter().any(|key| key.id == *id);
    for id in census.keys().filter(|id| !known(id)) {
        let text = format!("personal data is encrypted with \"{id}\", which is missing");
        findings.error("secrets.data_keys", text);
    }
    let current = secrets.data_keys.first().map(|key| key.id.as_str()).unwrap_or_default();
    if census.keys().any(|id| known(id) && id != current) {
        let text = format!(
            "not everything is encrypted with \"{current}\" yet: `windlass keys rotate` continues"
        );
        findings.warning("secrets.data_keys", text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::system_random;
    use crate::doctor::Severity;

    fn worst(findings: Findings) -> Vec<(Severity, &'static str)> {
        findings.0.into_iter().map(|finding| (finding.severity, finding.subject)).collect()
    }

    async fn examined(url: Option<&str>, endpoint: Option<&str>) -> Vec<(Severity, &'static str)> {
        let database = Database::connect("sqlite::memory:").await.unwrap();
        let mut config = Config::default();
        config.storage.url = url.map(|url| url.parse().unwrap());
        config.storage.endpoint = endpoint.map(|url| url.parse().unwrap());
        let mut findings = Findings(Vec::new());
        examine(&config, &database, &mut findings).await;
        worst(findings)
    }

    #[tokio::test]
    async fn storage_check_writes_and_removes_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("file://{}", folder.path().display());
        assert_eq!(examined(None, None).await, [(Severity::Good, "storage.url")]);
        assert_eq!(examined(Some(&url), None).await, [(Severity::Good, "storage.url")]);
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            0,
            "the test file is removed"
        );
        std::fs::write(folder.path().join("file"), "").unwrap();
        let blocked = format!("{url}/file");
        assert_eq!(examined(Some(&blocked), None).await, [(Severity::Error, "storage.url")]);
        let plain = examined(Some("ftp://host/x"), Some("http://127.0.0.1:9")).await;
        assert_eq!(
            plain,
            [(Severity::Error, "storage.endpoint"), (Severity::Error, "storage.url")]
        );
    }

    #[tokio::test]
    async fn missing_and_old_data_keys_are_reported() {
        let database = Database::connect("sqlite::memory:").await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut secrets = Secrets::in_folder(folder.path(), &system_random()).unwrap();
        let insert = "insert into customer (id, account, memo_type, memo, key_id, wrapped_key, created_at, put_at)
             values ($1, $1, '', '', $2, $3, 0, 0)";
        for (id, key) in [("a", secrets.data_keys[0].id.clone()), ("b", "lost".to_owned())] {
            let insert = sqlx::query(insert).bind(id).bind(key).bind(&b"x"[..]);
            insert.execute(database.writes()).await.unwrap();
        }
        let mut findings = Findings(Vec::new());
        keys(Some(&secrets), &database, &mut findings).await;
        assert!(findings.0[0].text.contains("\"lost\""), "{:?}", findings.0);
        assert_eq!(worst(findings), [(Severity::Error, "secrets.data_keys")]);

        let new = crate::config::DataKey::generate(&system_random());
        secrets.data_keys.insert(0, new);
        let mut findings = Findings(Vec::new());
        keys(Some(&secrets), &database, &mut findings).await;
        let expected = [Severity::Error, Severity::Warning].map(|is| (is, "secrets.data_keys"));
        assert_eq!(worst(findings), expected);
    }
}
