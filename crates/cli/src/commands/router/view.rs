//! What happened between two looks: totals subtracted, divided by the time that passed where they are counted.
//!
//! It is also what `--json` prints.

use std::cmp::Reverse;

use cloison_api::{RouterNode, RouterProcess, RouterReport, RouterServer, RouterTenant};
use serde::Serialize;

use super::figures::{Quantile, Rate, quantile, ratio};

/// One look, compared with the one before.
#[derive(Debug, Serialize)]
pub(super) struct View {
    pub(super) process: RouterProcess,
    /// The process that answered before, if it was another.
    pub(super) process_before: Option<RouterProcess>,
    /// How long the interval was; without one there are no rates.
    pub(super) interval_us: Option<u64>,
    pub(super) servers: Vec<ServerView>,
    pub(super) nodes: Vec<RouterNode>,
    pub(super) tenants: Vec<TenantView>,
    /// Tenants that were left out.
    pub(super) tenants_left_out: usize,
}

/// One server at this moment, and in the interval.
#[derive(Debug, Serialize)]
pub(super) struct ServerView {
    pub(super) server: String,
    pub(super) is_down: bool,
    pub(super) budget: usize,
    pub(super) in_use: usize,
    pub(super) connecting: usize,
    pub(super) closing: usize,
    pub(super) idle: usize,
    pub(super) waiting: usize,
    pub(super) interval: Option<ServerRates>,
}

#[derive(Debug, Serialize)]
pub(super) struct ServerRates {
    pub(super) acquires: Rate,
    pub(super) acquire_p50: Option<Quantile>,
    pub(super) acquire_p99: Option<Quantile>,
    pub(super) connects: Rate,
    pub(super) connect_failures: Rate,
    pub(super) evictions: Rate,
    pub(super) timeouts: Rate,
    pub(super) refused: Rate,
    /// Requests that got no connection: the two before, together.
    pub(super) failed: Rate,
    pub(super) waits: WaitRates,
}

#[derive(Debug, Serialize)]
pub(super) struct WaitRates {
    pub(super) budget: Rate,
    pub(super) share: Rate,
    pub(super) connecting: Rate,
    pub(super) outage: Rate,
}

#[derive(Debug, Serialize)]
pub(super) struct TenantView {
    pub(super) subdomain: String,
    pub(super) server: String,
    pub(super) in_use: usize,
    pub(super) idle: usize,
    pub(super) waiting: usize,
    /// Absent too for one that was not among those that the look before told of.
    pub(super) interval: Option<TenantRates>,
}

#[derive(Debug, Serialize)]
pub(super) struct TenantRates {
    pub(super) acquires: Rate,
    /// Absent if there were no acquires.
    pub(super) mean_wait_us: Option<u64>,
    /// The part of the server's seats.
    pub(super) seat_time_percent: f64,
    #[serde(skip)]
    held_us: u64,
}

/// How many tenants are asked for, whatever is shown: the busiest of the interval are found among them.
pub(super) const TENANTS_ASKED: usize = 100;

/// `before` is a look of [`TENANTS_ASKED`] tenants, as `now` is.
pub(super) fn compare(
    before: Option<&RouterReport>,
    now: &RouterReport,
    tenants_max: usize,
) -> View {
    let is_of_now = |it: &&RouterReport| is_same(&it.process, &now.process);
    let other = before.filter(|it| !is_of_now(it)).map(|it| it.process.clone());
    let interval = before.filter(is_of_now).map(|before| Interval {
        before,
        us: now.process.uptime_us.saturating_sub(before.process.uptime_us),
    });
    let interval = interval.as_ref();
    let mut tenants: Vec<_> = now.tenants.iter().map(|it| tenant(interval, it, now)).collect();
    let us = interval.map(|it| it.us);
    tenants.sort_by_cached_key(|it| (Reverse(it.business(us)), it.subdomain.clone()));
    let tenants_left_out = tenants.len().saturating_sub(tenants_max);
    tenants.truncate(tenants_max);
    View {
        process: now.process.clone(),
        process_before: other,
        interval_us: us,
        servers: now.servers.iter().map(|it| server(interval, it)).collect(),
        nodes: now.nodes.clone(),
        tenants,
        tenants_left_out,
    }
}

/// From an earlier look at the same process until now.
struct Interval<'a> {
    before: &'a RouterReport,
    us: u64,
}

/// Whether it is one run of one process.
fn is_same(a: &RouterProcess, b: &RouterProcess) -> bool {
    (&a.name, a.started_at) == (&b.name, b.started_at)
}

