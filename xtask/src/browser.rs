//! Debian's browsers: Chromium and its WebDriver, and the engines of the others.

/// The browser of the `chromium` package.
pub(crate) const CHROMIUM: &str = "/usr/bin/chromium";

/// The driver of the `chromium-driver` package.
pub(crate) const DRIVER: &str = "/usr/bin/chromedriver";

/// Firefox, WebKit, and a display for its window: the programs of [`ENGINE_PACKAGES`].
pub(crate) const ENGINES: [&str; 3] =
    ["/usr/bin/firefox-esr", "/usr/bin/WebKitWebDriver", "/usr/bin/Xvfb"];

/// The packages of [`ENGINES`].
pub(crate) const ENGINE_PACKAGES: [&str; 3] = ["firefox-esr", "webkit2gtk-driver", "xvfb"];

/// How Chromium is started everywhere: no window, no sandbox (root cannot use it), no connections
/// of its own. The WebDriver and Playwright add an empty profile.
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
    use serde_json::{Value, json};

    use super::*;
    use crate::sh::Sh;

    #[test]
    fn wasm_tests_start_the_same_browser() {
        let json = Sh::new(false).read_file("tests/webdriver.json").unwrap();
        let chrome = &serde_json::from_str::<Value>(&json).unwrap()["goog:chromeOptions"];
        assert_eq!((&chrome["binary"], &chrome["args"]), (&json!(CHROMIUM), &json!(FLAGS)));
    }
}
