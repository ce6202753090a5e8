//! A rollout that waits for its tenants' first requests, and what can be done to it meanwhile.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fleet::{Fleet, NOTE};
use crate::http::{api, client, eventually};
use crate::output::json;

#[tokio::test]
async fn it_is_paused_resumed_watched_and_cancelled() {
    let fleet = Fleet::start();
    for verb in ["pause", "resume", "cancel", "watch", "show"] {
        let (_, refused) = fleet.failed(&[verb]);
        assert!(refused.starts_with("error: no rollout is under way\n"), "{verb}: {refused}");
        assert_eq!(refused.lines().count(), 3);
    }
    fleet.put(NOTE);
    let begun = fleet.told(&["rollout", "--canary", "lantern", "--lazy", "--no-wait"]);
    assert!(begun.ends_with("\nwatch it with: cloison migrations watch 1\n"), "{begun}");
    eventually("it waits for the first request of the other one", async || {
        let status = fleet.told(&["status"]);
        status.contains("waits: 1 tenant comes with the first request, or at ")
    })
    .await;

    let (_, busy) = fleet.failed(&["rollout"]);
    assert!(busy.starts_with("error: Rollout 1 is under way, and there is one at a time.\n"));
    assert_eq!(busy.lines().count(), 3, "{busy}");

    let mut watching = fleet.command(&["watch"]);
    let mut watching = watching.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(watching.stderr.take().unwrap());
    let mut first = String::new();
    lines.read_line(&mut first).unwrap();
    assert_eq!(first, "Rollout 1: version 8 to 9, running\n");
    let told = Command::new("kill").args(["-INT", &watching.id().to_string()]).status().unwrap();
    assert!(told.success());
    let mut rest = String::new();
    lines.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("\nRollout 1 goes on by itself.\n"), "{rest}");
    assert_eq!(watching.wait().unwrap().code(), Some(130));

    let paused = fleet.told(&["pause"]);
    assert!(
        paused.starts_with("Rollout 1: version 8 to 9, paused by owner@localhost\n"),
        "{paused}"
    );
    assert!(paused.contains("\ngo on:   cloison migrations resume 1\n"), "{paused}");
    let (watched, _) = fleet.failed(&["watch"]);
    assert_eq!(watched, paused);
    let resumed = fleet.told(&["resume"]);
    assert!(resumed.starts_with("Rollout 1: version 8 to 9, running\n"), "{resumed}");
    assert!(!resumed.contains("waits: paused"), "{resumed}");

    let cancelled = json(&fleet.run(&["cancel", "--json"]));
    assert_eq!(cancelled["stage"], "CANCELLED");
    let (_, ended) = fleet.failed(&["pause", "1"]);
    assert!(ended.starts_with("error: Rollout 1 has ended"), "{ended}");
    let (_, missing) = fleet.failed(&["show", "7"]);
    assert_eq!(missing, "error: There is no rollout 7.\n  All of them: cloison migrations list\n");
}

#[tokio::test]
async fn a_request_brings_its_tenant_along_and_a_key_makes_one_rollout() {
    let fleet = Fleet::start();
    fleet.put(NOTE);
    let body = json!({ "canaries": ["lantern"], "lazy_hours": 0.5, "skip_shadow": true });
    let key = Uuid::new_v4().to_string();
    let start = async || {
        let request = api(&fleet.up, Method::POST, "/v1/rollouts").json(&body);
        let answer = request.header("idempotency-key", &key).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
        assert_eq!(answer.headers()["location"], "/v1/rollouts/1");
        answer.json::<Value>().await.unwrap()
    };
    let begun = start().await;
    assert_eq!((&begun["up_to_date"], &begun["version"]), (&json!(false), &json!(9)));
    assert_eq!(begun["rollout"]["number"], 1);
    assert_eq!(start().await["rollout"]["operation"], begun["rollout"]["operation"]);

    // Sent twice, it is done once and answered twice.
    for verb in ["pause", "resume", "pause", "resume"] {
        let path = format!("/v1/rollouts/1/{verb}");
        for _ in 0..2 {
            let request = api(&fleet.up, Method::POST, &path).json(&json!({}));
            let key = format!("{key} {verb}");
            let answer = request.header("idempotency-key", &key).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{verb}");
        }
    }
    eventually("it waits for requests", async || {
        fleet.told(&["status"]).contains("with the first request")
    })
    .await;
    eventually("a request is served, and has brought its tenant along", async || {
        let page = client().get(fleet.up.url("demo.localhost")).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::SEE_OTHER);
        fleet.told(&["list"]).contains("DONE")
    })
    .await;
    let listed = api(&fleet.up, Method::GET, "/v1/rollouts?cursor=x").send().await.unwrap();
    assert_eq!(listed.status(), StatusCode::BAD_REQUEST);
    let up_to_date = api(&fleet.up, Method::POST, "/v1/rollouts").json(&json!({})).send().await;
    let up_to_date = up_to_date.unwrap();
    assert_eq!(up_to_date.status(), StatusCode::OK);
    assert_eq!(
        up_to_date.json::<Value>().await.unwrap(),
        json!({ "up_to_date": true, "version": 9 })
    );
}
