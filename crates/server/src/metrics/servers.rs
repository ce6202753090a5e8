//! What the servers say of themselves, and the few tenants that are told of by name.

use std::collections::HashMap;

use cloison_control::usage::RequestCounts;
use cloison_control::watch::{Replica, ServerSight, TenantSight};
use cloison_model::{TenantId, Weight, top};

use super::exposition::Exposition;
use super::number::{count, signed, size, truth};

/// Whom a sum over all others is told of.
const OTHERS: &str = "(others)";

/// One number of a server; nothing where it is not known.
type Reading = fn(&ServerSight) -> Option<f64>;

/// Each of a name of its own.
const GAUGES: [(&str, &str, Reading); 15] = [
    ("cloison_server_scrape_seconds", "How long it took to answer", |it| {
        Some(it.took.as_secs_f64())
    }),
    ("cloison_server_capacity", "Tenants that it is meant for", |it| Some(f64::from(it.capacity))),
    ("cloison_server_max_connections", "Connections that it takes at most", |it| {
        Some(signed(it.facts.as_ref()?.max_connections))
    }),
    ("cloison_server_databases", "Tenants' databases, and spares", |it| {
        Some(size(it.facts.as_ref()?.databases.len()))
    }),
    ("cloison_server_database_bytes", "Their size, as last sampled", |it| {
        Some(count(it.sizes.as_ref()?.total()))
    }),
    ("cloison_server_sizes_sampled_timestamp_seconds", "When that was", |it| {
        Some(signed(it.sizes.as_ref()?.at.as_second()))
    }),
    ("cloison_server_archiving", "Whether its log is archived", |it| {
        Some(truth(it.facts.as_ref()?.is_archiving))
    }),
    ("cloison_server_archive_age_seconds", "Since the last segment was archived", |it| {
        it.facts.as_ref()?.archive_age_seconds
    }),
    ("cloison_server_archive_failing", "Whether the last attempt to archive failed", |it| {
        Some(truth(it.facts.as_ref()?.is_archive_failing))
    }),
    ("cloison_server_archive_waiting_segments", "Segments of its log that wait for that", |it| {
        Some(signed(it.facts.as_ref()?.archive_waiting))
    }),
    ("cloison_server_wal_bytes", "What is in its log's directory", |it| {
        Some(signed(it.facts.as_ref()?.wal_bytes))
    }),
    ("cloison_server_disk_bytes", "The file system with its data, if that is here", |it| {
        Some(count(it.facts.as_ref()?.disk?.bytes))
    }),
    ("cloison_server_disk_free_bytes", "What is free of it", |it| {
        Some(count(it.facts.as_ref()?.disk?.free_bytes))
    }),
    ("cloison_server_oldest_transaction_seconds", "The transaction that is open longest", |it| {
        Some(it.facts.as_ref()?.oldest_transaction_seconds)
    }),
    ("cloison_server_xid_age", "Transactions since the oldest unfrozen one", |it| {
        Some(signed(it.facts.as_ref()?.xid_age))
    }),
];

/// Over all of its tenants, since this process began to look.
const COUNTERS: [(&str, &str, Reading); 3] = [
    ("cloison_server_rows_written", "Rows that tenants have written", |it| {
        Some(count(it.activity.rows_written))
    }),
    ("cloison_server_temp_bytes", "Bytes that tenants' queries wrote to temporary files", |it| {
        Some(count(it.activity.temp_bytes))
    }),
    ("cloison_server_deadlocks", "Deadlocks in tenants' databases", |it| {
        Some(count(it.activity.deadlocks))
    }),
];

pub(super) fn servers(out: &mut Exposition, all: &[ServerSight]) {
    let family = out.gauge("cloison_server_up", "Whether the server answered in time");
    for it in all {
        let labels = [("server", &*it.name), ("region", &*it.region)];
        family.add(labels, truth(it.facts.is_some()));
    }
    for (name, help, reading) in GAUGES {
        let family = out.gauge(name, help);
        for it in all {
            family.add_any([("server", &*it.name)], reading(it));
        }
    }
    for (name, help, reading) in COUNTERS {
        let family = out.counter(name, help);
        for it in all {
            family.add_any([("server", &*it.name)], reading(it));
        }
    }
    let family = out.gauge("cloison_server_connections", "Clients' connections by state");
    for it in all {
        for (state, connections) in it.facts.iter().flat_map(|it| &it.connections) {
            family.add([("server", &*it.name), ("state", state)], signed(*connections));
        }
    }
    let family = out.counter(
        "cloison_server_transactions",
        "Transactions in tenants' databases, since this process began to look",
    );
    for it in all {
        let of = |outcome| [("server", &*it.name), ("outcome", outcome)];
        family.add(of("commit"), count(it.activity.commits));
        family.add(of("rollback"), count(it.activity.rollbacks));
    }
    replicas(out, all);
}

