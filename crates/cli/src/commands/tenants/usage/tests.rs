//! How usage looks.

use insta::assert_snapshot;

use super::*;

fn limit(name: &str, used: i64, max: i64, standing: &str) -> UsageLimit {
    UsageLimit { limit: name.to_owned(), used, max, standing: standing.to_owned() }
}

fn usage(subdomain: &str, requests: i64, limits: Vec<UsageLimit>) -> TenantUsage {
    TenantUsage {
        subdomain: subdomain.to_owned(),
        server: "eu-1".to_owned(),
        plan: "standard".to_owned(),
        requests,
        requests_today: requests,
        busy_us: requests * 3_000,
        sent_bytes: requests * 10_000,
        transactions: requests * 2,
        rows_changed: requests / 10,
        query_us: requests * 2_000,
        sessions: 4,
        temp_bytes: 0,
        deadlocks: 0,
        statements: None,
        statement_us: None,
        connections_max: 3,
        connection_limit: 20,
        database_bytes: Some(4_200_000_000),
        limits,
    }
}

fn source(server: &str, read_at: Option<&str>, counts: bool) -> UsageSource {
    UsageSource {
        server: server.to_owned(),
        read_at: read_at.map(|it| it.parse().unwrap()),
        query_time_from: "pg_stat_database".to_owned(),
        statements_from: counts.then(|| "pg_stat_statements".to_owned()),
    }
}

fn tenants() -> Vec<TenantUsage> {
    let blue = usage(
        "blue",
        84_210,
        vec![
            limit("requests_per_day", 84_210, 100_000, "NEAR"),
            limit("database_bytes", 4_200_000_000, 5_000_000_000, "NEAR"),
        ],
    );
    let red = usage(
        "maree-haute",
        1_204,
        vec![limit("database_bytes", 5_000_000_001, 5_000_000_000, "OVER")],
    );
    let idle = TenantUsage { database_bytes: None, ..usage("new", 0, Vec::new()) };
    vec![blue, TenantUsage { statements: Some(9_001), ..red }, idle]
}

#[test]
fn who_uses_the_most() {
    let report = UsageReport {
        today: "2026-11-29".to_owned(),
        days: 1,
        by: "requests".to_owned(),
        tenants_total: 1_204,
        tenants: tenants(),
        sources: vec![
            source("eu-1", Some("2026-11-29T03:12:44Z"), true),
            source("us-1", None, false),
        ],
    };
    assert_snapshot!(text_of_top(&report));
    let all = UsageReport { days: 7, by: "bytes".to_owned(), tenants_total: 3, ..report };
    assert_eq!(
        title(&all),
        "The 7 days up to 2026-11-29, in UTC: all tenants, those with the largest databases first."
    );
}

#[test]
fn one_tenant_by_day() {
    let day = |day: &str, requests: i64| UsageDay {
        day: day.to_owned(),
        requests,
        busy_us: requests * 3_000,
        sent_bytes: requests * 10_000,
        transactions: requests * 2,
        rows_changed: requests / 10,
        query_us: requests * 2_000,
        sessions: 4,
        temp_bytes: 1_250_000,
        deadlocks: 0,
        statements: None,
        statement_us: None,
        connections_max: 3,
        database_bytes: Some(4_200_000_000),
    };
    let blue = tenants().swap_remove(0);
    let history = UsageHistory {
        today: "2026-11-29".to_owned(),
        days: 30,
        usage: blue,
        history: vec![day("2026-11-29", 84_210), day("2026-11-27", 12)],
        sources: vec![source("eu-1", Some("2026-11-29T03:12:44Z"), false)],
    };
    assert_snapshot!(text_of_history(&history));
}

#[test]
fn in_a_line_or_two() {
    let lines: Vec<_> = tenants().iter().flat_map(in_short).collect();
    let lines: Vec<_> = lines.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn nothing_is_full_before_it_is() {
    let share = |used| share(&limit("database_bytes", used, 1_000, "WITHIN"));
    assert_eq!([0, 1, 999, 1_000, 1_500].map(share), ["0 %", "<1 %", "99 %", "100 %", "150 %"]);
}
