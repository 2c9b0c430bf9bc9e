//! Reads the configuration: a file, overridden by the environment.

use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};
use zeroize::Zeroizing;

use super::ConfigError;

const PREFIX: &str = "WINDLASS_";

/// Reads a typed value from the file, with the environment's values in place of the file's.
pub(crate) fn read<T: DeserializeOwned>(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<T, ConfigError> {
    let (mut table, place) = match file {
        None => (Table::new(), "environment".to_owned()),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|cause| ConfigError::Unreadable { path: path.into(), cause })?;
            let text = Zeroizing::new(text);
            let place = path.display().to_string();
            let table = text.parse::<Table>().map_err(|error| {
                let start = error.span().and_then(|span| text.get(..span.start));
                let line = start.unwrap_or_default().matches('\n').count() + 1;
                // The library's full text quotes the line.
                let reason = error.message().to_owned();
                ConfigError::Syntax { place: format!("{place}, line {line}"), reason }
            })?;
            (table, place)
        }
    };
    for (name, value) in environment {
        if let Some(key) = name.strip_prefix(PREFIX) {
            let path: Vec<_> = key.split("__").map(str::to_lowercase).collect();
            set(&mut table, &path, scalar(value));
        }
    }
    let read = serde_path_to_error::deserialize(Value::Table(table));
    read.map_err(|error| {
        let (key, reason) = (error.path().to_string(), without_value(error.inner().message()));
        let reason = if key == "." { reason } else { format!("{key}: {reason}") };
        ConfigError::Syntax { place, reason }
    })
}

/// Removes the value from the text of an error, because it may be a secret: serde says
/// `invalid type: string "…", expected a map`.
fn without_value(text: &str) -> String {
    let kinds = ["invalid type", "invalid value", "invalid length", "unknown variant"];
    let Some(kind) = kinds.iter().find(|kind| text.starts_with(**kind)) else {
        return text.to_owned();
    };
    match text.rfind(", expected ") {
        Some(expected) => format!("{kind}{}", &text[expected..]),
        None => (*kind).to_owned(),
    }
}

