//! `/v1/router`: what this process is doing for tenants' requests. Numbers as they are; who watches subtracts.

use std::collections::BTreeMap;

use axum::extract::State;
use cloison_api::{
    Code, Histogram, RouterBringUps, RouterNode, RouterNodeSeats, RouterProcess, RouterReport,
    RouterServer, RouterTenant, RouterWaits,
};
use cloison_catalog::queries::servers::server_names;
use cloison_control::seats::{self, NodeSeats};
use cloison_model::ServerId;
use cloison_router::{BringUpStats, ServerStats, TenantStats};
use jiff::Timestamp;
use serde::Deserialize;

use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;
use crate::timing::microseconds;

/// More servers than there are.
pub(super) const SERVERS_MAX: i64 = 1_000;

/// What fits on a screen.
const TENANTS: usize = 20;

/// Who looks for the busiest has found them among so many; all of them are in no answer.
const TENANTS_MAX: usize = 100;

#[derive(Deserialize)]
pub(super) struct Listing {
    limit: Option<usize>,
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Query(listing): Query<Listing>,
) -> Result<Json<RouterReport>, ApiError> {
    let limit = limit(listing.limit)?;
    let client = platform.control.catalog.client().await?;
    let names = server_names().bind(&client, &SERVERS_MAX).all().await?;
    let seats = seats::list(&client).await?;
    let names = Names(names.into_iter().map(|it| (ServerId(it.id), it.name)).collect());
    let mut servers: Vec<_> = platform.router.stats().iter().map(|it| server(it, &names)).collect();
    servers.sort_by(|a, b| a.server.cmp(&b.server));
    let tenants = platform.router.tenant_stats(limit);
    Ok(Json(RouterReport {
        process: process(&platform),
        servers,
        nodes: nodes_of(&seats),
        bring_ups: bring_ups(platform.router.bring_up_stats()),
        tenants: tenants.iter().map(|(on, it)| tenant(it, names.of(*on))).collect(),
    }))
}

fn limit(asked: Option<usize>) -> Result<usize, ApiError> {
    match asked.unwrap_or(TENANTS) {
        limit @ 1..=TENANTS_MAX => Ok(limit),
        _out_of_range => {
            let words = format!("`limit` is a number of tenants, 1 to {TENANTS_MAX}.");
            Err(ApiError::new(Code::BadRequest, words).of_field("limit", "range"))
        }
    }
}

struct Names(BTreeMap<ServerId, String>);

impl Names {
    /// Its id, where a server is not registered any more but still has connections.
    fn of(&self, server: ServerId) -> String {
        self.0.get(&server).cloned().unwrap_or_else(|| server.to_string())
    }
}

fn process(platform: &Platform) -> RouterProcess {
    RouterProcess {
        name: platform.control.process.name.clone(),
        started_at: platform.started.at,
        uptime_us: microseconds(platform.started.instant.elapsed()),
    }
}

fn bring_ups(it: BringUpStats) -> RouterBringUps {
    let BringUpStats { brought_up, failed, timed_out, .. } = it;
    RouterBringUps { brought_up, failed, timed_out }
}

fn server(it: &ServerStats, names: &Names) -> RouterServer {
    RouterServer {
        server: names.of(it.server),
        is_down: it.is_down,
        budget: it.budget,
        in_use: it.in_use,
        connecting: it.connecting,
        closing: it.closing,
        idle: it.idle,
        waiting: it.waiting,
        connects: it.connects,
        connect_failures: it.connect_failures,
        evictions: it.evictions,
        timeouts: it.timeouts,
        refused: it.refused,
        waits: RouterWaits {
            share: it.waits.share,
            budget: it.waits.budget,
            connecting: it.waits.connecting,
            outage: it.waits.outage,
        },
        acquire: histogram(&it.acquire),
    }
}

/// All times in the list are of one clock, so they are compared with each other and with no other.
fn nodes_of(seats: &[NodeSeats]) -> Vec<RouterNode> {
    let Some(heard) = seats.iter().map(|it| it.seen_at).max() else { return Vec::new() };
    let of_one = seats.chunk_by(|a, b| a.node == b.node);
    of_one.filter_map(|it| node(it, heard)).collect()
}

/// What one node has, on all servers.
fn node(seats: &[NodeSeats], heard: Timestamp) -> Option<RouterNode> {
    let first = seats.first()?;
    let count = |it: i32| u64::try_from(it).unwrap_or_default();
    let on_server = |it: &NodeSeats| RouterNodeSeats {
        server: it.server.clone(),
        seats: count(it.seats),
        kept: count(it.kept),
        wanted: count(it.wanted),
        is_silent: it.is_silent,
    };
    Some(RouterNode {
        name: first.name.clone(),
        started_at: first.started_at,
        silent_for_us: microseconds(heard.duration_since(first.seen_at).unsigned_abs()),
        servers: seats.iter().map(on_server).collect(),
    })
}

fn histogram(it: &cloison_router::Histogram) -> Histogram {
    Histogram {
        bounds_us: cloison_router::Histogram::BOUNDS_US.to_vec(),
        counts: it.counts().to_vec(),
        sum_us: microseconds(it.sum()),
    }
}

fn tenant(it: &TenantStats, server: String) -> RouterTenant {
    RouterTenant {
        subdomain: it.subdomain.to_string(),
        server,
        seats: it.seats,
        idle: it.idle,
        waiting: it.waiting,
        acquires: it.acquired,
        waited_us: microseconds(it.waited),
        held_us: microseconds(it.held),
    }
}

#[cfg(test)]
mod tests {
    use cloison_model::NodeId;
    use uuid::Uuid;

    use super::*;

    /// A row of the list is `node:server:seen`, the last in seconds by the control database's clock.
    fn check(rows: &str) -> Vec<String> {
        let row = |text: &str| {
            let parts: Vec<&str> = text.split(':').collect();
            let seen_at = Timestamp::from_second(parts[2].parse().unwrap()).unwrap();
            NodeSeats {
                node: NodeId(Uuid::from_u128(parts[0].parse().unwrap())),
                name: parts[0].to_owned(),
                started_at: seen_at,
                seen_at,
                server: parts[1].to_owned(),
                seats: 1,
                kept: 0,
                wanted: 0,
                is_silent: false,
            }
        };
        let rows: Vec<_> = rows.split_whitespace().map(row).collect();
        let told = |it: &RouterNode| {
            let servers: Vec<_> = it.servers.iter().map(|it| &*it.server).collect();
            format!("{} {} {}", it.name, servers.join("+"), it.silent_for_us / 1_000_000)
        };
        nodes_of(&rows).iter().map(told).collect()
    }

    #[test]
    fn a_node_has_all_its_servers_and_is_as_silent_as_others_are_not() {
        assert_eq!(check(""), [""; 0]);
        assert_eq!(check("1:eu:70"), ["1 eu 0"]);
        assert_eq!(check("1:eu:70 1:us:70 2:eu:58 3:us:69"), ["1 eu+us 0", "2 eu 12", "3 us 1"]);
    }

    #[test]
    fn a_list_has_a_limit() {
        assert_eq!(limit(None).unwrap(), TENANTS);
        assert_eq!(limit(Some(1)).unwrap(), 1);
        assert_eq!(limit(Some(100)).unwrap(), 100);
        assert!(limit(Some(0)).is_err());
        assert!(limit(Some(101)).is_err());
    }
}
