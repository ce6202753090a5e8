//! What happens to customers and to their orders when a server goes away, a process is killed, or two want the same.

use cloison_testkit::Outage;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::http::{api, client, eventually_some};
use crate::serve::Beside;
use crate::up::{Up, fresh_data_dir};

/// `POST /v1/tenants`: the status, and the body.
async fn create(up: &Up, subdomain: &str, path: &str) -> (StatusCode, Value) {
    let tenant =
        json!({ "subdomain": subdomain, "name": "A studio", "owner_email": "kim@example.com" });
    let answer = api(up, Method::POST, path).json(&tenant).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// Begins to make a tenant, and answers the operation.
async fn begin(up: &Up, subdomain: &str) -> String {
    let (status, body) = create(up, subdomain, "/v1/tenants").await;
    assert_eq!(status, StatusCode::ACCEPTED, "{body}");
    body["operation"]["id"].as_str().unwrap().to_owned()
}

async fn operation(up: &Up, id: &str) -> Option<Value> {
    let answer = api(up, Method::GET, &format!("/v1/operations/{id}")).send().await.ok()?;
    answer.json().await.ok()
}

async fn is_done(up: &Up, id: &str) -> Option<()> {
    let state = operation(up, id).await?["state"].clone();
    assert!(state != "FAILED" && state != "CANCELLED", "operation {id} is {state}");
    (state == "DONE").then_some(())
}

async fn front_door(up: &Up, subdomain: &str) -> StatusCode {
    let host = format!("{subdomain}.localhost");
    let url = format!("http://127.0.0.1:{}/sign-in", up.port);
    client().get(url).header("host", host).send().await.unwrap().status()
}

#[tokio::test]
async fn no_visitor_notices_that_the_control_database_is_away() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let (_, made) = create(&up, "red", "/v1/tenants?wait=60s").await;
    assert_eq!(made["operation"]["state"], "DONE");
    let begun = begin(&up, "begun").await;

    let mut outage = Outage::begin(&up.data_dir.join("clusters/control")).unwrap();
    for _ in 0..50 {
        assert_eq!(front_door(&up, "red").await, StatusCode::OK);
    }
    let (status, problem) = create(&up, "refused", "/v1/tenants").await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable"))
    );

    outage.end().unwrap();
    assert_eq!(front_door(&up, "red").await, StatusCode::OK);
    eventually_some("what was begun goes on", async || is_done(&up, &begun).await).await;
    let (status, made) = create(&up, "new", "/v1/tenants?wait=60s").await;
    assert_eq!((status, &made["operation"]["state"]), (StatusCode::OK, &json!("DONE")));
    assert_eq!(front_door(&up, "begun").await, StatusCode::OK);
    up.stop();
}

#[tokio::test]
async fn a_provision_waits_for_its_server_and_says_so() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let mut begun = Vec::new();
    for number in 0..6 {
        begun.push(begin(&up, &format!("before-{number}")).await);
    }
    let mut outage = Outage::begin(&up.data_dir.join("clusters/server-eu-1")).unwrap();
    let waiting = begin(&up, "meanwhile").await;
    let told = eventually_some("the operation says why it waits", async || {
        let events = operation(&up, &waiting).await?["events"].clone();
        let events = events.as_array()?.iter();
        events
            .filter_map(|it| it["message"].as_str())
            .find(|it| it.starts_with("could not"))
            .map(str::to_owned)
    })
    .await;
    assert!(told.contains("connect"), "{told}");

    outage.end().unwrap();
    begun.push(waiting);
    for id in &begun {
        eventually_some("the operation is done", async || is_done(&up, id).await).await;
    }
    assert_eq!(front_door(&up, "meanwhile").await, StatusCode::OK);
    up.stop();
}

#[tokio::test]
async fn of_two_who_want_the_same_subdomain_one_gets_it() {
    let up = &*crate::up::SHARED;
    let path = "/v1/tenants?wait=60s";
    let (a, b) = tokio::join!(create(up, "wanted", path), create(up, "wanted", path));
    let (got, not) = if a.0 == StatusCode::OK { (a, b) } else { (b, a) };
    assert_eq!((got.0, &got.1["operation"]["state"]), (StatusCode::OK, &json!("DONE")));
    assert_eq!((not.0, &not.1["code"]), (StatusCode::CONFLICT, &json!("subdomain_taken")));
}

#[tokio::test]
async fn a_killed_worker_is_replaced_by_another_process() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let work = Beside::start(&up, &["work"]);
    let mut begun = Vec::new();
    for number in 0..20 {
        begun.push(begin(&up, &format!("studio-{number}")).await);
    }
    eventually_some("a few are done", async || {
        let mut done = 0;
        for id in &begun {
            done += usize::from(is_done(&up, id).await.is_some());
        }
        (done >= 4).then_some(())
    })
    .await;
    work.kill();

    for id in &begun {
        eventually_some("the operation is done", async || is_done(&up, id).await).await;
        let events = operation(&up, id).await.unwrap()["events"].clone();
        let ready = "wrote the first data; the tenant is ready";
        let ended = events.as_array().unwrap().iter().filter(|it| it["message"] == ready).count();
        assert_eq!(ended, 1, "{events}");
    }
    let listed = api(&up, Method::GET, "/v1/tenants").send().await.unwrap();
    let listed: Value = listed.json().await.unwrap();
    let listed = listed["items"].as_array().unwrap();
    assert_eq!(listed.len(), begun.len());
    assert!(listed.iter().all(|it| it["infrastructure"] == "READY"), "{listed:?}");
    up.stop();
}
