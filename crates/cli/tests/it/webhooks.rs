//! Webhooks from end to end: `cloison webhooks` and a real server that they come to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::http::eventually;
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, Up};

/// One request: its headers in small letters, and its body.
type Came = (Vec<String>, String);

/// Answers 200 to everything, for as long as the tests run.
struct Receiver {
    url: String,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Receiver {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let came: Arc<Mutex<Vec<Came>>> = Arc::default();
        let kept = Arc::clone(&came);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let headers: Vec<String> = (&mut reader)
                    .lines()
                    .map(Result::unwrap)
                    .take_while(|it| !it.is_empty())
                    .map(|it| match it.split_once(": ") {
                        Some((name, value)) => format!("{}: {value}", name.to_lowercase()),
                        None => it,
                    })
                    .collect();
                let length = header(&headers, "content-length").parse().unwrap();
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                kept.lock().unwrap().push((headers, String::from_utf8(body).unwrap()));
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                stream.write_all(answer).unwrap();
            }
        });
        Self { url, came }
    }

    /// Those about this tenant.
    fn about(&self, subdomain: &str) -> Vec<(Came, Value)> {
        let came = self.came.lock().unwrap().clone();
        let read = |it: Came| {
            let body: Value = serde_json::from_str(&it.1).unwrap();
            (it, body)
        };
        let of = |it: &(Came, Value)| it.1["data"]["tenant"]["subdomain"] == subdomain;
        came.into_iter().map(read).filter(of).collect()
    }
}

fn header(headers: &[String], name: &str) -> String {
    let start = format!("{name}: ");
    headers.iter().find_map(|it| it.strip_prefix(&start)).unwrap().to_owned()
}

/// HMAC-SHA256, as RFC 2104 has it.
fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let pad = |with: u8| -> Vec<u8> {
        (0..64).map(|at| key.get(at).copied().unwrap_or_default() ^ with).collect()
    };
    let inner = Sha256::digest([&pad(0x36)[..], text.as_bytes()].concat());
    Sha256::digest([&pad(0x5c)[..], &inner[..]].concat()).to_vec()
}

fn run(up: &Up, arguments: &[&str]) -> Value {
    json(&up.run(&[&["webhooks"], arguments, &["--json"]].concat()))
}

#[tokio::test]
async fn from_the_command_line_to_a_server() {
    let up = &*SHARED;
    let receiver = Receiver::start();
    let events = "tenant.created,tenant.suspended";
    let made = run(up, &["create", &receiver.url, "--events", events, "--description", "billing"]);
    let id = made["webhook"]["id"].as_str().unwrap();
    let secret = made["secret"].as_str().unwrap();
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();

    let tried = run(up, &["test", id]);
    assert_eq!((&tried["status"], &tried["type"]), (&200.into(), &"webhook.test".into()));

    up.run(&["tenants", "create", "hooked", "--owner-email", "kim@example.com"]);
    up.run(&["tenants", "suspend", "hooked"]);
    up.run(&["tenants", "resume", "hooked"]);
    eventually("both have come", async || receiver.about("hooked").len() == 2).await;
    let came = receiver.about("hooked");
    let types: Vec<_> = came.iter().map(|(_, it)| it["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["tenant.created", "tenant.suspended"]);
    for ((headers, text), _) in &came {
        let (id, at) = (header(headers, "webhook-id"), header(headers, "webhook-timestamp"));
        let signed = hmac(&key, &format!("{id}.{at}.{text}"));
        assert_eq!(header(headers, "webhook-signature"), format!("v1,{}", STANDARD.encode(signed)));
        assert!(!text.contains("kim@example.com"));
    }
    // What was pulled and what was pushed are the same.
    let listed = json(&up.run(&["events", "list", "--tenant", "hooked", "--json"]));
    assert_eq!(listed["items"][0]["id"], header(&came[0].0.0, "webhook-id"));
    assert_eq!(listed["items"][0]["data"]["operation"], came[0].1["data"]["operation"]);

    let created = came[0].1["data"]["sequence"].as_i64().unwrap();
    run(up, &["replay", id, "--after", &(created - 1).to_string()]);
    eventually("they have come again", async || receiver.about("hooked").len() == 4).await;
    let again = receiver.about("hooked");
    assert_eq!(again[2].0.1, came[0].0.1);

    let rotated = run(up, &["rotate-secret", id]);
    assert_ne!(rotated["secret"], *secret);
    assert!(rotated["webhook"]["former_secret_until"].is_string());
    let shown = stdout(&up.run(&["webhooks", "show", id]));
    assert!(!shown.contains("whsec_") && shown.contains("billing"), "{shown}");
    assert_eq!(run(up, &["disable", id])["state"], "DISABLED");
    let listed = stdout(&up.run(&["webhooks", "list"]));
    assert!(listed.contains("disabled: disabled by owner@localhost"), "{listed}");
    assert_eq!(run(up, &["enable", id])["state"], "ENABLED");
    let sent = run(up, &["deliveries", id]);
    let last = sent["items"].as_array().unwrap().last().unwrap();
    assert_eq!(last["type"], "webhook.test");
    let said = stdout(&up.run(&["webhooks", "deliveries", id]));
    assert!(said.contains("tenant.suspended") && said.contains("delivered"), "{said}");
    assert_eq!(run(up, &["delete", id])["deleted"], id);
}

#[tokio::test]
async fn what_is_refused_says_why() {
    let up = &*SHARED;
    for (arguments, words) in [
        (
            &["create", "http://example.com/"][..],
            "begins with https://, unless it leads to this machine",
        ),
        (
            &["create", "https://10.0.0.1/"],
            "10.0.0.1 is a private address, where webhooks do not go",
        ),
        (&["create", "https://kim:x@example.com/"], "holds no user and no password"),
        (
            &["create", "https://example.com/", "--events", "tenant.born"],
            "There are no events 'tenant.born'",
        ),
        (&["show", "00000000-0000-0000-0000-000000000000"], "There is no such webhook"),
    ] {
        let output = up.run(&[&["webhooks"], arguments].concat());
        let said = stderr(&output);
        assert!(!output.status.success() && said.contains(words), "{said}");
        assert!(said.lines().count() <= 3, "{said}");
    }
    let made = run(up, &["create", "http://127.0.0.1:1/"]);
    let id = made["webhook"]["id"].as_str().unwrap();
    let output = up.run(&["webhooks", "replay", id, "--after", "9000000000000"]);
    assert!(stderr(&output).contains("Nothing has come after that yet"), "{output:?}");
    let output = up.run(&["webhooks", "test", id]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        !output.status.success() && said.starts_with("It did not arrive: there was no connection"),
        "{said}"
    );
    run(up, &["delete", id]);
}
