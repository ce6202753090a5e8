//! The figures, for programs: what was measured, and the first layout's p95 over the others'.

use std::time::Duration;

use cloison_studio::demo;
use serde_json::{Map, Value, json};

use crate::Options;
use crate::calls::Kind;
use crate::cluster::Server;
use crate::measure::{Contestant, Times, percentile};
use crate::size::Size;

pub(crate) struct World<'a> {
    pub(crate) options: &'a Options,
    pub(crate) server: &'a Server,
    pub(crate) sizes: [Size; 3],
    /// A database without a schema, and with the studio's.
    pub(crate) empty: (i64, i64),
    /// Connections opened and evicted while it was measured.
    pub(crate) connects: [(u64, u64); 3],
    pub(crate) compared: usize,
    pub(crate) took: Duration,
}

pub(crate) fn figures(world: &World<'_>, contestants: &[Contestant; 3]) -> Value {
    let Options { studios, clients, seconds, seed, budget, studio_connections, size, .. } =
        world.options;
    let settings = world.server.settings.iter().map(|(name, value)| format!("{name} = {value}"));
    let mut layouts = Map::new();
    for ((contestant, size), connects) in contestants.iter().zip(world.sizes).zip(world.connects) {
        let name = contestant.layout.name().to_owned();
        layouts.insert(name, layout(&contestant.times, size, connects));
    }
    let [dedicated, shared, secured] = contestants;
    let ratios = Kind::ALL.iter().map(|kind| {
        let p95 = |it: &Contestant| p95(&it.times, *kind);
        let ratio = |other: &Contestant| match (p95(dedicated), p95(other)) {
            (Some(mine), Some(theirs)) => json!(rounded(mine / theirs)),
            _ => Value::Null,
        };
        (
            kind.name().to_owned(),
            json!({ "p95_vs_rls": ratio(secured), "p95_vs_shared": ratio(shared) }),
        )
    });
    json!({
        "name": "dedicated-vs-shared",
        "n": contestants.iter().map(|it| it.times.len()).sum::<usize>(),
        "studios": studios,
        "size": match size { demo::Size::Small => "small", demo::Size::Busy => "busy" },
        "clients": clients,
        "seconds": seconds,
        "seed": seed,
        "budget": budget,
        "studio_connections": studio_connections,
        "settings": settings.collect::<Vec<_>>(),
        "postgresql": world.server.version,
        "answers_compared": world.compared,
        "empty_database_bytes": world.empty.0,
        "empty_studio_bytes": world.empty.1,
        "took_s": rounded(world.took.as_secs_f64()),
        "layouts": layouts,
        "ratios": ratios.collect::<Map<_, _>>(),
    })
}

fn layout(times: &Times, size: Size, (connects, evictions): (u64, u64)) -> Value {
    let queries = Kind::ALL.iter().map(|kind| (kind.name().to_owned(), query(times, *kind)));
    json!({
        "size_bytes": size.databases,
        "table_bytes": size.tables,
        "index_bytes": size.indexes,
        "n": times.len(),
        "per_second": per_second(times.len(), times),
        "connects": connects,
        "evictions": evictions,
        "queries": queries.collect::<Map<_, _>>(),
    })
}

fn query(times: &Times, kind: Kind) -> Value {
    let sorted = times.of(kind);
    if sorted.is_empty() {
        return Value::Null;
    }
    let [p50, p95, p99] = [50, 95, 99].map(|percent| milliseconds(percentile(&sorted, percent)));
    json!({
        "n": sorted.len(),
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "per_second": per_second(sorted.len(), times),
    })
}

fn p95(times: &Times, kind: Kind) -> Option<f64> {
    let sorted = times.of(kind);
    (!sorted.is_empty()).then(|| percentile(&sorted, 95).as_secs_f64())
}

fn milliseconds(time: Duration) -> f64 {
    rounded(time.as_secs_f64() * 1_000.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^52")]
fn per_second(count: usize, times: &Times) -> f64 {
    rounded(count as f64 / times.measured().as_secs_f64())
}

fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}
