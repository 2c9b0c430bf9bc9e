//! Reads the configuration: a file, overridden by the environment.

use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

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
            let place = path.display().to_string();
            let table = text.parse().map_err(|cause| ConfigError::Syntax {
                place: place.clone(),
                cause: Box::new(cause),
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
    Value::Table(table)
        .try_into()
        .map_err(|cause| ConfigError::Syntax { place, cause: Box::new(cause) })
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
