//! From a server that goes down to whoever is told of it, through the real Prometheus and Alertmanager, with what
//! `monitoring` has for them.
//!
//! Not here: when each alert fires. `cargo xtask monitoring` has a case for every one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::future::IntoFuture as _;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::Router;
use axum::routing::post;
use cloison_testkit::{Outage, free_port};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use crate::http::{client, eventually};
use crate::up::{Up, fresh_data_dir};

/// What may be active where all is well: the platform of a test archives nothing, and how full the disk is that the
/// test runs on is not the platform's doing.
const EXPECTED: [&str; 2] = ["CloisonArchiveOff", "CloisonDiskNearlyFull"];

/// Prometheus and Alertmanager over one platform. They end when this is dropped.
struct Watch {
    programs: Vec<Child>,
    prometheus_port: u16,
}

impl Watch {
    fn start(up: &Up, webhook: &str) -> Self {
        let folder = up.data_dir.join("watch");
        fs::create_dir(&folder).unwrap();
        let (prometheus_port, alertmanager_port) = (free_port(), free_port());
        let mut watch = Self { programs: Vec::new(), prometheus_port };

        // The delivered files, but for where everybody is and for how long they wait. A scrape may still take longer
        // than the three seconds after which a server that hangs is given up.
        let mut config = delivered("prometheus/prometheus.yml");
        for (key, value) in
            [("scrape_interval", "4s"), ("scrape_timeout", "4s"), ("evaluation_interval", "1s")]
        {
            config = set(&config, key, value);
        }
        config = swap(&config, "127.0.0.1:9090", &format!("127.0.0.1:{}", up.ops_port));
        config = swap(&config, "127.0.0.1:9093", &format!("127.0.0.1:{alertmanager_port}"));
        fs::write(folder.join("prometheus.yml"), config).unwrap();
        // Minutes pass before an alert fires, so that nobody is woken for nothing. The test does not wait for them.
        let rules = set(&delivered("prometheus/cloison.rules.yml"), "for", "1s");
        fs::write(folder.join("cloison.rules.yml"), rules).unwrap();
        let mut config = delivered("alertmanager/alertmanager.yml");
        for key in ["group_wait", "group_interval"] {
            config = set(&config, key, "1s");
        }
        config = swap(&config, "http://127.0.0.1:9099/", webhook);
        fs::write(folder.join("alertmanager.yml"), config).unwrap();

        // Debian's name, and that of everybody else.
        let alertmanager = ["prometheus-alertmanager", "alertmanager"];
        watch.run(&alertmanager, &folder.join("alertmanager"), alertmanager_port, |data| {
            vec![format!("--storage.path={data}"), "--cluster.listen-address=".to_owned()]
        });
        watch.run(&["prometheus"], &folder.join("prometheus"), prometheus_port, |data| {
            vec![format!("--storage.tsdb.path={data}")]
        });
        watch
    }

    /// Runs the first of these programs that is installed, with the configuration beside its data.
    fn run(&mut self, names: &[&str], data: &Path, port: u16, of: impl Fn(&str) -> Vec<String>) {
        let log = File::create(data.with_extension("log")).unwrap();
        let start = |name: &&str| {
            let mut command = Command::new(name);
            command
                .arg(format!("--config.file={}", data.with_extension("yml").display()))
                .arg(format!("--web.listen-address=127.0.0.1:{port}"))
                .args(of(data.to_str().unwrap()))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(log.try_clone().unwrap());
            match command.spawn() {
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                started => Some(started),
            }
        };
        let started = names.iter().find_map(start);
        let missing = || Err(Error::new(ErrorKind::NotFound, names.join(" or ")));
        self.programs
            .push(started.unwrap_or_else(missing).expect("scripts/prerequisites says how"));
    }

    /// What Prometheus answers, once it does.
    async fn ask(&self, path: &str) -> Option<Value> {
        let url = format!("http://127.0.0.1:{}/api/v1/{path}", self.prometheus_port);
        let answer: Value = client().get(url).send().await.ok()?.json().await.ok()?;
        (answer["status"] == "success").then(|| answer["data"].clone())
    }

    /// The addresses that it gets metrics of.
    async fn targets_up(&self) -> BTreeSet<String> {
        let data = self.ask("targets?state=active").await.unwrap_or_default();
        let targets = data["activeTargets"].as_array().into_iter().flatten();
        let healthy = targets.filter(|it| it["health"] == "up");
        healthy.map(|it| it["labels"]["instance"].as_str().unwrap().to_owned()).collect()
    }

