//! `/v1/events` and `cloison events`: what became of a tenant, for who asks and for who follows.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use cloison_api::EventFilter;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::access::owner;
use crate::http::api;
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, cloison};

#[tokio::test]
async fn what_became_of_a_tenant_is_told_in_order() {
    let up = &*SHARED;
    let newest = owner(up).event_list(&EventFilter::default()).await.unwrap().newest;
    up.run(&["tenants", "create", "told", "--owner-email", "kim@example.com"]);
    up.run(&["tenants", "suspend", "told"]);
    up.run(&["tenants", "resume", "told"]);

    let after = newest.to_string();
    let told = json(&up.run(&["events", "list", "--tenant", "told", "--json"]));
    let types: Vec<_> = told["items"].as_array().unwrap().iter().map(|it| &it["type"]).collect();
    assert_eq!(types, ["tenant.created", "tenant.suspended", "tenant.resumed"]);
    let created = &told["items"][0];
    assert!(created["sequence"].as_i64().unwrap() > newest);
    assert_eq!(created["data"]["tenant"]["subdomain"], "told");
    assert_eq!(created["data"]["plan"], "standard");
    assert!(!told.to_string().contains("kim@example.com"));

    let of = ["events", "list", "--after", &after, "--type", "tenant.suspended,tenant.cancelled"];
    let said = stdout(&up.run(&of));
    assert!(said.contains("tenant.suspended") && !said.contains("tenant.resumed"), "{said}");

    // Whoever follows from there gets the same.
    let follow = ["events", "follow", "--after", &after, "--tenant", "told", "--json"];
    let mut command = cloison(&up.data_dir);
    let mut child = command.args(follow).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let followed: Vec<Value> =
        lines.take(3).map(|it| serde_json::from_str(&it.unwrap()).unwrap()).collect();
    assert_eq!(&followed, told["items"].as_array().unwrap());
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn pages_go_on_where_the_one_before_ended() {
    let up = &*SHARED;
    up.run(&["tenants", "create", "paged", "--owner-email", "kim@example.com"]);
    up.run(&["tenants", "suspend", "paged"]);
    let mut filter =
        EventFilter { limit: Some(1), tenant: Some("paged".to_owned()), ..EventFilter::default() };
    let owner = owner(up);
    let mut told = Vec::new();
    loop {
        let page = owner.event_list(&filter).await.unwrap();
        told.extend(page.items.iter().map(|it| it.kind.clone()));
        if page.items.is_empty() {
            assert!(page.next >= page.newest);
            break;
        }
        filter.after = Some(page.next);
    }
    assert_eq!(told, ["tenant.created", "tenant.suspended"]);
}

#[tokio::test]
async fn what_never_comes_is_refused() {
    let up = &*SHARED;
    for (query, field) in
        [("type=tenant.born", "type"), ("limit=0", "limit"), ("limit=101", "limit")]
    {
        let answer = api(up, Method::GET, &format!("/v1/events?{query}")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["field"], field);
    }
    let said = stderr(&up.run(&["events", "list", "--type", "tenant.born"]));
    assert!(
        said.contains("There are no events 'tenant.born'. There are: tenant.created,"),
        "{said}"
    );
}
