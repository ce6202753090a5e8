//! The files as they go out.

use insta::assert_snapshot;

use super::*;
use crate::commands::pgbouncer::plan::Word;

fn place(name: &str, port: u16, tenants: &[(&str, i32)]) -> Place {
    Place {
        name: Word::parse(name).unwrap(),
        host: Word::parse("127.0.0.1").unwrap(),
        port,
        router_budget: 100,
        lookups: 2,
        tenants: tenants.iter().map(|(name, limit)| (name.parse().unwrap(), *limit)).collect(),
    }
}

fn plan(shape: Shape, entries: Entries, verifiers: Verifiers, servers: Vec<Place>) -> Plan {
    Plan {
        shape,
        entries,
        verifiers,
        servers,
        listen: "127.0.0.1:6432".parse().unwrap(),
        folder: Word::parse("/etc/pgbouncer").unwrap(),
    }
}

fn shared() -> Shape {
    Shape::SharedRole { role: "app_pool".parse().unwrap(), connections: 40 }
}

/// The lines that PgBouncer reads, without the reasons.
fn settings_of(text: &str) -> String {
    let lines = text.lines().filter(|it| !it.starts_with(';') && !it.is_empty());
    lines.flat_map(|it| [it, "\n"]).collect()
}

fn eu() -> Place {
    place("eu-1", 5433, &[("studio_1_db", 20), ("studio_2_db", 40)])
}

#[test]
fn one_line_for_all_tenants_with_their_own_roles() {
    let plan = plan(Shape::TenantRoles, Entries::Wildcard, Verifiers::LookedUp, vec![eu()]);
    assert_snapshot!(ini(&plan));
    assert_snapshot!(hba(&plan), @"
    # Written by `cloison pgbouncer-config`; run it again instead of editing this.
    # A client gets into the database of its own name, with SCRAM, and nowhere else.
    host all cloison_pgbouncer 0.0.0.0/0 reject
    host all cloison_pgbouncer ::/0 reject
    host sameuser all 0.0.0.0/0 scram-sha-256
    host sameuser all ::/0 scram-sha-256
    ");
}

#[test]
fn a_line_for_each_tenant_of_two_servers() {
    let us = place("us-1", 5434, &[("studio_3_db", 20)]);
    let plan = plan(Shape::TenantRoles, Entries::Tenants, Verifiers::InTheFile, vec![eu(), us]);
    assert_snapshot!(settings_of(&databases(&plan)), @"
    [databases]
    studio_1_db = host=127.0.0.1 port=5433 pool_size=10
    studio_2_db = host=127.0.0.1 port=5433 pool_size=20
    studio_3_db = host=127.0.0.1 port=5434 pool_size=10
    ");
    assert_snapshot!(bound(&plan), @"
    ;; PgBouncer limits connections for each database and for each role, and knows no limit over different roles
    ;; (pgbouncer#103). With a role for each tenant nothing here bounds the total. What holds: a pool's size, PostgreSQL's
    ;; CONNECTION LIMIT of each role (twice that or more: the router works as the same roles), and max_connections.
    ;; On eu-1, 2 tenants can take 30 connections if all are busy at once, beside the router's 100.
    ;; On us-1, 1 tenants can take 10 connections if all are busy at once, beside the router's 100.
    ;; If that is more than max_connections, use a shared role, which has a total limit.
    ");
    assert_snapshot!(hba(&plan), @"
    # Written by `cloison pgbouncer-config`; run it again instead of editing this.
    # A client gets into the database of its own name, with SCRAM, and nowhere else.
    host sameuser all 0.0.0.0/0 scram-sha-256
    host sameuser all ::/0 scram-sha-256
    ");
    assert!(!ini(&plan).contains("auth_query"));
}

#[test]
fn one_role_for_all_has_a_total_limit() {
    let plan = plan(shared(), Entries::Wildcard, Verifiers::LookedUp, vec![eu()]);
    assert_snapshot!(ini(&plan));
    assert_snapshot!(limiter(&plan).unwrap());
    assert_snapshot!(limiter_hba(&plan), @r"
    # Written by `cloison pgbouncer-config`; run it again instead of editing this.
    local all cloison_pgbouncer scram-sha-256
    local all app_pool scram-sha-256
    ");
    assert_snapshot!(hba(&plan), @"
    # Written by `cloison pgbouncer-config`; run it again instead of editing this.
    # A client gets into the database of its own name, with SCRAM, and nowhere else.
    host all cloison_pgbouncer 0.0.0.0/0 reject
    host all cloison_pgbouncer ::/0 reject
    host all app_pool 0.0.0.0/0 reject
    host all app_pool ::/0 reject
    host sameuser all 0.0.0.0/0 scram-sha-256
    host sameuser all ::/0 scram-sha-256
    ");
}

#[test]
fn a_shared_role_has_no_pool_larger_than_a_quarter() {
    let plan = plan(shared(), Entries::Tenants, Verifiers::LookedUp, vec![eu()]);
    assert_snapshot!(settings_of(&databases(&plan)), @"
    [databases]
    studio_1_db = host=/etc/pgbouncer port=6432 user=app_pool auth_user=cloison_pgbouncer pool_size=7
    studio_2_db = host=/etc/pgbouncer port=6432 user=app_pool auth_user=cloison_pgbouncer pool_size=7
    ");
}