fn server(interval: Option<&Interval<'_>>, now: &RouterServer) -> ServerView {
    ServerView {
        server: now.server.clone(),
        is_down: now.is_down,
        budget: now.budget,
        in_use: now.in_use,
        connecting: now.connecting,
        closing: now.closing,
        idle: now.idle,
        waiting: now.waiting,
        interval: interval.map(|it| server_rates(it, now)),
    }
}

fn server_rates(interval: &Interval<'_>, now: &RouterServer) -> ServerRates {
    // One that was not there has not been asked for until then.
    let before = interval.before.servers.iter().find(|it| it.server == now.server);
    let rate = |of: fn(&RouterServer) -> u64| {
        Rate::new(of(now).saturating_sub(before.map_or(0, of)), interval.us)
    };
    let counted = |index: usize| before.and_then(|it| it.acquire.counts.get(index)).copied();
    let acquired: Vec<u64> = now
        .acquire
        .counts
        .iter()
        .enumerate()
        .map(|(index, now)| now.saturating_sub(counted(index).unwrap_or_default()))
        .collect();
    let of_acquires = |thousandths| quantile(&now.acquire.bounds_us, &acquired, thousandths);
    ServerRates {
        acquires: Rate::new(acquired.iter().sum(), interval.us),
        acquire_p50: of_acquires(500),
        acquire_p99: of_acquires(990),
        connects: rate(|it| it.connects),
        connect_failures: rate(|it| it.connect_failures),
        evictions: rate(|it| it.evictions),
        timeouts: rate(|it| it.timeouts),
        refused: rate(|it| it.refused),
        failed: rate(|it| it.timeouts + it.refused),
        waits: WaitRates {
            budget: rate(|it| it.waits.budget),
            share: rate(|it| it.waits.share),
            connecting: rate(|it| it.waits.connecting),
            outage: rate(|it| it.waits.outage),
        },
    }
}

fn tenant(
    interval: Option<&Interval<'_>>,
    now: &RouterTenant,
    report: &RouterReport,
) -> TenantView {
    let budget = report.servers.iter().find(|it| it.server == now.server).map_or(0, |it| it.budget);
    TenantView {
        subdomain: now.subdomain.clone(),
        server: now.server.clone(),
        in_use: now.seats.saturating_sub(now.idle),
        idle: now.idle,
        waiting: now.waiting,
        interval: interval.and_then(|it| tenant_rates(it, now, budget)),
    }
}

fn tenant_rates(interval: &Interval<'_>, now: &RouterTenant, budget: usize) -> Option<TenantRates> {
    let told = &interval.before.tenants;
    let is_it = |it: &&RouterTenant| (&it.subdomain, &it.server) == (&now.subdomain, &now.server);
    let before = told.iter().find(is_it);
    if before.is_none() && told.len() >= TENANTS_ASKED {
        return None;
    }
    // All three begin anew together.
    let before = before.filter(|it| it.acquires <= now.acquires && it.held_us <= now.held_us);
    let grown = |of: fn(&RouterTenant) -> u64| of(now).saturating_sub(before.map_or(0, of));
    let (acquires, held_us) = (grown(|it| it.acquires), grown(|it| it.held_us));
    let seats_us = interval.us.saturating_mul(u64::try_from(budget).unwrap_or(u64::MAX));
    Some(TenantRates {
        acquires: Rate::new(acquires, interval.us),
        mean_wait_us: grown(|it| it.waited_us).checked_div(acquires),
        // More than all is what was held before the interval, too.
        seat_time_percent: (ratio(held_us, seats_us) * 100.0).min(100.0),
        held_us,
    })
}

impl TenantView {
    /// Seats that it uses and requests that wait, in thousandths, and how often it got a connection: by seat time in
    /// the interval, or by what it holds now, if that is more and so has not been counted yet.
    fn business(&self, interval_us: Option<u64>) -> (u64, u64) {
        let seats = |it: usize| u64::try_from(it).unwrap_or(u64::MAX).saturating_mul(1_000);
        let rates = self.interval.as_ref();
        let held_us = rates.map_or(0, |it| it.held_us).saturating_mul(1_000);
        let used = held_us.checked_div(interval_us.unwrap_or_default()).unwrap_or_default();
        let busy = used.max(seats(self.in_use)).saturating_add(seats(self.waiting));
        (busy, rates.map_or(0, |it| it.acquires.count))
    }
}
