//! The text of PgBouncer's files, for whoever has to read them at night: each setting with its reason.
//!
//! Pure: what is not in the plan is not in the text.

use std::fmt::Write;

use super::plan::{LOOKUP, Place, Plan, Shape, Shares, Verifiers, pool_size, shares};
use crate::args::Entries;

/// Where no tenant says how large a pool may be.
const POOL_SIZE: i32 = 10;

/// Clients cost PgBouncer little; more than these should be spread.
const CLIENTS_MAX: u16 = 1_000;

const WRITTEN: &str =
    "# Written by `cloison pgbouncer-config`; run it again instead of editing this.\n";

const TRANSACTIONS: &str = "\
;; A server connection is a client's for one transaction. After it, all that a session can carry is thrown away (SET,
;; advisory locks, LISTEN, prepared statements), so that nothing reaches the next client. Costs a round trip.
pool_mode = transaction
server_reset_query = DISCARD ALL
server_reset_query_always = 1
;; PgBouncer 1.21 and later can keep the protocol's prepared statements over transactions. If your driver needs them, say
;; how many here, and empty server_reset_query:
;max_prepared_statements = 100";

const TIMEOUTS: &str = "\
;; A client that gets no connection in this time is told so. PostgreSQL's own refusals show after this time too.
query_wait_timeout = 30
;; The first client of a tenant waits for a connection before its login is done, so this is longer.
client_login_timeout = 60
;; PostgreSQL ends such a transaction as well; this is the second lock.
idle_transaction_timeout = 15
;; Idle connections of quiet tenants go soon, since others may need the room.
server_idle_timeout = 60
server_lifetime = 3600
server_connect_timeout = 5
;; After a server was down, try again soon.
server_login_retry = 2
";

pub(super) fn ini(plan: &Plan) -> String {
    let mut text = String::new();
    for part in [head(plan), databases(plan), users(plan), settings(plan)] {
        text.push_str(&part);
    }
    text
}

/// A second PgBouncer, behind the first, that keeps a shared role's total limit.
///
/// One cannot do both. It lets tenants in as themselves and works as another role only by `user=` in the entry, and
/// PgBouncer 1.18 counts such a role for each database apart. Here the role logs in itself, and is counted once.
pub(super) fn limiter(plan: &Plan) -> Option<String> {
    let Shape::SharedRole { role, connections } = &plan.shape else { return None };
    let Shares { lookups, working, leaving } = shares(*connections, plan.lookups());
    let (role, folder, port) = (role.as_str(), plan.folder.as_str(), plan.listen.port());
    let lookup = match plan.verifiers {
        Verifiers::LookedUp => format!("{LOOKUP} = max_user_connections={lookups}\n"),
        Verifiers::InTheFile => String::new(),
    };
    let mut servers = String::new();
    for Place { name, host, port, .. } in &plan.servers {
        write!(servers, ";; server {}\n* = host={} port={port}\n", name.as_str(), host.as_str())
            .expect("a string takes any text");
    }
    Some(format!(
        "\
;; Written by `cloison pgbouncer-config`; run it again instead of editing this.
;;
;; The second PgBouncer, behind the one of pgbouncer.ini: it keeps the total limit of {connections} connections to PostgreSQL. Only the
;; first one can reach it, by a socket in this folder.

[databases]
{servers}
[users]
;; The total limit, over all databases. When it is reached, the connection that was idle longest makes room.
;; {leaving} of the {connections} stay free: PostgreSQL counts a connection that was closed a little longer than PgBouncer does.
{role} = max_user_connections={working}
{lookup}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
unix_socket_mode = 0700

;; Its clients are the first PgBouncer's roles, which have proved who they are by the passwords in userlist.txt.
auth_type = hba
auth_hba_file = {folder}/limiter-hba.conf
auth_file = {folder}/userlist.txt

{transactions}
default_pool_size = {size}
min_pool_size = 0
reserve_pool_size = 0
;; The first PgBouncer's clients, and a lookup for each.
max_client_conn = {clients}
{timeouts}server_tls_sslmode = prefer
",
        transactions = TRANSACTIONS,
        timeouts = TIMEOUTS,
        clients = 2 * CLIENTS_MAX,
        size = default_pool_size(plan),
    ))
}

/// Who may come in at the second PgBouncer.
pub(super) fn limiter_hba(plan: &Plan) -> String {
    let lines = own_roles(plan).into_iter().flat_map(|it| ["local all ", it, " scram-sha-256\n"]);
    format!("{WRITTEN}{}", lines.collect::<String>())
}

