//! The figures of the router, for people and for programs.

use std::time::Duration;

use serde_json::{Value, json};

use super::contest::{self, CLIENTS};
use super::contestant::NAMES;
use super::directory::{self, nanoseconds};
use super::greedy::{GREEDY_CALLERS, OTHERS};
use super::{BUDGET, Measured};
use crate::bench::Report;
use crate::bench::machine::Machine;
use crate::bench::sample::{header, rounded};

impl Measured {
    pub(super) fn report(&self) -> Report {
        Report {
            table: self.table().join("\n"),
            machine: Machine::look(self.fleet.version.clone()),
            figures: self.figures(),
        }
    }

    /// The router's requests a second, in those of another contestant.
    fn versus(&self, other: usize) -> f64 {
        rounded(self.scores[0].per_second() / self.scores[other].per_second())
    }

    fn table(&self) -> Vec<String> {
        let Self { fleet, pgbouncer, directory, overhead, scores, seen, cold, greedy, settled } =
            self;
        let tenants = fleet.tenants();
        let mut lines = vec![
            format!(
                "router: {tenants} databases on one server, made in {:.0} s; {BUDGET} connections for all of them",
                fleet.made_in.as_secs_f64()
            ),
            header(),
            overhead.pooled.row("acquire, select 1, release"),
            overhead.held.row("select 1 alone (baseline)"),
            format!("added at p50: {:.1} us", overhead.microseconds(50)),
            String::new(),
            format!(
                "contest: {CLIENTS} clients, tenants by Zipf 1.0, one row by its key (PgBouncer {pgbouncer})"
            ),
            header(),
        ];
        for (score, name) in scores.iter().zip(NAMES) {
            lines.push(score.sample().row(name));
        }
        lines.push(format!(
            "{:<28}{:>12}{:>12}{:>12}{:>12}{:>12}",
            "", "per second", "hit rate", "cpu ms", "most conn.", "errors"
        ));
        for ((score, name), most) in scores.iter().zip(NAMES).zip(seen.most) {
            let (per_second, hits) = (score.per_second(), score.hit_rate() * 100.0);
            lines.push(format!(
                "{name:<28}{per_second:>12.0}{hits:>11.1}%{:>12.2}{most:>12}{:>12}",
                score.cpu_milliseconds(),
                score.errors.len()
            ));
        }
        lines.push(format!(
            "ratio to a pool per tenant: {}, to PgBouncer: {} (looked at connections {} times)",
            self.versus(1),
            self.versus(2),
            seen.looks
        ));
        lines.extend(contest::complaints(scores));
        lines.extend([
            String::new(),
            format!(
                "first query of a cold tenant, {BUDGET} idle connections of others being in its way"
            ),
            header(),
            cold.routed.row("through the router"),
            cold.alone.row("a connection alone (baseline)"),
            String::new(),
            format!(
                "waits of {OTHERS} callers for a connection, beside a tenant with {GREEDY_CALLERS}"
            ),
            header(),
            greedy.without.row("any tenant, without it"),
            greedy.with.row("any tenant, with it"),
            greedy.own.row("the greedy one itself"),
            settled.without.row("settled, without it"),
            settled.with.row("settled, with it"),
            format!(
                "ratio at p99: {}, settled: {}",
                rounded(greedy.ratio()),
                rounded(settled.ratio())
            ),
            String::new(),
        ]);
        let lookups = [&directory.lookup, &directory.lookup_by_two, &directory.lookup_anybody];
        let [lookup, by_two, anybody] = lookups.map(|it| nanoseconds(it, 50));
        lines.extend([
            format!("{} tenants known: {} bytes each of resident memory", directory::TENANTS, directory.bytes_per_tenant),
            format!("finding one, p50 of batches: {lookup} ns, by two threads {by_two} ns, evenly distributed {anybody} ns"),
        ]);
        lines
    }

    fn figures(&self) -> Value {
        let Self { fleet, pgbouncer, directory, overhead, scores, seen, cold, greedy, settled } =
            self;
        let [router, pools, bouncer] = scores;
        let all = router.sample();
        let contestants: Vec<_> = scores
            .iter()
            .zip(NAMES)
            .zip(seen.most)
            .map(|((score, name), most)| {
                let sample = score.sample();
                json!({
                    "name": name,
                    "n": sample.len(),
                    "per_s": rounded(score.per_second()),
                    "hit_rate": rounded(score.hit_rate()),
                    "cpu_ms": rounded(score.cpu_milliseconds()),
                    "max_connections_seen": most,
                    "errors": score.errors.len(),
                    "p50_ms": sample.milliseconds(50),
                    "p95_ms": sample.milliseconds(95),
                    "p99_ms": sample.milliseconds(99),
                })
            })
            .collect();
        json!({
            "name": "router",
            "n": all.len(),
            "p50_ms": all.milliseconds(50),
            "p95_ms": all.milliseconds(95),
            "p99_ms": all.milliseconds(99),
            "tenants": fleet.tenants(),
            "budget": BUDGET,
            "clients": CLIENTS,
            "overhead_p50_us": rounded(overhead.microseconds(50)),
            "overhead_p95_us": rounded(overhead.microseconds(95)),
            "overhead_p99_us": rounded(overhead.microseconds(99)),
            "pooled_p50_us": microseconds(overhead.pooled.percentile(50)),
            "held_p50_us": microseconds(overhead.held.percentile(50)),
            "max_connections_seen": seen.most[0],
            "looks": seen.looks,
            "errors": router.errors.len(),
            "per_s": rounded(router.per_second()),
            "pool_per_tenant_per_s": rounded(pools.per_second()),
            "pgbouncer_per_s": rounded(bouncer.per_second()),
            "vs_pool_per_tenant": self.versus(1),
            "vs_pgbouncer": self.versus(2),
            "pgbouncer": pgbouncer,
            "contestants": contestants,
            "cold_n": cold.routed.len(),
            "cold_p50_ms": cold.routed.milliseconds(50),
            "cold_p95_ms": cold.routed.milliseconds(95),
            "cold_p99_ms": cold.routed.milliseconds(99),
            "cold_alone_p50_ms": cold.alone.milliseconds(50),
            "cold_alone_p99_ms": cold.alone.milliseconds(99),
            "greedy_ratio": rounded(greedy.ratio()),
            "greedy_without_p99_ms": greedy.without.milliseconds(99),
            "greedy_with_p99_ms": greedy.with.milliseconds(99),
            "greedy_settled_ratio": rounded(settled.ratio()),
            "greedy_settled_without_p99_ms": settled.without.milliseconds(99),
            "greedy_settled_with_p99_ms": settled.with.milliseconds(99),
            "known_tenants": directory::TENANTS,
            "bytes_per_tenant": directory.bytes_per_tenant,
            "lookup_ns": nanoseconds(&directory.lookup, 50),
            "lookup_p99_ns": nanoseconds(&directory.lookup, 99),
            "lookup_two_threads_ns": nanoseconds(&directory.lookup_by_two, 50),
            "lookup_evenly_ns": nanoseconds(&directory.lookup_anybody, 50),
        })
    }
}

fn microseconds(time: Duration) -> f64 {
    rounded(time.as_secs_f64() * 1e6)
}