/// Sets a value at a path and creates the tables on the way.
fn set(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [key] => {
            table.insert(key.clone(), value);
        }
        [key, rest @ ..] => {
            let inner = table.entry(key.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

/// Parses a TOML value, or else takes the text itself: `8000`, `["sep-1"]` and `https://…` all work
/// unquoted.
fn scalar(text: String) -> Value {
    let parsed =
        format!("value = {text}").parse::<Table>().ok().and_then(|mut table| table.remove("value"));
    match parsed {
        Some(
            value @ (Value::Integer(_) | Value::Boolean(_) | Value::Array(_) | Value::String(_)),
        ) => value,
        _ => Value::String(text),
    }
}

/// A configuration with every key explained, as `windlass config` prints it.
pub fn example() -> &'static str {
    include_str!("../../windlass.example.toml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    fn load(vars: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::load(
            None,
            vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    #[test]
    fn environment_sets_nested_keys_without_quotes() {
        let config = load(&[
            ("WINDLASS_PUBLIC_URL", "https://anchor.example.com"),
            ("WINDLASS_NETWORK__HORIZON_URL", "https://horizon.example.com"),
            ("WINDLASS_SEP10__SESSION_LIFETIME", "600"),
            ("WINDLASS_SEPS", r#"["sep-1", "sep-10"]"#),
            ("PATH", "/bin"),
        ])
        .unwrap();
        assert_eq!(
            (config.public_host().as_str(), config.sep10.session_lifetime, config.seps.len()),
            ("anchor.example.com", 600, 2)
        );
        assert_eq!(config.endpoint("/auth"), "https://anchor.example.com/auth");
        assert!(!config.is_sandbox());
    }

    #[test]
    fn unknown_keys_and_invalid_values_are_named() {
        for (name, value, named) in [
            ("WINDLASS_COLOUR", "blue", "colour"),
            ("WINDLASS_SEP10__SESION_LIFETIME", "600", "sesion_lifetime"),
            ("WINDLASS_PUBLIC_URL", "http://anchor.example.com", "public_url"),
            ("WINDLASS_PUBLIC_URL", "https://anchor.example.com/path", "public_url"),
            (
                "WINDLASS_NETWORK__PASSPHRASE",
                "Public Global Stellar Network ; September 2015",
                "network.horizon_url",
            ),
            ("WINDLASS_SEPS", r#"["sep-12"]"#, "sep-10"),
            ("WINDLASS_SEP10__SESSION_LIFETIME", "0", "session_lifetime"),
            ("WINDLASS_SEP10__HOME_DOMAINS", r#"["https://example.com"]"#, "home_domains"),
            (
                "WINDLASS_SEP10__ALLOWED_CLIENT_DOMAINS",
                r#"["https://wallet.example"]"#,
                "sep10.allowed_client_domains",
            ),
            (
                "WINDLASS_SEP10__DENIED_CLIENT_DOMAINS",
                r#"["wallet.example:8000"]"#,
                "sep10.denied_client_domains",
            ),
        ] {
            let error = load(&[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(named), "{name}={value}: {error}");
        }
    }

    #[test]
    fn errors_name_the_key_and_never_the_value() {
        const SECRET: &str = "SSECRETVALUE";
        let checked = |name: &str, error: ConfigError, named: &str| {
            for text in [error.to_string(), format!("{error:?}")] {
                assert!(!text.contains(SECRET), "{name}: {text}");
                assert!(text.contains(named), "{name}: {text}");
            }
        };
        for (name, value, named) in [
            ("WINDLASS_SECRETS", SECRET, "secrets: invalid type, expected struct Secrets"),
            ("WINDLASS_SECRETS__SIGNING_SEED", SECRET, "secrets"),
            ("WINDLASS_SECRETS__SIGNING_SEED", "[\"SSECRETVALUE\"]", "secrets.signing_seed"),
            ("WINDLASS_SECRETS__DATA_KEYS", SECRET, "secrets.data_keys"),
            ("WINDLASS_SECRETS__DATA_KEYS", "[\"SSECRETVALUE\"]", "secrets.data_keys[0]"),
            (
                "WINDLASS_SECRETS__SESSION_KEYS",
                "[{ id = \"a\", algorithm = \"SSECRETVALUE\" }]",
                "secrets.session_keys[0].algorithm",
            ),
            (
                "WINDLASS_STORAGE__SECRET_ACCESS_KEY",
                "[\"SSECRETVALUE\"]",
                "storage.secret_access_key",
            ),
            ("WINDLASS_DATABASE_URL", "[\"SSECRETVALUE, expected \"]", "database_url"),
            ("WINDLASS_HOOKS__CUSTOMERS", SECRET, "hooks.customers"),
            ("WINDLASS_HOOKS", SECRET, "hooks"),
        ] {
            checked(name, load(&[(name, value)]).unwrap_err(), named);
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        for (text, named) in [
            ("[secrets]\nsigning_seed = SSECRETVALUE\n", "line 2"),
            ("[secrets]\nsigning_seed = \"SSECRETVALUE\n", "line 2"),
            ("[secrets]\n\nSSECRETVALUE\n", "line 3"),
            ("[secrets]\nsigning_seed = [\"SSECRETVALUE\"]\n", "secrets.signing_seed"),
            ("secrets = \"SSECRETVALUE\"\n", "secrets"),
            ("[storage]\nsecret_access_key = [\"SSECRETVALUE\"]\n", "storage.secret_access_key"),
        ] {
            std::fs::write(file.path(), text).unwrap();
            checked(text, Config::load(Some(file.path()), []).unwrap_err(), named);
        }
    }

    #[test]
    fn example_is_a_valid_configuration() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), example()).unwrap();
        Config::load(Some(file.path()), []).unwrap();
    }

    #[test]
    fn default_configuration_is_a_sandbox_on_this_machine() {
        let config = load(&[]).unwrap();
        assert!(config.is_sandbox());
        assert_eq!(config.home_domains(), ["localhost:8000", "127.0.0.1:8000"]);
        assert_eq!(config.public_url().as_str(), "http://localhost:8000/");
    }
}