/// Who may come in at PgBouncer: a tenant into its own database, and PgBouncer's own roles nowhere.
pub(super) fn hba(plan: &Plan) -> String {
    let mut text = format!(
        "{WRITTEN}# A client gets into the database of its own name, with SCRAM, and nowhere else.\n"
    );
    for role in own_roles(plan) {
        writeln!(text, "host all {role} 0.0.0.0/0 reject").expect("a string takes any text");
        writeln!(text, "host all {role} ::/0 reject").expect("a string takes any text");
    }
    text.push_str(
        "host sameuser all 0.0.0.0/0 scram-sha-256\nhost sameuser all ::/0 scram-sha-256\n",
    );
    text
}

/// The roles that PgBouncer itself logs in as at the servers.
fn own_roles(plan: &Plan) -> Vec<&str> {
    let lookup = match plan.verifiers {
        Verifiers::LookedUp => Some(LOOKUP),
        Verifiers::InTheFile => None,
    };
    let shared = match &plan.shape {
        Shape::TenantRoles => None,
        Shape::SharedRole { role, .. } => Some(role.as_str()),
    };
    lookup.into_iter().chain(shared).collect()
}

fn head(plan: &Plan) -> String {
    let shape = match &plan.shape {
        Shape::TenantRoles => "\
;; PgBouncer logs in at PostgreSQL as the tenant's own role, with the keys that the client has just proved to have.
;; So PostgreSQL itself keeps tenants apart, as it does without PgBouncer."
            .to_owned(),
        Shape::SharedRole { role, connections } => format!(
            "\
;; PgBouncer lets each tenant into its own database and works there as one role for all of them, {role}. That makes a total
;; limit possible: {connections} connections, which a second PgBouncer keeps (limiter.ini). That tenants are kept apart is now
;; PgBouncer's work too. These connections are not the router's: leave its budget as it is, and give them to nobody else."
        ),
    };
    let fresh = match (plan.entries, plan.verifiers) {
        (Entries::Wildcard, Verifiers::LookedUp) => {
            "New tenants, changed passwords and suspended tenants are known at once."
        }
        (Entries::Tenants, Verifiers::LookedUp) => {
            "Changed passwords and suspended tenants are known at once. Run it again, and reload PgBouncer, after a tenant was
;; made, moved or erased."
        }
        (Entries::Wildcard | Entries::Tenants, Verifiers::InTheFile) => {
            "Run it again, and reload PgBouncer, after a tenant was made, moved, erased, suspended or resumed, or has got
;; another password."
        }
    };
    format!(
        "\
;; Written by `cloison pgbouncer-config`; run it again instead of editing this. For PgBouncer 1.18 and later.
;;
{shape}
;;
;; {fresh}
"
    )
}

fn databases(plan: &Plan) -> String {
    let user = match &plan.shape {
        Shape::TenantRoles => String::new(),
        Shape::SharedRole { role, .. } => format!(" user={}", role.as_str()),
    };
    // Here and not for all: PgBouncer 1.18 would look up who asks for its console too, and wait for ever.
    let lookup = match plan.verifiers {
        Verifiers::LookedUp => format!(" auth_user={LOOKUP}"),
        Verifiers::InTheFile => String::new(),
    };
    let mut text = String::from("\n[databases]\n");
    for place in &plan.servers {
        let Place { name, host, port, tenants, .. } = place;
        let at = match plan.shape {
            Shape::TenantRoles => format!("host={} port={port}", host.as_str()),
            // The second PgBouncer's socket.
            Shape::SharedRole { .. } => {
                format!("host={} port={}", plan.folder.as_str(), plan.listen.port())
            }
        };
        let at = format!("{at}{user}{lookup}");
        let mut line = |it: String| writeln!(text, "{it}").expect("a string takes any text");
        line(format!(";; server {}", name.as_str()));
        match plan.entries {
            Entries::Wildcard => line(format!("* = {at}")),
            Entries::Tenants => {
                for (database, limit) in tenants {
                    let size = match plan.shape {
                        Shape::TenantRoles => pool_size(*limit),
                        Shape::SharedRole { .. } => pool_size(*limit).min(default_pool_size(plan)),
                    };
                    line(format!("{database} = {at} pool_size={size}"));
                }
            }
        }
    }
    text
}

fn users(plan: &Plan) -> String {
    match (&plan.shape, plan.verifiers) {
        (Shape::TenantRoles, Verifiers::LookedUp) => format!(
            "\n[users]\n;; Looks tenants' verifiers up, and can do nothing else.\n{LOOKUP} = max_user_connections={}\n",
            plan.lookups()
        ),
        // What is limited in all is limited by the second PgBouncer.
        (Shape::SharedRole { .. }, _) | (Shape::TenantRoles, Verifiers::InTheFile) => String::new(),
    }
}

