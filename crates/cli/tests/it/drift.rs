//! What an operator learns of tenants whose schema is not what it should be. On a platform of its own, since it is
//! about all tenants.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::http::api;
use crate::output::{stderr, stdout};
use crate::up::{Up, fresh_data_dir};

async fn post(up: &Up, body: &Value) -> (StatusCode, Value) {
    let answer = api(up, Method::POST, "/v1/drift").json(body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// The demo's database, as it was made.
async fn change(up: &Up, statement: &str) {
    let catalog = up.control().catalog.client().await.unwrap();
    let row = catalog
        .query_one("select database_name from tenant_summaries where subdomain = 'demo'", &[])
        .await
        .unwrap();
    let client = Up::superuser(&up.server_home(), row.get(0)).await;
    client.execute(statement, &[]).await.unwrap();
}

#[tokio::test]
async fn a_tenant_that_was_changed_by_hand_is_shown_with_its_diff() {
    let up = Up::start(&fresh_data_dir(), &["--demo"]);
    let read = stdout(&up.run(&["migrations", "drift", "--refresh"]));
    assert!(read.starts_with("1 distinct schema among 2 tenants\n\nversion "), "{read}");
    assert!(read.ends_with(": as the template has it\n  2 tenants: demo, lantern\n"), "{read}");
    // It is known now.
    assert_eq!(stdout(&up.run(&["migrations", "drift"])), read);

    change(&up, "alter table rooms add column note text").await;
    assert_eq!(stdout(&up.run(&["migrations", "drift"])), read, "nobody has looked");
    let drifted = up.run(&["migrations", "drift", "--refresh", "--tenant", "demo"]);
    assert_eq!(drifted.status.code(), Some(1), "{drifted:?}");
    let text = String::from_utf8(drifted.stdout).unwrap();
    assert!(text.starts_with("2 distinct schemas among 2 tenants\n"), "{text}");
    assert!(
        text.ends_with(
            ": not as the template has it\n  1 tenant: demo\n  + table rooms: column note text\n"
        ),
        "{text}"
    );
    let printed = up.run(&["migrations", "drift", "--json"]);
    assert_eq!(printed.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(report["schemas"][1]["examples"], json!(["demo"]));
    assert_eq!(report["schemas"][1]["expected_from"], "TEMPLATE");

    // Put right by hand, and read with all the others.
    change(&up, "alter table rooms drop column note").await;
    assert_eq!(stdout(&up.run(&["migrations", "drift", "--refresh", "--all"])), read);
    up.stop();
}

#[tokio::test]
async fn who_is_to_be_read_is_said_in_one_way() {
    let up = &*crate::up::SHARED;
    let refused = stderr(&up.run(&["migrations", "drift", "--refresh", "--tenant", "nobody"]));
    assert_eq!(refused, "error: There is no tenant 'nobody' in use. Nothing was read.\n");
    let refused = stderr(&up.run(&["migrations", "drift", "--tenant", "demo"]));
    assert!(refused.contains("--refresh"), "{refused}");
    for body in
        [json!({ "all": true, "tenants": ["demo"] }), json!({ "tenants": vec!["demo"; 101] })]
    {
        let (status, problem) = post(up, &body).await;
        assert_eq!(
            (status.as_u16(), &problem["code"]),
            (422, &json!("invalid_field")),
            "{problem}"
        );
    }
}