/// What a replica comes to.
type OfReplica = fn(&Replica) -> f64;

const REPLICA_GAUGES: [(&str, &str, OfReplica); 2] = [
    ("cloison_server_replication_lag_bytes", "What a replica has not replayed", |it| {
        signed(it.lag_bytes)
    }),
    ("cloison_server_replication_lag_seconds", "By how much a replica is late", |it| {
        it.lag_seconds
    }),
];

fn replicas(out: &mut Exposition, all: &[ServerSight]) {
    for (name, help, reading) in REPLICA_GAUGES {
        let family = out.gauge(name, help);
        for server in all {
            for it in server.facts.iter().flat_map(|it| &it.replicas) {
                family.add([("server", &*server.name), ("replica", &*it.name)], reading(it));
            }
        }
    }
}

/// The `n` largest tenants and the `n` busiest of all servers.
pub(super) fn chosen(all: &[ServerSight], n: usize) -> Vec<(&str, &TenantSight)> {
    let tenants: Vec<_> =
        all.iter().flat_map(|it| it.tenants.iter().map(|tenant| (&*it.name, tenant))).collect();
    let weights: Vec<_> =
        tenants.iter().map(|(_, it)| Weight { bytes: it.bytes, activity: it.lately }).collect();
    top(&weights, n).into_iter().map(|it| tenants[it]).collect()
}

/// What one tenant comes to.
type OfTenant = fn(&TenantSight) -> f64;

/// What is there now of a tenant; of the others it is summed.
const TENANT_GAUGES: [(&str, &str, OfTenant); 2] = [
    ("cloison_tenant_database_bytes", "A database's size, as last sampled", |it| count(it.bytes)),
    ("cloison_tenant_connections", "Connections to a tenant's database", |it| {
        signed(it.connections)
    }),
];

/// What a tenant has done since this process began to look. What the others have done is in the server's own counters: a sum of
/// theirs would run backwards whenever one comes to be among the busiest.
const TENANT_COUNTERS: [(&str, &str, OfTenant); 2] = [
    ("cloison_tenant_transactions", "Transactions in a tenant's database", |it| {
        count(it.activity.commits + it.activity.rollbacks)
    }),
    ("cloison_tenant_rows_written", "Rows written in a tenant's database", |it| {
        count(it.activity.rows_written)
    }),
];

/// Who has a database, and what they are called.
pub(super) type Names = HashMap<String, (TenantId, String)>;

/// Requests to the chosen ones since this process began. Those to all are in `cloison_http_requests`.
pub(super) fn requests(
    out: &mut Exposition,
    chosen: &[(&str, &TenantSight)],
    names: &Names,
    counts: &RequestCounts,
) {
    let family = out.counter("cloison_tenant_requests", "Requests to a tenant's application");
    for (server, it) in chosen {
        if let Some((tenant, name)) = names.get(&it.database) {
            let served = count(counts.of(*tenant).requests);
            family.add([("tenant", &**name), ("server", *server)], served);
        }
    }
}

/// Of the chosen ones, whoever has no name is a spare, or was made just now, and is one of the others.
pub(super) fn tenants(
    out: &mut Exposition,
    all: &[ServerSight],
    chosen: &[(&str, &TenantSight)],
    names: &Names,
) {
    let named: Vec<_> = chosen
        .iter()
        .filter_map(|(server, it)| Some((*server, names.get(&it.database)?.1.as_str(), *it)))
        .collect();
    for (name, help, reading) in TENANT_GAUGES {
        let family = out.gauge(name, help);
        for (server, tenant, it) in &named {
            family.add([("tenant", tenant), ("server", server)], reading(it));
        }
        for server in all {
            let sum: f64 = server.tenants.iter().map(reading).sum();
            let told: f64 =
                named.iter().filter(|it| it.0 == server.name).map(|it| reading(it.2)).sum();
            family.add([("tenant", OTHERS), ("server", &*server.name)], sum - told);
        }
    }
    for (name, help, reading) in TENANT_COUNTERS {
        let family = out.counter(name, help);
        for (server, tenant, it) in &named {
            family.add([("tenant", tenant), ("server", server)], reading(it));
        }
    }
}