    /// The alerts that fire or are about to, with their states.
    async fn alerts(&self) -> BTreeSet<(String, String)> {
        let data = self.ask("alerts").await.unwrap_or_default();
        let alerts = data["alerts"].as_array().into_iter().flatten();
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        alerts.map(|it| (text(&it["labels"]["alertname"]), text(&it["state"]))).collect()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        for program in &mut self.programs {
            drop(program.kill());
            drop(program.wait());
        }
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn delivered(file: &str) -> String {
    fs::read_to_string(repository().join("monitoring").join(file)).unwrap()
}

/// Gives a key another value wherever it is; it must be somewhere.
fn set(text: &str, key: &str, value: &str) -> String {
    let key = format!("{key}: ");
    let mut is_there = false;
    let mut changed = String::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().starts_with(&key) {
            is_there = true;
            changed.push_str(&line[..indent]);
            changed.push_str(&key);
            changed.push_str(value);
        } else {
            changed.push_str(line);
        }
        changed.push('\n');
    }
    assert!(is_there, "no {key:?} in:\n{text}");
    changed
}

/// Puts an address in place of the one that is delivered.
fn swap(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "no {from} in:\n{text}");
    text.replace(from, to)
}

/// Whoever is told of alerts: a URL, and the messages that come there.
async fn webhook() -> (String, UnboundedReceiver<Value>) {
    let (told, messages) = unbounded_channel();
    let tell = async move |body: String| told.send(serde_json::from_str(&body).unwrap()).unwrap();
    let app = Router::new().route("/", post(tell));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "it ends with the test's runtime")]
    tokio::spawn(axum::serve(listener, app).into_future());
    (url, messages)
}

/// Waits for a message with this alert in this state; there may be others before it.
async fn next(messages: &mut UnboundedReceiver<Value>, alert: &str, status: &str) -> Value {
    let mut others = Vec::new();
    let found = timeout(Duration::from_mins(1), async {
        loop {
            let message = messages.recv().await.expect("the webhook listens");
            let mut alerts = message["alerts"].as_array().unwrap().iter();
            let is_it = |it: &&Value| it["labels"]["alertname"] == alert && it["status"] == status;
            if let Some(found) = alerts.find(is_it) {
                return found.clone();
            }
            others.push(message);
        }
    });
    found.await.unwrap_or_else(|_| panic!("nobody is told that {alert} is {status}: {others:#?}"))
}

#[tokio::test]
async fn a_server_that_goes_down_is_told_of_and_so_is_its_return() {
    let up = Up::start(&fresh_data_dir(), &["--demo"]);
    let (url, mut messages) = webhook().await;
    let watch = Watch::start(&up, &url);

    let target = BTreeSet::from([format!("127.0.0.1:{}", up.ops_port)]);
    eventually("Prometheus gets metrics", async || watch.targets_up().await == target).await;
    // When this one fires, every rule was asked over what was scraped. Those that begin to hold are listed, too.
    let archive_off = ("CloisonArchiveOff".to_owned(), "firing".to_owned());
    eventually("nothing fires that should not", async || {
        let active = watch.alerts().await;
        let is_expected = |(name, _): &(String, String)| EXPECTED.contains(&name.as_str());
        active.contains(&archive_off) && active.iter().all(is_expected)
    })
    .await;

    let mut outage = Outage::begin(&up.data_dir.join("clusters/server-eu-1")).unwrap();
    let fired = next(&mut messages, "CloisonServerDown", "firing").await;
    assert_eq!(fired["labels"]["server"], "eu-1", "{fired}");
    assert_eq!(fired["labels"]["severity"], "critical", "{fired}");
    assert_eq!(fired["annotations"]["summary"], "Server eu-1 is down", "{fired}");
    let page = fired["annotations"]["runbook_url"].as_str().unwrap();
    let page = fs::read_to_string(repository().join(page)).expect("there is a page of it");
    assert!(page.starts_with("# CloisonServerDown\n"), "{page}");
    eventually("the process itself goes on", async || watch.targets_up().await == target).await;

    outage.end().unwrap();
    let resolved = next(&mut messages, "CloisonServerDown", "resolved").await;
    assert_eq!(resolved["fingerprint"], fired["fingerprint"], "{resolved}");
    up.stop();
}
