//! What this process does for tenants' requests.

use std::collections::BTreeMap;

use cloison_model::ServerId;
use cloison_router::{Histogram, Router, ServerStats};

use super::exposition::Exposition;
use super::number::{count, size, truth};

/// What a server's part of the router comes to.
type Reading = fn(&ServerStats) -> f64;

const GAUGES: [(&str, &str, Reading); 3] = [
    ("cloison_router_seat_budget", "Connections that this process may have to the server", |it| {
        size(it.budget)
    }),
    ("cloison_router_waiting", "Requests that wait for a connection", |it| size(it.waiting)),
    ("cloison_router_server_down", "Whether the server lets nobody in", |it| truth(it.is_down)),
];

const COUNTERS: [(&str, &str, Reading); 5] = [
    ("cloison_router_connects", "Connections opened, or tried to", |it| count(it.connects)),
    ("cloison_router_connect_failures", "Attempts to connect that failed", |it| {
        count(it.connect_failures)
    }),
    ("cloison_router_evictions", "Idle connections closed for another tenant's sake", |it| {
        count(it.evictions)
    }),
    ("cloison_router_timeouts", "Requests that waited in vain", |it| count(it.timeouts)),
    ("cloison_router_refused", "Requests turned away at once", |it| count(it.refused)),
];

/// `names` are the servers'; one that is not registered any more has its id.
pub(super) fn router(out: &mut Exposition, router: &Router, names: &BTreeMap<ServerId, String>) {
    let mut all: Vec<_> = router
        .stats()
        .into_iter()
        .map(|it| (names.get(&it.server).cloned().unwrap_or_else(|| it.server.to_string()), it))
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    let family = out.gauge("cloison_router_seats", "Seats for connections, by what they are at");
    for (server, it) in &all {
        let serving = it.in_use.saturating_sub(it.connecting + it.closing);
        for (state, seats) in [
            ("in_use", serving),
            ("connecting", it.connecting),
            ("closing", it.closing),
            ("idle", it.idle),
        ] {
            family.add([("server", &**server), ("state", state)], size(seats));
        }
    }
    for (name, help, reading) in GAUGES {
        let family = out.gauge(name, help);
        for (server, it) in &all {
            family.add([("server", &**server)], reading(it));
        }
    }
    for (name, help, reading) in COUNTERS {
        let family = out.counter(name, help);
        for (server, it) in &all {
            family.add([("server", &**server)], reading(it));
        }
    }
    let family = out.counter("cloison_router_waits", "Requests that had to wait, by the reason");
    for (server, it) in &all {
        for (reason, waits) in [
            ("share", it.waits.share),
            ("budget", it.waits.budget),
            ("connecting", it.waits.connecting),
            ("outage", it.waits.outage),
        ] {
            family.add([("server", &**server), ("reason", reason)], count(waits));
        }
    }
    let family = out.histogram(
        "cloison_router_acquire_seconds",
        "How long requests that got a connection waited for it",
    );
    for (server, it) in &all {
        let sum = it.acquire.sum().as_secs_f64();
        family.add_histogram([("server", &**server)], sum, buckets(&it.acquire));
    }
    let it = router.bring_up_stats();
    let family = out.counter(
        "cloison_router_bring_ups",
        "Tenants brought to another schema version on their request",
    );
    for (outcome, tenants) in
        [("brought_up", it.brought_up), ("failed", it.failed), ("timed_out", it.timed_out)]
    {
        family.add([("outcome", outcome)], count(tenants));
    }
}

fn buckets(histogram: &Histogram) -> Vec<(f64, u64)> {
    let bounds = Histogram::BOUNDS_US.iter().map(|it| count(*it) / 1e6).chain([f64::INFINITY]);
    bounds.zip(histogram.counts().iter().copied()).collect()
}
