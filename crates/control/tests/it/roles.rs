//! What PostgreSQL lets a tenant's role change about itself is seen and set back.

use cloison_control::pgbouncer::place;
use cloison_control::roles::heal;
use cloison_router::{Directory, Healed, Key, Route};
use tokio_postgres::NoTls;

use crate::world::{World, request};

async fn tenant() -> (World, Route) {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    world.provision(request("red")).await.unwrap();
    let route =
        world.control.fetch(&Key::Subdomain("blue".parse().unwrap())).await.unwrap().unwrap();
    (world, route)
}

async fn lets_in(world: &World, route: &Route) -> bool {
    let config = world.server.tcp_config(
        route.database.as_str(),
        route.role.as_str(),
        route.password.expose(),
    );
    config.connect(NoTls).await.is_ok()
}

#[tokio::test]
async fn an_untouched_fleet_has_no_findings() {
    let (world, _) = tenant().await;
    let report = world.examined(false).await;
    assert_eq!(report.tenants, 2);
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test]
async fn a_tenant_that_changes_its_own_password_is_healed() {
    let (world, route) = tenant().await;
    let config = world.server.tcp_config(
        route.database.as_str(),
        route.role.as_str(),
        route.password.expose(),
    );
    let (client, connection) = config.connect(NoTls).await.unwrap();
    world.control.tracker.spawn(connection);
    client
        .execute(&format!("alter role {} password 'mine now'", route.role.quoted()), &[])
        .await
        .unwrap();
    assert!(!lets_in(&world, &route).await);

    assert_eq!(heal(&world.control, route.tenant).await.unwrap(), Healed::Reset);
    assert!(lets_in(&world, &route).await);
    assert_eq!(heal(&world.control, route.tenant).await.unwrap(), Healed::Intact);
    assert_eq!(world.count("audit_log where action = 'tenant.role_set_back'").await, 1);
}

#[tokio::test]
async fn settings_a_tenant_gave_itself_are_found_and_set_back() {
    let (world, route) = tenant().await;
    let config = world.server.tcp_config(
        route.database.as_str(),
        route.role.as_str(),
        route.password.expose(),
    );
    let (client, connection) = config.connect(NoTls).await.unwrap();
    world.control.tracker.spawn(connection);
    let role = route.role.quoted();
    client.execute(&format!("alter role {role} set statement_timeout = 0"), &[]).await.unwrap();
    let database = route.database.quoted();
    client
        .execute(&format!("alter role {role} in database {database} set work_mem = '2GB'"), &[])
        .await
        .unwrap();

    let found = world.examined(false).await.findings;
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|it| it.subject == "blue" && !it.fixed), "{found:?}");

    assert!(world.examined(true).await.findings[0].fixed);
    assert!(world.examined(false).await.findings.is_empty());
}

#[tokio::test]
async fn a_role_that_an_administrator_has_damaged_is_found_and_set_back() {
    let (world, route) = tenant().await;
    let superuser = world.server.connect("postgres").await;
    let role = route.role.quoted();
    superuser
        .execute(&format!("alter role {role} superuser connection limit 500"), &[])
        .await
        .unwrap();
    superuser.execute(&format!("revoke cloison_app from {role}"), &[]).await.unwrap();

    let fixed = world.examined(true).await.findings;
    assert_eq!(fixed.len(), 3, "{fixed:?}");
    assert!(world.examined(false).await.findings.is_empty());
}

/// Whoever set a role back while its database is being exchanged would let the tenant into the wrong one.
#[tokio::test]
async fn a_fence_is_no_damage() {
    let (world, route) = tenant().await;
    world.execute("update tenants set phase = 'RESTORING' where role_name = 'studio_1_db'").await;
    world
        .execute(
            "insert into operations (id, kind, organization_id, subdomain, input, actor, step, due_at)
             select gen_random_uuid(), 'swap', id, subdomain, '{}', 'a test', 'exchange_databases', now() + interval '1 day'
             from organizations where subdomain = 'blue'",
        )
        .await;
    let superuser = world.server.connect("postgres").await;
    let fence = "revoke connect on database studio_1_db from studio_1_db; alter role studio_1_db connection limit 0";
    superuser.simple_query(fence).await.unwrap();
    assert_eq!(world.examined(true).await.findings, []);
    assert!(!lets_in(&world, &route).await);
    // What is written for a pooler meanwhile is for the time after it.
    assert_eq!(place(&world.control, "eu-1").await.unwrap().tenants.len(), 2);

    world
        .execute("update operations set state = 'DONE', finished_at = now() where kind = 'swap'")
        .await;
    assert!(!world.examined(true).await.findings.is_empty(), "nobody is at it any more");
    assert!(lets_in(&world, &route).await);
}