fn settings(plan: &Plan) -> String {
    let folder = plan.folder.as_str();
    let (address, port) = (plan.listen.ip(), plan.listen.port());
    let lookup = match plan.verifiers {
        Verifiers::InTheFile => String::new(),
        Verifiers::LookedUp => format!("auth_query = {}\n", auth_query(plan)),
    };
    format!(
        "
[pgbouncer]
listen_addr = {address}
listen_port = {port}
;; One way in, so that one file says who may use it.
unix_socket_dir =

;; hba.conf lets a client into the database of its own name and nowhere else. userlist.txt holds secrets.
auth_type = hba
auth_hba_file = {folder}/hba.conf
auth_file = {folder}/userlist.txt
{lookup}
{transactions}

;; Sent by JDBC and others at the start; without it they are refused. Nothing else is ignored, so nothing is lost in silence.
ignore_startup_parameters = extra_float_digits

{pools}
;; Clients cost little here. Each needs a file descriptor: see `ulimit -n`.
max_client_conn = {CLIENTS_MAX}
{timeouts}{tls};; Clients from other machines need TLS:
;client_tls_sslmode = require
;client_tls_key_file = /path/to/key
;client_tls_cert_file = /path/to/certificate
",
        pools = pools(plan),
        transactions = match plan.shape {
            Shape::TenantRoles => TRANSACTIONS,
            // The second PgBouncer does the same, and throws away what a session can carry.
            Shape::SharedRole { .. } => "pool_mode = transaction\n;; See limiter.ini, which has to say the same:\n;max_prepared_statements = 100",
        },
        timeouts = TIMEOUTS,
        tls = match plan.shape {
            Shape::TenantRoles => "server_tls_sslmode = prefer\n",
            Shape::SharedRole { .. } => "",
        },
    )
}

/// A tenant that may not come in is not found, and so refused at once. A shared role has all rights, so it is no way in for
/// a tenant that may only read.
fn auth_query(plan: &Plan) -> String {
    let query = format!("select name, verifier from {LOOKUP}.login($1)");
    match plan.shape {
        Shape::TenantRoles => query,
        Shape::SharedRole { .. } => {
            format!("{query} where pg_has_role(name, 'cloison_app', 'member')")
        }
    }
}

fn pools(plan: &Plan) -> String {
    let size = default_pool_size(plan);
    let setting = format!("default_pool_size = {size}\nmin_pool_size = 0\nreserve_pool_size = 0\n");
    match &plan.shape {
        Shape::SharedRole { .. } => format!(
            ";; A tenant has a quarter of the connections at most, so that four can be busy at once.\n{setting}"
        ),
        Shape::TenantRoles => format!("{}{setting}", bound(plan)),
    }
}

/// What holds where PgBouncer knows no total, in numbers.
fn bound(plan: &Plan) -> String {
    let mut text = String::from(
        "\
;; PgBouncer limits connections for each database and for each role, and knows no limit over different roles
;; (pgbouncer#103). With a role for each tenant nothing here bounds the total. What holds: a pool's size, PostgreSQL's
;; CONNECTION LIMIT of each role (twice that or more: the router works as the same roles), and max_connections.
",
    );
    for place in &plan.servers {
        let size = |limit: i32| match plan.entries {
            Entries::Tenants => pool_size(limit),
            Entries::Wildcard => default_pool_size(plan),
        };
        let all: i32 = place.tenants.iter().map(|(_, limit)| size(*limit)).sum();
        writeln!(
            text,
            ";; On {}, {} tenants can take {} connections if all are busy at once, beside the router's {}.",
            place.name.as_str(),
            place.tenants.len(),
            all + plan.lookups(),
            place.router_budget,
        )
        .expect("a string takes any text");
    }
    text.push_str(
        ";; If that is more than max_connections, use a shared role, which has a total limit.\n",
    );
    text
}

fn default_pool_size(plan: &Plan) -> i32 {
    match plan.shape {
        Shape::SharedRole { connections, .. } => {
            (shares(connections, plan.lookups()).working / 4).max(1)
        }
        Shape::TenantRoles => {
            let limits = plan.servers.iter().flat_map(|it| &it.tenants).map(|(_, limit)| *limit);
            limits.min().map_or(POOL_SIZE, pool_size)
        }
    }
}

impl Plan {
    /// Connections for looking verifiers up, on each server.
    fn lookups(&self) -> i32 {
        match self.verifiers {
            Verifiers::InTheFile => 0,
            Verifiers::LookedUp => self.servers.iter().map(|it| it.lookups).max().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests;
