//! What the page said on the console and whom it asked over the network.

use std::fmt;

use serde_json::Value;

/// How grave a console message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Information.
    Info,
    /// A warning.
    Warning,
    /// An error: a test that leaves one fails.
    Error,
}

/// One console message.
#[derive(Clone, Debug)]
pub struct Entry {
    /// How grave it is.
    pub level: Level,
    /// Source, line and text as the browser gives them.
    pub message: String,
}

impl Entry {
    pub(crate) fn read(entry: &Value) -> Self {
        let level = match entry["level"].as_str() {
            Some("SEVERE") => Level::Error,
            Some("WARNING") => Level::Warning,
            _ => Level::Info,
        };
        Self { level, message: entry["message"].as_str().unwrap_or_default().to_owned() }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}: {}", self.level, self.message)
    }
}

/// The address that an entry of the performance log asks for, if it tells of a request.
pub(crate) fn requested(entry: &Value) -> Option<String> {
    let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
    let event = &message["message"];
    match event["method"].as_str()? {
        "Network.requestWillBeSent" => event["params"]["request"]["url"].as_str().map(str::to_owned),
        "Network.webSocketCreated" => event["params"]["url"].as_str().map(str::to_owned),
        _ => None,
    }
}

/// Whether an address leads to another host than the page's own.
pub(crate) fn foreign(url: &str, own: &str) -> bool {
    let own = url.starts_with(own) || url.strip_prefix("blob:").is_some_and(|inner| inner.starts_with(own));
    !own && !url.starts_with("data:") && !url.starts_with("about:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_host_is_no_stranger() {
        let own = "http://127.0.0.1:1234/";
        for near in ["http://127.0.0.1:1234/a.js", "blob:http://127.0.0.1:1234/5-6", "data:text/plain,x"] {
            assert!(!foreign(near, own), "{near}");
        }
        for far in ["http://127.0.0.1:12345/", "https://example.org/", "ws://127.0.0.1:1234/", "blob:null/1"] {
            assert!(foreign(far, own), "{far}");
        }
    }
}
