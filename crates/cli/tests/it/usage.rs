//! What tenants use, as an operator sees it: real requests to a studio, and where they stand with the plan.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::http::{api, client, eventually, fetch};
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, Up, fresh_data_dir};

async fn visit(up: &Up, studio: &str, times: usize) -> usize {
    let visitor = client();
    let mut bytes = 0;
    for _ in 0..times {
        let page = visitor.get(format!("{}/sign-in", up.url(&format!("{studio}.localhost"))));
        let page = page.send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        bytes += page.bytes().await.unwrap().len();
    }
    bytes
}

fn of<'a>(report: &'a Value, tenant: &str) -> &'a Value {
    let all = report["tenants"].as_array().unwrap();
    all.iter().find(|it| it["subdomain"] == tenant).unwrap()
}

#[tokio::test]
async fn requests_to_a_studio_are_counted_shown_and_kept() {
    let data_dir = fresh_data_dir();
    let up = Up::start(&data_dir, &["--demo"]);
    let bytes = visit(&up, "lantern", 7).await;
    eventually("the requests are added", async || {
        let report = fetch(&up, "/v1/usage").await;
        of(&report, "lantern")["requests"] == 7
    })
    .await;
    let report = fetch(&up, "/v1/usage?by=requests&days=30&limit=1").await;
    assert_eq!((&report["tenants_total"], report["days"].as_i64()), (&Value::from(2), Some(30)));
    let lantern = of(&report, "lantern");
    assert_eq!(lantern["requests_today"], 7, "the busiest comes first: {report}");
    assert_eq!(lantern["sent_bytes"], bytes, "{report}");
    assert!(lantern["busy_us"].as_i64().unwrap() > 0, "{report}");
    assert_eq!(lantern["limits"][0]["max"], 100_000, "a new studio has the plan's newest version");
    assert_eq!(lantern["limits"][0]["standing"], "WITHIN");
    assert_eq!(report["sources"][0]["query_time_from"], "pg_stat_database");

    // What was counted last is added when the process ends, and is there for the next.
    visit(&up, "lantern", 2).await;
    visit(&up, "demo", 1).await;
    up.stop();
    let up = Up::start(&data_dir, &["--demo"]);
    let top = json(&up.run(&["tenants", "top", "--json"]));
    assert_eq!(
        (&of(&top, "lantern")["requests"], &of(&top, "demo")["requests"]),
        (&9.into(), &1.into())
    );
    let said = stdout(&up.run(&["tenants", "top", "--limit", "1"]));
    assert!(said.contains("the 1 of 2 tenants with the most requests.\n\nTENANT "), "{said}");
    assert!(said.contains("\nlantern "), "{said}");
    let said = stdout(&up.run(&["tenants", "usage", "lantern"]));
    assert!(said.contains("lantern, plan standard.\nRequests today: 9 of 100,000"), "{said}");
    let shown = stdout(&up.run(&["tenants", "show", "lantern"]));
    assert!(shown.contains("9 requests (<1 % of 100,000), "), "{shown}");
    up.stop();
}

#[tokio::test]
async fn what_is_asked_for_wrongly_is_refused_in_words() {
    let up = &*SHARED;
    for (query, field) in [("by=name", "by"), ("days=401", "days"), ("limit=0", "limit")] {
        let answer = api(up, Method::GET, &format!("/v1/usage?{query}")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["field"], field);
    }
    let said = stderr(&up.run(&["tenants", "usage", "nobody-here"]));
    assert!(said.contains("There is no tenant 'nobody-here'."), "{said}");
    let said = stderr(&up.run(&["tenants", "top", "--by", "name"]));
    assert!(said.contains("requests, query-time, rows, bytes, connections"), "{said}");
    let plans = stdout(&up.run(&["plans", "list"]));
    assert!(plans.contains("5.0 GB") && plans.contains("500,000"), "{plans}");
}
