//! A second process beside `up`, from the configuration that `up` wrote.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cloison_control::MasterKey;
use cloison_testkit::free_port;
use reqwest::StatusCode;

use crate::http::client;
use crate::up::{SHARED, Up, cloison, fresh_data_dir};

/// A process that has said that it runs; whoever drops it stops it.
pub(crate) struct Beside(Child);

impl Beside {
    pub(crate) fn start(up: &Up, arguments: &[&str]) -> Self {
        let config = up.data_dir.join("cloison.toml");
        let mut child = cloison(&up.data_dir)
            .args(arguments)
            .args(["--until-stdin-closes", "--config"])
            .arg(config)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(
            lines.any(|it| it.is_ok_and(|it| it == "Ctrl-C stops it.")),
            "`cloison {arguments:?}` ended early"
        );
        Self(child)
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// As kill -9 does.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
    }

    /// As a service manager does.
    fn terminate(mut self) {
        let told = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        assert!(told.success());
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        drop(self.0.wait());
    }
}

#[tokio::test]
async fn it_serves_the_same_studios_and_stops_when_told() {
    let (port, ops_port) = (free_port().to_string(), free_port().to_string());
    let beside = Beside::start(&SHARED, &["serve", "--port", &port, "--ops-port", &ops_port]);
    let asked = |host: &str, port: &str, path: &str| {
        client().get(format!("http://127.0.0.1:{port}{path}")).header("host", host).send()
    };
    let studio = asked("demo.localhost", &port, "/").await.unwrap();
    assert_eq!(studio.status(), StatusCode::SEE_OTHER);
    let listed = asked("console.localhost", &port, "/v1/tenants").await.unwrap();
    assert_eq!(listed.status(), StatusCode::UNAUTHORIZED);
    let ready = asked("localhost", &ops_port, "/readyz").await.unwrap();
    assert_eq!(ready.status(), StatusCode::OK);

    // Links are those of the platform, not of this process.
    let up = format!("http://console.localhost:{}", SHARED.port);
    let beside_url = format!("http://console.localhost:{port}");
    let shown = cloison(&SHARED.data_dir)
        .args(["--url", &beside_url, "tenants", "show", "demo"])
        .output()
        .unwrap();
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(text.contains(&up.replace("console", "demo")), "{text}");
    beside.terminate();
    assert!(asked("localhost", &port, "/").await.is_err());
}

#[test]
fn workers_alone_stop_when_told() {
    Beside::start(&SHARED, &["work"]).terminate();
}

#[test]
fn what_does_not_fit_is_said_before_anything_is_served() {
    let password = SHARED.data_dir.join("secrets/control.password");
    let key = SHARED.data_dir.join("secrets/master.key");
    let closed = free_port().to_string();
    let words = refused(&closed, &password, &key);
    assert!(
        words.starts_with(&format!(
            "error: cannot use the control database at 127.0.0.1:{closed}\n"
        )),
        "{words}"
    );
    assert!(words.contains("cloison config check"), "{words}");

    let port = SHARED.control_port().to_string();
    let words = refused(&port, &key, &key);
    assert!(words.contains("password authentication failed"), "{words}");
    assert_eq!(words.lines().count(), 3, "{words}");

    let other = fresh_data_dir().join("other.key");
    fs::write(&other, MasterKey::generate().to_base64().expose()).unwrap();
    fs::set_permissions(&other, fs::Permissions::from_mode(0o600)).unwrap();
    let words = refused(&port, &password, &other);
    assert!(words.starts_with("error: the master key is not the one of this"), "{words}");
    assert_eq!(words.lines().count(), 3, "{words}");
}

fn refused(port: &str, password: &Path, key: &Path) -> String {
    let ended = cloison(&fresh_data_dir())
        .arg("work")
        .env("CLOISON_CONTROL_PORT", port)
        .env("CLOISON_CONTROL_PASSWORD_FILE", password)
        .env("CLOISON_MASTER_KEY_FILE", key)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!ended.status.success());
    String::from_utf8(ended.stderr).unwrap()
}
