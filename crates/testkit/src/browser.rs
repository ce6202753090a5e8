//! A headless Chromium that a test, or the screenshot chore, drives by WebDriver.
//!
//! Each browser has a profile and a driver of its own and leaves neither behind, also when a test panics.
//! What is clicked and expected is the caller's: this is no page-object layer.

use std::path::PathBuf;
use std::process::Stdio;
use std::{env, fs, process};

use anyhow::{Context, Result, bail};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use url::{ParseError, Url};

/// No GPU, no sandbox that root could not have, and nothing that talks to the network by itself.
const ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Shared memory is small in containers.
    "--disable-dev-shm-usage",
];

/// How pages see the person in front of them.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    /// What the browser asks for: `fr`, `en`.
    pub language: &'a str,
}

pub struct Browser {
    client: Client,
    _driver: Driver,
}

impl Browser {
    /// Starts a driver on a free port, and a browser under it.
    pub async fn start() -> Result<Self> {
        let driver = Driver::start().await?;
        let mut arguments: Vec<String> = ARGUMENTS.map(str::to_owned).into();
        arguments.push(format!("--user-data-dir={}", driver.profile.display()));
        let capabilities: Capabilities = [
            ("goog:chromeOptions".to_owned(), json!({ "args": arguments })),
            ("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" })),
        ]
        .into_iter()
        .collect();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .context("open a browser")?;
        Ok(Self { client, _driver: driver })
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Takes effect at once for size and theme, with the next request for the language.
    pub async fn view_as(&self, viewer: Viewer<'_>) -> Result<()> {
        let Viewer { width, height, dark, language } = viewer;
        let theme = if dark { "dark" } else { "light" };
        self.command(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        )
        .await?;
        self.command(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] }),
        )
        .await?;
        self.command("Network.enable", json!({})).await?;
        self.command(
            "Network.setExtraHTTPHeaders",
            json!({ "headers": { "Accept-Language": language } }),
        )
        .await?;
        Ok(())
    }

    /// Errors and warnings that pages have written to the console since the last call: a refused style, a missing file.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self
            .client
            .issue_cmd(Endpoint { path: "se/log", body: json!({ "type": "browser" }) })
            .await?;
        let entries = entries.as_array().context("the browser's log is a list")?;
        let is_complaint =
            |it: &&Value| ["SEVERE", "WARNING"].iter().any(|level| it["level"] == *level);
        Ok(entries.iter().filter(is_complaint).map(|it| it["message"].to_string()).collect())
    }

    /// A command of the DevTools protocol, for what WebDriver has no word for.
    pub async fn command(&self, name: &str, parameters: Value) -> Result<Value> {
        let body = json!({ "cmd": name, "params": parameters });
        self.client
            .issue_cmd(Endpoint { path: "goog/cdp/execute", body })
            .await
            .with_context(|| format!("tell the browser {name}"))
    }

    pub async fn close(self) -> Result<()> {
        self.client.clone().close().await.context("close the browser")
    }
}

/// A path of this browser's own under its session.
#[derive(Debug)]
struct Endpoint {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Endpoint {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// The driver, and below it in its process group the browser: dropping it ends both.
struct Driver {
    child: Child,
    port: u16,
    profile: PathBuf,
    /// Held so that the driver can go on writing.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Driver {
    async fn start() -> Result<Self> {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("start chromedriver; on Debian: apt-get install chromium chromium-driver")?;
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
        let port = loop {
            let Some(line) = output.next_line().await? else {
                bail!("chromedriver ended before it was ready: {}", child.wait().await?);
            };
            if let Some(port) = ready_on(&line) {
                break port;
            }
        };
        // No second driver on this machine listens on the same port.
        let profile = env::temp_dir().join(format!("cloison-browser-{}-{port}", process::id()));
        Ok(Self { child, port, profile, _output: output })
    }
}

fn ready_on(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = self.child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        // Neither can fail in a way that matters here: what is gone already need not be ended or removed.
        let _ended = group.map(|group| kill_process_group(group, Signal::KILL));
        let _removed = fs::remove_dir_all(&self.profile);
    }
}

#[cfg(test)]
mod tests {
    use super::{Browser, Viewer, ready_on};

    #[tokio::test]
    async fn a_page_sees_the_viewer() {
        let browser = Browser::start().await.unwrap();
        browser
            .view_as(Viewer { width: 390, height: 844, dark: true, language: "fr" })
            .await
            .unwrap();
        browser.client().goto("data:text/html,<title>here</title>").await.unwrap();
        let seen = browser
            .client()
            .execute(
                "return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]",
                Vec::new(),
            )
            .await
            .unwrap();
        assert_eq!(seen, serde_json::json!([390, true]));
        assert_eq!(browser.complaints().await.unwrap(), [""; 0]);
        browser.close().await.unwrap();
    }

    #[test]
    fn the_driver_says_its_port() {
        assert_eq!(ready_on("ChromeDriver was started successfully on port 32949."), Some(32949));
        assert_eq!(ready_on("Starting ChromeDriver 156.0.8078.79 on port 0"), None);
    }
}
