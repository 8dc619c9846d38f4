//! The browser's driver as a child process, and a session with a browser of its own.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use xtask::tools::browser::{FLAGS, find};

use crate::{Result, views};

/// How often a driver is started before a test gives up.
const STARTS: usize = 10;

/// A running driver, ended when dropped.
pub struct Driver(Child);

impl Driver {
    /// Starts the driver on a free port and opens a session in a fresh profile; that and all else that the two
    /// put aside lies in the folder given, and goes with it.
    pub async fn session(folder: &Path) -> Result<(Self, Client)> {
        let found = find()?.ok_or("no browser and driver on PATH, nor named by CHROME and CHROMEDRIVER")?;
        let (driver, port) = Self::start(&found.driver, folder)?;
        let mut flags = FLAGS.to_vec();
        if views::asked_for() {
            // What is painted is painted whole and in one way: edges that are painted again by halves, and letters that
            // are painted by colours or by greys, aren't the same pixels.
            flags.extend(["--disable-partial-raster", "--disable-lcd-text"]);
        }
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "binary": found.browser,
                "args": flags,
                "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
            },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { return Err("capabilities are no object".into()) };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        Ok((driver, client))
    }

    /// A driver and its port. It takes a free port of one family, and ends when somebody else took that of the
    /// other meanwhile, as tests that run beside each other do: then it is started again.
    fn start(program: &Path, folder: &Path) -> Result<(Self, u16)> {
        let mut attempt = 1;
        loop {
            let child = Command::new(program)
                .arg("--port=0")
                .env("TMPDIR", folder)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()?;
            let mut driver = Self(child);
            match driver.port() {
                Ok(port) => return Ok((driver, port)),
                Err(error) if attempt == STARTS => return Err(error),
                Err(error) => eprintln!("start {attempt} of the driver: {error}"),
            }
            attempt += 1;
        }
    }

    /// The port that the driver says it took.
    fn port(&mut self) -> Result<u16> {
        let output = self.0.stdout.take().ok_or("the driver has no output")?;
        let mut lines = BufReader::new(output).lines();
        let mut said = String::new();
        for line in &mut lines {
            let line = line?;
            if let Some(port) = port_in(&line) {
                // Read on, so that the driver never blocks on a full pipe.
                thread::spawn(move || lines.for_each(drop));
                return Ok(port);
            }
            said = line;
        }
        Err(format!("the driver ended before it named its port; its last words: {said}").into())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn port_in(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

/// A command of the driver beside the standard.
struct Extra {
    path: &'static str,
    body: Value,
}

impl fmt::Debug for Extra {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.path)
    }
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> std::result::Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// A command of the DevTools protocol.
pub async fn devtools(client: &Client, command: &str, params: Value) -> Result<Value> {
    let body = json!({ "cmd": command, "params": params });
    Ok(client.issue_cmd(Extra { path: "goog/cdp/execute", body }).await?)
}

/// What a log of the driver's has gathered since it was last asked.
pub async fn driver_log(client: &Client, kind: &str) -> Result<Vec<Value>> {
    let entries = client.issue_cmd(Extra { path: "se/log", body: json!({ "type": kind }) }).await?;
    Ok(entries.as_array().cloned().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 40123."), Some(40123));
        assert_eq!(port_in("Starting ChromeDriver 156 on port 0"), None);
    }
}
