//! `/metrics` of processes that serve and of one that only works.

use std::collections::BTreeSet;

use cloison_testkit::free_port;
use reqwest::StatusCode;

use crate::http::{Person, client, eventually};
use crate::serve::Beside;
use crate::up::SHARED;

/// In the documentation, and only told when there is something to tell.
const AT_TIMES: [&str; 21] = [
    "cloison_ai_credits_granted",
    "cloison_ai_credits_lost",
    "cloison_backup_oldest_age_seconds",
    "cloison_control_backup_age_seconds",
    "cloison_domain_certificate_left_seconds",
    "cloison_drill_data_age_seconds",
    "cloison_drill_restore_seconds",
    "cloison_migration_duration_seconds",
    "cloison_migrations_failed",
    "cloison_operation_oldest_seconds",
    "cloison_operation_retries",
    "cloison_operations",
    "cloison_operations_waiting",
    "cloison_past_drill_age_seconds",
    "cloison_past_drill_failed",
    "cloison_rollout_state",
    "cloison_rollout_tenants",
    "cloison_server_archive_age_seconds",
    "cloison_server_replication_lag_bytes",
    "cloison_server_replication_lag_seconds",
    "cloison_tenant_phase_oldest_seconds",
];

async fn metrics(ops_port: &str) -> String {
    let answer = client().get(format!("http://127.0.0.1:{ops_port}/metrics")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(kind.starts_with("application/openmetrics-text; version=1.0.0"), "{kind}");
    answer.text().await.unwrap()
}

/// The value of the series that begins so.
fn value(text: &str, series: &str) -> Option<f64> {
    text.lines().find(|it| it.starts_with(series))?.rsplit(' ').next()?.parse().ok()
}

/// Names as they are documented, without what OpenMetrics adds to a counter's.
fn documented() -> BTreeSet<String> {
    let page = include_str!("../../../../docs/metrics.md");
    let words = page.split('`').filter(|it| it.starts_with("cloison_"));
    words.map(|it| it.strip_suffix("_total").unwrap_or(it).to_owned()).collect()
}

fn told(text: &str) -> BTreeSet<String> {
    let types = text.lines().filter_map(|it| it.strip_prefix("# TYPE "));
    types.map(|it| it.split(' ').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_is_told_is_what_is_documented() {
    let up = &*SHARED;
    let made = ["--owner-email", "kim@example.com"];
    let made = up.run(&[&["tenants", "create", "measured"][..], &made].concat());
    assert!(made.status.success(), "{made:?}");
    let up_port = up.ops_port.to_string();
    // By route, and never by what somebody has typed.
    let stranger = Person::at(up, "measured");
    assert_eq!(stranger.get("/sign-in/0123456789").await.status(), StatusCode::GONE);
    assert_eq!(stranger.get("/wp-admin/setup.php").await.status(), StatusCode::NOT_FOUND);
    // A server tells some seconds later of what was done in a connection that stays.
    eventually("databases are measured, and one of them is busy", async || {
        let text = metrics(&up_port).await;
        let is_told = |series| value(&text, series).is_some();
        is_told("cloison_server_database_bytes{") && is_told("cloison_tenant_transactions_total{")
    })
    .await;
    let text = metrics(&up_port).await;
    assert!(text.ends_with("# EOF\n"), "{text}");
    let (told, documented) = (told(&text), documented());
    let undocumented: Vec<_> = told.difference(&documented).collect();
    assert!(undocumented.is_empty(), "{undocumented:?}");
    let missing: Vec<_> =
        documented.difference(&told).filter(|it| !AT_TIMES.contains(&it.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for (series, at_least) in [
        ("cloison_catalog_up", 1.0),
        ("cloison_master_key_loaded", 1.0),
        ("cloison_server_up{server=\"eu-1\",region=\"eu\"}", 1.0),
        ("cloison_tenants{phase=\"READY\",access=\"FULL\",region=\"eu\"}", 1.0),
        ("cloison_operations_ended_total{kind=\"provision\",state=\"done\"}", 1.0),
        ("cloison_operation_duration_seconds_count{kind=\"provision\"}", 1.0),
        ("cloison_router_directory_up", 1.0),
    ] {
        assert!(value(&text, series).is_some_and(|it| it >= at_least), "{series}: {text}");
    }

    for series in [
        "cloison_http_requests_total{app=\"studio\",method=\"GET\",route=\"/sign-in/{token}\",status=\"4xx\"}",
        "cloison_http_requests_total{app=\"studio\",method=\"GET\",route=\"(none)\",status=\"4xx\"}",
        "cloison_http_requests_total{app=\"console\",method=\"POST\",route=\"/v1/tenants\",status=\"2xx\"}",
    ] {
        assert!(value(&text, series).is_some_and(|it| it >= 1.0), "{series}: {text}");
    }
    assert!(!text.contains("wp-admin") && !text.contains("0123456789"), "{text}");
}

#[tokio::test]
async fn whoever_only_works_tells_as_well() {
    let ops_port = free_port().to_string();
    let _beside = Beside::start(&SHARED, &["work", "--ops-port", &ops_port]);
    let text = metrics(&ops_port).await;
    assert_eq!(value(&text, "cloison_catalog_up"), Some(1.0));
    assert!(!text.contains("cloison_router_seats"), "{text}");
}
