//! What is told, as text, and that it stays little.

use std::collections::HashMap;
use std::time::Duration;

use cloison_control::usage::RequestCounts;
use cloison_control::watch::{ServerSight, TenantSight};
use cloison_model::{Activity, ServerId, TenantId};
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use uuid::Uuid;

use super::exposition::Exposition;
use super::servers::{chosen, requests, tenants};

fn text(exposition: Exposition) -> String {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(exposition));
    let mut text = String::new();
    encode(&mut text, &registry).unwrap();
    text
}

#[test]
fn as_prometheus_reads_it() {
    let mut out = Exposition::default();
    out.gauge("cloison_odd", "Odd labels").add([("tenant", "a\"b\\c\nd")], 1.5);
    out.counter("cloison_done", "What only grows").add([], 7.0);
    out.histogram("cloison_took_seconds", "How long").add_histogram(
        [("server", "eu-1")],
        0.75,
        vec![(0.1, 2), (0.5, 0), (f64::INFINITY, 1)],
    );
    out.gauge("cloison_nothing", "Nobody has it");
    let expected = r#"# HELP cloison_odd Odd labels
# TYPE cloison_odd gauge
cloison_odd{tenant="a\"b\\c\nd"} 1.5
# HELP cloison_done What only grows
# TYPE cloison_done counter
cloison_done_total 7.0
# HELP cloison_took_seconds How long
# TYPE cloison_took_seconds histogram
cloison_took_seconds_sum{server="eu-1"} 0.75
cloison_took_seconds_count{server="eu-1"} 3
cloison_took_seconds_bucket{le="0.1",server="eu-1"} 2
cloison_took_seconds_bucket{le="0.5",server="eu-1"} 2
cloison_took_seconds_bucket{le="+Inf",server="eu-1"} 3
# EOF
"#;
    assert_eq!(text(out), expected);
}

/// So many tenants of one server, each twice as large as the one before and half as busy, or nearly.
fn server(count: u64) -> ServerSight {
    let tenant = |number: u64| TenantSight {
        database: format!("studio_{number}_db"),
        connections: 1,
        activity: Activity { commits: number, ..Activity::default() },
        lately: count - number,
        bytes: number,
    };
    ServerSight {
        id: ServerId(Uuid::nil()),
        name: "eu-1".to_owned(),
        region: "eu".to_owned(),
        capacity: 1_000,
        facts: None,
        took: Duration::ZERO,
        activity: Activity::default(),
        tenants: (0..count).map(tenant).collect(),
        sizes: None,
    }
}

/// The series of tenants, and what the largest, the busiest and the others come to in bytes.
fn check(count: u64, n: usize) -> (usize, f64) {
    let all = [server(count)];
    let chosen = chosen(&all, n);
    let name = |it: &(&str, &TenantSight)| {
        let named = (TenantId(Uuid::now_v7()), it.1.database.replace('_', "-"));
        (it.1.database.clone(), named)
    };
    let names: HashMap<_, _> = chosen.iter().map(name).collect();
    let mut out = Exposition::default();
    tenants(&mut out, &all, &chosen, &names);
    requests(&mut out, &chosen, &names, &RequestCounts::default());
    let text = text(out);
    let series = text.lines().filter(|it| !it.starts_with('#'));
    let bytes = series.clone().filter(|it| it.starts_with("cloison_tenant_database_bytes{"));
    let sum = bytes.map(|it| it.rsplit(' ').next().unwrap().parse::<f64>().unwrap()).sum();
    (series.count(), sum)
}

#[test]
fn ten_thousand_tenants_are_as_many_series_as_a_hundred() {
    let (few, _) = check(100, 5);
    let (many, bytes) = check(10_000, 5);
    assert_eq!((few, many), (52, 52), "ten by name five times, and two sums");
    assert!((bytes - 49_995_000.0).abs() < 0.5, "nothing is left out: {bytes}");
    assert_eq!(check(10_000, 0).0, 2, "nobody by name");
}
