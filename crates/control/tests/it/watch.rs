//! Looking at the fleet when all is well, when a server does not answer, and when something is where it should not be.

use cloison_catalog::DATABASE;
use cloison_control::watch::Watch;
use tokio::net::TcpListener;

use crate::world::{World, request};

#[tokio::test]
async fn the_fleet_is_seen_and_counters_begin_with_the_first_look() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    world.provision(request("red")).await.unwrap();
    let watch = Watch::new(world.control.clone());
    let sight = watch.look().await;
    let fleet = sight.fleet.unwrap();
    let ready: i64 = fleet.tenants.iter().map(|it| it.tenants).sum();
    assert_eq!((ready, fleet.fleet.quarantined, fleet.key_fits), (2, 0, true));
    let [server] = &sight.servers[..] else { panic!("{:?}", sight.servers) };
    let facts = server.facts.as_ref().unwrap();
    assert_eq!((facts.databases.len(), facts.roles.len()), (2, 2));
    assert!(facts.max_connections > 0 && facts.connections["active"] > 0, "{facts:?}");
    assert_eq!((server.activity.commits, sight.erased_seen), (0, 0));

    let tenant = world.server.connect("studio_1_db").await;
    tenant.execute("insert into notes values ('seen')", &[]).await.unwrap();
    drop(tenant);
    // A session tells what it has done when it ends, at the latest.
    crate::world::eventually(async || {
        let sight = watch.look().await;
        let blue = sight.servers[0].tenants.iter().find(|it| it.database == "studio_1_db");
        blue.is_some_and(|it| it.activity.rows_written == 1)
    })
    .await;
    let sight = watch.look().await;
    assert_eq!(sight.servers[0].activity.rows_written, 1);
    let names = watch.names(&["studio_1_db".to_owned(), "studio_9_db".to_owned()]).await;
    assert_eq!(names.len(), 1);
    assert_eq!(names["studio_1_db"], (world.id("blue").await, "blue".to_owned()));
}

#[tokio::test]
async fn a_server_that_is_down_or_hangs_is_missing_and_the_others_are_not() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let hangs = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ports = [&hangs, &closed].map(|it| it.local_addr().unwrap().port());
    drop(closed);
    for (name, port) in ["hangs", "down"].iter().zip(ports) {
        let insert = format!(
            "insert into servers (id, name, region, host, port, admin_host, admin_role, connection_budget)
             values (gen_random_uuid(), '{name}', 'eu', '127.0.0.1', {port}, '127.0.0.1', 'postgres', 10)"
        );
        world.execute(&insert).await;
    }
    let sight = Watch::new(world.control.clone()).look().await;
    let seen: Vec<_> =
        sight.servers.iter().map(|it| (it.name.as_str(), it.facts.is_some())).collect();
    let others: Vec<_> = seen.iter().filter(|it| ["hangs", "down"].contains(&it.0)).collect();
    assert_eq!(others, [&("down", false), &("hangs", false)]);
    assert_eq!(seen.iter().filter(|it| it.1).count(), 1, "{seen:?}");
}

#[tokio::test]
async fn a_control_database_that_hangs_is_missing_and_the_servers_are_not() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let watch = Watch::new(world.control.clone());
    assert!(watch.look().await.fleet.is_some());
    let holder = world.server.connect(DATABASE).await;
    for statement in ["begin", "lock table organizations"] {
        holder.execute(statement, &[]).await.unwrap();
    }
    let sight = watch.look().await;
    assert!(sight.fleet.is_none());
    let [server] = &sight.servers[..] else { panic!("{:?}", sight.servers) };
    assert_eq!(server.tenants.len(), 1, "as the last answer has it");
    assert_eq!(watch.names(&["studio_1_db".to_owned()]).await.len(), 0);
    holder.execute("rollback", &[]).await.unwrap();
    assert!(watch.look().await.fleet.is_some());
}

#[tokio::test]
async fn domains_are_counted_by_what_was_found() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let none = Watch::new(world.control.clone()).look().await.fleet.unwrap();
    assert_eq!((none.domains.serving, none.domains.ends_seconds), (0, None));
    assert!(none.domains.overdue_seconds.abs() < f64::EPSILON);
    for (hostname, set) in [
        ("pending", "verified_at = null, due_at = now() - interval '2 hours'"),
        ("unseen", "certificate_from = null, certificate_until = null"),
        ("good", "certificate_until = now() + interval '26 days'"),
        (
            "ending",
            "certificate_until = now() + interval '24 days', certificate_from = now() - interval '76 days'",
        ),
        ("ended", "certificate_until = now() - interval '1 minute'"),
        ("refused", "certificate_problem = 'UNTRUSTED', certificate_failing_since = now()"),
        ("elsewhere", "problem = 'ELSEWHERE', failing_since = now()"),
    ] {
        world
            .execute(&format!(
                "insert into domains (id, hostname, organization_id, verification_token, verified_at, due_at, certificate_from, certificate_until)
                 select gen_random_uuid(), '{hostname}.example', id, 'a token', now(), now() + interval '1 day', now() - interval '74 days', now() + interval '50 days'
                 from organizations"
            ))
            .await;
        world
            .execute(&format!("update domains set {set} where hostname = '{hostname}.example'"))
            .await;
    }
    let domains = Watch::new(world.control.clone()).look().await.fleet.unwrap();
    let domains = &domains.domains;
    assert_eq!((domains.pending, domains.serving, domains.failing), (1, 5, 1));
    let certificates =
        (domains.certificates_good, domains.certificates_ending, domains.certificates_failing);
    assert_eq!(certificates, (2, 2, 1), "that of the domain that leads elsewhere is good");
    assert!((domains.ends_seconds.unwrap() + 60.0).abs() < 30.0, "{domains:?}");
    assert!(domains.overdue_seconds >= 7_200.0, "{domains:?}");

    world.execute("update tenants set phase = 'ERASING'").await;
    let erasing = Watch::new(world.control.clone()).look().await.fleet.unwrap();
    assert_eq!((erasing.domains.failing, erasing.domains.ends_seconds), (0, None));
    assert!(erasing.domains.overdue_seconds.abs() < f64::EPSILON, "nobody checks them any more");
}

#[tokio::test]
async fn what_is_left_of_an_erased_tenant_is_seen() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    world
        .execute(
            "insert into erasures (organization_id, number, server, database_name, operation_id, actor)
             values (gen_random_uuid(), 999, 'eu-1', 'studio_999_db', gen_random_uuid(), 'a test')",
        )
        .await;
    let watch = Watch::new(world.control.clone());
    assert_eq!(watch.look().await.erased_seen, 0);
    let superuser = world.server.connect("postgres").await;
    superuser.simple_query("create role studio_999_db").await.unwrap();
    assert_eq!(watch.look().await.erased_seen, 1);
}
