//! Many tenants from one file: each row has its own answer, and the same file again makes nothing twice.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use axum::Router;
use axum::extract::Path as Segment;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::up::{Up, cloison, fresh_data_dir};

/// Eleven good rows, one that is refused, one that is taken; more than are sent at once.
fn file(folder: &Path) -> String {
    let good: Vec<String> =
        (0..11).map(|it| format!("bulk-{it};kim@example.com;Studio {it}\r\n")).collect();
    let heading = "\u{feff}subdomain;owner_email;name\r\n";
    let bad = "Not A Label;kim@example.com;\r\ntaken;kim@example.com;\r\n";
    fs::write(folder.join("studios.csv"), [heading, &good.concat(), bad].concat()).unwrap();
    folder.join("studios.csv").display().to_string()
}

fn rows(output: &Output) -> Vec<Value> {
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    json["rows"].as_array().unwrap().clone()
}

fn count(up: &Up, noun: &str) -> usize {
    let listed = up.run(&[noun, "list", "--json"]);
    let json: Value = serde_json::from_slice(&listed.stdout).unwrap();
    json["items"].as_array().unwrap().len()
}

#[test]
fn every_row_has_its_answer_and_a_second_run_makes_nothing() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let made = up.run(&["tenants", "create", "taken", "--owner-email", "kim@example.com"]);
    assert!(made.status.success(), "{made:?}");
    let file = file(&up.data_dir);

    let first = up.run(&["tenants", "create", "--from", &file]);
    assert_eq!(first.status.code(), Some(1), "{first:?}");
    let text = String::from_utf8(first.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("LINE  SUBDOMAIN    RESULT  URL OR REASON"), "{text}");
    assert!(lines[1].starts_with("2     bulk-0       done    http://bulk-0.localhost:"), "{text}");
    assert!(lines[12].starts_with("13    Not A Label  failed  "), "{text}");
    assert!(lines[13].contains("belongs to another tenant"), "{text}");
    assert_eq!(count(&up, "tenants"), 12);
    let operations = count(&up, "operations");

    let second = up.run(&["tenants", "create", "--from", &file, "--json"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(second.stderr.is_empty(), "{second:?}");
    let answers = rows(&second);
    assert_eq!(answers.iter().filter(|it| it["result"] == "done").count(), 11, "{answers:?}");
    assert_eq!(answers[0]["line"], 2);
    assert!(answers[0]["url"].as_str().unwrap().starts_with("http://bulk-0."));
    assert_eq!(count(&up, "tenants"), 12);
    assert_eq!(count(&up, "operations"), operations);
    up.stop();
}

#[test]
fn a_list_comes_from_standard_input_too_and_a_mistake_sends_nothing() {
    let ask = |text: &str, options: &[&str]| {
        let mut child = cloison(&fresh_data_dir())
            .args(["--url", "http://console.localhost:9", "--token", "x"])
            .args(["tenants", "create", "--from", "-"])
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let refused = ask("subdomain,owner_email\nblue,a@b.fr,c\n", &[]);
    assert_eq!(
        String::from_utf8(refused.stderr).unwrap(),
        "error: standard input:2: has 3 cells where the header has 2 cells\n  no tenant was created, since the rest of the file may be wrong too\n  correct it, and send the whole file again\n"
    );
    let nobody = ask("subdomain,owner_email\nblue,a@b.fr\n", &["--json"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert_eq!(rows(&nobody)[0]["reason"], "no answer from http://console.localhost:9");
}

#[test]
fn one_or_many_not_both() {
    let both = cloison(&fresh_data_dir())
        .args(["tenants", "create", "blue", "--from", "x.csv"])
        .output()
        .unwrap();
    assert_eq!(both.status.code(), Some(2));
    let neither = cloison(&fresh_data_dir()).args(["tenants", "create"]).output().unwrap();
    assert_eq!(neither.status.code(), Some(2));
}

/// A console where the first attempt at each tenant had failed yesterday; the second works and ends.
async fn console() -> String {
    let created = async |headers: HeaderMap| {
        let key = headers["idempotency-key"].to_str().unwrap();
        let state = if key.ends_with("-1") { "FAILED" } else { "RUNNING" };
        json!({ "operation": operation(Uuid::nil(), state) }).to_string()
    };
    let followed = async |Segment(id): Segment<Uuid>| {
        format!("event: end\ndata: {}\n\n", operation(id, "DONE"))
    };
    let app = Router::new()
        .route("/v1/tenants", post(created))
        .route("/v1/operations/{id}/events", get(followed));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "it ends with the test's runtime")]
    tokio::spawn(axum::serve(listener, app).into_future());
    url
}

fn operation(id: Uuid, state: &str) -> Value {
    json!({
        "id": id,
        "kind": "provision",
        "subdomain": "blue",
        "state": state,
        "step": "make_database",
        "progress": { "done": 0, "total": 3 },
        "going_back": false,
        "attempts": 0,
        "actor": "kim@example.com",
        "created_at": "2026-01-01T00:00:00Z",
    })
}

#[tokio::test]
async fn what_had_failed_is_tried_again() {
    let folder = fresh_data_dir();
    fs::write(folder.join("one.csv"), "subdomain,owner_email\nblue,a@b.fr\n").unwrap();
    let mut command = cloison(&folder);
    command
        .args(["--url", &console().await, "--token", "x", "--json"])
        .args(["tenants", "create", "--from"])
        .arg(folder.join("one.csv"));
    let sent = tokio::process::Command::from(command).output().await.unwrap();
    assert!(sent.status.success(), "{sent:?}");
    assert_eq!(rows(&sent)[0]["result"], "done");
}
