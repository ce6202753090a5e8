//! Operations that do not end at once: what waiting for them, cancelling them and starting others comes to.

use std::process::Stdio;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::http::{api, client, eventually, fetch};
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, STALLED, Up, cloison};

/// Begins a tenant that cannot be made, and answers the operation's id.
fn begin(up: &Up, subdomain: &str) -> String {
    let begun = json(&up.run(&[
        "tenants",
        "create",
        subdomain,
        "--owner-email",
        "kim@example.com",
        "--no-wait",
        "--json",
    ]));
    assert_eq!(begun["operation"]["state"], "RUNNING", "{begun}");
    begun["operation"]["id"].as_str().unwrap().to_owned()
}

/// Until it has been tried, so that something may be there.
async fn eventually_waits(up: &Up, id: &str) -> Value {
    eventually("it waits for the template", async || {
        fetch(up, &format!("/v1/operations/{id}")).await["attempts"].as_i64().unwrap() > 0
    })
    .await;
    fetch(up, &format!("/v1/operations/{id}")).await
}

#[tokio::test]
async fn a_provision_that_is_cancelled_leaves_nothing() {
    let up = &*STALLED;
    let held = up.hold_template().await;
    let id = begin(up, "undone");
    let waits = eventually_waits(up, &id).await;
    assert!(waits["waiting"].as_str().unwrap().contains("make the database"), "{waits}");
    let shown = stdout(&up.run(&["operations", "show", &id]));
    assert!(shown.contains("1/3 make_database") && shown.contains("waits for"), "{shown}");
    // It has no page yet, and nothing can be done with it.
    let host = up.url("undone.localhost");
    assert_eq!(client().get(&host).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let refused = stderr(&up.run(&["tenants", "suspend", "undone"]));
    assert!(refused.contains("it is still being made"), "{refused}");
    assert!(refused.lines().count() <= 3, "{refused}");

    // Who watches sees it go back, and learns from the exit code that it came to nothing.
    let watch = cloison(&up.data_dir)
        .args(["operations", "watch", &id])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let cancelled = json(&up.run(&["operations", "cancel", &id, "--json"]));
    assert_eq!(cancelled["operation"]["state"], "CANCELLED", "{cancelled}");
    assert_eq!(cancelled["operation"]["cancelled_by"], "owner@localhost", "{cancelled}");
    let watched = watch.wait_with_output().unwrap();
    assert_eq!(watched.status.code(), Some(1), "{watched:?}");
    let (result, steps) =
        (String::from_utf8(watched.stdout).unwrap(), String::from_utf8(watched.stderr).unwrap());
    assert!(result.contains("CANCELLED"), "{result}");
    assert!(steps.lines().count() >= 3, "each step is told: {steps}");

    let again = stderr(&up.run(&["operations", "cancel", &id]));
    assert!(again.contains("ended already"), "{again}");
    assert!(stderr(&up.run(&["tenants", "show", "undone"])).contains("There is no tenant"));
    let left = "select subdomain::text from organizations where subdomain = 'undone'";
    let control = up.control();
    let catalog = control.catalog.client().await.unwrap();
    assert!(catalog.query(left, &[]).await.unwrap().is_empty());
    // What stands of the operation names nobody.
    let kept =
        "select from operations where id::text = $1 and input = '{}' and secret_sealed is null";
    assert_eq!(catalog.query(kept, &[&id]).await.unwrap().len(), 1);

    // The name is free again.
    let next = begin(up, "undone");
    assert_ne!(next, id);
    let cancelled = json(&up.run(&["operations", "cancel", &next, "--json"]));
    assert_eq!(cancelled["operation"]["state"], "CANCELLED", "{cancelled}");
    let there = "select datname::text from pg_database where datname like 'studio\\_%\\_db'
         union select rolname::text from pg_roles where rolname like 'studio\\_%\\_db'";
    let there = up.on_server(there).await;
    assert!(there.is_empty(), "no tenant is ever made here: {there:?}");
    drop(held);
}

#[tokio::test]
async fn who_does_not_wait_long_enough_is_told_how_to_go_on() {
    let up = &*STALLED;
    let held = up.hold_template().await;
    let ended =
        up.run(&["tenants", "create", "slow", "--owner-email", "kim@example.com", "--wait", "1"]);
    assert_eq!(ended.status.code(), Some(1));
    let words = stderr(&ended);
    let complaint: Vec<&str> = words.lines().skip_while(|it| !it.starts_with("error: ")).collect();
    assert_eq!(complaint.len(), 3, "{words}");
    assert!(complaint[0].starts_with("error: the provision has not ended after 1 s: "), "{words}");
    assert_eq!(complaint[1], "  it goes on by itself");
    let (_, id) = complaint[2].split_once("cloison operations watch ").unwrap();
    let cancelled = api(up, Method::POST, &format!("/v1/operations/{id}/cancel?wait=30s"))
        .send()
        .await
        .unwrap();
    assert_eq!(cancelled.status(), StatusCode::OK);
    drop(held);
}

/// What has ended is told from its first step.
#[tokio::test]
async fn watching_what_has_ended_ends_at_once() {
    let up = &*SHARED;
    let made = json(&up.run(&[
        "tenants",
        "create",
        "watched",
        "--owner-email",
        "kim@example.com",
        "--json",
    ]));
    let id = made["operation"]["id"].as_str().unwrap();
    let watched = up.run(&["operations", "watch", id]);
    assert!(stdout(&watched).contains("DONE"));
    let events = made["operation"]["events"].as_array().unwrap().len();
    assert_eq!(String::from_utf8(watched.stderr).unwrap().lines().count(), events);
    let unknown = uuid::Uuid::nil().to_string();
    let words = stderr(&up.run(&["operations", "watch", &unknown]));
    assert!(words.contains("There is no operation"), "{words}");
}

#[tokio::test]
async fn one_operation_at_a_time() {
    let up = &*SHARED;
    json(&up.run(&["tenants", "create", "single", "--owner-email", "kim@example.com", "--json"]));
    // Roles can be read and not changed while this is held.
    let mut superuser = Up::superuser(&up.server_home(), "postgres").await;
    let held = superuser.transaction().await.unwrap();
    held.execute("lock table pg_authid in share mode", &[]).await.unwrap();
    let post = async |path: &str, body: Value| {
        let path = format!("/v1/tenants/single/{path}");
        let answer = api(up, Method::POST, &path).json(&body).send().await.unwrap();
        (answer.status(), answer.json::<Value>().await.unwrap())
    };
    let (status, begun) = post("suspend", json!({ "access": "READ_ONLY" })).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{begun}");
    for (path, body) in [
        ("resume", json!({})),
        ("suspend", json!({})),
        ("cancel", json!({})),
        ("erase", json!({ "confirm": "single" })),
        ("rotate-password", Value::Null),
    ] {
        let (status, problem) = post(path, body).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::CONFLICT, &json!("tenant_busy")),
            "{path}"
        );
    }
    let refused = stderr(&up.run(&["tenants", "resume", "single"]));
    assert!(refused.contains("cloison operations list --tenant single"), "{refused}");
    assert!(refused.lines().count() <= 3, "{refused}");
    held.rollback().await.unwrap();

    let ended =
        stdout(&up.run(&["operations", "watch", begun["operation"]["id"].as_str().unwrap()]));
    assert!(ended.contains("DONE"), "{ended}");
    stdout(&up.run(&["tenants", "resume", "single"]));
}
