//! Debian's Chromium and its WebDriver.

/// The browser of the `chromium` package.
pub(crate) const CHROMIUM: &str = "/usr/bin/chromium";

/// The driver of the `chromium-driver` package.
pub(crate) const DRIVER: &str = "/usr/bin/chromedriver";

/// How Chromium is started everywhere: no window, no sandbox (root has none), nothing that calls home.
///
/// The profile is an empty one each time: the WebDriver and Playwright make one by themselves.
pub(crate) const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

#[cfg(test)]
mod tests {
    use std::fs;

    use serde::Deserialize;

    use super::*;
    use crate::sh::Sh;

    #[derive(Deserialize)]
    struct Capabilities {
        #[serde(rename = "goog:chromeOptions")]
        chrome: Chrome,
    }

    #[derive(Deserialize)]
    struct Chrome {
        binary: String,
        args: Vec<String>,
    }

    #[test]
    fn wasm_tests_start_the_same_browser() {
        let json = fs::read(Sh::new(false).path("tests/webdriver.json")).unwrap();
        let Capabilities { chrome } = serde_json::from_slice(&json).unwrap();
        assert_eq!(
            (chrome.binary.as_str(), chrome.args),
            (CHROMIUM, FLAGS.map(str::to_owned).to_vec())
        );
    }
}
